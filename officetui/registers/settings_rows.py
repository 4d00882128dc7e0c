"""Settings that are tables, as rows that people write: which fields a row has, and back again.

`Rows.read` makes the rows of a stored value, `Rows.write` a value of one changed row; both are
pure. What does not fit is refused at the field of the row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any, Final
from unicodedata import normalize

import msgspec

from officetui.errors import Refused
from officetui.registers import messages
from officetui.registers.calendar import DAY_TYPES, day_type_words
from officetui.registers.duty_lines import MOST_SEATS, SEATS_BY
from officetui.registers.model import Choice, Field
from officetui.registers.settings import (
    INCIDENT_MINUTES,
    MOST,
    MOST_MINUTES,
)
from officetui.text.i18n import N_, P_, _, ngettext
from officetui.text.words import listed

Row = dict[str, Any]
_MOST_DAYS: Final = 62  # of a correction of the calendar, written at once


class Rows(msgspec.Struct, frozen=True):
    """How a table is written. `read`: a value's rows, with a `key` each; `write`: the value with a
    row changed (key "" is a new one), or taken out (None); `say`: a row in words."""

    fields: tuple[Field, ...]
    read: Callable[[Any], list[Row]]
    write: Callable[[Any, str, Row | None], Any]
    say: Callable[[Row], tuple[str, str]]
    grows: bool = True  # whether rows can be added and taken out
    sorts: bool = False  # whether their order means something


def clock(text: Any, field: str) -> str:
    """8:00, ８：００ or 8 as "08:00". Raises Refused."""
    typed = normalize("NFKC", str(text or "")).strip().replace("点", ":").replace("点", ":")
    hour, _sep, minute = typed.partition(":")
    try:
        return time(int(hour), int(minute or 0)).isoformat("minutes")
    except ValueError:
        words = _("“{text}” is no hour of the day; write it like 8:00 or 17:30.")
        raise Refused(words.format(text=str(text)[:20]), field=field) from None


def number(value: Any, field: str, least: int, most: int) -> int:
    """A whole number within bounds. Raises Refused."""
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    words = _("A number from {least} to {most} is needed.")
    raise Refused(words.format(least=least, most=most), field=field)


# Lines of the duty roster

_BY: Final = {f"seats_{kind}": kind for kind in SEATS_BY}
_FLAGS: Final = ("sunday_as_saturday", "free_next_day", "by_day_type")
_WORDS: Final = ("groups", "units", "without")
_LINE_FIELDS: tuple[Field, ...] = (
    Field("label", N_("Called"), required=True),
    Field("start", P_("line", "From"), required=True, hint=N_("8:00")),
    Field(
        "end", P_("line", "To"), required=True, hint=N_("not after the beginning: on the next day")
    ),
    Field("seats", N_("Seats a day"), "whole", hint=N_("on days that have no number of their own")),
    Field("seats_workday", N_("Seats on working days"), "whole"),
    Field("seats_rest", N_("Seats on rest days"), "whole"),
    Field("seats_holiday", N_("Seats on public holidays"), "whole"),
    Field("seats_moved", N_("Seats on moved working days"), "whole"),
    Field(
        "leaders",
        N_("Whose turns"),
        "choice",
        choices=(Choice("yes", N_("leaders")), Choice("no", N_("all but leaders"))),
    ),
    Field("groups", N_("Only of the groups"), "words"),
    Field("units", N_("Only of the units"), "units"),
    Field("without", N_("Nobody of the groups"), "words"),
    Field("sunday_as_saturday", N_("Who has Saturday has Sunday, as one turn"), "flag"),
    Field("free_next_day", N_("No duty on the day after"), "flag"),
    Field("by_day_type", N_("Counted by the type of day, so that weekends go round"), "flag"),
)


def _line_rows(value: Any) -> list[Row]:
    rows = []
    for line in value:
        row: Row = {"key": line["id"], "label": _(str(line["label"]))}
        row |= {"start": line["start"], "end": line["end"]}
        row["leaders"] = "yes" if line.get("leaders", line["id"] == "leader") else "no"
        seats = line.get("seats", 1)
        if isinstance(seats, dict):
            row |= {f"seats_{kind}": n for kind, n in seats.items()}
        else:
            row["seats"] = seats
        row |= {name: line[name] for name in (*_FLAGS, *_WORDS) if line.get(name)}
        rows.append(row)
    return rows


def _line_written(value: Any, key: str, row: Row | None) -> Any:
    lines = [dict(line) for line in value]
    if row is None:
        left = [line for line in lines if line["id"] != key]
        if not left:
            raise Refused(_("One line must be left."))
        return left
    label = str(row.get("label") or "").strip()
    old = next((line for line in lines if line["id"] == key), None)
    if any(line is not old and label in (line["label"], _(str(line["label"]))) for line in lines):
        raise Refused(_("There is a line of that name already."), field="label")
    made = dict(old) if old is not None else {"id": _new_id(lines, label)}
    if old is None or label != _(str(old["label"])):
        made["label"] = label
    made["start"], made["end"] = clock(row.get("start"), "start"), clock(row.get("end"), "end")
    made["leaders"] = row.get("leaders") == "yes"
    made["seats"] = _seats(row)
    for name in (*_FLAGS, *_WORDS):
        made.pop(name, None)
        if row.get(name):
            made[name] = row[name]
    return [made if line is old else line for line in lines] + ([] if old is not None else [made])


def _new_id(lines: Sequence[Mapping[str, Any]], label: str) -> str:
    taken = {line["id"] for line in lines}
    found, n = label, 2
    while found in taken:
        found, n = f"{label}{n}", n + 1
    return found


def _seats(row: Row) -> Any:
    """A number, or numbers by day type where there are such; the others have that of every day."""
    every = row.get("seats")
    by = {kind: row.get(name) for name, kind in _BY.items()}
    if all(n is None for n in by.values()):
        return number(1 if every is None else every, "seats", 0, MOST_SEATS)
    found = {}
    for name, kind in _BY.items():
        n = by[kind] if by[kind] is not None else every
        if n is not None:
            found[kind] = number(n, name if by[kind] is not None else "seats", 0, MOST_SEATS)
    return found


def _line_words(row: Row) -> tuple[str, str]:
    later = "" if row["end"] > row["start"] else _("next day {time}").format(time=row["end"])
    said = [f"{row['start']}-{later or row['end']}"]
    by = [f"{day_type_words(kind)} {n}" for name, kind in _BY.items() if (n := row.get(name))]  # type: ignore[arg-type]
    n = row.get("seats") or 0
    said.append(listed(by) if by else ngettext("{n} a day", "{n} a day", n).format(n=n))
    said += [listed(row[name]) for name in ("groups", "units") if row.get(name)]
    return row["label"], "  ".join(said)


# Corrections of the calendar

_DAY_FIELDS: tuple[Field, ...] = (
    Field("date", N_("Date"), "day", required=True),
    Field("until", N_("Up to, if several days"), "day"),
    Field(
        "type",
        N_("What kind of day"),
        "choice",
        required=True,
        choices=(
            Choice("workday", N_("working day")),
            Choice("rest", N_("rest day")),
            Choice("holiday", N_("public holiday")),
            Choice("moved", N_("moved working day")),
        ),
    ),
)


def _day_rows(value: Any) -> list[Row]:
    return [{"key": day, "date": day, "type": kind} for day, kind in sorted(value.items())]


def _day_written(value: Any, key: str, row: Row | None) -> Any:
    days = {day: kind for day, kind in value.items() if day != key}
    if row is None:
        return days
    first = date.fromisoformat(str(row["date"]))
    last = date.fromisoformat(str(row.get("until") or row["date"]))
    if last < first:
        raise Refused(_("The end is before the start."), field="until")
    if (last - first).days >= _MOST_DAYS:
        raise Refused(_("At most {n} days at once.").format(n=_MOST_DAYS), field="until")
    for n in range((last - first).days + 1):
        days[(first + timedelta(days=n)).isoformat()] = row["type"]
    return days


def _day_words(row: Row) -> tuple[str, str]:
    known = row["type"] in DAY_TYPES
    return row["date"], day_type_words(row["type"]) if known else str(row["type"])


# Checklists

_ITEM_FIELDS: tuple[Field, ...] = (
    Field("what", P_("checklist", "What"), required=True),
    Field(
        "offset", N_("Minutes from the start"), "whole", hint=N_("-60: an hour before the start")
    ),
    Field("check", N_("One of the checks before the start"), "flag"),
)


def _item_rows(value: Any) -> list[Row]:
    return [{"key": str(n), **item, "what": _(str(item["what"]))} for n, item in enumerate(value)]


def _item_written(value: Any, key: str, row: Row | None) -> Any:
    items = [dict(item) for item in value]
    if row is None:
        del items[int(key)]
        return items
    made: Row = {"what": str(row.get("what") or "").strip()}
    if row.get("offset") is not None:
        made["offset"] = number(row["offset"], "offset", -MOST_MINUTES, MOST_MINUTES)
    if row.get("check"):
        made["check"] = True
    if key:
        items[int(key)] = made
    else:
        items.append(made)
    return items


def _item_words(row: Row) -> tuple[str, str]:
    offset = row.get("offset")
    if offset is None:
        return row["what"], ""
    n = abs(offset)
    before = ngettext("{n} minute before the start", "{n} minutes before the start", n)
    after = ngettext("{n} minute after the start", "{n} minutes after the start", n)
    return row["what"], (before if offset <= 0 else after).format(n=n)


# Numbers by name, severities, texts


def _numbers(labels: Mapping[str, str], most: int) -> Rows:
    """A table with a number for each of these names: one row."""
    fields = tuple(Field(name, label, "whole", required=True) for name, label in labels.items())

    def write(value: Any, key: str, row: Row | None) -> Any:
        assert row is not None
        return {name: number(row.get(name), name, 0, most) for name in labels}

    return Rows(
        fields,
        lambda value: [{"key": "all", **{name: value.get(name) for name in labels}}],
        write,
        lambda row: (listed(f"{_(label)} {row.get(name)}" for name, label in labels.items()), ""),
        grows=False,
    )


def _of_units(field: Field) -> Rows:
    """A number for each of some units."""

    def write(value: Any, key: str, row: Row | None) -> Any:
        kept = {unit: n for unit, n in value.items() if unit != key}
        if row is None:
            return kept
        n = number(row.get(field.name), field.name, 0, MOST)
        return {**kept, str(row["unit"]).strip(): n}

    return Rows(
        (Field("unit", N_("Unit"), "unit", required=True), field),
        lambda value: [{"key": unit, "unit": unit, field.name: n} for unit, n in value.items()],
        write,
        lambda row: (str(row["unit"]), str(row[field.name])),
    )


def _rule_rows(value: Any) -> list[Row]:
    from officetui.registers.rules import RULES, severity

    return [
        {"key": rule.id, "text": _(rule.text), "severity": severity(rule, value)} for rule in RULES
    ]


_SEVERITY_CHOICES: Final = (
    Choice("off", P_("severity", "off")),
    Choice("hint", P_("severity", "hint")),
    Choice("warn", P_("severity", "warn")),
    Choice("block", P_("severity", "block")),
)


def _severity_words(row: Row) -> tuple[str, str]:
    said = next(_(c.label) for c in _SEVERITY_CHOICES if c.value == row["severity"])
    return str(row["text"]), said


def _message_rows(value: Any) -> list[Row]:
    return [
        {"key": one.id, "label": _(one.label), "text": messages.text_of(one.id, value)}
        for one in messages.TEMPLATES
    ]


def _message_written(value: Any, key: str, row: Row | None) -> Any:
    texts = {name: text for name, text in value.items() if name != key}
    text = str((row or {}).get("text") or "").strip()
    if text and text != _(messages.BY_ID[key].text):
        messages.check({key: text})
        texts[key] = text
    return texts


_COLOURS: Final = {"yellow": N_("yellow, days before"), "red": N_("red, days before")}
_MINUTES: Final = {
    "phone": N_("by phone within (minutes)"),
    "written": N_("in writing within (minutes)"),
    "follow_up": N_("the next report within (minutes)"),
    "final": N_("the final report within (minutes)"),
}

TABLES: Final[Mapping[str, Rows]] = {
    "duty_lines": Rows(_LINE_FIELDS, _line_rows, _line_written, _line_words, sorts=True),
    "day_types": Rows(_DAY_FIELDS, _day_rows, _day_written, _day_words),
    "checklist": Rows(_ITEM_FIELDS, _item_rows, _item_written, _item_words, sorts=True),
    "followup_colours": _numbers(_COLOURS, 1000),
    "information_quota": _of_units(Field("quota", N_("Owed in a month"), "whole", required=True)),
    "incident_minutes": _numbers(
        {name: _MINUTES.get(name, name) for name in INCIDENT_MINUTES}, MOST_MINUTES
    ),
    "rules": Rows(
        (Field("severity", N_("Severity"), "choice", required=True, choices=_SEVERITY_CHOICES),),
        _rule_rows,
        lambda value, key, row: {**value, key: (row or {}).get("severity")},
        _severity_words,
        grows=False,
    ),
    "messages": Rows(
        (Field("text", N_("Text"), "long", hint=N_("empty: the text of the program")),),
        _message_rows,
        _message_written,
        lambda row: (str(row["label"]), str(row["text"]).replace("\n", " ")),
        grows=False,
    ),
}
