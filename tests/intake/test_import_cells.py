"""Cells of sheets: whatever notation, the day is the day; whatever text, nothing breaks."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officetui.errors import Refused
from officetui.intake.cells import people_of, text_of, when, whole_of
from officetui.intake.importer import plan
from officetui.intake.sheets import decode
from officetui.office.clock import FixedClock
from officetui.office.office import Office

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
NOTATIONS = (
    "{y}.{m}.{d}", "{y}-{m}-{d}", "{y}/{m:02d}/{d:02d}", "{y}年{m}月{d}日", "{y}年{m}月{d}号",
    " {y} 年 {m} 月 {d} 日 ", "{y}{m:02d}{d:02d}", "民國{roc}年{m}月{d}日", "{m}/{d}/{y}",
    "{y}－{m}－{d}", "{y}年{m}月{d}日（星期{w}）", "{y}-{m:02d}-{d:02d}T00:00",
)  # fmt: skip
CLOCKS = (
    "{h}:{n:02d}", "{h}：{n:02d}", "{h}点{n}分", "{h}时{n}分", "{part}{half}:{n:02d}", "{h}:{n:02d}:00",
)  # fmt: skip


def written(day: date, notation: str) -> str:
    return notation.format(
        y=day.year, m=day.month, d=day.day, roc=day.year - 1911, w="一二三四五六日"[day.weekday()]
    )


@given(DAYS.filter(lambda d: d.year >= 2011), st.sampled_from(NOTATIONS))
def test_every_notation_of_a_day(day: date, notation: str) -> None:
    found = when(written(day, notation))
    assert found is not None and (found.year, found.month, found.day) == (
        day.year,
        day.month,
        day.day,
    )
    assert found.rest == ""


@given(DAYS, st.sampled_from(("{m}月{d}日", "{m}/{d}", "{m}.{d}", "{m}-{d}", "{m}月{d}")))
def test_a_day_without_a_year(day: date, notation: str) -> None:
    found = when(written(day, notation))
    assert found is not None and (found.year, found.month, found.day) == (0, day.month, day.day)


@given(DAYS, st.times(), st.sampled_from(CLOCKS), st.booleans())
def test_hours_alone_and_after_a_day(day: date, at: time, notation: str, dated: bool) -> None:
    part = "上午" if at.hour < 12 else "下午"
    half = at.hour - 12 if at.hour > 12 else at.hour
    text = notation.format(h=at.hour, n=at.minute, part=part, half=half)
    found = when(f"{day.year}年{day.month}月{day.day}日 {text}" if dated else text)
    assert found is not None and found.start == time(at.hour, at.minute)
    assert found.dated == dated


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
def test_dates_of_the_spreadsheet_itself(at: datetime) -> None:
    found = when(at)
    assert found is not None and (found.year, found.month, found.day) == (at.year, at.month, at.day)
    serial = (at.date() - date(1899, 12, 30)).days
    for cell in (serial, float(serial), str(serial), at.date()):
        again = when(cell)
        assert again is not None and (again.year, again.month, again.day) == (
            at.year,
            at.month,
            at.day,
        )


@pytest.mark.parametrize(
    "text",
    ["2月30日", "2026-02-30", "2026年13月1日", "尽快", "每周一", "25:00", "10月32日"],
)
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    assert when(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9:00-11:30", time(9), time(11, 30)),
        ("下午2:30—4:00", time(14, 30), time(16)),
        ("14：30至16：00", time(14, 30), time(16)),
        ("上午9点半", time(9, 30), None),
        ("下午3:00", time(15), None),
        ("晚上7点", time(19), None),
        ("中午12:00", time(12), None),
    ],
)
def test_hours_of_meetings(text: str, start: time, end: time | None) -> None:
    found = when(text)
    assert found is not None and (found.start, found.end) == (start, end)


def test_the_end_of_a_month() -> None:
    found = when("11月底前")
    assert found is not None and (found.month, found.day) == (11, 30)
    assert found.rest == "前"


def test_other_cells() -> None:
    assert [whole_of(v) for v in (3.0, "3", "3份", " 12 人", "约20人", "好几", 3.5)] == [
        3,
        3,
        3,
        12,
        20,
        None,
        None,
    ]
    assert text_of(13900000001.0) == "13900000001" and text_of(46.5) == "46.5"
    assert text_of(timedelta(hours=1)) == "1:00:00" and text_of(True) == "是"
    assert people_of("李　梅（组长）、张三13900000001") == [
        ("李梅", "", "组长"),
        ("张三", "13900000001", ""),
    ]


@given(st.text(max_size=60))
def test_any_text_is_a_cell(text: str) -> None:
    found = when(text, bare_day=True)
    if found is not None:
        assert 0 <= found.month <= 12
        assert 0 <= found.day <= 31
        assert -1 <= found.weekday <= 6
    for name, phone, remark in people_of(text):
        assert name
        assert phone in text
        assert remark in text
        assert {*name} <= {*text}
    number = whole_of(text)
    assert number is None or any(char.isdecimal() for char in text)


@given(st.floats() | st.integers() | st.timedeltas() | st.times() | st.booleans() | st.none())
def test_any_value_is_a_cell(value: float | int | timedelta | time | bool | None) -> None:
    found = when(value, bare_day=True)
    assert found is None or 0 <= found.day <= 31
    if isinstance(value, bool | None):
        assert found is None
    if isinstance(value, time):
        assert found is not None
        assert found.start == value.replace(second=0, microsecond=0)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
        assert float(text_of(value)) == pytest.approx(value)
    else:
        assert bool(text_of(value)) == (value is not None)


COMMON = "收文号,标题\r\n731,关于加强冬季森林防灭火工作的通知，请各单位认真贯彻落实。清河镇人民政府办公室"
TRADITIONAL = "關於加強冬季森林防火工作的通知，請各單位認真辦理。教育局來文收發登記"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_encodings(encoding: str) -> None:
    assert decode(COMMON.encode(encoding)) == COMMON
    assert decode(TRADITIONAL.encode("big5")) == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "ascii"])
@pytest.mark.parametrize("at", range(24))
def test_a_stray_zero_is_not_utf_16(encoding: str, at: int) -> None:
    text = "no,title\r\n7,about\r\n8,on\r\n" if encoding == "ascii" else COMMON
    torn = f"{text[:at]}\x00{text[at:]}"
    assert decode(torn.encode(encoding)) == torn


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "2026-11-20",
            "11月20日",
            "张三、李四",
            "白班",
            "机密",
            "合计",
            "13900000001",
            "全天",
            "1",
            "已办结",
            "班子成员",
        ]
    ),
)
HEADERS = st.sampled_from(
    [
        ["收文号", "收文日期", "来文机关", "文件标题", "办理结果", "承办人"],
        ["日期", "带班领导", "联系电话", "白班", "夜班", "备注"],
        ["序号", "日期", "方式", "姓名", "反映事项", "办理情况"],
        ["日期", "时间", "会议名称", "地点", "参加领导", "参会范围"],
        ["部门", "姓名", "手机号码", "备注", "职务", "请假"],
        ["姓名", "1日", "2日", "3日", "4日", "5日"],
    ]
)


@given(HEADERS, st.lists(st.lists(CELLS, max_size=8), max_size=6))
def test_any_rows_become_a_plan_that_the_office_can_take(
    header: list[str], rows: list[list[str]]
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["2026年11月值班"], header, *rows])
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "a.csv"
        path.write_text(out.getvalue(), encoding="utf-8", newline="")
        clock = FixedClock(datetime(2026, 11, 20, tzinfo=UTC))
        office = Office.found(Path(home) / "o", name="办公室", user="李梅", clock=clock)
        try:
            made = plan(path, office)
        except Refused:
            return
        if made.new():
            office.create_many(made.new())
            assert plan(path, office).new() == []
        office.close()


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "a.xls"
        path.write_bytes(data)
        clock = FixedClock(datetime(2026, 11, 20, tzinfo=UTC))
        office = Office.found(Path(home) / "o", name="办公室", user="李梅", clock=clock)
        with pytest.raises(Refused):
            plan(path, office)
        office.close()
