"""The one road: create, change, undo, trash, and two processes on one office."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from officetui.errors import NoOffice, NotKept, Refused
from officetui.ledger.conflicts import conflicts
from officetui.office.clock import FixedClock
from officetui.office.office import New, Office
from officetui.registers.record import Record

Add = Callable[..., Record]


def again(office: Office, record: Record) -> Record:
    found = office.get(record.ref)
    assert found is not None
    return found


def test_no_office_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoOffice, match="init"):
        Office.open(tmp_path)


def test_founding_twice_is_refused(office: Office) -> None:
    with pytest.raises(Refused):
        Office.found(office.home, name="另一个")


def test_numbers_follow_the_highest_of_the_year(office: Office, add: Add) -> None:
    add("documents", recv_no="774")
    add("documents", recv_no="12", recv_at="2025-11-19T09:15")
    assert add("documents").text("recv_no") == "775"
    assert add("documents", recv_at="2025-12-01").text("recv_no") == "13"


def test_unchanged_cells_write_nothing(office: Office, add: Add) -> None:
    record = add("documents")
    journal = next((office.home / "journals").rglob("*.jsonl"))
    size = journal.stat().st_size
    office.set(record, {"title": record.text("title")})
    assert journal.stat().st_size == size


def test_required_cell_cannot_be_cleared(office: Office, add: Add) -> None:
    with pytest.raises(Refused) as refused:
        office.set(add("documents"), {"title": None})
    assert refused.value.field == "title"


def test_form_open_while_a_colleague_writes_is_a_conflict(
    office: Office, add: Add, clock: FixedClock
) -> None:
    shown = add("documents")
    other = Office.open(office.home, clock=clock, user="赵强")
    other.set(again(other, shown), {"owner": "何静"})
    office.set(shown, {"owner": "罗丹"})
    for one in (office, other):
        one.refresh()
        found = dict(conflicts(again(one, shown).doc))
        assert {leaf.value for leaf in found["owner"]} == {"何静", "罗丹"}
        assert again(one, shown).conflicted
    office.set(again(office, shown), {"owner": "李梅"})
    assert not again(office, shown).conflicted


def test_two_cells_of_one_record_are_no_conflict(
    office: Office, add: Add, clock: FixedClock
) -> None:
    shown = add("documents")
    other = Office.open(office.home, clock=clock, user="赵强")
    other.set(again(other, shown), {"note": "急"})
    office.set(shown, {"owner": "罗丹"})
    record = again(office, shown)
    assert (record.text("note"), record.text("owner")) == ("急", "罗丹")
    assert not record.conflicted


def test_a_step_for_several_is_all_or_nothing(office: Office, add: Add) -> None:
    one, two = add("documents"), add("documents", state="closed")
    with pytest.raises(Refused):
        office.do([one, two], "assign", {"owner": "何静"})
    assert again(office, one).state == "registered"
    three = add("documents")
    office.do([one, three], "assign", {"owner": "何静"})
    assert [again(office, r).state for r in (one, three)] == ["in_hand", "in_hand"]
    office.undo()
    assert [again(office, r).state for r in (one, three)] == ["registered", "registered"]


def test_undo_leaves_alone_what_a_colleague_changed(
    office: Office, add: Add, clock: FixedClock
) -> None:
    record = add("documents")
    office.set(record, {"owner": "罗丹", "note": "甲"})
    other = Office.open(office.home, clock=clock, user="赵强")
    other.set(again(other, record), {"note": "乙"})
    done = office.undo()
    after = again(office, record)
    assert (after.text("owner"), after.text("note")) == ("", "乙")
    assert len(done.hints) == 1
    assert record.text("title") in done.hints[0]


def test_undo_takes_only_this_users_changes(office: Office, add: Add, clock: FixedClock) -> None:
    record = add("documents")
    other = Office.open(office.home, clock=clock, user="赵强")
    other.set(again(other, record), {"note": "乙"})
    with pytest.raises(Refused):
        Office.open(office.home, clock=clock, user="新人").undo()
    office.undo()
    assert again(office, record).text("note") == "乙"


def test_trash_and_restore_take_the_children_along(office: Office, add: Add) -> None:
    meeting = add("meetings", children=[("items", {"what": "桌签"}), ("items", {"what": "茶水"})])
    lost = office.children(meeting, "items")[0]
    office.trash([lost])
    office.trash([again(office, meeting)])
    assert office.records("meetings") == []
    office.restore([again(office, meeting)])
    assert [i.text("what") for i in office.children(again(office, meeting), "items")] == ["茶水"]


def test_a_trashed_natural_key_is_restored_by_creating_it(office: Office, add: Add) -> None:
    seat = add("duty", note="旧")
    with pytest.raises(Refused):
        add("duty", person="谢宇")
    office.trash([seat])
    back = add("duty", person="谢宇")
    assert back.id == seat.id
    assert (back.text("person"), back.text("note")) == ("谢宇", "")
    assert not back.trashed


def test_one_undo_takes_an_import_back(office: Office) -> None:
    rows = [
        New(
            "reception",
            {"at": "2026-11-18", "channel": "visit", "matter": f"第{n}件"},
            id=f"2026-11-18.{n:016x}",
        )
        for n in range(3000)
    ]
    office.create_many(rows)
    assert len(office.list("reception")) == 3000
    office.undo()
    assert office.list("reception") == []
    office.redo()
    assert len(office.list("reception")) == 3000


def test_a_classified_paper_is_kept_nowhere(office: Office, add: Add) -> None:
    with pytest.raises(Refused) as refused:
        add("documents", secrecy="机密", title="某某绝不可见")
    assert refused.value.field == "secrecy"
    for path in office.home.rglob("*"):
        if path.is_file():
            assert "某某绝不可见".encode() not in path.read_bytes()


def test_cover_keeps_the_plan_and_reopens(office: Office, add: Add) -> None:
    seat = add("duty", phone="17749461493")
    office.do([seat], "notify", {"method": "phone"})
    office.do([again(office, seat)], "confirm")
    with pytest.raises(Refused, match="2026-12-31"):
        office.do([again(office, seat)], "cover", {"person": "林芳", "reason": "发烧"})
    office.do([again(office, seat)], "cover", {"person": "谢宇", "reason": "发烧"})
    after = again(office, seat)
    assert (after.state, after.text("person"), after.text("planned_person")) == (
        "planned",
        "谢宇",
        "罗丹",
    )
    assert after.get("confirmed_at") is None
    assert office.children(after, "notices") == []


def test_nobody_has_two_shifts_at_once(office: Office, add: Add) -> None:
    add("duty", person="谢宇", line="leader")
    seat = add("duty")
    with pytest.raises(Refused, match="谢宇"):
        office.do([seat], "cover", {"person": "谢宇", "reason": "换"})


def test_a_moved_meeting_keeps_its_length_and_voids_the_notices(office: Office, add: Add) -> None:
    meeting = add(
        "meetings",
        end="2026-11-20T11:00",
        children=[("attendees", {"person": "何静", "reply": "参会", "state": "answered"})],
    )
    office.do([meeting], "move", {"start": "2026-11-21T15:00"})
    moved = again(office, meeting)
    assert (moved.text("end"), moved.text("moved_from")) == ("2026-11-21T16:30", "2026-11-20T09:30")
    told = office.children(moved, "attendees")[0]
    assert (told.state, told.get("reply")) == ("listed", None)


def test_history_reads_as_sentences(office: Office, add: Add) -> None:
    record = add("documents")
    office.do([record], "assign", {"owner": "何静"})
    office.do([again(office, record)], "urge", {"method": "phone", "answer": "周一报"})
    office.undo()
    told = [event.sentence for event in office.history(again(office, record))]
    assert len(told) == 4
    assert told[1].startswith("李梅 assigned In 1 to 何静")
    assert "周一报" in told[2]
    assert "undid" in told[3]


def test_a_refused_write_leaves_everything_as_it_was(
    office: Office, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    record = add("documents")

    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as context:
        context.setattr(os, "fsync", full)
        context.setattr(os, "fdatasync", full)
        with pytest.raises(NotKept):
            office.set(record, {"note": "写不下"})
    assert again(office, record).text("note") == ""
    office.set(record, {"note": "写下了"})
    reopened = Office.open(office.home, clock=office.watch, user="李梅")
    assert again(reopened, record).text("note") == "写下了"
    assert reopened.ledger.damage() == []


def test_a_paper_goes_round_its_readers_one_by_one(office: Office, add: Add) -> None:
    paper = add("documents", kind="read")
    with pytest.raises(Refused):
        office.do([paper], "circulate")
    office.do([paper], "readers", {"person": ["王建国", "陈志远", "刘晓燕"]})
    assert again(office, paper).state == "readers_set"
    office.do([again(office, paper)], "circulate")
    told = [(r.text("person"), r.state) for r in office.children(paper, "readers")]
    assert told == [("王建国", "sent"), ("陈志远", "waiting"), ("刘晓燕", "waiting")]
    office.do([again(office, paper)], "pass_on", {"opinion": "阅"})
    told = [(r.state, r.text("opinion")) for r in office.children(paper, "readers")]
    assert told == [("returned", "阅"), ("sent", ""), ("waiting", "")]
    with pytest.raises(Refused):
        office.do([again(office, paper)], "all_read")
    office.undo()
    assert [r.state for r in office.children(paper, "readers")] == ["sent", "waiting", "waiting"]
    for _reader in range(3):
        office.do([again(office, paper)], "pass_on")
    with pytest.raises(Refused):
        office.do([again(office, paper)], "pass_on")
    office.do([again(office, paper)], "all_read")
    assert again(office, paper).state == "all_read"


def test_undo_names_what_it_undid(office: Office, add: Add) -> None:
    paper = add("documents")
    office.do([paper], "assign", {"owner": "何静"})
    assert "Assign" in office.undo().sentence
    assert paper.text("title") in office.redo().sentence
    office.do([again(office, paper)], "urge", {"method": "phone"})
    assert paper.text("title") in office.undo().sentence


def test_who_can_cover_is_free_alike_and_least_used(office: Office, add: Add) -> None:
    from officetui.registers.duty import can_cover

    seat = add("duty")
    add("duty", line="day", person="何静")
    add("duty", date="2026-11-13", person="谢宇")
    assert can_cover(seat, office) == ["李梅", "谢宇"]


def test_what_came_in_with_an_own_change_or_a_flush_is_still_told(
    office: Office, add: Add, clock: FixedClock
) -> None:
    paper, other_paper = add("documents"), add("documents", title="另一件")
    colleague = Office.open(office.home, clock=clock, user="赵强")
    office.refresh()
    colleague.set(again(colleague, paper), {"note": "甲"})
    office.set(other_paper, {"note": "乙"})
    assert paper.ref in office.refresh()
    assert office.refresh() == set()
    colleague.set(again(colleague, paper), {"note": "丙"})
    office.flush()
    assert office.refresh() == {paper.ref}


def test_nobody_takes_over_from_himself(office: Office, add: Add) -> None:
    seat = add("duty", state="handed_over")
    with pytest.raises(Refused):
        office.do([seat], "take_over", {"taken_over_by": "罗丹", "accepted": "screen"})
    office.do([seat], "take_over", {"taken_over_by": "何静", "accepted": "phone"})
    assert again(office, seat).state == "taken_over"


def test_an_unknown_person_is_kept_and_said(office: Office, add: Add) -> None:
    done = office.do([add("documents")], "assign", {"owner": "没有这人"})
    assert any("没有这人" in hint for hint in done.hints)
    assert office.do([add("documents")], "assign", {"owner": "何静"}).hints == ()


def test_people_are_listed_by_precedence(office: Office) -> None:
    assert [p.text("name") for p in office.list("people")][:4] == [
        "王建国",
        "陈志远",
        "刘晓燕",
        "周海涛",
    ]


@pytest.mark.parametrize(
    ("who", "user", "fits"),
    [
        ("owner", "何静", True),
        ("owner", "李梅", False),
        ("other", "何静", False),
        ("other", "李梅", True),
    ],
)
def test_who_may_take_a_step(office: Office, add: Add, who: str, user: str, fits: bool) -> None:
    import msgspec

    from officetui.registers.documents import DOCUMENTS
    from officetui.registers.workflow import effects

    step = DOCUMENTS.step("urge")
    assert step is not None
    office.user = user
    mine = msgspec.structs.replace(step, who=who)
    paper = add("documents", owner="何静", state="in_hand")
    if fits:
        assert effects(DOCUMENTS, mine, paper, {"method": "phone"}, office)
    else:
        with pytest.raises(Refused, match="何静"):
            effects(DOCUMENTS, mine, paper, {"method": "phone"}, office)
