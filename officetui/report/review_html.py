"""A day review as one HTML file that needs nothing else: styles, charts and all.

An ordinary day prints on one page of A4; what is told in short there can be unfolded on the screen
and is printed when it is unfolded. What people typed is text, and nothing may be loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Final

from officetui.registers.followups_reading import colour_name
from officetui.registers.registry import BY_ID
from officetui.report import review, svg
from officetui.report.review import Section
from officetui.text.i18n import _, language, ngettext, pgettext
from officetui.text.words import weekday_short

if TYPE_CHECKING:
    from officetui.office.day_review import DayReview
    from officetui.office.figures import Figures

_SANS: Final = {
    "zh_TW": (
        '"Noto Sans CJK TC","Source Han Sans TC","Microsoft JhengHei","PingFang TC",'
        '"WenQuanYi Micro Hei",sans-serif'
    ),
    "": (
        '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",'
        '"WenQuanYi Micro Hei","SimHei",sans-serif'
    ),
}
_SERIF: Final = {
    "zh_TW": '"Noto Serif CJK TC","Source Han Serif TC","PMingLiU",serif',
    "": '"Noto Serif CJK SC","Source Han Serif SC","FZXiaoBiaoSong-B05S","SimSun","STSong",serif',
}
_LANGUAGE: Final = {"zh_CN": "zh-Hans-CN", "zh_TW": "zh-Hant-TW"}
_STYLE: Final = """
@page{size:A4;margin:11mm 13mm 10mm}
*{box-sizing:border-box}
body{margin:0 auto;max-width:184mm;padding:6mm 0;font:8.6pt/1.26 SANS;color:#000;background:#fff}
h1{font:bold 17pt/1.25 SERIF;text-align:center;margin:0 0 1.5mm}
.sub{text-align:center;margin:0 0 1mm}
.made{text-align:center;font-size:8pt;color:#444;margin:0}
section{margin:1.8mm 0 0}
h2{font-size:10pt;margin:0 0 .8mm;break-after:avoid}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:.5pt solid #555;padding:.25mm 1.2mm;text-align:left;vertical-align:top;
overflow-wrap:anywhere}
th{background:#eee;font-weight:bold}
thead{display:table-header-group}
tr{break-inside:avoid}
p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
.note p{border:.5pt solid #555;padding:1mm 1.5mm;min-height:7mm}
.more{font-size:8.4pt;color:#333}
.charts{display:flex;flex-wrap:wrap;gap:1.5mm 3mm}
.sign{display:flex;gap:6mm;break-inside:avoid}
.sign div{flex:1;border:.8pt solid #000;padding:1.6mm 2mm;min-height:19mm}
.sign b{display:block}
.ink{display:flex;gap:2mm;margin-top:2.4mm;align-items:flex-end}
.ink i{flex:1;border-bottom:.6pt solid #000;min-width:18mm;height:5mm}
details{margin-top:3mm}
summary{font-weight:bold;cursor:pointer}
@media print{body{padding:0;max-width:none}details:not([open]){display:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
"""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(made: DayReview, week: Figures | None = None) -> str:
    """The document, with charts of the week where its numbers are given."""
    return "".join(_parts(made, charts(made, week)))


def _parts(made: DayReview, drawings: Sequence[str]) -> Iterator[str]:
    tag = language()
    style = _STYLE.replace("SANS", _SANS.get(tag, _SANS[""]))
    style = style.replace("SERIF", _SERIF.get(tag, _SERIF[""]))
    title = escape(review.title(made))
    yield f'<!DOCTYPE html>\n<html lang="{_LANGUAGE.get(tag, "en")}">\n<head>\n'
    yield '<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width">\n'
    yield f"<title>{title} {escape(made.date)}</title>\n"
    yield f"<style>{style}{svg.STYLE}</style>\n</head>\n<body>\n"
    yield f'<h1>{title}</h1>\n<p class="sub">{escape(review.subtitle(made))}</p>\n'
    yield f'<p class="made">{escape(review.made_words(made))}</p>\n'
    for section in review.page(made):
        yield _section(section)
    if not made.said:
        drawn = [chart for chart in drawings if chart]
        if drawn:
            yield f'{svg.DEFINITIONS}<section class="charts">{"".join(drawn)}</section>\n'
        yield _signatures(made)
    if not made.said:
        yield from _lists(made)
    yield "</body>\n</html>\n"


def _section(section: Section) -> str:
    head = f"<h2>{escape(section.title)}</h2>" if section.title else ""
    body = _table(section, section.most) if section.rows else f"<p>{escape(section.said)}</p>"
    if section.cut:
        words = ngettext("{n} more, in the list below", "{n} more, in the list below", section.cut)
        body += f'<p class="more">{escape(words.format(n=section.cut))}</p>'
    return f'<section class="{section.id}">{head}{body}</section>\n'


def _table(section: Section, most: int = 0) -> str:
    whole = sum(section.widths) or 1
    columns = "".join(f'<col style="width:{100 * one / whole:.4g}%">' for one in section.widths)
    heads = "".join(f"<th>{escape(head)}</th>" for head in section.heads)
    rows = section.rows[:most] if most else section.rows
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in rows)
    return (
        f"<table><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>\n"
        f"<tbody>{body}</tbody></table>"
    )


def _cell(text: str) -> str:
    return f"<td>{'<br>'.join(map(escape, text.split(chr(10))))}</td>"


def _signatures(made: DayReview) -> str:
    """What both sides sign: by name and hour where it was signed in the program, else in ink."""
    boxes = []
    for party in review.parties(made):
        named = f" {escape(party.named)}" if party.named else ""
        signed = f"<p>{escape(party.signed)}</p>" if party.signed else ""
        ink = (
            f'<span class="ink">{escape(pgettext("on paper", "Signature"))}<i></i>'
            f"{escape(pgettext('on paper', 'Time'))}<i></i></span>"
        )
        boxes.append(f"<div><b>{escape(party.label)}{named}</b>{signed}{ink}</div>")
    words = escape(review.carried_words(made))
    name = escape(pgettext("review", "Signatures"))
    joined = "".join(boxes)
    return f'<section><h2>{name}: {words}</h2><div class="sign">{joined}</div></section>\n'


def _lists(made: DayReview) -> Iterator[str]:
    cut = [one for one in review.page(made) if one.cut]
    for section in (*cut, *review.lists(made)):
        count = len(section.rows)
        words = _("{title} ({n})").format(title=section.title, n=count)
        yield f"<details><summary>{escape(words)}</summary>{_table(section)}</details>\n"


def charts(made: DayReview, week: Figures | None) -> list[str]:
    """Small charts: the week of that day, and who did how much."""
    found = _of_week(week) if week is not None and not week.empty else []
    people = [svg.Bar(one.name or _("somebody"), (one.count,)) for one in made.by_person[:6]]
    return [*found, svg.bars(_("Done, by person"), people if len(people) > 1 else [])]


def _of_week(week: Figures) -> list[str]:
    days = []
    for span in week.spans:
        day = date.fromisoformat(span.first)
        label = f"{weekday_short(day)} {day:%m-%d}"
        days.append(svg.Bar(label, (span.papers_in, span.papers_out)))
    kept = [
        svg.Bar(BY_ID[register].name(), (one.on_time, one.late, one.overdue, one.pending))
        for register, one in week.kept.items()
    ]
    colours = [
        svg.Bar(colour_name(name) or _("without a date"), (n,)) for name, n in week.colours.items()
    ]
    came = (pgettext("chart", "came in"), pgettext("chart", "went out"))
    outcomes = (
        pgettext("outcome", "in time"),
        pgettext("outcome", "late"),
        pgettext("chart", "overdue"),
        pgettext("outcome", "not due"),
    )
    return [
        svg.bars(_("Papers of the week"), days, came),
        svg.bars(_("What was due this week"), kept, outcomes),
        svg.bars(_("Follow-ups open"), colours),
    ]
