"""A TinyDB storage whose file is always whole.

TinyDB's own JSONStorage writes in place and truncates afterwards, and holds the file open: a
writer killed in between leaves half a file, and after a sync tool has replaced the file, its
writes go to the orphan. This one is used the same way and does neither.
"""

from __future__ import annotations

import io
import json
import os
import warnings
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from officetui.ledger.disk import make_dir
from officetui.store.files import FILE_MODE, DamagedFile, atomic_write

Tables = dict[str, dict[str, Any]]


class DurableJSONStorage(Storage):
    """Keep a TinyDB database in one JSON file, replaced as a whole by each write.

    The arguments are those of TinyDB's JSONStorage: `create_dirs` makes missing directories
    (0700), `encoding` is UTF-8 unless given, `access_mode` "r" reads only, other keyword
    arguments go to `json.dumps`; without them the JSON is compact and text stands as it is.
    Tables and keys keep the order they are given in. The file is 0600. It is opened anew by
    each read, so a file that was replaced is seen; nothing is held open in between.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        create_dirs: bool = False,
        encoding: str | None = None,
        access_mode: str = "r+",
        **kwargs: Any,
    ) -> None:
        super().__init__()
        if access_mode not in ("r", "rb", "r+", "rb+"):
            warnings.warn(
                "an access_mode other than 'r', 'rb', 'r+' or 'rb+' means the same as 'r+'",
                stacklevel=2,
            )
        # Made absolute: a program that changes its directory still means the same file.
        self._path = Path(os.path.abspath(path))
        self._encoding = encoding or "utf-8"
        self._writes = any(letter in access_mode for letter in "+wax")
        self._kwargs = kwargs
        self._closed = False
        if self._writes:
            if create_dirs:
                make_dir(self._path.parent)
            # Like JSONStorage: a path that cannot be written is told now, not at the first write.
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        else:
            flags = os.O_RDONLY | os.O_CLOEXEC
        os.close(os.open(self._path, flags, FILE_MODE))

    def read(self) -> Tables | None:
        """All tables, None for an empty file; DataDamaged when it is no JSON, and it is kept."""
        self._refuse_closed()
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return None
        if not data:
            return None
        try:
            tables = json.loads(data.decode(self._encoding))
        except (ValueError, RecursionError) as error:
            raise DamagedFile(self._path, str(error)) from error
        if not isinstance(tables, dict):
            raise DamagedFile(self._path, "not an object of tables")
        return tables

    def write(self, data: Tables) -> None:
        """Replace the file by `data`; TypeError for what JSON cannot say, OSError read-only."""
        self._refuse_closed()
        if not self._writes:
            raise io.UnsupportedOperation(f"{self._path} was opened for reading only")
        atomic_write(self._path, self._encode(data))

    def close(self) -> None:
        """Nothing is held open; reading or writing afterwards is an error, as with any file."""
        self._closed = True

    def _encode(self, data: Tables) -> bytes:
        if not self._kwargs:
            compact = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            try:
                return compact.encode(self._encoding)
            except UnicodeEncodeError:
                pass  # half a surrogate pair, or a narrow encoding: only \\u escapes can say it
        return json.dumps(data, **self._kwargs).encode(self._encoding)

    def _refuse_closed(self) -> None:
        if self._closed:
            raise ValueError(f"the storage of {self._path} is closed")
