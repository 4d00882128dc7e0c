"""Rules at entry: each is broken and mended, taken as strictly as the office sets it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from officetui.errors import Refused
from officetui.intake.importer import plan
from officetui.office.office import New, Office
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.rules import RULES, SEVERITIES, check_severities, judge

Add = Callable[..., Record]
PAPER: dict[str, Any] = {"from_org": "县委办", "title": "关于报送年度考核材料的通知", "kind": "act"}
# What breaks a rule of incoming papers, and the same mended.
BROKEN: dict[str, tuple[dict[str, Any], str, dict[str, Any]]] = {
    "documents.classified": (
        PAPER | {"secrecy": "机密"},
        "secrecy",
        {"from_org": "县委办", "secrecy": "机密", "title": "密件", "kept": "保密柜2"},
    ),
    "documents.duplicate": (
        PAPER | {"doc_no": "县办发[2026]第009号"},
        "doc_no",
        PAPER | {"doc_no": "县办发〔2026〕10号"},
    ),
    "documents.same_title": (
        PAPER | {"title": "关于报送年度 考核材料的通知"},
        "title",
        PAPER | {"doc_no": "县办发〔2026〕12号"},
    ),
    "documents.number_form": (
        PAPER | {"doc_no": "县办发【2026】第12号"},
        "doc_no",
        PAPER | {"doc_no": "县办发〔2026〕12号"},
    ),
    "documents.urgent_due": (
        PAPER | {"urgency": "特急"},
        "due",
        PAPER | {"urgency": "特急", "due": "2026-11-20T12:00"},
    ),
    "documents.telegram_urgency": (
        PAPER | {"urgency": "平急", "due": "2026-11-20"},
        "urgency",
        PAPER | {"urgency": "平急", "due": "2026-11-20", "telegram": True},
    ),
    "documents.lead_unit": (
        PAPER | {"co_units": ["党政办", "应急办"]},
        "lead_unit",
        PAPER | {"co_units": ["党政办", "应急办"], "lead_unit": "党政办"},
    ),
}


def test_every_rule_says_what_it_is() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.text and rule.source and rule.severity in SEVERITIES
        table = BY_ID.get(rule.register)
        assert (table is not None) == bool(rule.register)
        assert all(table is None or table.field(name) for name in rule.of), rule.id
    own = {rule.id for rule in RULES if rule.register in ("documents", "")}
    assert own == set(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
def test_a_rule_is_broken_and_mended(office: Office, add: Add, name: str) -> None:
    add("documents", from_org="县委办公室", doc_no="县办发〔2026〕9号")
    broken, field, mended = BROKEN[name]
    found = {verdict.rule: verdict for verdict in judge("documents", broken, "", office)}
    assert found[name].field == field
    assert name not in {verdict.rule for verdict in judge("documents", mended, "", office)}
    if name == "documents.number_form":
        assert found[name].mended == "县办发〔2026〕12号"
    if name == "documents.duplicate":
        other = found[name].other
        assert other is not None and other.text("doc_no") == "县办发〔2026〕9号"


@pytest.mark.parametrize("how", SEVERITIES)
def test_the_office_says_how_strictly(office: Office, how: str) -> None:
    office.set_setting("rules", {"documents.urgent_due": how})
    cells = PAPER | {"recv_at": "2026-11-20T09:00", "urgency": "特急"}
    if how == "block":
        with pytest.raises(Refused) as refused:
            office.create("documents", cells)
        assert refused.value.field == "due"
        assert office.records("documents") == []
        return
    said = office.create("documents", cells).hints
    assert any("urgent" in words for words in said) == (how != "off")


def test_a_step_is_judged_by_what_it_writes(office: Office, add: Add) -> None:
    paper = add("documents", urgency="特急")  # said then, not again at every step
    assert office.do([paper], "propose", {"proposal": "请王建国同志阅示"}).hints == ()
    office.set_setting("rules", {"documents.urgent_due": "block"})
    found = office.get(paper.ref)
    assert found is not None
    office.do([found], "instruct", {"instruction": "照办"})
    with pytest.raises(Refused):
        office.do([found], "urge", {"method": "phone", "answer": "见【机密】第3号文"})
    assert office.children(found, "urgings") == []


@pytest.mark.parametrize(
    "value", [["x"], "block", {"documents.nothing": "warn"}, {"documents.duplicate": "never"}]
)
def test_severities_are_checked(office: Office, value: object) -> None:
    with pytest.raises(Refused):
        check_severities(value)
    with pytest.raises(Refused):
        office.set_setting("rules", value)
    assert office.setting("rules") == {}


def test_papers_of_earlier_years_are_found_in_their_books(office: Office) -> None:
    filed = {
        "direction": "incoming", "recv_at": "2025-03-05T09:00", "state": "archived",
        "closed_at": "2025-03-09", "archived_at": "2025-04-01", "recv_no": "88",
    }  # fmt: skip
    rows = [
        New("documents", PAPER | filed | {"doc_no": f"县办发〔2025〕{n}号"}, id=f"2025-03-05.{n}")
        for n in range(1, 40)
    ]
    office.create_many(rows)
    assert office.records("documents") == [] and office.store.years() == [2025]
    cells = PAPER | {"doc_no": "县办发【2025】7号", "recv_at": "2026-11-20"}
    office = Office.open(office.home, clock=office.watch, user="李梅")
    # While keys are read nothing is opened; a worker goes through the book meanwhile.
    assert not any(v.rule == "documents.duplicate" for v in judge("documents", cells, "", office))
    assert office.filed_index.lacking and office.go_through_books()
    found = next(
        v for v in judge("documents", cells, "", office) if v.rule == "documents.duplicate"
    )
    assert found.other is not None and found.other.id == "2025-03-05.7"
    assert not office.store._memory.shelved.is_open(2025)
    # Whoever writes without having looked is told all the same.
    again = Office.open(office.home, clock=office.watch, user="李梅")
    assert any("registered already" in words for words in again.create("documents", cells).hints)
    assert not office.go_through_books()


def test_a_sheet_is_told_of_papers_in_the_books(office: Office, tmp_path: Path) -> None:
    cells = PAPER | {
        "direction": "incoming", "recv_at": "2025-03-05T09:00", "state": "archived",
        "closed_at": "2025-03-09", "archived_at": "2025-04-01", "doc_no": "县办发〔2025〕7号",
    }  # fmt: skip
    office.create_many([New("documents", cells, id="2025-03-05.x")])
    sheet = tmp_path / "收文.csv"
    sheet.write_text(
        "收文日期,来文机关,来文字号,文件标题\n2026-11-19,县委办,县办发〔2025〕7号,关于考核的通知\n",
        encoding="utf-8",
    )
    row = plan(sheet, office).sheets[0].rows[0]
    assert row.fate == "new" and "same issuer and number" in row.reason


def test_numbers_count_on_over_several_papers(office: Office, add: Add) -> None:
    papers = [add("documents", state="closed", title=f"文件{n}") for n in range(3)]
    given = {"retention": "10年", "archive_no": "WS·2026-0009"}
    office.do(papers, "archive", given)
    numbers = [paper.text("archive_no") for paper in office.records("documents")]
    assert sorted(numbers) == ["WS·2026-0009", "WS·2026-0010", "WS·2026-0011"]
    step = BY_ID["documents"].step("archive")
    assert step is not None
    offer = step.needs[1].offer
    assert callable(offer)
    assert offer(add("documents", state="closed"), office) == "WS·2026-0012"
