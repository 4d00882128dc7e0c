"""Emergencies on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Shell


def test_reported_before_it_is_approved(office: Shell, tmp_path: Path) -> None:
    added = office("add", "incidents", "石桥村山体滑坡 2人被困 13900001111")
    assert added.returncode == 0
    assert "Report it by phone by" in added.stderr
    slide = added.stdout.strip()
    office.good("do", slide, "report_phone", "to=县委办")
    refused = office("do", slide, "report", "to=县委办")
    assert refused.returncode == 1
    assert "early" in refused.stderr
    office.good("do", slide, "report", "to=县委办", "early=情况紧急")
    record = office.record(slide)
    assert (record["state"], record["unapproved"]) == ("reported", ["approve"])
    assert [one["kind"] for one in record["children"]["reports"]] == ["phone", "written"]
    [line] = [one for one in office.json("today")["attention"] if one["kind"] == "incident"]
    assert (line["step"], line["refs"]) == ("report_again", [f"incidents/{record['id']}"])
    assert "石桥村 山体滑坡" in line["text"]
    office.good("do", slide, "approve", "approved_by=刘晓燕")
    office.good("do", slide, "final", "content=人员已救出")
    history = office.good("show", slide, "--history")
    assert "Report by phone" in history and "情况紧急" in history
    out = tmp_path / "incidents.csv"
    office.good("export", "incidents", "--out", str(out))
    text = out.read_text(encoding="utf-8-sig")
    assert "山体滑坡" in text and "139****1111" in text
    steps = {one["step"] for one in office.json("steps", "incidents")}
    assert {"report_phone", "approve", "report", "report_again", "final"} <= steps


def test_a_list_of_emergencies_is_imported_once(office: Shell, tmp_path: Path) -> None:
    sheet = tmp_path / "紧急信息登记.csv"
    sheet.write_text(
        "时间,地点,事件,人员伤亡,处置措施,报送单位\n"
        "2026-06-03 14:20,柳湾村,河堤管涌,无,已封堵,县应急局\n",
        encoding="utf-8",
    )
    office.good("import", str(sheet), "--register", "incidents")
    office.good("import", str(sheet), "--register", "incidents")
    [found] = office.json("list", "incidents")
    assert (found["place"], found["matter"], found["state"]) == ("柳湾村", "河堤管涌", "final")
    assert found["reported_to"] == "县应急局"


def test_the_text_of_its_report(office: Shell) -> None:
    office.good("set", "settings:duty_phone", "value=5551234")
    slide = office.good("add", "incidents", "石桥村山体滑坡 2人被困 王支书报 已转移30人").strip()
    printed = office("message", slide)
    assert "first report" in printed.stdout and "石桥村: 山体滑坡" in printed.stdout
    assert "Casualties: 2人被困" in printed.stdout and "How it develops: ____" in printed.stdout
    assert "how far it reaches" in printed.stderr  # what is missing is named, and sent all the same
    office.good("do", slide, "report", "to=县委办", "early=情况紧急")
    followed = office.good("message", slide)
    assert "follow-up" in followed and "More is reported" in followed
    office.good("do", slide, "approve", "approved_by=陈志远")
    office.good("do", slide, "final", "to=县委办", "content=处置完毕", "casualties=2人轻伤")
    final = office.good("message", slide)  # after the last report nothing more is promised
    assert "final report" in final and "2人轻伤" in final and "More is reported" not in final
    office.good("set", "settings:messages", 'value={"incident":"{stage}|{place}"}')
    assert office.good("message", slide).strip() == "final report|石桥村"


def test_a_report_by_phone_says_to_whom_and_when(office: Shell) -> None:
    slide = office.good("add", "incidents", "石桥村山体滑坡 2人被困").strip()
    refused = office("do", slide, "report_phone")
    assert refused.returncode == 1
    assert "Reported to" in refused.stderr
    assert office.record(slide)["children"].get("reports", []) == []
    office.good("do", slide, "report_phone", "to=县委办", "at=2026-11-20T07:50")
    record = office.record(slide)
    [report] = record["children"]["reports"]
    assert report["to"] == "县委办"
    assert report["at"] == record["phoned_at"] == record["first_report_at"]
    office.good("do", slide, "report_phone")  # again to the same
    assert [one["to"] for one in office.record(slide)["children"]["reports"]] == ["县委办"] * 2


def test_a_report_by_phone_goes_to_whom_the_office_names(office: Shell) -> None:
    office.good("set", "settings:incident_to", "value=县委值班室")
    slide = office.good("add", "incidents", "石桥村山体滑坡 2人被困").strip()
    office.good("do", slide, "report_phone")
    assert office.record(slide)["reported_to"] == "县委值班室"


def test_the_message_of_a_follow_up_says_what_was_typed_for_it(office: Shell) -> None:
    slide = office.good("add", "incidents", "石桥村山体滑坡 2人被困").strip()
    office.good("do", slide, "report", "to=县委办", "early=情况紧急")
    assert "first report" not in office.good("message", slide)
    office.good("do", slide, "report_again", "content=已救出1人，另1人仍在搜救。")
    text = office.good("message", slide)
    assert "follow-up" in text and "已救出1人，另1人仍在搜救." in text
    # what was sent is kept as a report of its own, and is not quoted by the next message
    office.good("do", slide, "report_again", f"content={text.strip()}")
    assert office.good("message", slide) == text
    office.good("do", slide, "final", "content=被困2人全部救出")
    text = office.good("message", slide)
    assert "final report" in text and "In the end: 被困2人全部救出." in text
