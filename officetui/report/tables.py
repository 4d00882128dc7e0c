"""Text tables for terminals and pipes: columns aligned in cells, nothing loaded for it."""

from __future__ import annotations

from collections.abc import Sequence

from officetui.text.safe import visible
from officetui.text.width import cell_width, clip, pad, wrap

GAP = "  "
_WIDEST = 60  # where nothing is clipped, one long text must not push all others away
_NARROWEST = 4


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: int | None,
    right: str = "",
    fixed: int = 0,
) -> str:
    """Rows under their heads, as lines without a last newline.

    `width`: cells of a line; None clips nothing (output that another program reads). `right`: the
    numbers of the columns set to the right, as digits; `fixed`: so many columns at the left are
    never narrowed (an id that is cut names nothing).
    """
    shown = [[visible(cell) for cell in row] for row in rows]
    lines = [list(heads), *shown] if any(heads) else shown
    if not lines:
        return ""
    count = max(map(len, lines))
    widths = [
        max((_breadth(line[at], width) for line in lines if at < len(line)), default=0)
        for at in range(count)
    ]
    if width is None:
        return "\n".join(_loose(line, widths) for line in lines)
    head, body = widths[:fixed], widths[fixed:]
    _shrink(body, width - len(GAP) * (count - 1) - sum(head))
    widths = head + body
    return "\n".join(
        clip(
            GAP.join(
                pad(cell, widths[at], "right" if str(at) in right else "left")
                for at, cell in enumerate(line)
            ).rstrip(),
            width,
        )
        for line in lines
    )


def _breadth(text: str, width: int | None) -> int:
    most = _WIDEST if width is None else width
    return cell_width(text) if len(text) <= most else most


def _shrink(widths: list[int], room: int) -> None:
    """Take what is too much from the widest columns."""
    while widths and sum(widths) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= _NARROWEST:
            return
        others = [w for at, w in enumerate(widths) if at != widest and w < widths[widest]]
        floor = max(others, default=_NARROWEST)
        over = sum(widths) - room
        widths[widest] = max(_NARROWEST, min(widths[widest] - 1, max(widths[widest] - over, floor)))


def _loose(line: Sequence[str], widths: Sequence[int]) -> str:
    cells = [cell + " " * max(0, widths[at] - _breadth(cell, None)) for at, cell in enumerate(line)]
    return GAP.join(cells).rstrip()


_LABEL = 60  # characters; a cell of another version may be called anything


def pairs(items: Sequence[tuple[str, str]], width: int | None, indent: str = "") -> str:
    """Labels with their texts, long texts wrapped beside their label."""
    items = [(visible(label, limit=_LABEL), text) for label, text in items]
    room = max((cell_width(label) for label, _text in items), default=0)
    lines = []
    for label, text in items:
        head = indent + pad(label, room) + GAP
        shown = visible(text, newlines="\n") if "\n" in text else visible(text)
        left = 10**9 if width is None else max(20, width - cell_width(head))
        for part in wrap(shown, left) or [""]:
            lines.append((head + part).rstrip())
            head = " " * cell_width(head)
    return "\n".join(lines)
