"""Widths agree with Rich, and what is fitted fits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from officetui.text.width import cell_width, clip, pad, wrap, wrap_parts

CHARACTERS = st.one_of(
    st.characters(min_codepoint=0x20, max_codepoint=0x2FF),
    st.characters(min_codepoint=0x300, max_codepoint=0xFFFF, categories=["L", "M", "N", "P", "S"]),
    st.sampled_from("党政办值班收文〔2026〕，。、；：？！（）「」《》　…“”·①※→○●■□★─│"),
    st.sampled_from("😀🎉👍🏽👨👩👧🇨🇳✓☎❤\u200d\ufe0f\u0301\u200b"),
)
TEXTS = st.text(CHARACTERS, max_size=40)


def _as_people_write(text: str) -> bool:
    """The emoji style stands only after a sign that has one."""
    return all(before in "❤☎1" for before, after in pairwise(f" {text}") if after == "\ufe0f")


@given(TEXTS.filter(_as_people_write))
@example("👨\u200d👩\u200d👧 全家")
@example("❤\ufe0f ☎\ufe0f 1\ufe0f\u20e3 🇨🇳 👍🏽")
@example("Ｆｕｌｌ　ｗｉｄｔｈ")
@example("\u3164")
@example("각 ก็ हिन्दी ע ا")
def test_width_is_that_of_rich(text: str) -> None:
    assert cell_width(text) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("值班", 4),
        ("a值b", 4),
        ("e\u0301", 1),
        ("。", 2),
        ("\x00\x1b", 0),
        ("〔2026〕", 8),
    ],
)
def test_known_widths(text: str, cells: int) -> None:
    assert cell_width(text) == cells


@given(TEXTS, st.integers(-2, 30))
def test_a_clipped_text_fits_and_begins_as_it_did(text: str, cells: int) -> None:
    shown = clip(text, cells)
    assert cell_width(shown) <= max(cells, 0)
    if cells > 0 and cell_width(text) <= cells:
        assert shown == text
    else:
        assert text.startswith(shown.removesuffix(".."))


@given(TEXTS, st.integers(0, 30), st.sampled_from(["left", "right", "center"]))
def test_a_padded_text_takes_exactly_its_cells(text: str, cells: int, align: str) -> None:
    assert cell_width(pad(text, cells, align)) == cells  # type: ignore[arg-type]


def test_a_wide_character_is_never_halved() -> None:
    assert clip("值班表", 5) == "值.."
    assert clip("值班表", 3) == "值"
    assert pad("值班表", 5) == "值.. "
    assert clip("e\u0301e\u0301e\u0301", 2, "") == "e\u0301e\u0301"
    assert pad("收774", 7, "right") == "  收774"


@given(TEXTS.map(lambda text: text.replace("\n", " ")), st.integers(2, 30))
def test_wrapped_lines_fit_and_nothing_is_lost(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert all(cell_width(line) <= cells for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_wrapping_follows_the_rules_of_both_scripts() -> None:
    assert wrap("the office opens at eight", 10) == ["the office", "opens at", "eight"]
    assert wrap("关于安全生产，请各单位落实", 12) == ["关于安全生", "产，请各单位", "落实"]
    assert wrap("见（附件）", 4) == ["见", "（附", "件）"]
    assert wrap("one\n\ntwo", 20) == ["one", "", "two"]
    assert wrap("", 10) == [""]
    assert wrap("abcdefgh", 3) == ["abc", "def", "gh"]


def test_a_huge_cell_is_clipped_too() -> None:
    assert clip("值" * 20_000, 10) == "值值值值.."


def test_lines_end_between_the_parts_of_a_list() -> None:
    said = "现在不能：n 重新办理  c 办结  B 从阅者处收回"
    assert wrap_parts(said, 20) == ["现在不能：n 重新办理", "c 办结", "B 从阅者处收回"]
    assert wrap_parts(said, 30) == ["现在不能：n 重新办理  c 办结", "B 从阅者处收回"]
    assert wrap_parts(said, 30, most=1) == ["现在不能：n 重新办理  .."]
    way = " ▸ ".join(("已登记", "已拟办", "已批示"))
    assert wrap_parts(way, 20, " ▸ ") == ["已登记 ▸ 已拟办 ▸", "已批示"]
    assert wrap_parts("一二三四五六", 4) == ["一二", "三四", "五六"]  # longer than a line
    assert wrap("可以：H\u00a0补记、b\u00a0催办", 8) == ["可以：", "H\u00a0补记、", "b\u00a0催办"]
