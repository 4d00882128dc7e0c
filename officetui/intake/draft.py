"""What capture understood of one line, and the sheet it is worked out on."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from officetui.intake import moments
from officetui.intake.folding import fold
from officetui.intake.names import Directory
from officetui.registers.model import Register
from officetui.registers.view import View
from officetui.text.i18n import _


class Hint(msgspec.Struct, frozen=True):
    """Something to look at. `severity`: hint, ask (somebody must say), warn, block.

    `field` "" means the whole line. `mended`: what a rule says the field should be; `other`: the
    record ("register/id") that a rule names; `clash`: it is of a clash, which the cells decide.
    """

    field: str
    text: str
    severity: str = "hint"
    mended: Any = None
    other: str = ""
    clash: bool = False


class Part(msgspec.Struct, frozen=True):
    """A piece of the line and what it became; `start`, `stop` are its place in the line."""

    field: str
    label: str
    shown: str
    start: int
    stop: int


class Taken(msgspec.Struct, frozen=True):
    """A step that the line asks for: of the record `ref`, with its inputs."""

    ref: str
    step: str
    inputs: dict[str, Any]


class Captured(msgspec.Struct):
    """One line, understood. Either a new record (`register`, `cells`, `children`) or, for duty,
    `steps` of records that exist, to be taken as one change.

    `missing`: fields somebody should still fill; `problems`: what could not be read or is not
    allowed (its cell stays empty; field "" is the whole line). `line` is the line as typed, and
    "" when it must be kept nowhere.
    """

    register: str
    line: str
    cells: dict[str, Any] = {}
    children: list[tuple[str, dict[str, Any]]] = []
    missing: list[str] = []
    hints: list[Hint] = []
    problems: list[Hint] = []
    blocked: bool = False
    parts: list[Part] = []
    steps: list[Taken] = []
    ways: list[Any] = []  # `office.clashes.Way`: what is free instead, to be taken by one key
    required: list[str] = []  # of `missing`, those without which nothing can be recorded

    @property
    def refusal(self) -> str:
        """Why the whole line cannot be recorded, or ""."""
        for problem in self.problems:
            if not problem.field or self.blocked:
                return problem.text
        return ""

    @property
    def ready(self) -> bool:
        """Whether it can be recorded now, perhaps with hints and with cells left empty."""
        return bool(self.cells or self.steps) and not (
            self.blocked or self.refusal or self.required
        )


class Word(msgspec.Struct, frozen=True):
    """A word left of the line: as typed, folded, and its place."""

    typed: str
    text: str
    start: int
    stop: int


@cache
def _words() -> re.Pattern[str]:
    return re.compile("[^ ]+")


class Draft:
    """One line being worked out: what is taken leaves the free text, the rest stays as typed."""

    def __init__(self, line: str, start: int, register: Register, view: View) -> None:
        self.line = line
        self.folded = fold(line)
        self.view = view
        self.register = register
        self.names = Directory(view)
        self.begin = start  # where the words begin, after the prefix
        self.free: list[tuple[int, int]] = [(start, len(line))]
        self.owners: list[tuple[str, int, int]] = []
        self.tags: list[tuple[str, int, int]] = []
        self.places: list[tuple[str, int, int]] = []
        self.due: moments.Moment | None = None
        self.said: set[str] = set()  # rules at entry that the line is told of in better words
        self.result = Captured(
            register.id, line, {}, [], [], [], [], parts=[], steps=[], required=[]
        )

    @property
    def cells(self) -> dict[str, Any]:
        return self.result.cells

    def words(self) -> list[Word]:
        """The words that are left, in their order."""
        found = []
        for begin, stop in self.free:
            for word in _words().finditer(self.folded, begin, stop):
                a, b = word.span()
                found.append(Word(self.line[a:b], word.group(), a, b))
        return found

    def take(self, start: int, stop: int) -> None:
        """Take a piece out of the free text."""
        left: list[tuple[int, int]] = []
        for begin, end in self.free:
            if stop <= begin or end <= start:
                left.append((begin, end))
                continue
            if begin < start:
                left.append((begin, start))
            if stop < end:
                left.append((stop, end))
        self.free = left

    def text(self) -> str:
        """What is left, as typed; where something was taken out, one blank."""
        pieces = [self.line[begin:stop].strip() for begin, stop in self.free]
        return " ".join(piece for piece in pieces if piece)

    def put(self, field: str, value: Any, start: int = -1, stop: int = -1) -> None:
        """Set a cell from a piece of the line, and take that piece."""
        self.cells[field] = value
        if start >= 0:
            self.take(start, stop)
            self.part(field, value, start, stop)

    def part(self, field: str, value: Any, start: int, stop: int) -> None:
        """Show what a piece of the line became."""
        from officetui.intake import values

        known = self.register.field(field)
        label = known.title() if known else field
        shown = values.show(known, value, self.view) if known else str(value)
        self.result.parts.append(Part(field, label, shown, start, stop))

    def hint(self, field: str, text: str, severity: str = "hint") -> None:
        self.result.hints.append(Hint(field, text, severity))

    def problem(self, field: str, text: str) -> None:
        self.result.problems.append(Hint(field, text, "block"))

    def note(self, typed: str) -> None:
        """Keep a piece that went nowhere else, so that recording the line loses nothing."""
        if typed.strip("^＾… "):
            noted = self.cells.get("note")
            self.cells["note"] = f"{noted} {typed}" if noted else typed

    def miss(self, *fields: str) -> None:
        """Note the fields that should be there and are not."""
        for field in fields:
            if self.cells.get(field) in (None, "", []) and field not in self.result.missing:
                self.result.missing.append(field)

    def remarks(self, field: str, moment: moments.Moment) -> None:
        """Say what should be noticed about a date."""
        for remark in moment.remarks:
            severity = "warn" if remark.code in ("passed", "weekday") else "hint"
            self.hint(field, remark.text, severity)

    def finish(self) -> Captured:
        """Required cells that are not there are missing; the parts in the order of the line."""
        whole = self.result.steps or any(not problem.field for problem in self.result.problems)
        for field in () if whole else self.register.fields:
            if field.required and self.cells.get(field.name) in (None, "", []):
                self.result.required.append(field.name)
                self.miss(field.name)
        self.result.parts.sort(key=lambda part: part.start)
        return self.result

    def deadline(self, field: str, moment: moments.Moment) -> None:
        """Set a due cell: a day without an hour means close of business."""
        if moment.problem:
            self.problem(field, moment.text)
            self.take(moment.start, moment.stop)
            self.note(self.line[moment.start : moment.stop])
            return
        value = moment.due(self.view.calendar)
        self.put(field, value, moment.start, moment.stop)
        self.remarks(field, moment)
        basis = {
            "working days": _("counted in working days"),
            "calendar days": _("counted in calendar days"),
            "minutes": _("counted from now"),
        }.get(moment.basis)
        if basis:
            self.hint(field, basis)
        elif value < self.view.local.isoformat(timespec="minutes") and not moment.remarks:
            self.hint(field, _("{date} has passed.").format(date=value.replace("T", " ")), "warn")

    def owner(self, field: str = "owner", unit_field: str = "") -> None:
        """Set the owner from the @ of the line; a unit goes to `unit_field`."""
        from officetui.intake import sigils

        sigils.set_owner(self, field, unit_field)

    def first(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Where a pattern first stands in what is not understood yet."""
        matches = (pattern.search(self.folded, begin, stop) for begin, stop in self.free)
        return next((found for found in matches if found is not None), None)

    def set_tags(self) -> None:
        """What stands behind # and is no urgency of this register."""
        if self.tags:
            self.cells["tags"] = list(dict.fromkeys(tag for tag, _a, _b in self.tags))
            for tag, start, stop in self.tags:
                self.part("tags", [tag], start, stop)
