"""What a register is: tables of fields, states, steps and columns.

Screens, footers, menus, help, the palette, the command line, capture and import all read
these tables; a new register is one module that fills them, and its strings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from officetui.registers.numbering import Numbering
from officetui.text.i18n import N_, _
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.errors import Refused
    from officetui.registers.record import Record
    from officetui.registers.view import View

Kind = Literal[
    "text",  # one line, kept as typed
    "long",  # several lines
    "whole",  # an integer
    "day",  # a date: "2026-11-20"
    "moment",  # a plan in the office's zone: "2026-11-20T14:30", or a day without an hour
    "instant",  # something that happened, UTC: "2026-11-20T06:30:00Z"
    "person",  # a name of the directory, or anyone's name
    "people",  # a short list of names
    "unit",
    "units",
    "room",
    "line",  # a line of the duty roster, from the settings
    "choice",
    "flag",
    "phone",
    "words",  # a short list of plain words
    "spans",  # spans of days: "2026-11-18/2026-11-21", "/2026-12-31" without a beginning
    "ref",  # a link to another record: "register/id"
    "refs",
    "json",  # settings only
]

# What a step writes without asking; the office replaces these when the step is taken.
NOW = "@now"  # this instant, UTC
TODAY = "@today"  # the office's calendar day
ME = "@user"
CLEAR = "@clear"  # the cell becomes absent
# Cells of a record whose step was taken before an approval, and the input that gives the reason.
UNAPPROVED = "unapproved"
UNAPPROVED_WHY = "unapproved_why"
EARLY = "early"
GIVEN = "@given:"  # followed by a need's field: what was given for it
Who = Literal["anyone", "owner", "other"]
Checks = Callable[["Record", Mapping[str, Any], "View"], "str | Refused | None"]
Offers = Callable[["Record", "View"], Any]
Candidates = Callable[["Record", "View"], list[str]]
Extra = Callable[["Record", Mapping[str, Any], "View"], Mapping[str, Any]]
Besides = Callable[
    ["Record", Mapping[str, Any], "View"], "Iterable[tuple[Record, Mapping[str, Any]]]"
]
Shows = Callable[["Record", "View"], list[str]]
Grows = Callable[["Record", Mapping[str, Any], "View"], list[tuple[str, dict[str, Any]]]]
Implied = Callable[[Mapping[str, Any], "View"], Mapping[str, Any]]


class Choice(msgspec.Struct, frozen=True):
    """One allowed value of a choice: what is stored, and how it is called."""

    value: str
    label: str
    aliases: tuple[str, ...] = ()


class Field(msgspec.Struct, frozen=True):
    """One cell of a register. `aliases` are the headings offices use for it in their sheets."""

    name: str
    label: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[Choice, ...] = ()
    aliases: tuple[str, ...] = ()
    bookkeeping: bool = False  # no conflict of its own, not offered in forms
    private: bool = False  # a visitor's phone: masked in lists and exports
    hint: str = ""
    anew: bool = False  # asked by each step anew: what was said last time is no answer now

    def title(self) -> str:
        """The label in the language in use."""
        return _(self.label)

    def choice(self, value: object) -> Choice | None:
        """The choice that `value` stands for: stored value, label or alias."""
        for choice in self.choices:
            if value in (choice.value, choice.label, _(choice.label)) or value in choice.aliases:
                return choice
        return None

    def show(self, value: object) -> str:
        """A cell's value as people read it; a value that does not fit is shown as it is."""
        if value is None or (self.kind == "json" and self.bookkeeping):
            return ""  # what the program keeps for itself is no text
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list | tuple):
            return listed(self.show(part) for part in value)
        choice = self.choice(value) if self.choices else None
        if choice is not None:
            return _(choice.label)
        if self.kind == "spans":
            start, bar, end = str(value).partition("/")
            words = _("{start} to {end}") if start else _("until {end}")
            return words.format(start=start, end=end) if bar else str(value)
        if self.kind == "moment":
            return str(value).replace("T", " ")
        return str(value)


EARLY_FIELD = Field(EARLY, N_("Why it is done before its approval"), "text", required=True)


class State(msgspec.Struct, frozen=True):
    """A state of a workflow. `waiting` says what the record waits for while it is in it."""

    id: str
    label: str
    waiting: str = ""
    finished: bool = False


class Need(msgspec.Struct, frozen=True):
    """An input of a step: a field of the register (or of the child that the step adds)."""

    field: str
    required: bool = True
    stands: bool = False  # what the record holds already, or the table offers, is answer enough
    offer: Offers | str | None = None  # what the form holds at first
    among: Candidates | None = None  # who or what is offered to choose from, best first
    usual: tuple[str, ...] = ()  # answers that are usual here, as suggestions
    many: bool = False  # several people at once; a step that adds a child adds one for each


class ChildSets(msgspec.Struct, frozen=True):
    """Cells a step writes in every child of one kind (a moved meeting voids its notices)."""

    child: str
    sets: Mapping[str, Any]
    only: tuple[str, ...] = ()  # only children in these states
    first: bool = False  # only the first of them, in their order
    named: str = ""  # only those whose cell of this name is among what was given for it
    last: bool = False  # only the last of them
    fits: Callable[[Record], bool] | None = None  # only such children
    extra: Extra | None = None  # further cells of each, computed from it and the inputs


class Makes(msgspec.Struct, frozen=True):
    """A record that a step makes in another register; what is known already is not asked again.

    The step's needs are then fields of the record it makes, and a form holds `cells` at first.
    """

    register: str
    cells: Extra  # of the new record: from the record, the inputs given, and the office
    link: str = "basis"  # its cell that names the record it came from


class Step(msgspec.Struct, frozen=True):
    """A named transition. `target` None keeps the state; `sources` () means every open state."""

    id: str
    label: str
    key: str
    sources: tuple[str, ...] = ()
    target: str | None = None
    needs: tuple[Need, ...] = ()
    sets: Mapping[str, Any] = {}
    adds: str = ""  # the child this step adds; its needs are then the child's fields
    makes: Makes | None = None
    approval: bool = False  # what follows may be done first, with a reason; this stays flagged
    early: bool = True  # whether it makes sense before an approval; going back does not
    children: tuple[ChildSets, ...] = ()
    besides: Besides | None = None  # other records written in the same change, and their cells
    grows: Grows | None = None  # children that it adds, of whatever kind, at the end of their list
    who: Who = "anyone"  # who may take it: anyone, only its owner, or only another than the owner
    check: Checks | None = None  # why not, or None; a refusal names the field at fault
    shows: Shows | None = None  # what must be seen before it is taken, a line each
    extra: Extra | None = None  # further cells, computed from the inputs
    tells: Callable[[Record, Mapping[str, Any], View], str] | None = None  # said when it is taken
    added: Extra | None = None  # cells of the child it adds, where nothing is given for them
    many: bool = True  # may be taken for several marked records at once
    counts: str = ""  # an input that counts up over several records: what is given is the first's
    first: int = 50  # its place in the numbered menu; smaller comes first
    order: Mapping[str, int] = {}  # another place there while in some state
    when: Callable[[Record], bool] | None = None  # only for some records (papers to read)


class Column(msgspec.Struct, frozen=True):
    """A column of a register's list; `read` gives its text; wide screens show more columns."""

    id: str
    label: str
    width: int  # cells
    read: Callable[[Record, View], str]
    grow: bool = False  # takes what room is left
    rank: int = 1  # 1 always shown; 2 from 100 columns on, 3 from 140 on
    look: Callable[[Record, View], str] | None = None  # how it is painted: good, warn, alert


class Count(msgspec.Struct, frozen=True):
    """What is counted by month (registers/counting.py): the records whose `cell` lies in it, or
    the sum of the money in their cell `amount`."""

    id: str
    label: str
    cell: str
    fits: Callable[[Record], bool] = lambda record: True
    amount: str = ""


class Register(msgspec.Struct, frozen=True):
    """One register, or (with `parent`) a list of child records of one."""

    id: str
    label: str
    fields: tuple[Field, ...]
    states: tuple[State, ...] = ()
    steps: tuple[Step, ...] = ()
    initial: str = ""
    children: tuple[Register, ...] = ()
    parent: str = ""
    columns: tuple[Column, ...] = ()
    title: Callable[[Record], str] = lambda record: record.id  # one line that names a record
    badge: Callable[[Record], str] = lambda record: ""  # its official short name: 收774
    key: Callable[[Mapping[str, Any]], str] | None = None  # natural key, from cells
    planned: tuple[str, ...] = ()  # cells with the day a record is about (shelf)
    closed: tuple[str, ...] = ()  # cells with the day it was finished (shelf)
    resident: bool = False  # never leaves the desk
    passes: bool = False  # its day ends it, whatever its state: a seat of last month's roster
    passing: tuple[str, ...] = ()  # states that its last day ends by itself: a plan gone by
    day: str = ""  # the cell that says on which day a record is listed
    until: str = ""  # the cell with the last one, where it is listed on several
    order: Callable[[Record], Any] | None = None  # how it is listed, instead of by its day
    due: str = ""  # the cell with its deadline
    due_now: Callable[[Record], str] | None = None  # the cell with it now, where that moves
    workdays: bool = False  # its deadlines are counted in working days
    holder: Callable[[Record, View], str] = lambda record, view: record.text("owner")
    since: Callable[[Record, View], date | None] | None = None  # the day or the local moment
    # since which the holder has it
    progress: Callable[[Record, View], str] | None = None  # what it waits for
    tally: Callable[[Record, View], str] | None = None  # how many of how many: 11/18
    group: Callable[[Record], str] | None = None  # under what it is counted by month: its kind
    counts: tuple[Count, ...] = ()  # what is counted of each group, the first of them in words
    quota: str = ""  # the setting that says how many of the first each group owes in a month
    presses: str = ""  # the step that deals with it when it is due
    pressed: Mapping[str, str] = {}  # another step while in some state
    implied: Implied | None = None  # cells of a new record that follow from those given
    follows: Besides | None = None  # what else is written when cells are changed by hand: of the
    # record itself, or of others; given are the cells that differ
    suggests: Callable[[Record], str] = lambda record: ""  # the step its menu offers first
    heading: Callable[[Record], str] | None = None  # its title where the badge stands already
    word: str = ""  # how a line of Today calls it that has no badge
    numbering: Numbering | None = None
    entry: tuple[str, ...] = ()  # the fields that the form of a new record begins with
    digit: str = ""  # the key of its screen
    prefixes: tuple[str, ...] = ()  # how a captured line begins: 收, in

    def field(self, name: str) -> Field | None:
        """The field of that name, or None for a cell of a newer version."""
        for field in self.fields:
            if field.name == name:
                return field
        return None

    def state(self, name: str) -> State | None:
        """The state of that id, or None."""
        for state in self.states:
            if state.id == name:
                return state
        return None

    def step(self, name: str) -> Step | None:
        """The step of that id, or None."""
        for step in self.steps:
            if step.id == name:
                return step
        return None

    def child(self, name: str) -> Register | None:
        """The child register called `name` (items) or `register.name` (meetings.items)."""
        for child in self.children:
            if child.id in (name, f"{self.id}.{name}"):
                return child
        return None

    def listed_on(self, record: Record, first: date, last: date) -> bool:
        """Whether a record is listed on one of these days."""
        begins = record.day(self.day)
        ends = (record.day(self.until) if self.until else None) or begins
        return begins is not None and ends is not None and begins <= last and ends >= first

    def deadline_cell(self, record: Record) -> str:
        """The cell that holds a record's deadline now; "" when the register has none."""
        return self.due_now(record) if self.due_now is not None else self.due

    def waits_for(self, record: Record, view: View) -> str:
        """What a record waits for, in the language in use."""
        if self.progress is not None:
            return self.progress(record, view)
        return self.next_words(record)

    def next_words(self, record: Record) -> str:
        """What a record waits for by its state alone."""
        state = self.state(record.state)
        return _(state.waiting or state.label) if state is not None else record.state

    def state_words(self, record: Record) -> str:
        """A record's state, in the language in use; one of a newer version as it is."""
        state = self.state(record.state)
        return _(state.label) if state is not None else record.state

    def headline(self, record: Record) -> str:
        """The title of a record, without its badge where it has one."""
        return (self.heading or self.title)(record)

    @property
    def finished(self) -> frozenset[str]:
        """The states that mean finished."""
        return frozenset(state.id for state in self.states if state.finished)

    def name(self) -> str:
        """The label in the language in use."""
        return _(self.label)
