"""How many terminal cells a text takes, and fitting it into them.

Measures as Rich and Textual do, so that a column fitted here stays aligned there, without
importing either (the command line and the registers need widths too). `unicodedata` is enough
for that; the few places where it is older than Rich's tables are written out below.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from officetui.text.glyphs import glyphs

Align = Literal["left", "right", "center"]

_FIRM: Final = "\u00a0"  # a blank at which no line ends
_JOINER: Final = "\u200d"
_EMOJI_STYLE: Final = "\ufe0f"
# Besides the symbols (category So), the characters that an emoji style makes two cells wide.
_WIDENED: Final = frozenset("#*0123456789\u203c\u2049\u2139\u2194\u25fb\u25fc\u265f\u266f")
# No line begins with these, and none ends with those.
_CLOSING: Final = frozenset("，。、；：？！）」』】》〉〕”’…,.;:?!)]}%％")
_OPENING: Final = frozenset("（「『【《〈〔“‘([{")


def _measure(character: str) -> int:
    """0, 1 or 2: the cells of one character."""
    from unicodedata import category, east_asian_width

    code = ord(character)
    if code < 0x20 or 0x7F <= code < 0xA0:
        return 0
    kind = category(character)
    if kind == "Cn":  # newer than this Python: only pictures and ideographs are surely wide
        return 2 if 0x1F300 <= code <= 0x1FAFF or 0x20000 <= code <= 0x3FFFD else 1
    if kind in {"Mn", "Me", "Mc", "Zl", "Zp"}:
        return 0
    if kind == "Cf":  # signs that Arabic writes below a number do take room
        below = 0x600 <= code <= 0x8E2 and code != 0x61C
        return 1 if code == 0xAD or below or code in {0x110BD, 0x110CD} else 0
    if 0x1160 <= code < 0x1200 or 0xD7B0 <= code <= 0xD7FF or 0x1F3FB <= code <= 0x1F3FF:
        return 0  # second halves of Korean syllables; skin tones
    if code in {0x3164, 0xFFA0}:
        return 0  # Korean fillers
    if 0x1F1E6 <= code <= 0x1F1FF:
        return 1  # halves of flags
    if 0x2630 <= code <= 0x2637 or 0x268A <= code <= 0x268F or 0x4DC0 <= code <= 0x4DFF:
        return 2  # trigrams and hexagrams, wide since Unicode 16
    if 0x1D300 <= code <= 0x1D356 or 0x1D360 <= code <= 0x1D376:
        return 2
    return 2 if east_asian_width(character) in "WF" else 1


class _Widths(dict[str, int]):
    """Widths met so far; the tables are asked once for each character."""

    def __missing__(self, character: str) -> int:
        code = ord(character)
        common = 0x4E00 <= code <= 0x9FFF or 0x3041 <= code <= 0x3096 or 0xAC00 <= code <= 0xD7A3
        cells = 2 if common else 1 if 0x20 <= code < 0x7F else _measure(character)
        self[character] = cells
        return cells


_widths = _Widths()


def cell_width(text: str) -> int:
    """The cells `text` takes on one line of a terminal; control characters take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    if _JOINER not in text and _EMOJI_STYLE not in text:
        return sum(map(_widths.__getitem__, text))
    return sum(cells for _, cells in _clusters(text))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """What must not be taken apart: the end of each cluster in `text`, and its cells."""
    index, length = 0, len(text)
    while index < length:
        base = text[index]
        cells = 0 if base in (_JOINER, _EMOJI_STYLE) else _widths[base]
        index += 2 if base == _JOINER else 1
        while index < length:
            follower = text[index]
            if follower == _JOINER:
                index += 2  # and what it joins takes no room of its own
            elif follower == _EMOJI_STYLE:
                cells = 2 if cells == 1 and _widens(base) else cells
                index += 1
            elif _widths[follower] == 0:
                index += 1
            else:
                break
        yield min(index, length), cells


def _widens(base: str) -> bool:
    from unicodedata import category

    return base in _WIDENED or category(base) == "So" or base in "\u00a9\u00ae\u2122"


def _cut(text: str, cells: int) -> int:
    """The length of the longest beginning of `text` that takes at most `cells`."""
    if text.isascii() and text.isprintable():
        return min(len(text), max(cells, 0))
    end = 0
    for next_end, width in _clusters(text):
        cells -= width
        if cells < 0:
            break
        end = next_end
    return end


def clip(text: str, cells: int, ellipsis: str | None = None) -> str:
    """`text`, or its beginning and an ellipsis, in at most `cells` cells.

    The ellipsis is the one of the glyph set in force unless given; it is left out where it would
    leave no room for a wide character before it.
    """
    if cells <= 0:
        return ""
    # Most cells of a table fit. A huge one is not measured whole to learn that it does not.
    if len(text) <= 2 * cells + 16 and cell_width(text) <= cells:
        return text
    end = _cut(text, cells)
    if end == len(text):
        return text
    mark = glyphs().ellipsis if ellipsis is None else ellipsis
    room = cells - cell_width(mark)
    if room < 2:
        return text[:end]
    return text[: _cut(text, room)] + mark


def pad(text: str, cells: int, align: Align = "left", ellipsis: str | None = None) -> str:
    """`text` in exactly `cells` cells, clipped or filled with spaces."""
    shown = clip(text, cells, ellipsis)
    free = max(cells, 0) - cell_width(shown)
    if align == "left":
        return shown + " " * free
    if align == "right":
        return " " * free + shown
    left = free // 2
    return " " * left + shown + " " * (free - left)


def wrap(text: str, cells: int) -> list[str]:
    """`text` in lines of at most `cells` cells (at least 2); line breaks of the text are kept.

    Words are kept together; between ideographs a line may break anywhere, except that no line
    begins with a closing mark or ends with an opening one. A text without anything is one line.
    """
    cells = max(cells, 2)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, width = "", 0
        for piece in _pieces(paragraph):
            piece_width = cell_width(piece)
            if width + cell_width(piece.rstrip(" ")) <= cells:
                line, width = line + piece, width + piece_width
                continue
            if line.strip(" "):
                lines.append(line.rstrip(" "))
            line, width = piece, piece_width
            while cell_width(line.rstrip(" ")) > cells:
                end = _cut(line, cells) or 1
                lines.append(line[:end])
                line = line[end:]
            width = cell_width(line)
        lines.append(line.rstrip(" "))
    return lines


def wrap_parts(text: str, cells: int, between: str = "  ", most: int = 0) -> list[str]:
    """`text` in lines that end between two of its parts, which `between` keeps apart; within a
    part only where it is longer than a line. `most`: lines, the last one telling by “..” that
    there is more (0: all)."""
    tail = between.rstrip(" ")
    room = cells - cell_width(tail)
    lines: list[str] = []
    line = ""
    for part in text.split(between):
        longer = f"{line}{between}{part}" if line else part
        if line and cell_width(longer) > room:
            lines.append(line + tail)
            longer = part
        *whole, line = wrap(longer, room)
        lines += whole
    lines.append(line)
    if most and len(lines) > most:
        kept = lines[most - 1].removesuffix(tail).split(between)
        while len(kept) > 1 and cell_width(between.join(kept)) > cells - 4:
            kept.pop()
        lines = [*lines[: most - 1], f"{clip(between.join(kept), cells - 4)}  .."]
    return lines


def _pieces(paragraph: str) -> Iterator[str]:
    """What may stand at the beginning of a line: a word with its spaces, or one ideograph."""
    piece = ""
    for end, start in _boundaries(paragraph):
        cluster = paragraph[start:end]
        if piece and _may_break(piece[-1], cluster):
            yield piece
            piece = ""
        piece += cluster
    if piece:
        yield piece


def _boundaries(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end, _ in _clusters(text):
        yield end, start
        start = end


def _may_break(before: str, cluster: str) -> bool:
    after = cluster[0]
    if after == " " or after in _CLOSING or before in _OPENING:
        return False
    if _FIRM in (before, after):
        return False
    return before == " " or _widths[before] == 2 or _widths[after] == 2
