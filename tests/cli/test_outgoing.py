"""An outgoing paper and a draft on the command line, as a script would take them along."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

YEAR = datetime.now(ZoneInfo("Asia/Shanghai")).year
LINE = "关于石桥村道路维修资金的请示 主送县政府 @赵强"


@pytest.fixture
def people(office: Any, tmp_path: Any) -> Any:
    for line in ("王建国 党政办 党委书记 13800000001", "赵强 党政办 13800000002"):
        office.good("add", "people", line)
    head = next(p for p in office.json("list", "people") if p["name"] == "王建国")
    office.good("set", head["id"], "rank=1", "post=党委书记")
    return office


def test_a_paper_from_the_line_to_the_receipts(people: Any) -> None:
    shell = people
    run = shell("add", "outgoing", LINE)
    assert run.returncode == 0, run.stderr
    short = run.stdout.strip()
    shell.good("do", short, "review", "review=无误", "reviewer=王建国", "signer=王建国")
    refused = shell("do", short, "register", "org_code=清政发")
    assert refused.returncode == 1
    assert "before" in refused.stderr and "reason" in refused.stderr
    shell.good("do", short, "sign", "signer=王建国", "sign_date=today")
    shell.good("do", short, "recheck", "rechecked_by=赵强")
    shell.good("do", short, "register", "org_code=清政发")
    paper = shell.record(short)
    assert paper["doc_no"] == f"清政发〔{YEAR}〕1号"
    assert shell.record(paper["doc_no"])["id"] == paper["id"]
    shell.good("do", short, "issue", "recipient=县政府、县财政局")
    listed = shell.json("show", short)
    assert [one["recipient"] for one in listed["children"]["receipts"]] == ["县政府", "县财政局"]
    shell.good("do", short, "receive", "recipient=县财政局")
    missing = shell("do", short, "deliver")
    assert missing.returncode == 1 and "县政府" in missing.stderr
    shell.good("do", short, "receive", "recipient=县政府")
    assert shell.record(short)["state"] == "delivered"
    shell.good("undo")
    assert shell.record(short)["state"] == "issued"


def test_void_and_the_gaps_of_a_series(people: Any) -> None:
    shell = people
    first = shell.good("add", "发文", f"清政发〔{YEAR}〕3号 关于值班的通知 主送各村 @赵强").strip()
    run = shell("add", "发文", f"清政发[{YEAR}]第007号 关于防火的通知 主送各村 @赵强")
    assert run.returncode == 0 and f"清政发〔{YEAR}〕7号" in run.stderr
    shell.good("do", first, "void", "reason=重复")
    assert shell.record(first)["doc_no"] == f"清政发〔{YEAR}〕3号"
    (series,) = shell.json("list", "numbers", "--register", "outgoing")
    assert series["gaps"] == [[4, 6]]
    assert series["last"] == 7


def test_acting_first_with_a_reason(people: Any) -> None:
    shell = people
    short = shell.good("add", "outgoing", LINE).strip()
    early = ("org_code=清政发", "early=山洪")
    shell.good("do", short, "register", *early)
    assert shell.record(short)["unapproved"] == ["review", "sign", "recheck"]


def test_a_draft_becomes_a_paper(people: Any) -> None:
    shell = people
    short = shell.good("add", "drafts", "书记讲话稿 初稿 @赵强 ^3d").strip()
    shell.good("do", short, "version", "version=二稿")
    shell.good("do", short, "paper", "genre=报告", "title=书记讲话稿", "drafter=赵强")
    (paper,) = shell.json("list", "outgoing")
    assert (paper["genre"], paper["drafter"]) == ("报告", "赵强")
    assert shell.record(short)["state"] == "delivered"


def test_the_steps_of_outgoing_papers_as_a_table(office: Any) -> None:
    steps = {step["step"]: step for step in office.json("steps", "outgoing")}
    assert steps["register"]["from"] == ["rechecked"]
    assert steps["sign"]["key"] == "s"
