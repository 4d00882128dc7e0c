"""Which language is shown, and how strings are found in it."""

from __future__ import annotations

import pytest

from officetui.text.i18n import (
    P_,
    _,
    language,
    match,
    negotiate,
    ngettext,
    npgettext,
    pgettext,
    set_language,
)


@pytest.mark.parametrize(
    ("config", "environ", "chosen"),
    [
        ("zh_TW", {"LANG": "en_US.UTF-8"}, "zh_TW"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        ("auto", {"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ("", {"LANG": "zh_HK.UTF-8"}, "zh_TW"),
        (None, {"LANG": "zh_CN.GBK", "LC_ALL": "zh_TW.UTF-8"}, "zh_TW"),
        (None, {"LC_MESSAGES": "zh_SG", "LANG": "en_US"}, "zh_CN"),
        (None, {"LANGUAGE": "de:zh_CN:en", "LANG": "de_DE.UTF-8"}, "zh_CN"),
        (None, {"LANGUAGE": "zh_CN", "LANG": "C.UTF-8"}, "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "en"),
        (None, {}, "en"),
        ("klingon", {"LANG": "zh_CN"}, "zh_CN"),
    ],
)
def test_the_language_is_negotiated(
    config: str | None, environ: dict[str, str], chosen: str
) -> None:
    assert negotiate(config, environ) == chosen


@pytest.mark.parametrize(
    ("tag", "catalogue"),
    [
        ("zh", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("zh-Hans-HK", "zh_TW"),
        ("zh_MO.Big5", "zh_TW"),
        ("en_GB@euro", "en"),
        ("C", None),
        ("", None),
        ("ja_JP", None),
    ],
)
def test_tags(tag: str, catalogue: str | None) -> None:
    assert match(tag) == catalogue


def test_english_is_shown_as_it_is_written() -> None:
    assert language() == "en"
    assert _("today") == "today"
    assert _("") == ""
    assert pgettext("month", "May") == "May"
    assert [ngettext("{n} day", "{n} days", n) for n in (0, 1, 2)] == [
        "{n} days",
        "{n} day",
        "{n} days",
    ]


def test_a_marked_string_carries_its_context() -> None:
    label = P_("month", "May")
    assert _(label) == "May"
    set_language("zh_CN")
    assert _(label) == pgettext("month", "May") == "5月"


@pytest.mark.parametrize(
    ("tag", "today", "minutes"), [("zh_CN", "今天", "{n}小时"), ("zh_TW", "今天", "{n}小時")]
)
def test_chinese(tag: str, today: str, minutes: str) -> None:
    set_language(tag)
    assert _("today") == today
    assert ngettext("{n} hour", "{n} hours", 3) == minutes
    assert npgettext("overdue", "{n} day late", "{n} days late", 3) == "逾{n}天"
    assert _("a name nobody translated") == "a name nobody translated"
    assert pgettext("nowhere", "a name") == "a name"
    assert _("") == ""


def test_an_unknown_language_means_english() -> None:
    set_language("zh_TW")
    set_language("xx")
    assert language() == "en"
    assert _("today") == "today"
    set_language("zh-hk")
    assert language() == "zh_TW"
