"""Every sign takes the cells it says, in every terminal."""

from __future__ import annotations

from unicodedata import east_asian_width

import msgspec
import pytest

from officetui.text.glyphs import SETS, GlyphSet, glyphs, use_glyphs
from officetui.text.width import cell_width


@pytest.mark.parametrize("name", SETS)
def test_no_sign_is_of_ambiguous_width(name: GlyphSet) -> None:
    for meaning, sign in msgspec.structs.asdict(SETS[name]).items():
        assert not {east_asian_width(character) for character in sign} & {"A", "W", "F"}, meaning
        assert cell_width(sign) == (2 if meaning == "ellipsis" else 1), meaning


def test_the_ascii_set_is_ascii() -> None:
    use_glyphs("ascii")
    assert all(sign.isascii() for sign in msgspec.structs.astuple(glyphs()))
