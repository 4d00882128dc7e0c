"""Hostile text is shown harmlessly, and emoji and ideographs as they are."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officetui.text.glyphs import use_glyphs
from officetui.text.safe import visible, visible_block
from officetui.text.width import cell_width

HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=60),
    st.text(
        st.sampled_from(
            "a值\x00\x1b[31m\x07\x9b\x7f\r\n\t\u2028\u202e\u2066\u200b\u200d\ufeff\ud800😀❤\ufe0f\u0301"
        ),
        max_size=60,
    ),
)


@given(HOSTILE)
def test_nothing_reaches_the_terminal_but_what_is_seen(text: str) -> None:
    shown = visible(text)
    assert not {"Cc", "Cs", "Zl", "Zp"} & {category(character) for character in shown}
    assert not set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff"
    ) & set(shown)
    shown.encode("utf-8")


@given(HOSTILE)
def test_showing_twice_changes_nothing(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert visible_block(visible_block(text)) == visible_block(text)


@given(HOSTILE, st.integers(1, 20))
def test_the_limit_holds(text: str, limit: int) -> None:
    assert len(visible(text, limit=limit)) <= limit
    assert len(visible_block(text, limit=limit)) <= limit


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("石桥村停水", "石桥村停水"),
        ("[bold", "[bold"),
        ("[/nope]", "[/nope]"),
        ("a\x00b", "a␀b"),
        ("\x1b[2Jx", "␛[2Jx"),
        ("\x9b31m", "␦31m"),
        ("one\r\ntwo\nthree", "one two three"),
        ("a\tb", "a b"),
        ("\u202ecod.exe", "␦cod.exe"),
        ("\ufeff收文", "␦收文"),
        ("x\u200by", "x␦y"),
        ("a\u200db", "a␦b"),
        ("bad \ud83d half", "bad ␦ half"),
        ("😀👍🏽❤\ufe0f", "😀👍🏽❤\ufe0f"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("　全角　", "　全角　"),
    ],
)
def test_known_texts(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_letter_cannot_carry_a_thousand_accents() -> None:
    assert visible("e" + "\u0301" * 1000) == "e" + "\u0301" * 4


def test_line_breaks_are_kept_where_asked() -> None:
    assert visible("a\nb", newlines=" / ") == "a / b"
    assert visible_block("a\r\nb\rc\u2028d\n") == "a\nb\nc\nd\n"
    assert visible_block("a\tb\x1b") == "a    b␛"


def test_a_long_cell_is_cut_with_a_mark() -> None:
    assert visible("值" * 20_000, limit=10) == "值" * 8 + ".."
    assert visible("值班", limit=2) == "值班"


def test_a_poor_terminal_gets_poor_marks() -> None:
    use_glyphs("ascii")
    assert visible("\x1b[0m\u202e") == "?[0m?"
    assert cell_width(visible("\x1b\x00")) == 2
