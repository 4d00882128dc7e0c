"""The program in tmux: a terminal that was made by others, whole days by keyboard, odd sizes.

Needs `tmux` (Debian: apt-get install tmux).
"""

from __future__ import annotations

import itertools
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sheets import SHEETS
from tests.window import DEADLINE, PROGRAM, Holds, environment

pytestmark = pytest.mark.e2e

DAY = "2026-11-20"  # the day of the spreadsheets in tests/data
LINE = "收 县应急局 关于做好低温雨雪冰冻天气防范应对工作的通知 #特急 @李梅"
TITLE = "关于做好低温雨雪冰冻天气防范应对工作的通知"
SIZES = [(120, 40), (80, 24)]
STARTED = shlex.join([*PROGRAM, "--lang", "zh_CN"])

_number = itertools.count(1)


class Tmux:
    """A tmux server of its own, with one window in it at a time."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "s"  # short: the path of a socket has little room
        self._target = ""

    def do(self, *arguments: str, check: bool = True) -> str:
        """A tmux command; what it prints."""
        done = subprocess.run(
            ["tmux", "-u", "-f", "/dev/null", "-S", str(self._socket), *arguments],
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout

    def open(
        self, command: str = STARTED, size: tuple[int, int] = (120, 40), **environ: str
    ) -> None:
        """A window of `size` that runs `command` in a shell and stays when that has ended."""
        self._target = f"w{next(_number)}"
        words = [f"{name}={shlex.quote(value)}" for name, value in environ.items()]
        columns, rows = map(str, size)
        run = " ".join([*words, command]) + "; echo ended: $?; exec cat"
        # The server stays when its last window is closed; the next would meet it going.
        stay = ["start-server", ";", "set-option", "-s", "exit-empty", "off", ";"]
        self.do(*stay, "new-session", "-d", "-s", self._target, "-x", columns, "-y", rows, run)

    def close(self) -> None:
        """The window is closed under the program."""
        self.do("kill-session", "-t", self._target)

    def end(self) -> None:
        self.do("kill-server", check=False)

    def press(self, *keys: str) -> None:
        """Press keys by the names tmux has for them."""
        self.do("send-keys", "-t", self._target, *keys)

    def type(self, text: str) -> None:
        """What an input method commits: UTF-8, in one go."""
        self.do("send-keys", "-t", self._target, "-l", text)

    def resize(self, columns: int, rows: int) -> None:
        self.do("resize-window", "-t", self._target, "-x", str(columns), "-y", str(rows))

    @property
    def text(self) -> str:
        """What is on the screen."""
        return self.do("capture-pane", "-p", "-t", self._target)

    @property
    def colours(self) -> list[str]:
        """The colour sequences of what is on the screen."""
        drawn = self.do("capture-pane", "-p", "-e", "-t", self._target)
        codes = re.findall(r"\x1b\[([\d;]*)m", drawn)
        return [code for code in codes if re.search(r"(^|;)(3[0-8]|4[0-8]|9\d|10\d)(;|$)", code)]

    def until(self, holds: Holds, seconds: float = DEADLINE) -> str:
        """Look until the screen shows it; its text."""
        end = time.monotonic() + seconds
        while True:
            text = self.text
            if holds in text if isinstance(holds, str) else holds(text):
                return text
            assert time.monotonic() < end, f"{holds!r} is not on the screen:\n{text}"

    def quit(self) -> None:
        """Leave as people do; the program must end well."""
        self.press("q")
        self.until("再按 q")
        self.press("q")
        assert "ended: 0" in self.until("ended:")


@pytest.fixture
def tmux() -> Iterator[Tmux]:
    with tempfile.TemporaryDirectory(prefix="tmux") as folder:
        server = Tmux(Path(folder))
        yield server
        server.end()


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an office whose five spreadsheets have been imported."""
    home = tmp_path_factory.mktemp("imported") / "office"
    office = environment(OFFICETUI_HOME=str(home))
    init = ["init", "--name", "清河镇党政办", "--user", "李梅"]
    files = sorted(SHEETS.iterdir())
    for arguments in [init, *(["import", str(path)] for path in files)]:
        subprocess.run([*PROGRAM, *arguments], env=office, capture_output=True, check=True)
    return home


@pytest.fixture
def home(imported: Path, office_home: Path) -> Path:
    """A copy of it for one test; what runs in tmux finds it by its environment."""
    shutil.copytree(imported, office_home)
    return office_home


def capture(tmux: Tmux, line: str = LINE, understood: str = "来文机关") -> None:
    """`a`, a line, enter: and it is confirmed."""
    tmux.press("a")
    tmux.until("一行登记")
    tmux.type(line)
    tmux.until(understood)
    tmux.press("Enter")
    tmux.until("已登记")


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_a_day(tmux: Tmux, home: Path, size: tuple[int, int]) -> None:
    tmux.open(size=size)
    tmux.until("先办")
    tmux.press("g")
    tmux.until("转到日期")
    tmux.type(DAY)
    tmux.until(DAY)
    tmux.press("Enter")
    board = tmux.until(lambda text: "党委会" in text and "转到日期" not in text)
    panels = {"2 值班": "罗丹", "3 公文": "待批示", "4 ": "09:30", "5 来访来电": "张大爷"}
    for heading, content in panels.items():
        assert heading in board and content in board, board
    capture(tmux)
    tmux.quit()
    tmux.close()

    tmux.open(size=size)
    tmux.until("先办")
    tmux.press("3")
    tmux.until("来文机关")
    tmux.press("End")
    tmux.until(lambda text: "县应急局" in text and "低温" in text)
    tmux.press("u")
    tmux.until("已撤销")
    tmux.until(lambda text: "县应急局" not in text)
    tmux.press("U")
    tmux.until("已重做")
    tmux.press("End")
    tmux.until("县应急局")
    tmux.quit()


def test_the_first_run(tmux: Tmux, office_home: Path) -> None:
    tmux.open()
    tmux.until("单位名称")
    tmux.type("清河镇党政办")
    tmux.press("Enter")
    tmux.type("李梅")
    tmux.until(lambda text: "清河镇党政办" in text and "李梅" in text)
    tmux.press("Enter")
    tmux.press("Enter")  # no shared folder
    tmux.until("先办")
    capture(tmux, "访 杨大爷 13900000283 低保没批下来", "来访")
    tmux.until("杨大爷")
    tmux.quit()
    tmux.close()
    tmux.open()
    board = tmux.until("先办")
    assert "清河镇党政办" in board and "李梅" in board and "杨大爷" in board
    tmux.quit()


def test_leaving_the_first_run_leaves_nothing(tmux: Tmux, office_home: Path) -> None:
    tmux.open()
    tmux.until("单位名称")
    tmux.type("清河镇党政办")
    tmux.until("清河镇党政办")
    tmux.press("Escape")
    assert "ended: 0" in tmux.until("ended:")
    assert not (office_home / "office.json").exists()


@pytest.mark.parametrize("size", [(40, 10), (60, 12), (300, 80)], ids=str)
def test_odd_sizes(tmux: Tmux, home: Path, size: tuple[int, int]) -> None:
    """Everything opens and closes where there is little room, and what is typed is kept."""
    tmux.open(size=size)
    tmux.until("先办")
    for place, heading in [("3", "来文机关"), ("5", "139****"), ("1", "先办")]:
        tmux.press(place)
        tmux.until(lambda text, heading=heading: heading in text and "+--" not in text)
        for key in ("?", "Enter") if place != "1" else ("?",):
            tmux.press(key)
            tmux.until("+--")
            tmux.press("Escape")
            tmux.until(lambda text: "+--" not in text)
    tmux.press("a")
    tmux.until("一行登记")
    tmux.type(LINE)
    tmux.resize(120, 40)
    tmux.until(lambda text: "一行登记" in text and "来文机关" in text)
    tmux.press("Enter")
    tmux.until("已登记")
    tmux.quit()


def test_no_room_at_all(tmux: Tmux, home: Path) -> None:
    """Five lines of twenty columns: nothing to read, but nothing breaks."""
    tmux.open(size=(20, 5))
    tmux.until("帮")
    tmux.press("3", "Enter")
    tmux.until("+--")
    tmux.resize(3, 2)
    tmux.resize(120, 40)
    tmux.until("按数字或回车选择")
    tmux.press("Escape")
    tmux.until(lambda text: "来文机关" in text and "+--" not in text)
    tmux.quit()


def test_resizing_while_open(tmux: Tmux, home: Path) -> None:
    tmux.open()
    tmux.until("先办")
    for size in [(80, 24), (40, 10), (200, 60), (10, 3), (120, 40)]:
        tmux.resize(*size)
    tmux.until(lambda text: "5 来访来电" in text and "往后三天" in text)
    tmux.press("a")
    tmux.until("一行登记")
    tmux.type(LINE)
    tmux.until("来文机关")
    for size in [(60, 12), (30, 8), (80, 24)]:
        tmux.resize(*size)
    tmux.until(lambda text: "一行登记" in text and "来文机关" in text and TITLE[:8] in text)
    tmux.press("Enter")
    tmux.until("已登记")
    tmux.quit()


@pytest.mark.parametrize("term", ["linux", "screen", "screen-256color", "vt100", "dumb"])
def test_terminals(tmux: Tmux, home: Path, term: str) -> None:
    tmux.open(size=(80, 24), TERM=term, COLORTERM="")
    tmux.until("先办")
    capture(tmux)
    tmux.quit()


def test_no_colour(tmux: Tmux, home: Path) -> None:
    """What needs someone is still told by its sign."""
    tmux.open(NO_COLOR="1")
    assert "!" in tmux.until("先办")
    assert tmux.colours == []
    capture(tmux)
    tmux.press("3")
    tmux.until("来文机关")
    assert tmux.colours == []
    tmux.quit()


def test_with_colour(tmux: Tmux, home: Path) -> None:
    tmux.open()
    tmux.until("先办")
    assert tmux.colours != []
    tmux.quit()


def test_to_the_background_and_back(tmux: Tmux, home: Path) -> None:
    tmux.open("sh -i", PS1="PROMPT> ", ENV="")
    tmux.until("PROMPT>")
    tmux.type(STARTED + "\n")
    tmux.until("先办")
    tmux.press("C-z")
    tmux.until(lambda text: "PROMPT>" in text and "先办" not in text)
    tmux.type("fg\n")
    tmux.until("先办")
    capture(tmux)
    tmux.press("q", "q")
    tmux.until(lambda text: "PROMPT>" in text and "先办" not in text)
    tmux.type("echo shown as $((1 + 1))\n")
    tmux.until("shown as 2")


def test_ctrl_c_asks_first(tmux: Tmux, home: Path) -> None:
    tmux.open()
    tmux.until("先办")
    tmux.press("C-c")
    tmux.until("再按 q")
    tmux.press("j")
    tmux.until(lambda text: "再按 q" not in text)
    tmux.press("C-c")
    tmux.until("再按 q")
    tmux.press("C-c")
    assert "ended: 0" in tmux.until("ended:")


def test_a_window_closed_under_it(tmux: Tmux, home: Path) -> None:
    """As when the network drops: what was confirmed is there."""
    tmux.open()
    tmux.until("先办")
    capture(tmux)
    other = Tmux(tmux._socket.parent)
    other.open("cat")  # so that the server stays
    tmux.close()
    tmux.open()
    tmux.until("先办")
    tmux.press("3")
    tmux.until("来文机关")
    tmux.press("End")
    tmux.until("县应急局")
    tmux.quit()
