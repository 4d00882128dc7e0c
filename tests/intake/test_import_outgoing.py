"""Ledgers of outgoing papers, as offices keep them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from officetui.intake.importer import plan
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.office.runs import runs
from officetui.registers.registry import BY_ID
from tests.intake.test_import_layouts import Rows, xlsx

MORNING = datetime(2026, 11, 19, 23, 58, tzinfo=UTC)

LEDGER: Rows = [
    ["清河镇2026年发文登记簿"],
    ["发文字号", "标题", "文种", "拟稿人", "签发人", "签发日期", "主送", "抄送", "份数", "密级",
     "紧急程度", "备注"],
    ["清政发〔2026〕1号", "关于春季防火的通知", "通知", "赵强", "陈志远", "2026-1-5", "各村、各站所",
     "县林业局", 40, None, "加急", None],
    ["清政发[2026]第02号", "关于道路维修资金的请示", None, "吴敏", "王建国", "1月9日", "县政府", None,
     5, None, None, None],
    ["清政发〔2026〕4号", "关于表彰的决定", "决定", "赵强", "王建国", "2026.2.3", "各村", None, 30,
     None, None, "作废"],
    ["清办发〔2026〕1号", "关于值班的通知", "通知", "何静", "刘晓燕", "2026-02-10", "各办公室", None,
     12, None, None, None],
    [None, "关于机密事项的函", "函", "何静", "刘晓燕", "2026-02-11", "县委办", None, 2, "机密", None,
     None],
]  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.found(
        tmp_path / "office", name="清河镇党政办", user="李梅", clock=FixedClock(MORNING)
    )


def test_a_ledger_of_outgoing_papers(office: Office, tmp_path: Path) -> None:
    found = plan(xlsx(tmp_path / "发文登记簿2026.xlsx", LEDGER), office)
    (sheet,) = found.sheets
    assert sheet.register == "outgoing"
    assert [column.field for column in sheet.columns] == [
        "doc_no", "title", "genre", "drafter", "signer", "sign_date", "main_to", "cc_to", "copies",
        "secrecy", "urgency", "note",
    ]  # fmt: skip
    assert [row.fate for row in sheet.rows] == ["new", "new", "new", "new", "refused"]
    assert "机密事项" not in repr(sheet.rows[4])
    office.create_many(found.new())
    papers = {one.text("doc_no"): one for one in office.list("outgoing")}
    assert set(papers) == {
        "清政发〔2026〕1号", "清政发〔2026〕2号", "清政发〔2026〕4号", "清办发〔2026〕1号",
    }  # fmt: skip
    first, second = papers["清政发〔2026〕1号"], papers["清政发〔2026〕2号"]
    assert first.cells["main_to"] == ["各村", "各站所"]
    assert (first.state, first.text("org_code"), first.get("copies")) == ("delivered", "清政发", 40)
    assert (second.text("genre"), second.text("sign_date")) == ("请示", "2026-01-09")
    assert papers["清政发〔2026〕4号"].state == "void"
    series = {one.series.mark: one for one in runs(office, "outgoing", 2026)}
    assert (series["清政发"].last, series["清政发"].gaps) == (4, ((3, 3),))
    assert series["清办发"].gaps == ()
    assert not series["清政发"].waiting
    again = plan(tmp_path / "发文登记簿2026.xlsx", office).sheets[0]
    assert [row.fate for row in again.rows] == ["same", "same", "same", "same", "refused"]


def test_a_ledger_that_does_not_say_what_it_is(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["序号", "文号", "文件标题", "主送单位", "签发领导", "印发日期", "份数"],
        [1, "清政发〔2026〕7号", "关于换届的通知", "各村", "王建国", "2026-05-06", 20],
    ]
    (sheet,) = plan(xlsx(tmp_path / "表.xlsx", rows), office).sheets
    assert sheet.register == "outgoing"
    (row,) = sheet.rows
    assert row.new is not None and row.new.cells["signer"] == "王建国"


def test_incoming_papers_stay_incoming(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["收文日期", "来文单位", "文号", "标题", "承办人", "份数"],
        ["2026-11-18", "县政府", "县政发〔2026〕9号", "关于放假的通知", "李梅", 1],
    ]
    assert plan(xlsx(tmp_path / "x.xlsx", rows), office).sheets[0].register == "documents"


def test_headings_name_fields() -> None:
    from officetui.intake.headings import match

    for heading, field in [
        ("发文字号", "doc_no"), ("拟稿人", "drafter"), ("核稿人", "reviewer"), ("主送机关", "main_to"),
        ("抄送机关", "cc_to"), ("成文日期", "sign_date"), ("印数", "copies"), ("归档号", "archive_no"),
    ]:  # fmt: skip
        found = match("outgoing", heading)
        assert found is not None and found.field == field, heading
        assert BY_ID["outgoing"].field(field) is not None
