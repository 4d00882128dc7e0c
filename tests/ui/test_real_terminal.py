"""The program itself, in a pty, on an office imported from spreadsheets: what a person sees of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.sheets import SHEETS
from tests.window import DEADLINE, PROGRAM, Window, environment

# Founded and filled once: all tests of this file run in one worker.
pytestmark = pytest.mark.xdist_group("real terminal")

DAY = "2026-11-20"  # the day of the spreadsheets in tests/data
LINE = "收 县应急局 关于做好低温雨雪冰冻天气防范应对工作的通知 #特急 @李梅"
TITLE = "关于做好低温雨雪冰冻天气防范应对工作的通知"
SHOWN = "低温雨雪冰冻"  # as much of it as a narrow column holds


def officetui(*arguments: str, home: Path) -> str:
    """Run a command; its standard output."""
    done = subprocess.run(
        [*PROGRAM, *arguments],
        env=environment(OFFICETUI_HOME=str(home)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an office whose five spreadsheets have been imported."""
    home = tmp_path_factory.mktemp("imported") / "office"
    officetui("init", "--name", "清河镇党政办", "--user", "李梅", home=home)
    for path in sorted(SHEETS.iterdir()):
        officetui("import", str(path), home=home)
    return home


@pytest.fixture
def home(imported: Path, office_home: Path) -> Path:
    """A copy of it for one test."""
    shutil.copytree(imported, office_home)
    return office_home


def go_to_the_day(window: Window) -> str:
    """`g` and the date: the board of a day is the same whenever the tests run. The screen."""
    window.until("先办")
    window.press("g")
    window.until("转到日期")
    window.type(DAY)
    window.until(DAY)
    window.press("enter")
    return window.until(lambda text: "党委会" in text and "转到日期" not in text)


def titles(home: Path) -> list[str]:
    """The titles of the papers as another process reads them."""
    records = json.loads(officetui("list", "documents", "--json", home=home))
    return [record.get("title", "") for record in records]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
def test_start_capture_quit_start_again(home: Path, size: tuple[int, int]) -> None:
    with Window("--lang", "zh_CN", size=size) as window:
        board = go_to_the_day(window)
        panels = {"2 值班": "罗丹", "3 公文": "待批示", "4 ": "09:30", "5 来访来电": "张大爷"}
        for heading, content in panels.items():
            assert heading in board and content in board, board
        assert "11-20 周五" in board or "2026年11月20日 星期五" in board
        window.press("a")
        window.until("一行登记")
        window.type(LINE)
        window.until(lambda text: "来文机关" in text and "特急" in text)
        window.press("enter")
        said = window.until("已登记").splitlines()[-1]
        assert SHOWN in said
        assert TITLE in titles(home)  # confirmed is kept, whatever happens to the window
        assert window.quit() == 0

    with Window("--lang", "zh_CN", size=size) as window:
        window.until("先办")
        window.press("3")
        window.until("来文机关")
        window.press("end")
        window.until(lambda text: "县应急局" in text and "低温" in text)
        assert window.quit() == 0


def test_the_terminal_is_left_as_it_was(home: Path) -> None:
    with Window("--lang", "zh_CN") as window:
        window.until("先办")
        assert window.quit() == 0
        written = window.written
    last_of = {mode: written.rfind(mode) for mode in (b"\x1b[?1049h", b"\x1b[?25l")}
    assert written.rfind(b"\x1b[?1049l") > last_of[b"\x1b[?1049h"] > -1  # its own screen is gone
    assert written.rfind(b"\x1b[?25h") > last_of[b"\x1b[?25l"] > -1  # the cursor is shown
    assert b"\x1b[?1000h" not in written  # selecting text with the mouse works as elsewhere


def test_a_killed_window_keeps_what_was_confirmed(home: Path) -> None:
    with Window("--lang", "zh_CN") as window:
        window.until("先办")
        window.press("a")
        window.until("一行登记")
        window.type(LINE)
        window.until("来文机关")
        window.press("enter")
        window.until("已登记")
        window.kill()
    assert TITLE in titles(home)
    with Window("--lang", "zh_CN") as window:
        window.until("先办")
        window.press("u")
        window.until("已撤销")
        assert window.quit() == 0
    assert TITLE not in titles(home)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGHUP], ids=["killed", "hung up"])
def test_a_killed_window_keeps_what_was_being_typed(home: Path, end: signal.Signals) -> None:
    """A line and a form half filled in: they come back in the next window, and once only."""
    unsaved = home / "unsaved"
    with Window("--lang", "zh_CN") as window:
        window.until("先办")
        window.press("3")
        window.until("来文机关")
        window.press("e")
        window.until("修改")
        window.type("甲乙丙")
        window.until("甲乙丙")
        window.press("escape")
        window.until("还没有保存")
        window.press("a")
        window.until("一行登记")
        window.type("县发改局 关于报送项目计划的通知")
        window.until("县发改局")
        until_kept(unsaved, "关于报送项目计划的通知")
        os.kill(window.child.pid, end)
        window.ended()
    assert all(path.stat().st_mode & 0o077 == 0 for path in (unsaved, *unsaved.iterdir()))
    with Window("--lang", "zh_CN") as window:
        window.until("上次填了没存的还在")
        with Window("--lang", "zh_CN") as other:
            other.until("先办")
            other.press("a")
            other.until("一行登记")
            assert "县发改局" not in other.text  # it is in the first of them
            other.press("escape")
            other.until(lambda text: "一行登记" not in text)
            assert other.quit() == 0
        window.press("a")
        window.until(lambda text: "县发改局" in text and "关于报送项目计划的通知" in text)
        window.press("enter")
        window.until("已登记")
        window.press("3", "e")
        window.until(lambda text: "甲乙丙" in text and "Ctrl+R" in text)
        window.press("ctrl+r")
        window.until(lambda text: "甲乙丙" not in text)
        window.press("escape")
        window.until(lambda text: "Ctrl+O" not in text)
        assert window.quit() == 0
    assert "关于报送项目计划的通知" in titles(home)
    assert not any("县发改局" in path.read_text() for path in unsaved.iterdir())


def until_kept(folder: Path, text: str) -> None:
    end = time.monotonic() + DEADLINE
    while not any(text in path.read_text() for path in folder.glob("*")):
        assert time.monotonic() < end, list(folder.glob("*"))
        time.sleep(0.02)


def test_what_looks_at_the_folder_never_survives_the_window(home: Path, tmp_path: Path) -> None:
    """The app lets a helper touch the shared folder; killed or closed, it leaves nobody behind."""
    officetui("folder", str(tmp_path / "shared"), home=home)
    for end in (signal.SIGKILL, signal.SIGHUP, None):
        with Window("--lang", "zh_CN") as window:
            window.until("已同步")
            (helper,) = children(window.child.pid)
            if end is None:
                assert window.quit() == 0
            else:
                os.kill(window.child.pid, end)
                window.ended()
        until_ended(helper)


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def until_ended(pid: int) -> None:
    """Wait until a process has ended, whether or not somebody has asked after it."""
    end = time.monotonic() + DEADLINE
    with suppress(FileNotFoundError):
        while (stat := Path(f"/proc/{pid}/stat").read_text()).rpartition(")")[2][1] not in "ZX":
            assert time.monotonic() < end, stat
            time.sleep(0.02)


def test_two_windows_see_each_other(home: Path) -> None:
    with Window("--lang", "zh_CN") as one, Window("--lang", "zh_CN") as other:
        one.until("先办")
        other.until("先办")
        other.press("3")
        other.until("来文机关")
        one.press("a")
        one.until("一行登记")
        one.type(LINE)
        one.until("来文机关")
        one.press("enter")
        one.until("已登记")
        other.until(SHOWN)
        assert one.quit() == other.quit() == 0


def test_the_first_run_by_keyboard(office_home: Path) -> None:
    with Window("--lang", "zh_CN", size=(80, 24)) as window:
        window.until("单位名称")
        window.type("清河镇党政办")
        window.press("enter")
        window.type("李梅")
        window.until(lambda text: "清河镇党政办" in text and "李梅" in text)
        window.press("enter")
        window.press("enter")  # no shared folder
        board = window.until("先办")
        assert "清河镇党政办" in board and "李梅" in board
        assert window.quit() == 0
    with Window("--lang", "zh_CN", size=(80, 24)) as window:
        board = window.until("先办")
        assert "清河镇党政办" in board and "李梅" in board
        assert window.quit() == 0
