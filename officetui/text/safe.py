"""Making any text harmless to show: what is stored stays as it was typed.

A cell may hold anything: escape sequences that drive the terminal, marks that turn the line
around, characters nobody can see, a thousand accents on one letter. Here they become visible
marks of one cell. Showing the result once more changes nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from officetui.text.glyphs import glyphs

# Invisible, or turning the direction of the line. Variation selectors are kept: they belong to
# names (rare forms of an ideograph) and to emoji.
_INVISIBLE: Final = (
    "\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
_NEVER: Final = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_LINE_BREAK: Final = "\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]"
_MOST_ACCENTS: Final = 4


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    accents = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
    emoji = "[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
    joiner = f"(?<!{emoji})\u200d|\u200d(?!{emoji})"
    return (
        re.compile(_LINE_BREAK),
        re.compile(f"[{_NEVER}{_INVISIBLE}]|{joiner}"),
        re.compile(f"({accents}{{{_MOST_ACCENTS}}}){accents}+"),
    )


def visible(text: str, newlines: str = " ", limit: int | None = None) -> str:
    """`text` on one line, fit for any terminal.

    Line breaks become `newlines`, tabs a space; control characters, escape, NUL, direction marks,
    zero-width characters and lone surrogates become visible marks. With `limit`, at most so many
    characters are shown, the last of them an ellipsis.
    """
    shown = text if limit is None else text[: limit + 1]
    if not (shown.isascii() and shown.isprintable()):
        line_break, hidden, accents = _patterns()
        if not shown.isprintable():
            shown = line_break.sub(lambda _: newlines, shown).replace("\t", " ")
            shown = hidden.sub(_mark, shown)
        shown = accents.sub(r"\1", shown)
    return shown if limit is None else _shorten(shown, limit)


def visible_block(text: str, limit: int | None = None) -> str:
    """As `visible`, with the text's own line breaks kept, each as one newline; tabs become four
    spaces. With `limit`, at most so many characters are shown."""
    shown = text if limit is None else text[: limit + 1]
    if not (shown.isascii() and shown.isprintable()):
        lines = _patterns()[0].split(shown)
        shown = "\n".join(visible(line.replace("\t", "    ")) for line in lines)
    return shown if limit is None else _shorten(shown, limit)


def _mark(found: re.Match[str]) -> str:
    """A picture of the control character, where the glyph set has pictures."""
    code = ord(found.group())
    mark = glyphs().control
    if mark.isascii():
        return mark
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else mark


def _shorten(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    mark = glyphs().ellipsis
    return text[: max(limit - len(mark), 0)] + mark[:limit]
