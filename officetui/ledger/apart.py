"""The folder, touched by a process of its own.

Whoever waits for a share whose server is gone cannot be stopped, not even killed, until it answers
(sshfs and other file systems in user space), and a program with such a thread never ends. So the
app and the command line ask a helper: the helper may hang as long as the share likes, and ends by
itself afterwards. The app waits with it, in a thread; a command gives up after a while.
"""

from __future__ import annotations

import errno
import marshal
import os
import select
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from officetui.ledger.files import Found, Listing, Modes, OnDisk, Standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from subprocess import Popen

    from officetui.ledger import presence

HELPER: Final = """
import sys
sys.path.insert(0, sys.argv[1])
from officetui.ledger.apart import serve
serve(sys.argv[2])
"""
ENDING: Final = 0.5
"""Seconds that the helper is given to end when it is told to."""


class Apart:
    """`Files` of a directory. The helper starts with the first call, and anew when it was killed.
    Use it from one thread at a time.

    `patience`: after so many seconds without an answer to one question the folder counts as
    hanging, and every call raises TimeoutError at once until that answer has come; None: never.
    """

    def __init__(self, root: Path, patience: float | None = None) -> None:
        self.root = root
        self.hangs = False
        self._patience = patience
        self.modes = Modes()
        self._run: Popen[bytes] | None = None
        self._shown: dict[str, Listing] = {}
        self._asking = False
        self._asked: tuple[object, ...] = ()

    @property
    def pid(self) -> int | None:
        """The helper, None when there is none."""
        return self._run.pid if self._run is not None else None

    def scan(self, path: str) -> Listing:
        self._ask("scan", path)
        return self._shown[path]

    def read(self, path: str, start: int = 0) -> bytes:
        data: bytes = self._ask("read", path, start)
        return data

    def append(self, path: str, at: int, data: bytes) -> None:
        self._ask("append", path, at, data)

    def replace(self, path: str, data: bytes) -> None:
        self._ask("replace", path, data)

    def make_dir(self, path: str) -> None:
        self._ask("make_dir", path)

    def remove(self, path: str) -> None:
        self._ask("remove", path)

    def presence(
        self, me: str | None, mine: bytes | None, known: Mapping[str, presence.Mark]
    ) -> list[presence.Shown]:
        """As `presence.exchange`."""
        found: list[presence.Shown] = self._ask("presence", me, mine, dict(known))
        return found

    def standing(self) -> Standing:
        return Standing(*self._ask("standing"))

    def names(self) -> list[str]:
        names: list[str] = self._ask("names")
        return names

    def has_parent(self) -> bool:
        return bool(self._ask("has_parent"))

    def make_root(self) -> None:
        self._ask("make_root")

    def close(self) -> None:
        """Let the helper end. From any thread: while another one waits for an answer, nothing is
        done, and the helper ends after this process. One that hangs is not waited for either."""
        if self._asking:
            return
        run, self._run = self._run, None
        waited, self.hangs = not self.hangs, False
        self._shown.clear()
        if run is None:
            return
        from subprocess import TimeoutExpired

        for pipe in (run.stdin, run.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        try:
            run.wait(ENDING if waited else 0)
        except TimeoutExpired:
            _left.append(run)

    def _ask(self, *request: object) -> Any:
        self._asking = True
        try:
            run = self._run or self._start()
            assert run.stdin is not None
            assert run.stdout is not None
            if self.hangs:
                self._answer(run.stdout, 0)
            self._asked = request
            _send(run.stdin, (*request, tuple(self.modes)))
            trouble, answer = self._answer(run.stdout, self._patience)
        except (EOFError, BrokenPipeError) as error:
            self._asking = False
            self.close()
            raise OSError(errno.EIO, "the helper that reads the folder has ended") from error
        finally:
            self._asking = False
        if trouble is not None:
            raise OSError(*trouble)
        return answer

    def _answer(self, pipe: IO[bytes], patience: float | None) -> tuple[Any, Any]:
        """The answer to what was asked last. Raises TimeoutError when it does not come, EOFError
        when the helper has ended."""
        if patience is not None:
            # not select(): a program may hold more descriptors than that takes
            come = select.poll()
            come.register(pipe, select.POLLIN)
            self.hangs = True
            if not come.poll(patience * 1000):
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), str(self.root))
            self.hangs = False
        trouble, answer = _received(pipe)
        what, *about = self._asked
        if what == "scan" and answer is not None:  # None: nothing has changed
            files, directories = answer
            self._shown[str(about[0])] = Listing([Found(*each) for each in files], directories)
        return trouble, answer

    def _start(self) -> Popen[bytes]:
        from subprocess import DEVNULL, PIPE, Popen

        package = str(Path(__file__).resolve().parents[2])
        options = ["-I", "-S", *(["-B"] if sys.dont_write_bytecode else [])]
        options += ["-X", "utf8"] if sys.flags.utf8_mode else []
        _left[:] = [each for each in _left if each.poll() is None]
        # A session of its own: neither Ctrl-C nor the end of the terminal is meant for it.
        self._run = Popen(
            [sys.executable, *options, "-c", HELPER, package, os.path.abspath(self.root)],
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd="/", start_new_session=True,
        )  # fmt: skip
        return self._run


_left: list[Popen[bytes]] = []
"""Helpers that end when the folder answers them; whoever comes next sees whether they have."""

Reached = OnDisk | Apart
"""A directory, and who touches it."""


def serve(root: str) -> None:
    """The helper: answers until nobody asks any more."""
    files = OnDisk(Path(root))
    shown: dict[str, Listing] = {}
    with open(0, "rb") as requests, open(1, "wb") as answers:
        while True:
            try:
                name, *arguments, modes = _received(requests)
            except EOFError:
                return
            files.modes = Modes(*modes)
            trouble: tuple[Any, ...] | None = None
            answer: Any = None
            try:
                if name == "presence":
                    from officetui.ledger import presence  # with the first card

                    answer = presence.exchange(files, *arguments)
                else:
                    answer = getattr(files, name)(*arguments)
            except OSError as error:
                where = None if error.filename is None else os.fspath(error.filename)
                trouble = (error.errno or errno.EIO, error.strerror or str(error), where)
            if isinstance(answer, Standing):
                answer = tuple(answer)
            elif isinstance(answer, Listing):
                path = arguments[0]
                before, shown[path] = shown.get(path), answer
                same = answer == before
                answer = None if same else ([tuple(f) for f in answer.files], answer.directories)
            try:
                _send(answers, (trouble, answer))
            except BrokenPipeError:
                return


def _send(pipe: IO[bytes], message: Any) -> None:
    data = marshal.dumps(message)
    pipe.write(len(data).to_bytes(8, "little"))
    pipe.write(data)
    pipe.flush()


def _received(pipe: IO[bytes]) -> Any:
    """The next message. Raises EOFError."""
    head = pipe.read(8)
    size = int.from_bytes(head, "little")
    data = pipe.read(size) if len(head) == 8 else b""
    if len(head) < 8 or len(data) < size:
        raise EOFError
    return marshal.loads(data)
