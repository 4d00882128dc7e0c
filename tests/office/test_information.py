"""What is written for those above: sent, adopted, and how much of it a month owes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from officetui.errors import Refused
from officetui.intake.capture import understand
from officetui.office import counting
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.information import INFORMATION
from officetui.registers.record import Record
from officetui.ui.screens.today_errands import information_words
from tests.intake.fake_view import office as capture_office

Add = Callable[..., Record]


def _again(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def test_written_sent_adopted_twice(office: Office, add: Add) -> None:
    office.set_setting("information_to", ["县委办"])
    piece = add("information", author="何静", due="2026-11-20T17:00")
    assert (piece.text("unit"), piece.text("owner")) == ("应急办", "何静")
    assert [one.ref for one in office.board().due] == [piece.ref]
    assert [one.step for one in office.board().attention if one.refs == (piece.ref,)] == ["urge"]
    office.user = "何静"
    assert [one.step for one in office.board().attention if one.refs == (piece.ref,)] == ["send"]
    office.do([piece], "send", {"sent_to": "县委办"})
    sent = _again(office, piece)
    assert (sent.state, sent.text("sent_at"), sent.text("wait_until")) == (
        "sent",
        "2026-11-20",
        "2026-12-20",
    )
    with pytest.raises(Refused) as refused:
        office.do([sent], "adopt", {"adopted_by": ["县委办"], "adopted_at": "2026-11-19"})
    assert "before" in refused.value.message
    office.do([sent], "adopt", {"adopted_by": ["县委办"]})
    office.do([_again(office, piece)], "adopt", {"adopted_by": ["市委办"]})
    adopted = _again(office, piece)
    assert (adopted.state, adopted.words("adopted_by")) == ("adopted", ("县委办", "市委办"))
    office.do([adopted], "instruct", {"instruction": "全县推广", "instructed_by": "王建国"})
    office.do([_again(office, piece)], "follow_up", {"due": "2026-12-01"})
    [follow] = office.records("followups")
    assert (follow.text("raised_by"), follow.text("basis")) == ("王建国", piece.ref)


def test_what_each_unit_owes_in_a_month(office: Office, add: Add, clock: FixedClock) -> None:
    office.set_setting("information_quota", {"应急办": 3, "党政办": 2, "综治办": 1})
    pieces = [
        add("information", author=author, sent_at=day)
        for author, day in (
            ("何静", "2026-11-03"),
            ("何静", "2026-11-10"),
            ("罗丹", "2026-11-12"),
            ("罗丹", "2026-11-13"),
            ("何静", "2026-10-30"),
        )
    ]
    assert {piece.state for piece in pieces} == {"sent"}
    office.do([pieces[0], pieces[2]], "adopt", {"adopted_by": ["县委办"]})
    month = counting.of_month(office, INFORMATION, "2026-11")
    assert dict(month.groups) == {
        "应急办": {"sent": 2, "adopted": 1, "quota": 3, "lacks": 1},
        "综治办": {"sent": 2, "adopted": 1, "quota": 1, "lacks": 0},
        "党政办": {"quota": 2, "lacks": 2},
    }
    assert counting.words(INFORMATION, month) == ["sent 4", "adopted 2", "lacking 3"]
    board = office.board()
    assert information_words(board) == "Information sent this month 4 adopted 2 lacking 3"
    # The desk lets go of them when the month has been counted, not a week after they are done.
    clock.instant = datetime.fromisoformat("2026-11-30T09:00:00+08:00")
    assert office.board().counts["information_adopted"] == 2
    clock.instant = datetime.fromisoformat("2026-12-01T09:00:00+08:00")
    assert office.board().counts["information_sent"] == 0


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (
            "信息 石桥村冬季防火做法 ＠吴敏 ……周五",
            {"title": "石桥村冬季防火做法", "author": "吴敏", "unit": "党政办",
             "due": "2026-11-20T17:30"},
        ),
        (
            "信息 网格员冬训全部完成 已报县委办 @何静",
            {"sent_to": "县委办", "sent_at": "2026-11-20", "state": "sent", "unit": "应急办",
             "title": "网格员冬训全部完成"},
        ),
        ("信息报送 征兵工作情况 月底前", {"title": "征兵工作情况", "due": "2026-11-30T17:30"}),
        (
            "info Winter fire patrols sent to County Office",
            {"title": "Winter fire patrols", "sent_to": "County Office", "state": "sent"},
        ),
    ],
)  # fmt: skip
def test_lines(line: str, cells: dict[str, str]) -> None:
    found = understand(line, capture_office())
    assert found.register == "information"
    assert {name: found.cells.get(name) for name in cells} == cells
    assert found.ready
    assert understand("信息化建设推进会", capture_office()).register == ""
