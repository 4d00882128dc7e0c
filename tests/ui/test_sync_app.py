"""Sync inside the app: the thread, the header, what two people wrote at once, the first start."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from hands import Hands, at_work, until
from sample_office import MORNING
from textual.pilot import Pilot

from officetui.ledger.apart import Apart
from officetui.ledger.files import OnDisk
from officetui.office import folder as folders
from officetui.office.clock import FixedClock
from officetui.office.conflicts import conflicts
from officetui.office.office import Office
from officetui.office.sync import Sync
from officetui.ui import syncing
from officetui.ui.app import OfficeApp
from officetui.ui.modals.form import FormScreen
from officetui.ui.screens.base import BaseScreen
from officetui.ui.screens.conflicts import ConflictsScreen

COLLEAGUE = """
import sys
from datetime import timedelta
from pathlib import Path
from officetui.ledger import identity
from officetui.office.office import Office
from officetui.office.sync import Sync

home, number, cell, value = sys.argv[1:]
office = Office.open(Path(home), user="吴敏")
record = office.find("收" + number)
office.set(record, {cell: value})
info = identity.read_office(Path(home))
for _ in range(2):
    Sync(Path(home), info).round()
"""


class Colleague:
    """Another home on the same folder."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home = home
        self.info, _begun = folders.join(home, folder)
        self.sync = Sync(home, self.info, clock=FixedClock(MORNING))
        self.sync.round()
        self.office = Office.open(home, clock=FixedClock(MORNING), user="吴敏")

    def round(self) -> None:
        self.sync.round()
        self.office.refresh()

    def set(self, ref: str, **cells: object) -> None:
        record = self.office.get(ref)
        assert record is not None
        self.office.set(record, cells)


@pytest.fixture
def colleague(folder: Path, tmp_path: Path) -> Colleague:
    return Colleague(tmp_path / "colleague", folder)


def header(hands: Hands) -> str:
    screen = hands.app.screen_stack[0]
    for screen in reversed(hands.app.screen_stack):
        if isinstance(screen, BaseScreen):
            break
    assert isinstance(screen, BaseScreen)
    return screen.header_line.text


def is_synced(line: str) -> bool:
    return " synced" in line and "not synced" not in line


async def rounds(hands: Hands, n: int = 3) -> None:
    """Let so many rounds be made, one after the other, and what each tells be taken in."""
    done = 0
    taken_in = hands.app.screen_sync_changed  # the last that is done with what a round tells

    def told() -> None:
        nonlocal done
        done += 1
        taken_in()

    hands.app.screen_sync_changed = told  # type: ignore[method-assign]
    for _ in range(n):
        before = done
        hands.app.replication.wake()
        await until(hands, lambda before=before: done > before, "a round")  # type: ignore[misc]
    hands.app.screen_sync_changed = taken_in  # type: ignore[method-assign]
    await hands.settled()


async def synced(hands: Hands) -> None:
    await until(hands, lambda: is_synced(header(hands)), "synced")


async def counted(hands: Hands, n: int) -> None:
    await until(hands, lambda: f"{n} to decide" in header(hands), f"{n} to decide")


async def test_a_change_is_published_and_a_colleague_s_comes(
    office: Office, colleague: Colleague
) -> None:
    async with at_work(office) as hands:
        await synced(hands)
        paper = hands.record("documents", recv_no="777")
        hands.app.perform(lambda: office.set(paper, {"due": "2026-11-21"}))
        assert "1 not synced" in header(hands), "what was changed just now is not there yet"
        await synced(hands)
        colleague.round()
        seen = colleague.office.get(paper.ref)
        assert seen is not None and seen.text("due") == "2026-11-21"
        colleague.set(paper.ref, due="2026-11-22")
        colleague.round()
        hands.app.replication.wake()
        await until(
            hands,
            lambda: hands.record("documents", recv_no="777").text("due") == "2026-11-22",
            "it",
        )


async def test_without_a_folder_nothing_is_said_and_no_thread_runs(office: Office) -> None:
    async with at_work(office) as hands:
        looked: list[bool] = []
        has_folder = hands.app._has_folder

        def look() -> bool:
            looked.append(has_folder())
            return looked[-1]

        hands.app._has_folder = look  # type: ignore[method-assign]
        await until(hands, lambda: bool(looked), "a look for a folder")
        assert looked == [False] * len(looked)
        assert hands.app._thread is hands.app.replication is None
        assert header(hands).rstrip().endswith("saved")


async def test_a_folder_that_is_gone_is_said_once_and_what_waits_is_counted(
    office: Office, colleague: Colleague, folder: Path
) -> None:
    async with at_work(office) as hands:
        await synced(hands)
        folder.rename(folder.with_name("away"))
        hands.app.replication.wake()
        await until(hands, lambda: "folder not there" in header(hands), "gone")
        assert "nothing is lost" in hands.said
        await hands.keys("3")
        paper = hands.record("documents", recv_no="777")
        hands.app.perform(lambda: office.set(paper, {"due": "2026-11-21"}))
        assert "1 not synced" in header(hands)
        await rounds(hands)
        assert "nothing is lost" not in hands.said, "it is said once"
        assert "folder not there·1 not synced" in header(hands)
        folder.with_name("away").rename(folder)
        hands.app.replication.wake()
        await synced(hands)
        assert "there again" in hands.said


async def test_another_office_s_folder_is_refused_aloud(
    office: Office, folder: Path, tmp_path: Path
) -> None:
    other = Office.found(tmp_path / "other", name="别的办公室", user="某人")
    foreign = tmp_path / "foreign"
    folders.found(foreign, other.info)
    folders.attach(office.home, foreign)
    async with at_work(office) as hands:
        await until(hands, lambda: "another office's folder" in header(hands), "foreign")
        assert "别的办公室" in hands.said
    assert not (foreign / "journals").exists() or not list((foreign / "journals").iterdir())


async def test_situation_38_a_form_is_open_while_a_colleague_writes(
    office: Office, colleague: Colleague
) -> None:
    """Situation 38: a form is open while a colleague writes."""
    async with at_work(office) as hands:
        await synced(hands)
        paper = hands.record("documents", recv_no="777")
        await hands.keys("3")
        await hands.to(paper.ref)
        await hands.keys("e")
        form = hands.app.screen
        assert isinstance(form, FormScreen)
        next(row for row in form._rows if row.entry.field.name == "title").editor.focus()
        await hands.settled()
        await hands.write("关于巡察组进驻的通知(李梅改)")
        # A second process, which has never heard of the form, writes the same cell meanwhile.
        done = subprocess.run(
            [sys.executable, "-c", COLLEAGUE, str(colleague.home), "777", "title", "吴敏改的标题"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        hands.app.replication.wake()
        await until(hands, lambda: _title(hands, paper.ref) == "吴敏改的标题", "theirs came")
        assert hands.app.screen is form, "the form stays as it is"
        await hands.keys("ctrl+o")
        await counted(hands, 1)
        assert "two people wrote at once" in hands.said
        found = conflicts(office)
        assert [{v.value for v in one.values} for one in found] == [
            {"吴敏改的标题", "关于巡察组进驻的通知(李梅改)"}
        ]
        await hands.keys("equals_sign")
        assert isinstance(hands.app.screen, ConflictsScreen)
        for words in ("吴敏改的标题", "(李梅改)", "吴敏", "李梅", colleague.office.journal.writer):
            assert words in hands.screen
        await hands.keys("enter")
        await hands.digit("吴敏改的标题")
        await until(hands, lambda: "to decide" not in header(hands), "settled")
        await until(hands, lambda: "Nothing to decide" in hands.screen, "nothing left")
        await synced(hands)
    colleague.round()
    assert conflicts(colleague.office) == conflicts(office) == []
    assert colleague.office.get(paper.ref).text("title") == "吴敏改的标题"


def _title(hands: Hands, ref: str) -> str:
    record = hands.office.get(ref)
    assert record is not None
    return record.text("title")


@pytest.fixture
async def at_odds(office: Office, colleague: Colleague) -> AsyncIterator[Hands]:
    """Two owners of paper 776, written without knowing of each other; the app is open."""
    paper = office.find("收776")
    office.set(paper, {"owner": "赵强"})
    colleague.set(paper.ref, owner="吴敏")
    colleague.round()
    async with at_work(office) as hands:
        await counted(hands, 1)
        yield hands


async def test_keeping_the_shown_value_settles_everywhere(
    at_odds: Hands, colleague: Colleague
) -> None:
    hands = at_odds
    paper = hands.office.find("收776")
    shown = paper.text("owner")
    await hands.keys("equals_sign", "enter")
    await hands.digit(shown)
    await until(hands, lambda: "to decide" not in header(hands), "settled")
    await synced(hands)
    colleague.round()
    assert conflicts(colleague.office) == conflicts(hands.office) == []
    assert colleague.office.get(paper.ref).text("owner") == shown


async def test_writing_something_else_settles_too(at_odds: Hands) -> None:
    hands = at_odds
    await hands.keys("equals_sign", "e")
    await hands.write("郑凯")
    await hands.keys("ctrl+o")
    await until(hands, lambda: "to decide" not in header(hands), "settled")
    assert hands.office.find("收776").text("owner") == "郑凯"
    assert conflicts(hands.office) == []


async def test_the_row_is_flagged_and_the_menu_leads_there(at_odds: Hands) -> None:
    hands = at_odds
    paper = hands.office.find("收776")
    await hands.keys("3")
    await hands.to(paper.ref)
    row = hands.table.current
    assert row is not None and row.mark
    await hands.choose("Decide: two values")
    await hands.digit("吴敏")
    await until(hands, lambda: "to decide" not in header(hands), "settled")
    assert hands.office.find("收776").text("owner") == "吴敏"


async def test_the_first_things_of_today_lead_to_the_two_values(at_odds: Hands) -> None:
    hands = at_odds
    await hands.pilot.resize_terminal(80, 24)
    await hands.settled()
    for _ in range(30):  # what comes before it is out of the way
        lines = hands.table.lines
        row = next((one for one in lines if one.ref.startswith("conflict:")), None)
        if row is not None:
            break
        found = [one for ref in lines[0].refs if (one := hands.office.get(ref)) is not None]
        done = hands.office.trash(found)
        hands.app.records_changed(done.refs)
        await hands.settled()
    assert row is not None and row.cells[-1] == "Enter=decide"
    await hands.to(row.ref)
    await hands.keys("enter")
    await hands.digit("赵强")
    await until(hands, lambda: "to decide" not in header(hands), "settled")
    assert hands.office.find("收776").text("owner") == "赵强"


async def test_an_edit_against_a_deletion_is_restored_or_left(
    office: Office, colleague: Colleague
) -> None:
    first, second = office.find("收776"), office.find("收777")
    office.trash([first])
    office.trash([second])
    colleague.set(first.ref, due="2026-12-01")
    colleague.set(second.ref, due="2026-12-01")
    colleague.round()
    async with at_work(office) as hands:
        await until(hands, lambda: "to decide" in header(hands), "both")
        await hands.keys("equals_sign")
        keys = [row.ref for row in hands.table.lines if row.ref.endswith("|")]
        assert len(keys) == 2
        for ref, label in ((first.ref, "Take it out of the trash"), (second.ref, "Leave it in")):
            place = next(key for key in keys if key.startswith(ref))
            await hands.to(place)
            await hands.keys("enter")
            number = next(r.cells[0] for r in hands.table.lines if r.cells[1].startswith(label))
            await hands.keys(number)
            await hands.settled()
        await until(hands, lambda: "to decide" not in header(hands), "settled")
    assert conflicts(office) == []
    restored = office.get(first.ref)
    assert restored is not None and not restored.trashed and restored.text("due") == "2026-12-01"
    assert office.get(second.ref).trashed


async def test_news_may_come_while_a_screen_is_being_made(office: Office) -> None:
    refs = {record.ref for record in office.list("documents")} | {office.list("duty")[0].ref}
    async with at_work(office) as hands:
        for key in [*"23456789", "equals_sign", "slash"]:
            told = False
            pressed = asyncio.create_task(hands.keys(key))
            while not told and not pressed.done():
                await asyncio.sleep(0)
                if not hands.app.screen.is_mounted:
                    hands.app.records_changed(refs)
                    hands.app.screen_sync_changed()
                    told = True
            await pressed
            assert told, f"{key} made no screen"


async def test_a_number_given_twice_is_shown_once_with_both_papers(
    office: Office, colleague: Colleague
) -> None:
    cells = {"recv_at": "2026-11-20T07:50", "from_org": "县委办", "kind": "act"}
    office.create("documents", {**cells, "title": "甲件"})
    colleague.office.create("documents", {**cells, "title": "乙件"})
    colleague.round()
    async with at_work(office) as hands:
        await counted(hands, 1)
        await hands.keys("equals_sign")
        assert "number 779, 2 times" in hands.screen
        assert "甲件" in hands.screen and "乙件" in hands.screen
        refs = [row.ref for row in hands.table.lines if "乙件" in row.cells[1]]
        await hands.to(refs[0])
        await hands.keys("e")
        await hands.write("780")
        await hands.keys("ctrl+o")
        await until(hands, lambda: "to decide" not in header(hands), "renumbered")
    numbers = {r.text("title"): r.text("recv_no") for r in office.records("documents")}
    assert (numbers["甲件"], numbers["乙件"]) == ("779", "780")


async def test_a_colleague_s_paper_gets_its_number_when_it_comes(
    office: Office, colleague: Colleague
) -> None:
    office.set_setting("numbering", {"documents": office.journal.writer})
    Sync(office.home, office.info, clock=FixedClock(MORNING)).round()
    colleague.round()
    cells = {"recv_at": "2026-11-20T07:50", "from_org": "县委办", "kind": "act", "title": "乙件"}
    colleague.office.create("documents", cells)
    colleague.round()
    async with at_work(colleague.office) as theirs:
        await theirs.keys("3")
        assert [row.cells[0] for row in theirs.table.lines if "乙件" in row.cells] == ["later"]
    async with at_work(office) as hands:
        await until(
            hands,
            lambda: (
                [
                    r.text("recv_no")
                    for r in office.records("documents")
                    if r.text("title") == "乙件"
                ]
                == ["779"]
            ),
            "numbered",
        )
        await synced(hands)
    colleague.round()
    assert [
        r.text("recv_no")
        for r in colleague.office.records("documents")
        if r.text("title") == "乙件"
    ] == ["779"]


async def test_nothing_is_written_to_the_terminal_while_nothing_happens(
    office: Office, colleague: Colleague
) -> None:
    async with at_work(office) as hands:
        await synced(hands)
        await hands.settled()
        shown: list[object] = []
        display = hands.app._display

        def seen(screen: object, renderable: object) -> None:
            shown.append(renderable)
            display(screen, renderable)  # type: ignore[arg-type]

        hands.app._display = seen  # type: ignore[method-assign]
        await rounds(hands)
        assert shown == []


# The first start


async def answered(pilot: Pilot[None], app: OfficeApp, name: str, folder: Path) -> Hands:
    """The first-run dialogue with its three answers, up to what the folder says."""
    hands = Hands(app, pilot)
    await hands.settled()
    await hands.type(name)
    await hands.keys("enter")
    await hands.type("王芳")
    await hands.keys("enter")
    await hands.type(str(folder))
    await hands.keys("enter")
    return hands


async def shows(hands: Hands, words: str) -> None:
    await until(hands, lambda: words in hands.screen, words)


async def test_the_first_start_joins_the_office_of_a_folder(
    office: Office, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICETUI_HOME", str(tmp_path / "new"))
    app = OfficeApp(None)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = await answered(pilot, app, "", folder)
        await shows(hands, "清河镇党政办 lives there")
        assert not (tmp_path / "new" / "office.json").exists(), "nothing is joined unasked"
        await hands.keys("enter")
        await until(hands, lambda: app._office is not None, "joined")
        assert app.office.user == "王芳" and app.office.info.id == office.info.id
        assert app.office.find("收774").text("from_org") == "县应急局"
        await synced(hands)


async def test_a_first_sync_is_stopped_and_goes_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICETUI_HOME", str(tmp_path / "new"))
    app = OfficeApp(None)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = await answered(pilot, app, "", folder)
        await shows(hands, "lives there")
        # Somebody else reads into the same home: this first sync has to wait.
        home = tmp_path / "new"
        home.mkdir()
        with (home / "replicate.lock").open("w") as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            await hands.keys("enter")
            await shows(hands, "Joining")
            await hands.keys("escape")
            await shows(hands, "Stopped. What has come is kept")
            assert app._office is None
        await hands.keys("enter")
        await until(hands, lambda: app._office is not None, "joined")
        assert app.office.find("收774").text("from_org") == "县应急局"


async def test_a_join_that_is_stopped_before_it_reads_does_not_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is slow to say whose it is; when it does, nobody wants it any more."""
    monkeypatch.setenv("OFFICETUI_HOME", str(tmp_path / "new"))
    begun: list[int] = []
    start = Apart._start

    def hanging(files: Apart) -> object:
        run = start(files)
        begun.append(run.pid)
        if len(begun) == 2:  # the first one has looked whose it is
            os.kill(run.pid, signal.SIGSTOP)
        return run

    monkeypatch.setattr(Apart, "_start", hanging)
    app = OfficeApp(None)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = await answered(pilot, app, "", folder)
        await shows(hands, "lives there")
        await hands.keys("enter")
        await until(hands, lambda: len(begun) == 2, "it joins")
        await hands.keys("escape")
        await shows(hands, "Stopped. What has come is kept")
        os.kill(begun[1], signal.SIGCONT)
        await until(
            hands, lambda: all(one.name != "folder" for one in threading.enumerate()), "it ended"
        )
        assert len(begun) == 2 and not list((tmp_path / "new").glob("journals/*/*"))
        await hands.keys("enter")
        await until(hands, lambda: app._office is not None, "joined")
        assert app.office.find("收774").text("from_org") == "县应急局"


async def test_the_first_start_founds_an_office_in_an_empty_folder(
    office_home: Path, tmp_path: Path
) -> None:
    app = OfficeApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        hands = await answered(pilot, app, "石桥镇党政办", tmp_path / "shared")
        await until(hands, lambda: app._office is not None, "founded")
        await synced(hands)
    assert (tmp_path / "shared" / "officetui.json").exists()


async def test_a_folder_with_other_things_in_it_is_refused_and_nothing_is_written(
    office_home: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.doc").write_text("")
    app = OfficeApp(None)
    async with app.run_test(size=(120, 40)) as pilot:
        hands = await answered(pilot, app, "石桥镇党政办", mine)
        await shows(hands, "thesis.doc")
        await hands.keys("escape")
        assert "王芳" in hands.screen, "the form is as it was"
    assert [path.name for path in mine.iterdir()] == ["thesis.doc"]
    assert not (office_home / "office.json").exists()


# Beside other processes, and over days


async def test_another_process_that_replicates_is_said_and_then_taken_over_from(
    office: Office, colleague: Colleague
) -> None:
    with (office.home / "replicate.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        async with at_work(office) as hands:
            await until(hands, lambda: "another process syncs" in header(hands), "busy")
            fcntl.flock(other, fcntl.LOCK_UN)
            hands.app.replication.wake()
            await synced(hands)


async def test_a_folder_that_does_not_answer_is_said_and_holds_up_neither_key_nor_end(
    office: Office, colleague: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a mount whose server is gone: the helper that looks at the folder waits for ever."""
    monkeypatch.setattr("officetui.office.sync.STALLED", 0.3)
    async with at_work(office) as hands:
        await synced(hands)
        helper = hands.app.replication._files().pid
        os.kill(helper, signal.SIGSTOP)
        try:
            hands.app.replication.wake()
            await until(hands, lambda: "no answer since 07:57" in header(hands), "silent")
            await until(hands, lambda: "does not answer" in hands.said, "said")
            paper = hands.record("documents", recv_no="777")
            hands.app.perform(lambda: office.set(paper, {"due": "2026-11-21"}))
            assert "1 not synced" in header(hands)
            await hands.keys("3", "2", "1")
            os.kill(helper, signal.SIGCONT)
            await synced(hands)
            os.kill(helper, signal.SIGSTOP)
            hands.app.replication.wake()
            await until(hands, lambda: "no answer since" in header(hands), "silent again")
            waited: list[None] = []
            hands.app.replication.wake = lambda: waited.append(None)
            await hands.app.action_quit()
            assert waited == [], "the end does not wait for a round"
        finally:
            os.kill(helper, signal.SIGCONT)


async def test_the_app_is_there_before_anything_of_sync_and_never_touches_the_folder(
    office: Office, colleague: Colleague, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Start-up waits for no folder: the helper that looks at it begins after the first paint."""
    touched: list[str] = []

    def watched(what: str) -> None:
        plain = getattr(OnDisk, what)

        def call(files: OnDisk, path: str, *more: object) -> object:
            if files.root == folder:
                touched.append(f"{what} {path}")
            return plain(files, path, *more)

        monkeypatch.setattr(OnDisk, what, call)

    for what in ("scan", "read", "append", "replace"):
        watched(what)
    start = syncing.START
    monkeypatch.setattr(syncing, "START", 3600.0)
    monkeypatch.setattr(OfficeApp, "_poll", lambda app: None)  # it looks for a folder too
    async with at_work(office) as hands:
        assert "党委会" in hands.screen
        assert hands.app.replication is None and hands.app._thread is None
        hands.app.set_timer(start, hands.app._start_sync)
        await synced(hands)
        assert hands.app.replication._files().pid is not None
    assert touched == []


async def test_a_first_sync_that_hangs_is_left_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The helper hangs with the folder; neither Esc nor the end of the app waits for it."""
    monkeypatch.setenv("OFFICETUI_HOME", str(tmp_path / "new"))
    hung: list[int] = []
    start = Apart._start

    def hanging(files: Apart) -> object:
        run = start(files)
        os.kill(run.pid, signal.SIGSTOP)
        hung.append(run.pid)
        return run

    monkeypatch.setattr(Apart, "_start", hanging)
    app = OfficeApp(None)
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            hands = await answered(pilot, app, "", folder)
            await until(hands, lambda: bool(hung), "the helper looks")
            await shows(hands, "Looking at the folder")
            await hands.keys("escape")
            assert "王芳" in hands.screen, "the form is as it was"
    finally:
        for pid in hung:
            os.kill(pid, signal.SIGCONT)
    assert not (tmp_path / "new" / "office.json").exists()


async def test_a_device_without_news_is_spoken_of_once(
    office: Office, colleague: Colleague
) -> None:
    colleague.set(office.find("收776").ref, owner="吴敏")
    colleague.round()
    office.watch = FixedClock(MORNING + timedelta(days=9))
    async with at_work(office) as hands:
        await until(hands, lambda: "Without news: 吴敏" in hands.said, "silent")
        await hands.keys("3", "a", "escape")
        hands.app.say("")
        await rounds(hands)
        assert "Without news" not in hands.said


async def test_leaving_publishes_what_was_done_last(office: Office, colleague: Colleague) -> None:
    async with at_work(office) as hands:
        await synced(hands)
        paper = hands.record("documents", recv_no="777")
        hands.app.perform(lambda: office.set(paper, {"due": "2026-11-21"}))
        await hands.app.action_quit()
    colleague.round()
    seen = colleague.office.get(paper.ref)
    assert seen is not None and seen.text("due") == "2026-11-21"


async def test_no_step_of_a_menu_is_lost_beside_the_decision(at_odds: Hands) -> None:
    from officetui.ui import menus

    record = at_odds.office.find("收776")
    shown = [item.id for page in menus.pages(at_odds.office, [record]) for item in page]
    assert shown[0] == menus.DECIDE
    steps = [f"{menus.STEP}{step.id}" for step in at_odds.office.steps(record)]
    assert sorted(one for one in shown if one.startswith(menus.STEP)) == sorted(steps)
