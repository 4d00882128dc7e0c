"""What is typed of a classified paper is in no file, whichever way it comes in.

Everything the program may write to is searched byte by byte: its home, the folders of the XDG
variables, the folder for temporary files, and the shared folder.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "ui"))

from hands import Hands

from officetui.errors import OfficeError
from officetui.office import folder as folders
from officetui.office.office import Office
from officetui.office.sync import Sync
from officetui.registers.registry import REGISTERS
from officetui.ui.app import OfficeApp
from officetui.ui.modals.form import FormScreen
from officetui.ui.widgets.fields import FieldRow

WORDS = "某某绝不可见"
TITLE = f"关于{WORDS}事项的通知"
LINES = (
    f"县委办 机密 {TITLE}",
    f"县委办 县办密发〔2026〕3号 {TITLE}（秘密★5年）",
    f"{TITLE} #绝密 @李梅 ^今天17:00",
    f"县委办《{TITLE}》 密级:机密",
)


# The registers in which a paper could be written down by mistake.
TYPED = [r.id for r in REGISTERS if r.prefixes and r.id not in ("duty", "people")]


@pytest.fixture
def places(
    office_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], list[Path]]:
    """Everywhere the program may write: gives the files that hold the words."""
    roots = [office_home, tmp_path / "folder"]
    roots[1].mkdir(exist_ok=True)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR"):
        root = tmp_path / name.lower()
        root.mkdir()
        monkeypatch.setenv(name, str(root))
        roots.append(root)
    monkeypatch.setattr(tempfile, "tempdir", None)
    forms = [WORDS.encode(code) for code in ("utf-8", "gb18030", "utf-16-le")]
    forms.append(WORDS.encode("unicode_escape"))

    def found() -> list[Path]:
        files = [file for root in roots for file in root.rglob("*") if file.is_file()]
        assert any(roots[1] in file.parents and file.suffix == ".jsonl" for file in files)
        return [file for file in files if any(form in file.read_bytes() for form in forms)]

    return found


Places = Callable[[], list[Path]]


@pytest.mark.parametrize("line", LINES)
def test_the_command_line(
    command: Callable[..., Any], founded: Path, places: Places, tmp_path: Path, line: str
) -> None:
    assert command("folder", str(tmp_path / "folder")).status == 0
    assert command("add", "documents", "县委办 关于报送考核材料的通知 @李梅").status == 0
    attempts = (
        ("add", "documents", line),
        ("add", "reception", f"杨大爷 13900000283 {line}"),
        ("add", "documents", "--json", line),
        ("set", "收1", f"title={line}"),
        ("set", "收1", f"note=【机密】{TITLE}"),
        ("set", "收1", "secrecy=机密"),
        ("do", "收1", "propose", f"proposal=【机密】{TITLE}"),
        ("do", "收1", "urge", "method=phone", f"answer=见(机密){TITLE}"),
        ("do", "收1", "follow_up", f"content=【机密】{TITLE}", "standard=办完"),
        ("do", "收1", "answer_paper", f"title=【机密】{TITLE}"),
        *(("add", register, line) for register in TYPED),
    )
    for attempt in attempts:
        assert command(*attempt).status == 1, attempt
    assert command("sync").status == 0
    assert places() == []
    assert command("list", "documents", "--json").out.decode().count('"id"') == 1


def test_a_sheet(
    command: Callable[..., Any], founded: Path, places: Places, tmp_path: Path
) -> None:
    assert command("folder", str(tmp_path / "folder")).status == 0
    sheet = tmp_path / "收文.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["收文日期", "来文机关", "来文字号", "文件标题", "密级"])
        rows.writerow(["2026-11-18", "县委办", "县办发〔2026〕1号", "关于报送材料的通知", ""])
        rows.writerow(["2026-11-18", "县委办", "县办密发〔2026〕1号", TITLE, "机密★10年"])
        rows.writerow(["2026-11-18", "县委办", "县办发〔2026〕2号", f"{TITLE}（秘密）", ""])
        rows.writerow(["2026-11-18", "县委办", "县办发〔2026〕3号", f"【机密】{TITLE}", ""])
    assert command("import", str(sheet), "--dry-run").status in (0, 1)
    done = command("import", str(sheet))
    assert WORDS not in (done.out + done.err).decode()
    assert command("sync").status == 0
    assert places() == []
    assert "报送材料的通知" in command("list", "documents").out.decode()


@pytest.fixture
def office(office_home: Path, tmp_path: Path) -> Office:
    """An office of one paper, on a shared folder."""
    made = Office.found(office_home, name="清河镇党政办", user="李梅")
    made.create("people", {"name": "王建国", "post": "书记", "rank": 1})
    made.create(
        "documents",
        {
            "direction": "incoming", "recv_at": "2026-11-18", "from_org": "县委办",
            "title": "关于报送考核材料的通知", "kind": "act",
        },
    )  # fmt: skip
    folder = tmp_path / "folder"
    folder.mkdir(exist_ok=True)
    folders.found(folder, made.info)
    folders.attach(office_home, folder)
    return made


@pytest.mark.parametrize("crash", [False, True])
async def test_the_line_and_the_forms(office: Office, places: Places, crash: bool) -> None:
    app = OfficeApp(office)
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            hands = Hands(app, pilot)
            await hands.settled()
            for line in LINES:
                await hands.keys("a")
                await hands.type(f"收 {line}")
                await hands.keys("enter", "tab", "escape", "a")
                assert WORDS not in hands.text
                await hands.keys("escape")
            await hands.keys("3", "a", "tab")  # the form of a new paper
            assert isinstance(hands.app.screen, FormScreen)
            await hands.type("县委办")
            await hands.keys("enter", "enter")
            await hands.type(f"【机密】{TITLE}")
            for line in LINES:
                await hands.keys("ctrl+o", "ctrl+t")  # refused; then a line over the form
                await hands.type(f"收 {line}")
                await hands.keys("enter", "escape")
            await hands.keys("escape")
            await hands.keys("e")  # a paper that is there already
            _row(hands, "secrecy").editor.focus()
            await hands.type("机密")
            await hands.keys("ctrl+o", "escape")
            await hands.keys("p")  # a step of it
            await hands.write(f"【机密】{TITLE}")
            await hands.keys("ctrl+o")
            if crash:
                app.call_later(_fault, hands)
                await hands.pilot.pause()
    except (ValueError, OfficeError):
        assert crash
    office.flush()
    Sync(office.home, office.info).round()
    assert places() == []
    assert len(office.records("documents")) == 1
    assert office.records("documents")[0].get("secrecy") is None


def _row(hands: Hands, field: str) -> FieldRow:
    return next(row for row in hands.app.screen.query(FieldRow) if row.entry.field.name == field)


def _fault(hands: Hands) -> None:
    """A fault whose message repeats what was being typed."""
    raise ValueError(f"cannot read {hands.text!r}")
