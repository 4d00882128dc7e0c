"""The five registers of a real office: what becomes of every row, twice, elsewhere, and undone."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from officetui.intake.importer import Plan, plan
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.registers.checklists import items_of, sort_of
from officetui.registers.record import Record
from tests.sheets import SHEETS

PAPERS = SHEETS / "收文登记簿2026.xlsx"
ROSTER = SHEETS / "值班表2026年11月.xlsx"
VISITS = SHEETS / "来访接待登记.csv"
MEETINGS = SHEETS / "会议安排.xls"
PEOPLE = SHEETS / "通讯录.xlsx"
ALL = (PEOPLE, PAPERS, ROSTER, VISITS, MEETINGS)
MORNING = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)  # 8:00 in the office


def found(home: Path, now: datetime = MORNING) -> Office:
    return Office.found(home, name="清河镇党政办", user="李梅", clock=FixedClock(now))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return found(tmp_path / "office")


def cells(a: Plan, register: str) -> list[dict[str, object]]:
    return [new.cells for new in a.new() if new.register == register]


def test_the_counts_of_the_five_files(office: Office) -> None:
    got = Counter(new.register for file in ALL for new in plan(file, office).new())
    assert got["documents"] == 45
    assert got["reception"] == 36
    assert got["meetings"] == 9
    assert got["people"] == 22


def test_the_roster_has_a_record_for_every_seat_and_day(office: Office) -> None:
    rows = cells(plan(ROSTER, office), "duty")
    days = {str(row["date"]) for row in rows}
    first = date(2026, 11, 1)
    assert days == {(first + timedelta(days=n)).isoformat() for n in range(30)}
    for day in days:
        lines = Counter(row["line"] for row in rows if row["date"] == day)
        assert lines["leader"] == 1 and lines["day"] == 1 and lines["night"] in (1, 2)
    assert len(rows) == 30 + 30 + 30 + 9  # nine nights with two people


def test_two_people_in_one_cell_are_two_seats(office: Office) -> None:
    rows = cells(plan(ROSTER, office), "duty")
    night = [r for r in rows if r["date"] == "2026-11-01" and r["line"] == "night"]
    assert [(r["seat"], r["person"], r["phone"]) for r in night] == [
        (1, "林芳", "13840138493"),
        (2, "谢宇", "15050815853"),  # his own, from another day of the roster
    ]
    leader = next(r for r in rows if r["date"] == "2026-11-01" and r["line"] == "leader")
    assert leader["note"] == "双带班" and leader["phone"] == "18651886645"


def test_a_roster_knows_its_natural_keys(office: Office) -> None:
    ids = [new.id for new in plan(ROSTER, office).new()]
    assert "duty:2026-11-20:night:1" in ids and len(ids) == len(set(ids))


def test_all_notations_of_dates_in_one_column(office: Office) -> None:
    rows = {r["recv_no"]: r for r in cells(plan(PAPERS, office), "documents")}
    assert rows["731"]["recv_at"] == "2026-10-26T09:15"
    assert rows["732"]["recv_at"] == "2026-10-26"
    assert rows["733"]["recv_at"] == "2026-10-26"
    assert rows["734"]["recv_at"] == "2026-10-27"
    assert rows["735"]["recv_at"] == "2026-10-27"
    assert rows["731"]["due"] == "2026-10-27"
    assert rows["732"]["due"] == "2026-10-27"


def test_states_and_kinds_of_papers(office: Office) -> None:
    rows = {r["recv_no"]: r for r in cells(plan(PAPERS, office), "documents")}
    assert (rows["731"]["kind"], rows["731"]["state"]) == ("read", "circulating")
    assert (rows["732"]["kind"], rows["732"]["state"]) == ("act", "closed")
    assert "closed_at" not in rows["732"]  # the sheet does not say when
    assert rows["734"]["state"] == "in_hand" and rows["734"]["owner"] == "黄伟"
    assert rows["749"]["state"] == "proposed" and rows["749"]["asked"] == "刘晓燕"
    assert rows["774"]["urgency"] == "特急" and rows["733"]["urgency"] == "加急"
    assert rows["731"]["copies"] == 3 and rows["731"]["direction"] == "incoming"
    assert rows["731"]["genre"] == "意见" and rows["756"]["genre"] == "函"
    assert "genre" not in rows["748"]  # 条例 is none of the fifteen
    assert Counter(r["state"] for r in rows.values())["circulating"] == 8


def test_blank_and_total_rows_are_left_out_and_said(office: Office) -> None:
    (sheet,) = plan(PAPERS, office).sheets
    assert (sheet.register, sheet.header_row) == ("documents", 3)
    left = {row.row: row.reason for row in sheet.rows if row.fate == "skipped"}
    assert left == {25: "blank", 50: "total"}


def test_visitors(office: Office) -> None:
    rows = {r["no"]: r for r in cells(plan(VISITS, office), "reception")}
    assert rows["1"]["at"] == "2026-11-20T08:55" and rows["1"]["channel"] == "visit"
    assert rows["1"]["state"] == "answered_on_spot" and rows["1"]["replied_at"] == "2026-11-20"
    assert rows["2"]["state"] == "transferred" and rows["2"]["transferred_to"] == "社会事务办"
    assert rows["3"]["state"] == "received" and rows["3"]["notify_due"] == "2026-12-05"
    assert rows["4"]["channel"] == "hotline" and rows["4"]["state"] == "received"
    assert rows["5"]["group"] == "集体访" and rows["5"]["headcount"] == 12
    assert rows["8"]["matter"] == "要求公开征地补偿标准，\n附材料3页"
    assert rows["10"]["matter"] == "反映夜间施工噪音，称“多次投诉未果”"
    assert rows["7"]["owner"] == rows["7"]["receiver"] == "赵强"


def test_meetings_without_the_directory(office: Office) -> None:
    rows = cells(plan(MEETINGS, office), "meetings")
    assert [(r["start"], r.get("end")) for r in rows] == [
        ("2026-11-16T08:30", None),
        ("2026-11-18T09:00", "2026-11-18T11:30"),
        ("2026-11-18T15:00", None),  # a merged date cell
        ("2026-11-20T09:30", "2026-11-20T11:00"),
        ("2026-11-20T14:30", "2026-11-20T16:00"),
        ("2026-11-20T15:00", "2026-11-20T16:30"),
        ("2026-11-23T08:30", None),
        ("2026-11-23T15:00", None),  # 下午3:00
        ("2026-11-26", None),  # 全天
    ]
    assert rows[1]["leaders"] == ["周海涛", "孙丽华"]
    assert rows[0]["scope"] == "班子成员、各办负责人" and "leaders" not in rows[0]
    assert rows[7]["kind"] == "branch" and rows[0]["kind"] == "own"
    # nobody needs a notice of the three that are over
    assert [row["state"] for row in rows] == ["held"] * 3 + ["fixed"] * 6


def test_the_year_of_meetings_is_the_one_that_fits_the_weekday(tmp_path: Path) -> None:
    later = found(tmp_path / "later", datetime(2027, 5, 2, tzinfo=UTC))
    rows = cells(plan(MEETINGS, later), "meetings")
    assert {str(row["start"])[:4] for row in rows} == {"2026"}


def test_meetings_with_the_directory(office: Office) -> None:
    office.create_many(plan(PEOPLE, office).new())
    office.create_many(plan(MEETINGS, office).new())
    by_start = {r.text("start"): r for r in office.list("meetings")}
    weekly = by_start["2026-11-16T08:30"]
    assert weekly.words("leaders") == ("王建国", "陈志远", "马文斌", "刘晓燕", "周海涛", "孙丽华")
    safety = by_start["2026-11-20T14:30"]
    people = [(a.text("unit"), a.text("role")) for a in office.children(safety, "attendees")]
    assert people == [("企业负责人", "出席"), ("各村安全员", "出席")]
    assert len(office.children(safety, "items")) == len(items_of("work", office))
    assert not office.children(weekly, "items")  # it is over


def test_people(office: Office) -> None:
    rows = {r["name"]: r for r in cells(plan(PEOPLE, office), "people")}
    assert rows["王建国"]["rank"] == 1 and rows["孙丽华"]["rank"] == 6
    assert rows["王建国"]["office_phone"] == "5551001" and rows["李梅"]["unit"] == "党政办"
    assert rows["林芳"]["leave"] == ["/2026-12-31"] and rows["林芳"]["note"] == "产假至2026-12-31"
    assert "rank" not in rows["李梅"]


def test_imported_twice_makes_nothing_new(office: Office) -> None:
    for file in ALL:
        office.create_many(plan(file, office).new())
    for file in ALL:
        again = plan(file, office)
        assert again.new() == []
        assert set(again.counts()) <= {"same", "skipped"}, again.counts()


def test_another_machine_makes_the_same_records(tmp_path: Path) -> None:
    here = found(tmp_path / "here")
    there = found(tmp_path / "there", MORNING + timedelta(days=1))
    for file in ALL:
        one = [(new.register, new.id) for new in plan(file, here).new()]
        other = [(new.register, new.id) for new in plan(file, there).new()]
        assert one == other and one
        here.create_many(plan(file, here).new())
        there.create_many(plan(file, there).new())
    for child in ("items", "attendees"):
        one_ids, other_ids = (
            {
                c.id
                for r in o.list("meetings")
                if r.text("start") >= "2026-11-23"
                for c in o.children(r, child)
            }
            for o in (here, there)
        )
        assert one_ids == other_ids and one_ids


def test_one_undo_takes_the_whole_import_back_and_it_can_be_done_again(office: Office) -> None:
    before = {r: len(office.list(r)) for r in ("meetings", "documents", "duty")}
    for file in (MEETINGS, PAPERS, ROSTER):
        wanted = plan(file, office).new()
        office.create_many(wanted)
        office.undo()
        assert {r: len(office.list(r)) for r in before} == before
        again = plan(file, office).new()
        assert [new.id for new in again] == [new.id for new in wanted]
        office.create_many(again)
        assert office.list(wanted[0].register)
        office.undo()
    office.create_many(plan(MEETINGS, office).new())
    coming = next(r for r in office.list("meetings") if r.text("start") == "2026-11-23T15:00")
    sort = sort_of(coming.text("title"))
    assert len(office.children(coming, "items")) == len(items_of(sort, office))


def paper(office: Office, number: str) -> Record:
    return next(r for r in office.list("documents") if r.text("recv_no") == number)


def test_what_was_changed_here_is_left_as_it_is(office: Office) -> None:
    office.create_many(plan(PAPERS, office).new())
    office.do([paper(office, "774")], "close", {"result": "已报县府办"})
    office.set(paper(office, "775"), {"due": "2026-11-30"})
    again = plan(PAPERS, office)
    assert again.new() == []
    differs = {row.title[:6]: row.reason for row in again.sheets[0].rows if row.fate == "differs"}
    assert set(differs) == {"In 775"} and "Due" in differs["In 775"]
    assert paper(office, "774").state == "closed"


def test_what_lies_in_the_trash_is_said_and_not_made_again(office: Office) -> None:
    office.create_many(plan(PAPERS, office).new())
    office.trash([paper(office, "750")])
    again = plan(PAPERS, office)
    assert again.new() == []
    assert [row.row for row in again.sheets[0].rows if "trash" in row.reason] == [23]


def test_a_swapped_turn_is_not_undone_by_a_second_import(office: Office) -> None:
    office.create_many(plan(ROSTER, office).new())
    seat = office.get("duty/duty:2026-11-25:day:1")
    assert seat is not None
    office.do([seat], "cover", {"person": "郑凯", "reason": "开会"})
    again = plan(ROSTER, office)
    assert again.new() == []
    assert "differs" not in again.counts()  # the base roster is the same as before
    said = [row.reason for row in again.sheets[0].rows if "郑凯" in row.reason]
    assert len(said) == 1 and "served by 郑凯" in said[0]
    assert office.get("duty/duty:2026-11-25:day:1").text("person") == "郑凯"  # type: ignore[union-attr]


def test_a_dry_run_says_how_columns_were_understood(office: Office) -> None:
    (sheet,) = plan(PAPERS, office).sheets
    assert [(c.heading, c.field) for c in sheet.columns][:3] == [
        ("收文号", "recv_no"),
        ("收文日期", "recv_at"),
        ("来文机关", "from_org"),
    ]
    (roster,) = plan(ROSTER, office).sheets
    phones = [c for c in roster.columns if c.heading == "联系电话"]
    assert [c.field for c in phones] == ["phone"] * 3 and "before" in phones[0].how
    assert [c.how for c in roster.columns if c.heading == "星期"] == ["compared with the date"]
