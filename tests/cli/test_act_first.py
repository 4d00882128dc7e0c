"""Act first on the command line: what may be done before its approval, with a reason, register by
register; it stays flagged until the approval is filled in."""

from __future__ import annotations

from typing import Any

import pytest

from officetui.registers.registry import REGISTERS

# A line, the steps until an approval is waited for, the step that does not wait, and how the
# approvals are filled in.
CASES: dict[str, tuple[str, list[list[str]], list[str], list[list[str]]]] = {
    "documents": (
        "县应急局 关于低温雨雪防范的通知 @吴敏 ^20天",
        [["propose", "proposal=请周海涛同志阅示"]],
        ["assign", "owner=吴敏"],
        [["instruct", "instruction=同意", "instructed_by=周海涛"]],
    ),
    "outgoing": (
        "通知 关于防汛工作的通知 主送各村 @赵强 ^20天",
        [],
        ["register", "org_code=清政发"],
        [
            ["review", "review=可", "reviewer=刘晓燕", "signer=王建国"],
            ["sign", "signer=王建国", "sign_date=2026-11-20"],
            ["recheck", "rechecked_by=李梅"],
        ],
    ),
    "drafts": (
        "书记讲话稿 @赵强 ^20天",
        [["submit", "reviewer=刘晓燕"]],
        ["deliver", "delivered_to=王建国"],
        [["final"]],
    ),
    "hospitality": (
        "市应急局6人 明天中午 工作餐 陪3人 @李梅",
        [],
        ["hold", "companions=3"],
        [["approve", "letter_no=市应急函〔2026〕8号", "approver=王建国"]],
    ),
}


def test_every_register_with_approvals_is_here() -> None:
    """Of a visitor's matter, a leave and a swap other tests tell: no state waits for the first two,
    and the office has to set the last. Emergencies and errands have tests of their own for it."""
    found = {one.id for one in REGISTERS if any(step.approval for step in one.steps)}
    assert found - set(CASES) <= {"reception", "schedule", "duty", "incidents", "errands"}


@pytest.mark.parametrize("register", sorted(CASES))
def test_done_before_its_approval(office: Any, register: str) -> None:
    line, before, step, approvals = CASES[register]
    short = office.json("add", register, line)["short"]
    for words in before:
        office.good("do", short, *words)
    waits = [words[0] for words in approvals]
    told = next(one for one in office.record(short)["early"] if one["step"] == step[0])
    assert told["before"] == waits
    refused = office("do", short, *step)
    assert refused.returncode == 1
    assert "with a reason" in refused.stderr and "early=" in refused.stderr
    office.good("do", short, *step, "early=洪水,不等")
    record = office.record(short)
    assert (record["unapproved"], record["unapproved_why"]) == (waits, "洪水,不等")
    state = record["state"]
    assert f"approved afterwards: {record['short']}" in office("list", register).stderr
    for number, words in enumerate(approvals):
        assert flagged(office, record["id"]), "on the board until it is filled in"
        office.good("do", short, *words)
        record = office.record(short)
        assert record.get("unapproved", []) == waits[number + 1 :]
        assert record["state"] == state
    assert not flagged(office, record["id"])
    assert "approved afterwards" not in office("list", register).stderr


def flagged(office: Any, id_: str) -> bool:
    board = office.json("today")["attention"]
    return any(one["kind"] == "unapproved" and id_ in one["ids"] for one in board)
