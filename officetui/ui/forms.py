"""What a form asks, apart from how it is drawn: texts of values, candidates, reading answers.

A field that was not touched keeps its stored value exactly, whatever it holds; only what a
person typed is read (`officetui.intake.values`).
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from unicodedata import normalize

import msgspec

from officetui.errors import Refused
from officetui.office.tables import (
    Field,
    Need,
    Record,
    Register,
    Step,
    View,
    away_until,
    needs,
    offers,
)
from officetui.text.i18n import N_, _
from officetui.text.safe import visible, visible_block
from officetui.text.words import due_words, full_date_words, weekday_short

# Usual answers where the step's table names none.
_PHRASES: Final[Mapping[str, tuple[str, ...]]] = {
    "result": (N_("Done."), N_("Explained; no further request."), N_("Handled by the unit.")),
    "answer": (N_("Will do."), N_("Not reached."), N_("Asks for more time.")),
    "clash_left": (N_("Known, agreed."),),
}
_OWN_WORDS: Final = (*_PHRASES, "opinion", "instruction", "proposal")
_LISTS: Final = ("people", "units", "words", "spans", "refs")
MOST: Final = 9  # candidates that a digit can choose
_MOST_NAMES: Final = 20  # of names, which are written in few cells
_LONGEST_PHRASE: Final = 24


class Candidate(msgspec.Struct, frozen=True):
    """A value that can be chosen by its number."""

    value: Any
    label: str


class Entry(msgspec.Struct):
    """One field of a form: what it holds at first, and what can be chosen."""

    field: Field
    required: bool = False
    value: Any = None  # canonical, as it was when the form was opened
    candidates: tuple[Candidate, ...] = ()
    offered: bool = False  # the value is the program's, not a person's: typing replaces it
    words: str = ""  # how the value reads by the clock of the office, where it is an instant

    @property
    def _plan(self) -> bool:
        return self.field.kind in ("day", "moment", "instant")

    @property
    def text(self) -> str:
        """The value as the editor shows it."""
        for candidate in self.candidates:
            if self.value is not None and candidate.value == self.value and not self._plan:
                return candidate.label
        return self.words or text_of(self.field, self.value)


def text_of(field: Field, value: Any) -> str:
    """A canonical value as a person edits it, harmless to show."""
    if value is None:
        return ""
    if field.kind in ("day", "moment") and isinstance(value, str):
        return visible(value.replace("T", " "))
    if field.kind == "long" and isinstance(value, str):
        return visible_block(value)
    if field.kind == "json" and not isinstance(value, str):
        return visible(msgspec.json.encode(value).decode())
    return visible(field.show(value))


def for_step(
    register: Register, step: Step, record: Record, view: View, several: bool = False
) -> list[Entry]:
    """The inputs of a step, with what the tables offer for this record."""
    held = offers(register, step, record, view)
    written = view.records(register.id)
    found = []
    free = _free(register, step, record, view)
    for need, field in needs(register, step):
        value = held.get(field.name)
        # For several records only an offer that is the same for all may stand there.
        if several and not isinstance(need.offer, str) and need.field != step.counts:
            value = None
        words = ""
        if field.kind == "instant" and value is not None:
            from officetui.intake import values

            words = values.show(field, value, view)
        chosen = free.get(field.name) or _for_need(
            need, field, register, step, record, view, written
        )
        found.append(Entry(field, need.required, value, chosen, value is not None, words))
    return found


def begins_at(entries: Sequence[Entry], record: Record) -> str:
    """The field a step's form begins at: its first, when that is the date which the step is there
    to change and which it shows as it stands; "" for the first that is empty."""
    first = entries[0] if entries else None
    if first is None or not first.required or first.field.kind not in ("day", "moment"):
        return ""
    stands = first.value is not None and first.value == record.get(first.field.name)
    return first.field.name if stands else ""


def _free(
    register: Register, step: Step, record: Record, view: View
) -> dict[str, tuple[Candidate, ...]]:
    """Where something that collides can be moved to: hours, rooms and vehicles that are free; and
    the vehicles that can be sent."""
    if step.id not in ("move", "dispatch"):
        return {}
    from officetui.office import clashes

    if register.id not in clashes.CHECKED:
        return {}
    found = {}
    free = clashes.choices(view, record) if step.id == "move" else clashes.to_send(view, record)
    for name, values in free.items():
        field = register.field(name)
        moment = field is not None and field.kind == "moment"
        found[name] = tuple(
            Candidate(value, moment_read(value, view) if moment else visible(value, limit=40))
            for value in values
        )
    return found


def _for_need(
    need: Need,
    field: Field,
    register: Register,
    step: Step,
    record: Record,
    view: View,
    written: Sequence[Record],
) -> tuple[Candidate, ...]:
    """What can be chosen for an input: whom the table names, the usual answers, then what this
    step wrote before. What other steps wrote into the same cell is not offered."""
    if need.among is not None:
        named = need.among(record, view)
        return _words(named) if named else candidates(field, view, register, written)
    if field.kind in ("text", "long"):
        usual = need.usual or _PHRASES.get(field.name, ())
        asked = [one.field for other in register.steps for one in other.needs]
        alone = not step.adds and asked.count(need.field) == 1
        told = bool(need.usual) or field.name in _OWN_WORDS
        used = _used(field, register, written) if alone and told else []
        return _words([_(phrase) for phrase in usual], used)
    return candidates(field, view, register, written)


def for_record(register: Register, record: Record, view: View) -> list[Entry]:
    """Everything of a record that people write themselves."""
    written = view.records(register.id) if not register.parent else []
    place = {name: number for number, name in enumerate(register.entry)} if not record.id else {}
    return [
        Entry(
            field,
            field.required,
            record.get(field.name),
            candidates(field, view, register, written),
        )
        for field in sorted(register.fields, key=lambda field: place.get(field.name, len(place)))
        if not field.bookkeeping and field.kind not in ("json", "refs")
    ]


def candidates(
    field: Field,
    view: View,
    register: Register,
    written: Sequence[Record],
) -> tuple[Candidate, ...]:
    """What can be chosen by number, the likeliest first; `written` are the register's records."""
    if field.choices:
        return tuple(Candidate(choice.value, _(choice.label)) for choice in field.choices)
    kind = field.kind
    if kind == "flag":
        return (Candidate(True, _("yes")), Candidate(False, _("no")))
    if kind == "line":
        lines = view.setting("duty_lines")
        return tuple(Candidate(str(line["id"]), _(str(line["label"]))) for line in lines)
    if kind == "moment" and (field.name.endswith("due") or field.name == "promised"):
        return _deadlines(view)
    if kind in ("text", "long"):
        return ()
    if kind == "ref":
        from officetui.ui.bases import bases

        return tuple(Candidate(ref, visible(words, limit=40)) for ref, words in bases(view))
    used = _used(field, register, written)
    if kind in ("person", "people"):
        people = sorted(view.records("people"), key=_precedence)
        known = [person.text("name") for person in people]
        return _words([name for name in used if name in set(known)], known)
    if kind == "room":
        return _words(view.setting("rooms"), used)
    if kind in ("unit", "units"):
        units = [person.text("unit") for person in view.records("people")]
        return _words(used, view.setting("units"), units)
    return ()


def _precedence(person: Record) -> tuple[int, str]:
    rank = person.whole("rank")
    return (rank if rank is not None else 1_000_000, person.text("name"))


def _words(*sources: Iterable[str]) -> tuple[Candidate, ...]:
    words = dict.fromkeys(word for source in sources for word in source if word)
    return tuple(Candidate(word, visible(word, limit=40)) for word in words)


def _used(field: Field, register: Register, written: Sequence[Record]) -> list[str]:
    """What the office wrote in that field before, most often first."""
    if register.parent or register.field(field.name) is None:
        return []
    counts: Counter[str] = Counter()
    for record in written:
        for word in record.words(field.name):
            if 0 < len(word) <= _LONGEST_PHRASE and "\n" not in word:
                counts[word] += 1
    return [word for word, _count in counts.most_common(MOST * 3)]


def _deadlines(view: View) -> tuple[Candidate, ...]:
    """Usual deadlines at close of business: today, tomorrow, Friday, in a week, month's end."""
    today = view.today
    friday = today + timedelta(days=(4 - today.weekday()) % 7)
    last = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    days = dict.fromkeys(
        (today, today + timedelta(days=1), friday, today + timedelta(days=7), last)
    )
    close = str(view.setting("close"))
    found = []
    for day in days:
        value = f"{day.isoformat()}T{close}"
        found.append(Candidate(value, moment_read(value, view)))
    return tuple(found)


def moment_read(value: str, view: View) -> str:
    """A canonical day or moment in words, with its weekday: what the program understood."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return visible(value)
    day, timed = moment.date(), "T" in value
    if day.year != view.today.year:
        return f"{full_date_words(day)} {moment:%H:%M}" if timed else full_date_words(day)
    dated = f"{day:%m-%d} {weekday_short(day)}"
    if abs((day - view.today).days) > 1:
        return f"{dated} {moment:%H:%M}" if timed else dated
    return f"{due_words(moment if timed else day, view.local)} ({dated})"


def most_shown(entry: Entry) -> int:
    """How many of its candidates are shown by number, and can be chosen so."""
    if entry.field.choices:
        return len(entry.candidates)
    names = entry.field.kind in ("person", "people", "unit", "units", "room")
    return min(_MOST_NAMES if names else MOST, len(entry.candidates))


def chosen(entry: Entry, text: str) -> Any:
    """The candidate(s) that digits alone mean, or None when the text is something else."""
    shown = normalize("NFKC", text).strip()
    if not entry.candidates or not shown:
        return None
    parts = [part for part in shown.replace("、", " ").replace(",", " ").split() if part]
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    most = most_shown(entry)
    numbers = [int(part) for part in parts]
    if not all(1 <= number <= most for number in numbers):
        return None
    values = [entry.candidates[number - 1].value for number in numbers]
    if entry.field.kind in _LISTS:
        return values
    return values[0] if len(values) == 1 else None


def completed(entry: Entry, text: str) -> str:
    """The one candidate that a beginning stands for; "" when it is whole, or could be several."""
    typed = normalize("NFKC", text).strip()
    if entry.field.kind not in ("person", "unit", "room") or not typed or text == entry.text:
        return ""
    labels = dict.fromkeys(candidate.label for candidate in entry.candidates)
    if typed in labels:
        return ""
    fitting = [label for label in labels if label.startswith(typed)]
    return fitting[0] if len(fitting) == 1 else ""


def strangers(entry: Entry, text: str, value: Any, view: View | None) -> list[str]:
    """The names just typed that the directory does not have; none while it is empty."""
    if view is None or entry.field.kind not in ("person", "people") or text == entry.text:
        return []
    names = value if isinstance(value, list) else [value]
    unknown = [str(name) for name in names if name and view.person(str(name)) is None]
    return unknown if unknown and view.records("people") else []


def read(entry: Entry, text: str, view: View | None) -> Any:
    """What was typed as a canonical value; None when empty. Raises Refused, naming the field.

    Only plain text can be read without an office (`view` None).
    """
    if text == entry.text:
        return entry.value
    shown = text.strip()
    if not shown:
        return None
    for candidate in entry.candidates:
        if shown == candidate.label:
            return [candidate.value] if entry.field.kind in _LISTS else candidate.value
    value = chosen(entry, text)
    if value is not None:
        return value
    if entry.field.kind in ("text", "long"):
        return shown
    assert view is not None, "only text is asked before there is an office"
    from officetui.intake import values

    return values.read(entry.field, shown, view)


def reading(entry: Entry, text: str, view: View | None) -> tuple[str, bool]:
    """One line under the field: what was understood, or why not; False when it was not."""
    try:
        value = read(entry, text, view)
    except Refused as refused:
        return refused.message, False
    field = entry.field
    if view is None:
        return "", True
    if value is None:
        return (_("needed") if entry.required else ""), True
    if field.kind in ("day", "moment") and isinstance(value, str):
        return moment_read(value, view), True
    if field.kind == "instant" and isinstance(value, str):
        from officetui.intake import values

        return values.show(field, value, view), True
    if field.kind == "person" and isinstance(value, str):
        person = view.person(value)
        if person is None:
            return _("{name}: not in the directory, kept as written").format(
                name=visible(value, limit=30)
            ), True
        about = [value, person.text("post"), person.text("unit")]
        until = away_until(person, view.today)
        if until:
            about.append(_("on leave until {date}").format(date=until))
        return visible(" ".join(part for part in about if part), limit=80), True
    if field.kind in ("text", "long"):
        return (visible(str(value), limit=60) if value != text.strip() else ""), True
    return visible(field.show(value), limit=60), True


def missing(entries: Iterable[Entry], values: Mapping[str, Any]) -> Entry | None:
    """The first required field that is empty."""
    for entry in entries:
        if entry.required and values.get(entry.field.name) in (None, "", []):
            return entry
    return None


def changed(entries: Iterable[Entry], values: Mapping[str, Any]) -> dict[str, Any]:
    """The cells that differ from what was shown."""
    return {
        entry.field.name: values.get(entry.field.name)
        for entry in entries
        if values.get(entry.field.name) != entry.value
    }


def choices_line(entry: Entry, text: str) -> str:
    """The candidates by number; while a name is typed, those that contain it."""
    candidates = entry.candidates
    if not candidates:
        return ""
    typed = text.strip()
    if typed and typed != entry.text and entry.field.kind in ("person", "unit", "room"):
        fitting = [c.label for c in candidates if typed in c.label and c.label != typed]
        return "  ".join(fitting[:MOST])
    labels = [candidate.label for candidate in candidates[: most_shown(entry)]]
    # A line ends between two candidates, never in one.
    numbered = (f"{n} {label}" for n, label in enumerate(labels, 1))
    return "  ".join(one.replace("  ", " ") for one in numbered)
