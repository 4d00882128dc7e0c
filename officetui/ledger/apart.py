"""The folder, touched by a process of its own.

Whoever waits for a share whose server is gone cannot be stopped, not even killed, until it answers
(sshfs and other file systems in user space), and a program with such a thread never ends. So the
app and the command line ask a helper: the helper may hang as long as the share likes, and ends by
itself afterwards. The app waits with it, in a thread; a command gives up after a while.
"""

from __future__ import annotations

import errno
import fcntl
import marshal
import os
import select
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING, Any, Final

from officetui.ledger.disk import write_all
from officetui.ledger.files import Found, Listing, Modes, OnDisk, Standing, scan_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from subprocess import Popen

    from officetui.ledger import presence
    from officetui.ledger.raw import Walked

HELPER: Final = """
import sys
sys.path += sys.argv[2:]
from officetui.ledger.apart import serve
serve(sys.argv[1])
"""
ENDING: Final = 0.5
"""Seconds that the helper is given to end when it is told to."""
TURN: Final = 1.0
"""Seconds after which the helper tells what it has found of a question that may take long."""
AHEAD: Final = 4
"""So many segments are asked for before they are wanted."""
ROOM: Final = 1 << 20
"""Bytes of answers that may wait to be fetched: as much as anybody may ask the system for."""


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
        self._asking = Lock()
        self._asked: deque[tuple[object, ...]] = deque()
        """What has not been answered yet, the oldest first."""
        self._expected: deque[tuple[object, ...]] = deque()
        """What will be asked next."""
        self._round = 0

    @property
    def pid(self) -> int | None:
        """The helper, None when there is none."""
        return self._run.pid if self._run is not None else None

    def scan(self, path: str) -> Listing:
        self._ask("scan", path)
        return self._shown[path]

    def scan_below(self, path: str) -> dict[str, Listing | OSError]:
        """As `files.scan_below`, in as few questions as `TURN` allows: a folder that is only slow
        does not hang."""
        found: dict[str, Listing | OSError] = {}
        more = False
        while True:
            names, _changed, troubles, more = self._ask("scan_below", path, more)
            for name in names:
                trouble = troubles.get(name)
                found[name] = OSError(*trouble) if trouble else self._shown[f"{path}/{name}"]
            if not more:
                return found

    def read(self, path: str, start: int = 0) -> bytes:
        data: bytes = self._ask("read", path, start)
        return data

    def expect(self, paths: Iterable[str], writer: str) -> None:
        """`segment` will be asked for these next, in this order: the helper begins with them."""
        self._round += 1  # what was read for an earlier one is not taken for this one
        self._expected = deque(("segment", path, writer, self._round) for path in paths)

    def segment(self, path: str, writer: str) -> tuple[bytes, Walked | None]:
        """The bytes of a segment, and for most of them what a walk over its lines found (see
        `raw.walk`): the rest is for the one who asks, so that both have as much to do."""
        from officetui.ledger.raw import Walked

        data, walked = self._ask("segment", path, writer, self._round)
        return data, Walked(*walked) if walked is not None else None

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
        if self._asking.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._asking.release()

    def _end(self) -> None:
        """Nothing that was asked of this helper is of use any more."""
        run, self._run = self._run, None
        waited, self.hangs = not self.hangs, False
        self._asked.clear()
        self._expected.clear()
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
        with self._asking:
            try:
                trouble, answer = self._answered(request)
            except TimeoutError:
                raise  # its answer may come late
            except (EOFError, BrokenPipeError) as error:
                self._end()
                raise OSError(errno.EIO, "the helper that reads the folder has ended") from error
            except BaseException:
                self._end()  # an answer may have been read in part
                raise
        if trouble is not None:
            raise OSError(*trouble)
        return answer

    def _answered(self, request: tuple[object, ...]) -> tuple[Any, Any]:
        run = self._run or self._start()
        assert run.stdin is not None
        assert run.stdout is not None
        if not self._asked or self._asked[0] != request or self.hangs:
            while self._asked:  # nobody wants these answers any more
                self._answer(run.stdout, 0 if self.hangs else self._patience)
            if self._expected and self._expected[0] == request:
                self._expected.popleft()
            else:
                self._expected.clear()
            self._put(run.stdin, request)
        while self._expected and len(self._asked) <= AHEAD and _takes(run.stdin):
            self._put(run.stdin, self._expected.popleft())
        return self._answer(run.stdout, self._patience)

    def _put(self, pipe: IO[bytes], request: tuple[object, ...]) -> None:
        _send(pipe, (*request, tuple(self.modes)))
        self._asked.append(request)

    def _answer(self, pipe: IO[bytes], patience: float | None) -> tuple[Any, Any]:
        """The answer to what was asked first. Raises TimeoutError when it does not come, EOFError
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
        what, *about = self._asked.popleft()
        if answer is None:
            pass  # also where nothing has changed
        elif what == "scan":
            self._shown[str(about[0])] = _listing(answer)
        elif what == "scan_below":
            for name, listing in answer[1].items():
                self._shown[f"{about[0]}/{name}"] = _listing(listing)
        return trouble, answer

    def _start(self) -> Popen[bytes]:
        from subprocess import DEVNULL, PIPE, Popen

        import msgspec

        modules = [Path(__file__).resolve().parents[2], Path(msgspec.__file__).parents[1]]
        options = ["-I", "-S", *(["-B"] if sys.dont_write_bytecode else [])]
        options += ["-X", "utf8"] if sys.flags.utf8_mode else []
        _left[:] = [each for each in _left if each.poll() is None]
        # A session of its own: neither Ctrl-C nor the end of the terminal is meant for it. Without
        # buffers, so that an answer that waits can be seen to wait.
        self._run = run = Popen(
            [sys.executable, *options, "-c", HELPER, os.path.abspath(self.root), *modules],
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd="/", start_new_session=True, bufsize=0,
        )  # fmt: skip
        self._shown.clear()  # it tells all anew
        assert run.stdout is not None
        larger = getattr(fcntl, "F_SETPIPE_SZ", None)  # of Linux
        if larger is not None:
            with suppress(OSError):  # one who has too many pipes has to do with a small one
                fcntl.fcntl(run.stdout, larger, ROOM)
        return run


_left: list[Popen[bytes]] = []
"""Helpers that end when the folder answers them; whoever comes next sees whether they have."""

Reached = OnDisk | Apart
"""A directory, and who touches it."""


def serve(root: str) -> None:
    """The helper: answers until nobody asks any more."""
    helper = Helper(Path(root))
    with (
        open(0, "rb", buffering=0) as requests,
        open(1, "wb", buffering=0) as answers,
        suppress(EOFError, BrokenPipeError),
    ):
        while True:
            _send(answers, helper.answered(*_received(requests)))


class Helper:
    """What the helper knows: the directory, and which listings it has told."""

    def __init__(self, root: Path) -> None:
        self.files = OnDisk(root)
        self._told: dict[str, Listing] = {}
        self._below: Iterator[tuple[str, Listing | OSError]] = iter(())
        self._segments = 0

    def answered(self, name: str, *arguments: Any) -> tuple[Any, Any]:
        """(errno, words and file of an OSError or None, the answer) to a question, whose last
        argument are the modes of what is made."""
        *about, modes = arguments
        self.files.modes = Modes(*modes)
        own = getattr(self, f"_{name}", None)
        try:
            return None, (own or getattr(self.files, name))(*about)
        except OSError as error:
            return _trouble(error), None

    def _presence(self, *about: Any) -> Any:
        from officetui.ledger import presence  # with the first card

        return presence.exchange(self.files, *about)

    def _standing(self) -> Any:
        return tuple(self.files.standing())

    def _scan(self, path: str) -> Any:
        return self._news(path, self.files.scan(path))

    def _scan_below(self, path: str, more: bool) -> Any:
        """(names, what has changed by name, what could not be listed by name, whether there is
        more)"""
        if not more:
            self._below = scan_below(self.files, path)
        names: list[str] = []
        changed: dict[str, Any] = {}
        troubles: dict[str, Any] = {}
        end = time.monotonic() + TURN
        for name, listing in self._below:
            names.append(name)
            if isinstance(listing, OSError):
                troubles[name] = _trouble(listing)
            elif (news := self._news(f"{path}/{name}", listing)) is not None:
                changed[name] = news
            if time.monotonic() > end:
                return names, changed, troubles, True
        return names, changed, troubles, False

    def _segment(self, path: str, writer: str, _round: int) -> Any:
        from officetui.ledger.raw import walk  # with the first sync

        data = self.files.read(path)
        self._segments += 1
        # who asks has to write what comes, and walks the third one meanwhile
        walked = walk(data, writer) if self._segments % 3 else None
        return data, tuple(walked) if walked is not None else None

    def _news(self, path: str, listing: Listing) -> Any:
        """A listing as it is told; None when it is what was told last."""
        if self._told.get(path) == listing:
            return None
        self._told[path] = listing
        return [tuple(found) for found in listing.files], listing.directories


def _listing(told: Any) -> Listing:
    files, directories = told
    return Listing([Found(*each) for each in files], directories)


def _trouble(error: OSError) -> tuple[int, str, str | None]:
    where = None if error.filename is None else os.fspath(error.filename)
    return error.errno or errno.EIO, error.strerror or str(error), where


def _send(pipe: IO[bytes], message: Any) -> None:
    data = marshal.dumps(message)
    write_all(pipe.fileno(), len(data).to_bytes(8, "little") + data)


def _takes(pipe: IO[bytes]) -> bool:
    """Whether a short message can be sent without waiting: while answers are under way nobody may
    wait for the helper, which may wait for us. A pipe of one page is soon full."""
    room = select.poll()
    room.register(pipe, select.POLLOUT)
    return bool(room.poll(0))


def _received(pipe: IO[bytes]) -> Any:
    """The next message. Raises EOFError."""
    size = int.from_bytes(_exactly(pipe, 8), "little")
    return marshal.loads(_exactly(pipe, size))


def _exactly(pipe: IO[bytes], size: int) -> bytearray:
    data = bytearray(size)
    left = memoryview(data)
    while left:
        count = os.readv(pipe.fileno(), [left])
        if not count:
            raise EOFError
        left = left[count:]
    return data
