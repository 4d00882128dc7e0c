"""What is typed into a field, as the canonical value of its cell, and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officetui.errors import Refused
from officetui.intake import values
from officetui.registers.model import Choice, Field
from officetui.registers.registry import BY_ID
from officetui.text.i18n import set_language
from tests.intake.fake_view import office

VIEW = office()


def field(register: str, name: str) -> Field:
    found = BY_ID[register].field(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("register", "name", "text", "value"),
    [
        ("documents", "due", "周五前", "2026-11-20"),
        ("documents", "due", "今天17:00", "2026-11-20T17:00"),
        ("documents", "due", "3个工作日", "2026-11-25"),
        ("documents", "due", "2025-11-25 09:00", "2025-11-25T09:00"),
        ("documents", "recv_at", "昨天下午3点", "2026-11-19T15:00"),
        ("documents", "closed_at", "11-18", "2026-11-18"),
        ("documents", "title", " 关于…的通知 ", "关于…的通知"),
        ("documents", "note", "一行\n两行 ", "一行\n两行 "),
        ("documents", "genre", "通知", "通知"),
        ("documents", "genre", "令", "命令(令)"),
        ("documents", "genre", "Notice", "通知"),
        ("documents", "kind", "阅件", "read"),
        ("documents", "kind", "READ", "read"),
        ("documents", "urgency", "特急", "特急"),
        ("documents", "copies", "１２份", 12),
        ("documents", "copies", "十二", 12),
        ("documents", "copies", "-3", -3),
        ("documents", "owner", "周镇长", "周海涛"),
        ("documents", "owner", "@李梅", "李梅"),
        ("documents", "owner", "县里的老张", "县里的老张"),
        ("documents", "lead_unit", "综治办", "综治办"),
        ("documents", "co_units", "综治办、应急办，党政办", ["综治办", "应急办", "党政办"]),
        ("documents", "weight", "是", True),
        ("documents", "weight", "no", False),
        ("documents", "tags", "防火;冬季", ["防火", "冬季"]),
        ("documents", "links", "meetings/m1 duty/d:1", ["meetings/m1", "duty/d:1"]),
        ("documents", "due", "", None),
        ("documents", "title", "   ", None),
        ("meetings", "room", "三楼", "三楼大会议室"),
        ("meetings", "room", "县政府会议室", "县政府会议室"),
        ("meetings", "leaders", "王书记 周镇长、刘晓燕", ["王建国", "周海涛", "刘晓燕"]),
        ("meetings", "start", "25号下午2点半", "2026-11-25T14:30"),
        ("meetings", "start", "明天上午", "2026-11-21"),
        ("duty", "line", "夜班", "night"),
        ("duty", "line", "Night", "night"),
        ("duty", "line", "带班领导", "leader"),
        ("duty", "notified_at", "11-20 07:51", "2026-11-19T23:51:00Z"),
        ("reception", "phone", "１３９００００１１１１", "13900001111"),
        ("reception", "channel", "来访", "visit"),
        ("settings", "value", '["二楼会议室"]', ["二楼会议室"]),
        ("settings", "value", "17:30", "17:30"),
    ],
)
def test_what_is_typed_becomes_canonical(register: str, name: str, text: str, value: Any) -> None:
    assert values.read(field(register, name), text, VIEW) == value


@pytest.mark.parametrize(
    ("register", "name", "text"),
    [
        ("documents", "due", "2月30日"),
        ("documents", "due", "11-19"),
        ("documents", "due", "尽快"),
        ("documents", "genre", "小说"),
        ("documents", "copies", "几份"),
        ("documents", "copies", "1" * 30),
        ("documents", "weight", "也许"),
        ("documents", "links", "没有斜线"),
        ("documents", "owner", "副镇长"),
        ("duty", "line", "早餐"),
        ("duty", "notified_at", "11-20"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(register: str, name: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        values.read(field(register, name), text, VIEW)
    assert refused.value.field == name
    assert refused.value.message


@pytest.mark.parametrize(
    ("register", "name", "value", "shown"),
    [
        ("documents", "due", "2026-11-20T17:00", "2026-11-20 17:00"),
        ("documents", "due", "2026-11-20", "2026-11-20"),
        ("documents", "kind", "read", "to read"),
        ("documents", "co_units", ["综治办", "应急办"], "综治办, 应急办"),
        ("documents", "weight", True, "yes"),
        ("documents", "copies", 12, "12"),
        ("documents", "links", ["a/1", "b/2"], "a/1 b/2"),
        ("documents", "due", None, ""),
        ("documents", "due", "not a date", "not a date"),
        ("duty", "line", "night", "Night"),
        ("duty", "notified_at", "2026-11-19T23:51:00Z", "2026-11-20 07:51"),
        ("settings", "value", ["二楼"], '["二楼"]'),
    ],
)
def test_shown_values_read_back(register: str, name: str, value: Any, shown: str) -> None:
    table = field(register, name)
    assert values.show(table, value, VIEW) == shown
    if shown != "not a date":
        assert values.read(table, shown, VIEW) == value


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_every_choice_reads_back_in_every_language(language: str) -> None:
    set_language(language)
    for register in BY_ID.values():
        for one in register.fields:
            for choice in one.choices:
                shown = values.show(one, choice.value, VIEW)
                whole = [choice.value] if one.kind == "words" else choice.value
                assert values.read(one, shown, VIEW) == whole, (register.id, one.name)


KINDS = [
    "text", "long", "whole", "day", "moment", "instant", "person", "people", "unit", "units",
    "room", "line", "choice", "flag", "phone", "words", "ref", "refs", "json",
]  # fmt: skip


@given(st.sampled_from(KINDS), st.text(max_size=50))
def test_any_text_is_read_or_refused(kind: Any, text: str) -> None:
    table = Field("x", "X", kind, choices=(Choice("a", "A"),) if kind == "choice" else ())
    try:
        value = values.read(table, text, VIEW)
    except Refused as refused:
        assert refused.field == "x"
        return
    json.dumps(value)
    shown = values.show(table, value, VIEW)
    assert isinstance(shown, str)
    if kind not in ("json", "flag", "long"):
        assert values.read(table, shown, VIEW) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("11-18至11-21", ["2026-11-18/2026-11-21"]),
        ("2026-11-18/2026-11-21、至12月31日", ["2026-11-18/2026-11-21", "/2026-12-31"]),
        ("until 2026-12-31", ["/2026-12-31"]),
        ("2026-11-25", ["2026-11-25/2026-11-25"]),
    ],
)
def test_spans_of_leave_are_read_and_shown_alike(text: str, value: list[str]) -> None:
    leave = field("people", "leave")
    assert values.read(leave, text, VIEW) == value
    assert values.read(leave, values.show(leave, value, VIEW), VIEW) == value


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        values.read(field("people", "leave"), "11-21至11-18", VIEW)
    assert refused.value.field == "leave"
