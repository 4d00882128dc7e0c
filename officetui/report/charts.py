"""Numbers as bars of plain characters with their digits: read without colours, on any terminal.

Every chart is a `Chart`: a heading and lines, each with the name of a look that only repeats what
the line says ("alert", "warn", "good", "dim", "").
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from officetui.office.figures import NO_DATE, Figures, Kept, Span, Turns
from officetui.registers.followups_reading import GREEN, LOOKS, RED, YELLOW, colour_name
from officetui.registers.registry import BY_ID
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _, pgettext
from officetui.text.safe import visible
from officetui.text.width import clip, pad
from officetui.text.words import weekday_short

if TYPE_CHECKING:
    from officetui.office.reading import Reading

GAP: Final = 3
TWO_FROM: Final = 100  # cells from which on charts stand in two columns
_LABEL: Final = 14
_MOST: Final = 12  # units or people of a chart; the rest is one line


class Chart(msgspec.Struct, frozen=True):
    """A heading, and (text, look) of each line."""

    title: str
    lines: tuple[tuple[str, str], ...]


def charts(office: Reading, numbers: Figures, width: int) -> list[Chart]:
    """All charts of a period, each line at most `width` cells."""
    return [
        _papers(numbers, width),
        _kept(numbers, width),
        _units(numbers, width),
        _visits(numbers, width),
        _colours(numbers, width),
        _duty(office, numbers, width),
    ]


def columns(found: Sequence[Chart]) -> tuple[list[Chart], list[Chart]]:
    """Charts in two columns of about one height."""
    left: list[Chart] = []
    right = list(found)
    while right and _height(left) + _height(right[:1]) <= _height(right[1:]) + 4:
        left.append(right.pop(0))
    return left, right


def _height(found: Sequence[Chart]) -> int:
    return sum(len(chart.lines) + 2 for chart in found)


def text(office: Reading, numbers: Figures, width: int | None) -> str:
    """The charts one below the other."""
    parts = []
    for chart in charts(office, numbers, min(width or 72, 100)):
        parts += [chart.title, *(line for line, _look in chart.lines), ""]
    return "\n".join(parts).rstrip()


def bar(n: int, most: int, room: int, sign: str = "") -> str:
    """A bar for `n` where `most` fills `room`; one sign for each while there is room for that."""
    if n <= 0 or room <= 0:
        return ""
    length = n if most <= room else max(1, round(n * room / most))
    return (sign or glyphs().bar_full) * min(length, room)


def _line(label: str, shown: str, width: int, room: int = _LABEL) -> str:
    return clip(f" {pad(visible(label, limit=60), room)} {shown}".rstrip(), width)


def _papers(numbers: Figures, width: int) -> Chart:
    most = max((n for one in numbers.spans for n in (one.papers_in, one.papers_out)), default=0)
    each = max((width - _LABEL - 2 - 2 * 5 - GAP) // 2, 4)
    heads = pad(pgettext("chart", "came in"), each + 5 + GAP) + pgettext("chart", "went out")
    lines = [(_line("", heads, width), "dim")]
    for one in numbers.spans:
        came = _digits(bar(one.papers_in, most, each), one.papers_in, each + 5)
        went = _digits(bar(one.papers_out, most, each), one.papers_out, each + 5).rstrip()
        lines.append((_line(_span_words(one), came + " " * GAP + went, width), ""))
    total_in = sum(one.papers_in for one in numbers.spans)
    total_out = sum(one.papers_out for one in numbers.spans)
    words = _("Papers: {n} in, {m} out").format(n=total_in, m=total_out)
    return Chart(words, tuple(lines))


def _digits(drawn: str, n: int, room: int = 0) -> str:
    """A bar with its number right after it; nothing is a 0 alone."""
    shown = f"{drawn} {n}" if drawn else "0"
    return pad(shown, room) if room else shown


def _span_words(span: Span) -> str:
    first, last = date.fromisoformat(span.first), date.fromisoformat(span.last)
    if first == last:
        return f"{weekday_short(first)} {first:%m-%d}"
    return f"{first:%m-%d}..{last:%m-%d}"


def _outcomes(kept: Kept, most: int, room: int) -> str:
    """One bar of four kinds of signs: # in time, + late, ! overdue, . not due yet."""
    signs = ((kept.on_time, "#"), (kept.late, "+"), (kept.overdue, "!"), (kept.pending, "."))
    return "".join(bar(n, most, room, sign) for n, sign in signs)[:room]


def _kept_words(kept: Kept) -> str:
    counts = (
        (kept.on_time, pgettext("chart", "{n} in time")),
        (kept.late, pgettext("chart", "{n} done late")),
        (kept.overdue, pgettext("chart", "{n} overdue")),
        (kept.pending, pgettext("chart", "{n} not due yet")),
    )
    said = [words.format(n=n) for n, words in counts if n]
    return "  ".join(said) or pgettext("chart", "nothing due")


def _look(kept: Kept) -> str:
    return "alert" if kept.overdue else "warn" if kept.late else ""


def _kept(numbers: Figures, width: int) -> Chart:
    most = max((kept.due for kept in numbers.kept.values()), default=0)
    room = max(min(width - _LABEL - 32, 30), 6)
    lines = [
        (
            _line(
                BY_ID[register].name(),
                f"{pad(_outcomes(kept, most, room), room)} {_kept_words(kept)}",
                width,
            ),
            _look(kept),
        )
        for register, kept in numbers.kept.items()
    ]
    return Chart(_("What was due: # in time, + late, ! overdue, . not due yet"), tuple(lines))


def _units(numbers: Figures, width: int) -> Chart:
    most = max((one.kept.due for one in numbers.units), default=0)
    room = max(min(width - _LABEL - 40, 24), 6)
    lines = []
    for one in numbers.units[:_MOST]:
        came = pad(pgettext("chart", "in {n}").format(n=one.papers), 7)
        drawn = pad(_outcomes(one.kept, most, room), room)
        words = f"{came} {drawn} {_kept_words(one.kept)}"
        lines.append((_line(one.unit or _("no unit"), words, width), _look(one.kept)))
    lines += _others(len(numbers.units), width)
    return Chart(_("By unit: papers in, and what was due"), tuple(lines) or _none())


def _visits(numbers: Figures, width: int) -> Chart:
    field = BY_ID["reception"].field("channel")
    most = max(numbers.visits.values(), default=0)
    room = width - _LABEL - 8
    lines = []
    for channel, n in numbers.visits.items():
        label = field.show(channel) if field is not None and channel else channel or "-"
        lines.append((_line(label, _digits(bar(n, most, room), n), width), ""))
    total = sum(numbers.visits.values())
    return Chart(_("Visits and calls: {n}").format(n=total), tuple(lines))


def _colours(numbers: Figures, width: int) -> Chart:
    most = max(numbers.colours.values(), default=0)
    lines = []
    for name in (RED, YELLOW, GREEN, NO_DATE):
        n = numbers.colours.get(name, 0)
        label = colour_name(name) or _("without a date")
        drawn = _digits(bar(n, most, width - _LABEL - 8), n)
        lines.append((_line(label, drawn, width), LOOKS.get(name, "") if n else ""))
    words = _("Follow-ups open on {date}: {n}")
    total = sum(numbers.colours.values())
    return Chart(words.format(date=numbers.as_of, n=total), tuple(lines))


def _duty(office: Reading, numbers: Figures, width: int) -> Chart:
    names = {str(one["id"]): _(str(one["label"])) for one in office.setting("duty_lines")}
    most = max((one.year for one in numbers.duty), default=0)
    room = max(width - _LABEL - 34, 6)
    lines = [
        (_line(one.person, _turn_words(one, names, most, room), width), "")
        for one in numbers.duty[:_MOST]
    ]
    lines += _others(len(numbers.duty), width)
    return Chart(_("Turns of duty, and since the year began"), tuple(lines) or _none())


def _turn_words(one: Turns, names: dict[str, str], most: int, room: int) -> str:
    by_line = " ".join(f"{visible(names.get(line, line))}{n}" for line, n in one.lines.items())
    return f"{one.turns:>3} {pad(by_line, 22)} {bar(one.year, most, room)} {one.year}"


def _others(count: int, width: int) -> list[tuple[str, str]]:
    if count <= _MOST:
        return []
    return [(_line("", pgettext("chart", "and {n} more").format(n=count - _MOST), width), "dim")]


def _none() -> tuple[tuple[str, str], ...]:
    return ((" " + pgettext("chart", "none"), "dim"),)
