"""The leaders' sheet of a day as text to send, and as HTML that prints on one A4 page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from officetui.office.day_sheet import Engagement, Line
from officetui.text.i18n import _, language, pgettext
from officetui.text.safe import visible
from officetui.text.width import cell_width, pad
from officetui.text.words import full_date_words

ENDINGS = ("txt", "html")


def heading(office: str, day: date) -> str:
    """清河镇党政办领导日程 2026年11月20日 星期五."""
    words = _("{office}: leaders' schedule of {date}")
    return words.format(office=visible(office), date=full_date_words(day))


def as_text(lines: Sequence[Line], office: str, day: date) -> str:
    """The sheet in lines, the columns aligned in cells."""
    names = [_called(line) for line in lines]
    wide = max(map(cell_width, names), default=0) + 2
    rows = [heading(office, day), ""]
    for line, name in zip(lines, names, strict=True):
        for n, words in enumerate(_rows(line)):
            rows.append((pad("" if n else name, wide) + words).rstrip())
    return "\n".join(rows)


def _called(line: Line) -> str:
    return visible(f"{line.person} {line.post}".strip())


def _rows(line: Line) -> Iterator[str]:
    if not line.engagements:
        yield "-"
    for one in line.engagements:
        hours = pad(_hours(one), 12)
        parts = (one.what, one.where, one.more)
        yield hours + "  ".join(visible(part) for part in parts if part)


def _hours(one: Engagement) -> str:
    return one.hours or _("all day")


def as_html(lines: Sequence[Line], office: str, day: date) -> str:
    """One page; nothing of it is fetched from anywhere, and what people typed stays text."""
    title = escape(heading(office, day))
    body = []
    for line in lines:
        some = line.engagements or (Engagement("-", "", "", ""),)
        for n, one in enumerate(some):
            who = f'<th rowspan="{len(some)}" scope="row">{_safe(_called(line))}</th>'
            cells = (_hours(one) if line.engagements else "", one.what, one.where, one.more)
            told = "".join(f"<td>{_safe(cell)}</td>" for cell in cells)
            body.append(f"<tr>{told if n else who + told}</tr>")
    labels = (
        pgettext("sheet", "Leader"),
        _("Hours"),
        pgettext("schedule", "Matter"),
        pgettext("schedule", "Place"),
        _("Note"),
    )
    heads = "".join(f'<th scope="col">{escape(label)}</th>' for label in labels)
    return _PAGE.format(
        language=language().replace("_", "-"), title=title, heads=heads, rows="\n".join(body)
    )


def _safe(text: str) -> str:
    return escape(visible(text), quote=True)


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 18mm 16mm; }}
body {{ font-family: "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }}
h1 {{ font-size: 16pt; text-align: center; margin: 0 0 6mm; }}
table {{ width: 100%; border-collapse: collapse; font-size: 11pt; }}
th, td {{ border: 1px solid #000; padding: 1.5mm 2mm; text-align: left; vertical-align: top; }}
thead th {{ text-align: center; }}
tr {{ break-inside: avoid; }}
td:nth-last-child(4) {{ white-space: nowrap; }}
</style>
</head>
<body>
<h1>{title}</h1>
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""
