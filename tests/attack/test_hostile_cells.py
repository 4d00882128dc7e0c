"""Whatever stands in a cell, every command says something harmless, and JSON gives it back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from colleague import DAY, HOSTILE, USUAL, Colleague, attack, drives_terminal, framed

from officetui.ledger.stamp import make
from officetui.office.office import Office
from officetui.registers.registry import REGISTERS

# The whole of it takes minutes; one of each kind finds most of what there is to find.
HEAVY = bool(os.environ.get("OFFICETUI_HEAVY"))
LISTS = [one.id for register in REGISTERS for one in (register, *register.children)]


def test_every_command_over_hostile_cells(
    command: Callable[..., Any], founded: Path, kind: str
) -> None:
    written = attack(Colleague(founded), HOSTILE[kind][: None if HEAVY else 1])
    words = [("today",), ("today", "--date", "2026-11-21"), ("list", "conflicts"), ("doctor",)]
    words += [("log", "--month"), ("log", "--date", DAY), ("figures", "--month"), ("search", "的")]
    words += [("log", "--month", "--json"), ("figures", "--json"), ("search", "xl", "--json")]
    words += [("review",), ("review", "--half", "morning"), ("review", "--date", "2026-11-18")]
    words += [("list", register, "--open") for register in ("duty", "documents", "meetings")]
    words += [
        ("show", id_, "--history") for _register, id_, _cells in written[:: 19 if HEAVY else 97]
    ]

    def say(*all_args: tuple[str, ...]) -> None:
        for args in all_args:
            done = command(*args)
            assert done.status == 0, (args, done.err)
            assert not drives_terminal(done.out), args
            assert not drives_terminal(done.err), args

    say(*words)
    # So far every command read it in the journal of the colleague; from here on on the desk.
    Office.open(founded, user="李梅").flush()
    say(("today",), *[("list", register) for register in LISTS])
    lists = {register: command("list", register, "--json") for register in LISTS}
    assert not any(drives_terminal(done.out.replace(b"\n", b"")) for done in lists.values())
    shown = {
        register: {record["id"]: record for record in json.loads(done.out)}
        for register, done in lists.items()
    }
    for register, id_, cells in written:
        record = shown[register][id_]
        for cell, value in cells.items():
            assert record[cell] == value, (register, cell)
    today = command("today", "--json")
    assert json.loads(today.out)["documents"]


def test_work_goes_on_beside_hostile_cells(command: Callable[..., Any], founded: Path) -> None:
    colleague = Colleague(founded)
    for values in HOSTILE.values():
        for register, cells in USUAL.items():
            for value in values:
                colleague.change((register, "#0", dict.fromkeys(cells, value)))
    for args in (
        ("add", "documents", "县委办 报送材料 #特急 @李梅 ^明天"),
        ("add", "meetings", "明天9点 党委会 +二楼"),
        ("add", "reception", "石大爷 来访 自来水"),
        ("add", "duty", "今晚 罗丹"),
        ("add", "people", "[/nope] 党政办"),
        ("undo",),
        ("redo",),
        ("doctor", "--rebuild"),
    ):
        done = command(*args)
        assert not drives_terminal(done.out + done.err), args
        assert done.status == 0, (args, done.err)


def test_hostile_names_of_cells_and_records(command: Callable[..., Any], founded: Path) -> None:
    colleague = Colleague(founded)
    odd = {"\x1b[2J": "z", "[bold": "y", "x" * 3_000: 1, "a=b": [1], "": 2, "_s": 3, "id": 4}
    (paper,) = colleague.change(("documents", "#0", USUAL["documents"] | odd))
    names = ["a/b", "a'b\"c", "a\nb", "\x1b[2J", "", "[bold", "x" * 5_000, "..", "../../x"]
    names += ["duty:2026-13-45:night:1", "duty:x:y", "settings:", "9999-99-99.x", "-" * 13]
    for name in names:
        colleague.change(*[(register, name, cells) for register, cells in USUAL.items()])
    for register in ("unknown", "_meta", "", "[bold", "\x1b[2J", "documents.nope", "a/b"):
        colleague.change((register, "#0", {"title": "[bold", "parent": paper}))
    # Two values of one cell, and an edit of what was deleted: in registers nobody here knows too.
    for register in ("unknown", "[bold", "\x1b[2J", "documents", "documents.readers"):
        for title in ("[/nope]", "\x1b[2J", {"a": 1}):
            colleague.change((register, "torn", {"title": title, "\x9b": title, "person": title}))
        colleague.change((register, "gone", {"title": "a"}))
        colleague.change((register, "gone", {"_del": True}))
    for args in (
        ("list", "conflicts"),
        ("list", "conflicts", "--json"),
        ("log", "--month"),
        ("figures", "--month"),
        ("search", "xx"),
        ("show", "documents/torn", "--history"),
        ("show", "documents/gone"),
        *[("list", register) for register in LISTS],
        *[("show", f"documents/{name}") for name in names if name],
        ("show", paper, "--history"),
        ("today",),
        ("doctor", "--rebuild"),
    ):
        done = command(*args)
        assert not drives_terminal(done.out + done.err), args
        assert done.status == 0, (args, done.err)


def test_children_in_circles_and_in_thousands(command: Callable[..., Any], founded: Path) -> None:
    colleague = Colleague(founded)
    (paper,) = colleague.change(("documents", "#0", USUAL["documents"]))
    colleague.change(
        ("documents", paper, {"parent": paper}),
        ("documents.readers", "r1", {"parent": "r2"}),
        ("documents.readers", "r2", {"parent": "r1"}),
        ("documents.readers", "r3", {"parent": "r3"}),
        ("documents.readers", "r4", {"parent": "nobody"}),
    )
    many = [("documents.readers", f"k{k}", {"parent": paper, "pos": "[x"}) for k in range(2_000)]
    colleague.change(*many)
    for args in (("show", paper), ("show", "documents.readers/r3"), ("list", "documents.readers")):
        assert command(*args).status == 0
    shown = json.loads(command("show", paper, "--history", "--json").out)
    assert len(shown["children"]["readers"]) == 2_000
    assert len(shown["history"]) == 3
    assert len(json.loads(command("list", "documents.readers", "--json").out)) == 2_004


@pytest.mark.parametrize("depth", [65, 900, 100_000])
def test_a_line_nested_too_deeply_is_one_damaged_line(
    command: Callable[..., Any], founded: Path, depth: int
) -> None:
    colleague = Colleague(founded)
    (paper,) = colleague.change(("documents", "#0", USUAL["documents"]))
    nested = "[" * depth + "]" * depth
    t = make(1_795_000_000_000, 2, "colleag1")
    body = f'{{"n":2,"t":"{t}","u":"z","p":"","a":"x","c":[["documents","{paper}",'
    colleague.raw(framed(f'{body}{{"note":{nested}}},{{}}]]}}'.encode()))
    colleague.raw(framed(f'{{"n":{nested}}}'.encode()))
    doctor = command("doctor", "--json")
    assert doctor.status == 3
    found = [one for one in json.loads(doctor.out)["findings"] if one["severity"] == "damage"]
    assert [one["line"] for one in found][:1] == [3]
    assert found[0]["file"] == str(colleague.path)
    assert "nested too deeply" in found[0]["text"]
    (shown,) = json.loads(command("list", "documents", "--json").out)
    assert "note" not in shown


def test_a_cell_may_be_nested_a_little(command: Callable[..., Any], founded: Path) -> None:
    value: Any = "x"
    for _ in range(64):
        value = [value]
    Colleague(founded).change(("documents", "#0", USUAL["documents"] | {"note": value}))
    assert command("doctor", "--rebuild").status == 0
    (shown,) = json.loads(command("list", "documents", "--json").out)
    assert shown["note"] == value


NONSENSE: dict[str, list[Any]] = {
    "close": ["25:99", "17:30+08:00", 17, None, "[bold"],
    "duty_lines": [
        {},
        [1],
        [{"id": "a", "label": "b", "start": "08:00", "end": "08:00+01:00"}],
        [{"id": "night", "label": "[/nope]\x1b[2J", "start": "08:00", "end": "08:00"}] * 30,
    ],
    "rooms": ["x", [1], {}, ["[bold", "\x1b[2J", ""]],
    "checklist": ["x", [1], [{"what": 1}], [{"what": "a", "offset": 10**30}], [{"offset": 3}]],
    "reception_tell_days": [10**30, -(10**30), "x", True, 100_000],
    "reception_finish_days": [10**30, -100_000],
    "day_types": ["x", {DAY: ["x"]}, {"x": 1}],
    "soon_minutes": [10**30, -(10**30), "x"],
    "rules": [[], {"documents.urgent_due": {"a": 1}}, {"x": 1}],
    "signature": [["x"], "\x1b[2J[bold"],
}


@pytest.mark.parametrize("name", sorted(NONSENSE))
def test_settings_with_nonsense(command: Callable[..., Any], founded: Path, name: str) -> None:
    colleague = Colleague(founded)
    for value in NONSENSE[name]:
        colleague.change(("settings", f"settings:{name}", {"name": name, "value": value}))
        for args in (
            ("add", "documents", "县委办 报送材料 #特急 @李梅 ^明天"),
            ("add", "meetings", "明天9点 党委会 +二楼"),
            ("add", "duty", "今晚 罗丹"),
            ("add", "reception", "石大爷 来访 自来水"),
            ("today",),
            ("list", "settings"),
            ("list", "duty"),
            ("show", f"settings:{name}"),
        ):
            done = command(*args)
            assert done.status in (0, 1), (value, args, done.err)
            assert not drives_terminal(done.out + done.err), (value, args)


def test_a_text_setting_may_begin_with_a_bracket(
    command: Callable[..., Any], founded: Path
) -> None:
    assert command("set", "settings:signature", "value=[党政办]").status == 0
    (shown,) = json.loads(command("list", "settings", "--json").out)
    assert shown["value"] == "[党政办]"


def test_what_is_typed_is_kept_as_it_is(command: Callable[..., Any], founded: Path) -> None:
    paper = command("add", "documents", "县委办 材料").out.decode().strip()
    for kind in ("markup", "escapes", "long", "signs"):
        for value in HOSTILE[kind]:
            if not value.strip():
                continue
            assert command("set", paper, f"note={value}").status == 0
            shown = json.loads(command("show", paper, "--json").out)
            assert shown["note"] == value.strip(), ascii(value[:20])
            assert not drives_terminal(command("show", paper, "--history").out)


def test_a_board_of_meetings_that_all_collide(command: Callable[..., Any], founded: Path) -> None:
    now = datetime.now(ZoneInfo("Asia/Shanghai"))  # the zone of the office, whatever ours is
    before, after = (now + timedelta(days=days) for days in (-1, 1))
    hours = {"start": f"{before:%Y-%m-%dT00:00}", "end": f"{after:%Y-%m-%dT23:59}"}
    Colleague(founded).change(
        *[("meetings", f"#{k}", USUAL["meetings"] | hours) for k in range(200)]
    )
    board = command("today", "--json")
    assert len(json.loads(board.out)["meetings"]) >= 200
    assert len(board.out) < 12_000_000
