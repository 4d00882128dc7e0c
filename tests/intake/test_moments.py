"""The date grammar: every form of an office, and nothing ever raised."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from officetui.intake import moments
from officetui.intake.folding import fold, number
from officetui.registers.calendar import WorkCalendar

NOW = datetime(2026, 11, 20, 8, 10)  # a Friday
CALENDAR = WorkCalendar()


def read(text: str, *, past: bool = False, now: datetime = NOW) -> moments.Moment:
    return moments.read(text, now, CALENDAR, past=past)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("今天17:00", "2026-11-20T17:00"),
        ("今日下午5点", "2026-11-20T17:00"),
        ("今晚8点", "2026-11-20T20:00"),
        ("明早9点", "2026-11-21T09:00"),
        ("明天下午3点", "2026-11-21T15:00"),
        ("明天下午三点一刻", "2026-11-21T15:15"),
        ("后天", "2026-11-22"),
        ("大后天上午十点半", "2026-11-23T10:30"),
        ("周五", "2026-11-20"),
        ("周一", "2026-11-23"),
        ("星期天", "2026-11-22"),
        ("下周三15:00", "2026-11-25T15:00"),
        ("下周三前", "2026-11-25"),
        ("周二中午", "2026-11-24T12:00"),
        ("25日", "2026-11-25"),
        ("二十五号", "2026-11-25"),
        ("廿五日", "2026-11-25"),
        ("11-25", "2026-11-25"),
        ("11/25", "2026-11-25"),
        ("11月25日", "2026-11-25"),
        ("十一月二十五日", "2026-11-25"),
        ("11月28日9:00", "2026-11-28T09:00"),
        ("11月25日（星期三）14:30", "2026-11-25T14:30"),
        ("2026-11-25", "2026-11-25"),
        ("2026年11月25日", "2026-11-25"),
        ("2026-11-25T10:00", "2026-11-25T10:00"),
        ("2026-11-25 10:00", "2026-11-25T10:00"),
        ("明年1月5日", "2027-01-05"),
        ("下个月5号", "2026-12-05"),
        ("月底", "2026-11-30"),
        ("下月底", "2026-12-31"),
        ("年底前", "2026-12-31"),
        ("12点前", "2026-11-20T12:00"),
        ("17时30分", "2026-11-20T17:30"),
        ("１７：３０", "2026-11-20T17:30"),
        ("下班前", "2026-11-20"),
        ("後天下午三點", "2026-11-22T15:00"),
        ("週五", "2026-11-20"),
        ("下週三15：00", "2026-11-25T15:00"),
        ("25號", "2026-11-25"),
        ("today 17:00", "2026-11-20T17:00"),
        ("tomorrow", "2026-11-21"),
        ("tomorrow 9am", "2026-11-21T09:00"),
        ("9am tomorrow", "2026-11-21T09:00"),
        ("fri", "2026-11-20"),
        ("by Monday", "2026-11-23"),
        ("next wed 15:00", "2026-11-25T15:00"),
        ("nov 25", "2026-11-25"),
        ("25 Nov 9:30 pm", "2026-11-25T21:30"),
        ("noon", "2026-11-20T12:00"),
        ("24:00", "2026-11-20T23:59"),
        ("晚上12点", "2026-11-21T00:00"),
    ],
)
def test_named_days_and_hours(text: str, value: str) -> None:
    found = read(text)
    assert (found.problem, found.value) == ("", value)


@pytest.mark.parametrize(
    ("text", "value", "basis"),
    [
        ("3天", "2026-11-23", "calendar days"),
        ("3日内", "2026-11-23", "calendar days"),
        ("两周", "2026-12-04", "calendar days"),
        ("1个月", "2026-12-20", "calendar days"),
        ("3d", "2026-11-23", "calendar days"),
        ("3个工作日", "2026-11-25", "working days"),
        ("三个工作日内", "2026-11-25", "working days"),
        ("3wd", "2026-11-25", "working days"),
        ("30分钟", "2026-11-20T08:40", "minutes"),
        ("30m", "2026-11-20T08:40", "minutes"),
        ("半小时", "2026-11-20T08:40", "minutes"),
        ("2小时内", "2026-11-20T10:10", "minutes"),
        ("一个半小时", "2026-11-20T09:40", "minutes"),
    ],
)
def test_spans_say_how_they_were_counted(text: str, value: str, basis: str) -> None:
    found = read(text)
    assert (found.problem, found.value, found.basis) == ("", value, basis)


def test_working_days_know_moved_days() -> None:
    # 2026-10-10 is a Saturday that is worked (调休), 10-01 to 10-07 are holidays.
    before = datetime(2026, 9, 30, 9, 0)
    assert read("1个工作日", now=before).value == "2026-10-08"
    assert read("3个工作日", now=before).value == "2026-10-10"


def test_a_year_the_calendar_does_not_know_is_said() -> None:
    found = read("60个工作日")
    assert found.problem == "unknown_year"
    assert "2027" in found.text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("25号下午2点半到4点", "2026-11-25T14:30", "2026-11-25T16:00"),
        ("今天15：00－16：30", "2026-11-20T15:00", "2026-11-20T16:30"),
        ("9:00-11:30", "2026-11-20T09:00", "2026-11-20T11:30"),
        ("明天上午9点到11点半", "2026-11-21T09:00", "2026-11-21T11:30"),
        ("明天9-11点", "2026-11-21T09:00", "2026-11-21T11:00"),
        ("上午11点到1点", "2026-11-20T11:00", "2026-11-20T13:00"),
        ("今晚7点到9点", "2026-11-20T19:00", "2026-11-20T21:00"),
        ("下周一到周三", "2026-11-23", "2026-11-25"),
        ("25日至27日", "2026-11-25", "2026-11-27"),
        ("25-27日", "2026-11-25", "2026-11-27"),
        ("今明两天", "2026-11-20", "2026-11-21"),
        ("nov 25 9am-11am", "2026-11-25T09:00", "2026-11-25T11:00"),
    ],
)
def test_ranges(text: str, start: str, end: str) -> None:
    found = read(text)
    assert (found.problem, found.value, found.end) == ("", start, end)


def test_a_whole_day() -> None:
    found = read("26日全天")
    assert found.all_day
    assert (found.value, found.end) == ("2026-11-26", "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2月30日", "no_such_day"),
        ("11-31", "no_such_day"),
        ("13-45", "no_such_day"),
        ("2027-02-29", "no_such_day"),
        ("25:00", "no_such_time"),
        ("12:75", "no_such_time"),
        ("11-19", "passed"),
        ("昨天", "passed"),
        ("本周三", "passed"),
        ("8点", "passed"),
        ("1月5日", "passed"),
        ("尽快", "unreadable"),
        ("第25号", "unreadable"),
        ("11-25abc", "unreadable"),
        ("", "unreadable"),
        ("周五" * 2000, "unreadable"),
        ("25日到23日", "end_before_start"),
    ],
)
def test_what_cannot_be_meant_is_said(text: str, problem: str) -> None:
    found = read(text)
    assert found.problem == problem
    assert found.value == ""
    assert found.text


def test_the_past_is_read_where_it_may_be_meant() -> None:
    assert read("11-19", past=True).value == "2026-11-19"
    assert read("昨天下午3点", past=True).value == "2026-11-19T15:00"


def test_a_written_year_may_have_passed_and_is_noticed() -> None:
    found = read("2025-11-25")
    assert found.value == "2025-11-25"
    assert [remark.code for remark in found.remarks] == ["passed"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("明天2点半", "guessed"),
        ("3点", "guessed"),
        ("明天7点半", "weekend"),
        ("周五前", "today"),
        ("11月25日（周四）", "weekday"),
        ("周一上午", "assumed"),
    ],
)
def test_what_was_guessed_is_marked(text: str, code: str) -> None:
    assert code in [remark.code for remark in read(text).remarks]


def test_seven_in_the_morning_is_no_guess() -> None:
    found = read("下周一7点半")
    assert found.value == "2026-11-23T07:30"
    assert found.remarks == ()


def test_a_deadline_without_an_hour_is_close_of_business() -> None:
    assert read("周五前").due(CALENDAR) == "2026-11-20T17:30"
    assert read("周五17:00").due(CALENDAR) == "2026-11-20T17:00"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("石桥村停水两天了", []),
        ("停水3天没人管", []),
        ("第3次党委会 3号楼 12月份 县办发〔2026〕12号 25号文", []),
        ("周例会 下周一8点半", ["下周一8点半"]),
        ("完成率98.5 例会 11.25下午3点", ["11.25下午3点"]),
        ("夜间施工噪音 3个工作日", ["3个工作日"]),
        ("县征兵视频会 周一下午三点 12点前报名单", ["周一下午三点", "12点前"]),
    ],
)
def test_running_text_gives_up_only_dates(text: str, found: list[str]) -> None:
    scanned = moments.scan(text, NOW, CALENDAR)
    assert [text[moment.start : moment.stop] for moment in scanned] == found


# --- properties ----------------------------------------------------------------------------

CHARACTERS = (
    "今明后昨前天日号月年周星期礼拜一二三四五六七八九十廿两半点时分刻到至上下午晚早的前内"
    "-－~:：.0123456789／/ \u3000"
)
WORDS = ["工作日", "小时", "分钟", "全天", "月底", "周五", "25日", "11-25", "17:00", "下个"]
ENGLISH = ["next ", "fri", "nov ", "am", "3d"]
PIECES = st.sampled_from([*CHARACTERS, *WORDS, *ENGLISH])
GRAMMATICAL = st.lists(PIECES, max_size=9).map("".join)
NOWS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59))


@given(st.one_of(st.text(max_size=60), GRAMMATICAL), NOWS, st.booleans())
@example("9999天", datetime(9999, 12, 31), False)
@example("昨天", datetime(1, 1, 1), True)
@example("后天晚上12点", datetime(9999, 12, 30), True)
def test_no_text_ever_raises(text: str, now: datetime, past: bool) -> None:
    found = moments.read(text, now, CALENDAR, past=past)
    assert bool(found.value) != bool(found.problem)
    assert bool(found.text) == bool(found.problem)
    for value in (found.value, found.end):
        if value:
            assert valid(value)
    if found.end:
        assert found.value < found.end
    if found.value and not past and not any(r.code == "passed" for r in found.remarks):
        assert found.value >= now.isoformat(timespec="minutes")[: len(found.value)]


def valid(value: str) -> bool:
    if "T" in value:
        return datetime.fromisoformat(value).isoformat(timespec="minutes") == value
    return date.fromisoformat(value).isoformat() == value


@given(st.one_of(st.text(max_size=80), GRAMMATICAL))
def test_scanning_never_raises_and_stays_inside(text: str) -> None:
    at = 0
    for moment in moments.scan(text, NOW, CALENDAR):
        assert at <= moment.start < moment.stop <= len(text)
        at = moment.stop


@given(st.datetimes(datetime(1000, 1, 1), datetime(9998, 12, 31)), NOWS)
def test_what_is_stored_reads_as_itself(moment: datetime, now: datetime) -> None:
    value = moment.isoformat(timespec="minutes")
    for text in (value, value.replace("T", " "), value[:10]):
        found = moments.read(text, now, CALENDAR, past=True)
        assert found.value == text.replace(" ", "T")


@given(st.integers(1, 300), st.sampled_from(["{}-{}", "{}月{}日", "{}/{}", "{}月{}号"]))
def test_a_day_of_this_year_in_every_notation(ahead: int, form: str) -> None:
    now = datetime(2026, 1, 1, 9, 0)
    day = now.date() + timedelta(days=ahead)
    found = read(form.format(day.month, day.day), now=now)
    assert found.value == day.isoformat()


@given(st.text(max_size=100))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.integers(0, 99))
def test_chinese_numbers(count: int) -> None:
    figures = "零一二三四五六七八九"
    tens, ones = divmod(count, 10)
    word = figures[ones] if not tens else ("" if tens == 1 else figures[tens]) + "十"
    if tens and ones:
        word += figures[ones]
    assert number(word) == count == number(str(count))
