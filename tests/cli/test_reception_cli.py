"""Visitors, calls and guests on the command line, and who may read a visitor's phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Shell

VISIT = "访 杨大爷 13900000283 低保没批下来 @吴敏"


def test_phones_are_masked_in_lists_and_exports_unless_asked_for(
    office: Shell, tmp_path: Path
) -> None:
    office.good("add", "reception", VISIT)
    office.good("add", "duty_log", "电 石桥村 张会计 13912345678 停电 @何静")
    for register, phone, masked in (
        ("reception", "13900000283", "139****0283"),
        ("duty_log", "13912345678", "139****5678"),
    ):
        listed = office.good("list", register, COLUMNS="160")
        assert masked in listed and phone not in listed
        assert phone in office.good("list", register, "--phones", COLUMNS="160")
        out = tmp_path / f"{register}.csv"
        office.good("export", register, "--out", str(out))
        text = out.read_text(encoding="utf-8-sig")
        assert masked in text and phone not in text
        full = tmp_path / f"{register}-full.csv"
        office.good("export", register, "--out", str(full), "--phones")
        assert phone in full.read_text(encoding="utf-8-sig")
        [found] = office.json("list", register)
        assert found["phone"] == phone  # JSON holds the stored cells


def test_a_visitor_who_came_before_is_recognised(office: Shell) -> None:
    first = office.good("add", "reception", VISIT).strip()
    assert office.record(first)["repeat"] == "初次"
    office.good("do", first, "answer_on_spot", "result=政策已讲明")
    again = office("add", "reception", "访 杨大爷 139-0000-0283 又来问低保 @吴敏")
    assert "低保没批下来" in again.stderr
    assert office.record(again.stdout.strip())["repeat"] == "重复"


def test_a_refusal_needs_a_reason_and_an_extension_is_given_once(office: Shell) -> None:
    visit = office.good("add", "reception", VISIT).strip()
    refused = office("do", visit, "refuse")
    assert refused.returncode == 1
    assert "Reason" in refused.stderr
    office.good("do", visit, "accept")
    offers = {n["field"]: n.get("offer") for n in _step(office.record(visit), "extend")["needs"]}
    same = office("do", visit, "extend", f"due={office.record(visit)['due']}", "reason=情况复杂")
    assert same.returncode == 1
    extended = offers["due"]
    office.good("do", visit, "extend", f"due={extended}", "reason=情况复杂")
    assert office.record(visit)["unapproved"] == ["approve_extension"]
    office.good("do", visit, "approve_extension", "approver=陈志远")
    assert office.record(visit).get("unapproved") is None
    again = office("do", visit, "extend", f"due={extended}", "reason=还不够", "approver=陈志远")
    assert again.returncode == 1
    assert "only once" in again.stderr


def test_a_ticket_is_signed_for(office: Shell) -> None:
    ticket = office.good("add", "reception", "12345 工单2026112000318 路灯不亮 @赵强").strip()
    assert "sign" in [step["step"] for step in office.record(ticket)["steps"]]
    office.good("do", ticket, "sign")
    record = office.record(ticket)
    assert record["signed_at"]
    assert record["state"] == "received"
    assert "sign" not in [step["step"] for step in record["steps"]]


def test_one_call_becomes_a_follow_up_a_matter_and_a_date(office: Shell) -> None:
    line = "电 县府办王主任 报石桥村停水情况 5552001 @何静 ^明天9点"
    call = office.good("add", "duty_log", line).strip()
    record = office.record(call)
    for step, register in (
        ("follow_up", "followups"),
        ("to_reception", "reception"),
        ("to_meeting", "meetings"),
    ):
        office.good("do", call, step)
        [made] = office.json("list", register)
        assert made["basis"] == f"duty_log/{record['id']}"
        assert "报石桥村停水情况" in (made.get("content"), made.get("matter"), made.get("title"))
        assert made["owner"] == "何静"
        assert record["due"] in (made.get("due"), made.get("start"))
    assert office.record(call)["state"] == "passed_on"
    office.good("undo")
    assert office.json("list", "meetings") == []


def _step(record: dict[str, object], name: str) -> dict[str, list[dict[str, str]]]:
    steps = record["steps"]
    assert isinstance(steps, list)
    return next(step for step in steps if step["step"] == name)


def test_no_letter_no_reception_unless_it_cannot_wait(office: Shell) -> None:
    added = office("add", "hospitality", "接待 市应急局6人 明天12点 工作餐 陪4人 @李梅")
    assert added.returncode == 0
    assert "at most 3 companions" in added.stderr
    assert "No letter, no reception" in added.stderr
    guests = added.stdout.strip()
    refused = office("do", guests, "approve")
    assert refused.returncode == 1
    assert "No letter, no reception" in refused.stderr
    office.good("do", guests, "hold", "companions=3", "early=抢险,公函后补")
    assert office.record(guests)["unapproved"] == ["approve"]
    office.good("do", guests, "approve", "letter_no=市应急函〔2026〕8号", "approver=陈志远")
    names = "name=张一、张二、张三、张四、张五"
    office.good("do", guests, "guest", names, "unit=市应急局")
    short = office("do", guests, "sign_list", "signed_by=陈志远")
    assert short.returncode == 1
    assert "5, by the letter: 6" in short.stderr
    office.good("do", guests, "guest", "name=张六")
    office.good("do", guests, "sign_list", "signed_by=陈志远")
    office.good("do", guests, "settle", "cost=386.50")
    record = office.record(guests)
    assert (record["state"], record["cost"]) == ("settled", "386.50")
    assert len(record["children"]["guests"]) == 6


def test_the_office_may_block_guests_without_a_letter(office: Shell) -> None:
    office.good("set", "settings:rules", "hospitality.letter=block")
    refused = office("add", "hospitality", "接待 市应急局6人 明天12点")
    assert refused.returncode == 1
    assert "No letter" in refused.stderr
    office.good("add", "hospitality", "接待 市应急局6人 明天12点 公函 市应急函〔2026〕8号")
