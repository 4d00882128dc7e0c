"""A change as a sentence: who did what to which record. 李梅将 收745 交办给 赵强.

Of the sentences of an action the first is taken whose words are all known; an action without any
is told by its step's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from officetui.ledger.line import Entry
from officetui.office.history import action_words, shower
from officetui.office.withheld import may_be_told, value_now
from officetui.registers.common import masked
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.workflow import needs
from officetui.text.i18n import N_, _
from officetui.text.safe import visible
from officetui.text.words import clauses

if TYPE_CHECKING:
    from officetui.office.reading import Reading

LONGEST = 60  # characters of a value in a sentence
NAMED = 40  # and of the name of a record that has no badge

# By "register.step", or by "step" for all registers.
TOLD: Mapping[str, tuple[str, ...]] = {
    "add": (N_("{user} recorded {what}"),),
    "set": (N_("{user} changed {what}: {details}"), N_("{user} changed {what}")),
    "trash": (N_("{user} moved {what} to the trash"),),
    "restore": (N_("{user} took {what} out of the trash"),),
    "import": (N_("{user} imported {what}"),),
    "number": (N_("{what} was given its official number"),),
    "roster": (N_("{user} planned {what}"),),
    "assign": (
        N_("{user} assigned {what} to {owner}"),
        N_("{user} assigned {what} to {lead_unit}"),
    ),
    "take": (N_("{user} gave {what} into the hands of {owner}"),),
    "urge": (
        N_("{user} urged {what}; the answer: {answer}"),
        N_("{user} urged {what} ({method})"),
        N_("{user} urged {what}"),
    ),
    "close": (N_("{user} closed {what}: {result}"), N_("{user} closed {what}")),
    "reopen": (N_("{user} reopened {what}: {reason}"), N_("{user} reopened {what}")),
    "archive": (N_("{user} archived {what}"),),
    "postpone": (N_("{user} moved the due date of {what} to {due}"),),
    "cancel": (N_("{user} cancelled {what}: {reason}"), N_("{user} cancelled {what}")),
    "documents.register": (N_("{user} registered {what}"),),
    "documents.check": (N_("{user} checked {what}"),),
    "documents.propose": (N_("{user} proposed for {what}: {proposal}"),),
    "documents.instruct": (
        N_("{user} noted the instruction of {instructed_by} on {what}: {instruction}"),
        N_("{user} noted the instruction on {what}: {instruction}"),
    ),
    "documents.reply": (N_("{user} replied to {what}: {result}"),),
    "documents.circulate": (N_("{user} sent {what} round"),),
    "documents.return": (N_("{user} returned {what} to its sender: {reason}"),),
    "duty.notify": (N_("{user} told {person} of {what}"), N_("{user} gave notice of {what}")),
    "duty.confirm": (N_("{user} noted {what} as confirmed"),),
    "duty.arrive": (N_("{user} came on duty: {what}"),),
    "duty.hand_over": (
        N_("{user} handed over {what}: {handover}"),
        N_("{user} handed over {what}"),
    ),
    "duty.take_over": (
        N_("{user} took over {what} ({accepted})"),
        N_("{user} took over {what}"),
    ),
    "meetings.fix": (N_("{user} fixed {what}"),),
    "meetings.notify": (N_("{user} gave notice of {what}"),),
    "meetings.hold": (N_("{user} noted {what} as held"),),
    "meetings.move": (N_("{user} moved {what} to {start}"),),
    "reception.answer_on_spot": (N_("{user} answered {what} on the spot: {result}"),),
    "reception.accept": (N_("{user} accepted {what}"),),
    "reception.transfer": (N_("{user} transferred {what} to {transferred_to}"),),
    "reception.answer": (N_("{user} answered {what}: {result}"),),
    "reception.call_back": (N_("{user} called back about {what}"),),
    "reception.refuse": (N_("{user} did not accept {what}: {reason}"),),
    "followups.report": (N_("{user} noted the report on {what}: {text}"),),
    "followups.verify": (N_("{user} verified {what}"),),
    "followups.extend": (N_("{user} extended {what} to {due}"),),
    "outgoing.sign": (N_("{user} noted that {signer} signed {what}"),),
    "outgoing.issue": (N_("{user} issued {what}"),),
}
MADE = (N_("{user} recorded {what} ({step})"),)  # by a step of another record
STEP = (N_("{user}: {step}, {what} ({details})"), N_("{user}: {step}, {what}"))
UNDONE = N_("{user} undid “{action}”: {what}")
REDONE = N_("{user} redid “{action}”: {what}")
NOBODY = N_("The program")


def called(register: str, record: Record | None, limit: int = NAMED) -> str:
    """How a record is called in a sentence: 收745, else by its title; "" for one unknown."""
    table = BY_ID.get(register)
    if table is None or record is None:
        return ""
    return visible(table.badge(record)) or visible(table.title(record), limit=limit)


def heading(register: str, record: Record | None) -> str:
    """A record as people call it, with its title: 收745 关于做好…的通知; "" for one unknown."""
    table = BY_ID.get(register)
    if table is None or record is None:
        return ""
    parts = (table.badge(record), table.headline(record))
    return visible(" ".join(part for part in parts if part), limit=200)


def who(user: str) -> str:
    """The name under which something was written."""
    return visible(user, limit=NAMED) if user else _(NOBODY)


def undone(user: str, what: str, action: str, *, again: bool) -> str:
    """What an undo, or (`again`) a redo took back or brought back."""
    pattern = REDONE if again else UNDONE
    return _(pattern).format(user=who(user), what=what, action=action_words(action))


def sentence(
    office: Reading,
    action: str,
    user: str,
    what: str,
    entries: Sequence[Entry],
    *,
    detailed: bool = True,
    secret: bool = False,
    now: Record | None = None,
) -> str:
    """Who did what to the record called `what`; `entries`: what was written to it and to its
    children; not `detailed`: only what the action is about, no list of what was written;
    `secret`: it is a classified paper, of which little may be told; `now`: the record as it is."""
    step = action.rpartition(".")[2]
    words = _Words(office, action, entries, secret, now)
    words["user"], words["what"] = who(user), what
    for pattern in _patterns(action, step, entries):
        if not detailed and "{details}" in pattern:
            continue
        said = words.into(_(pattern))
        if said:
            return said
    return f"{words['user']} {action_words(action)} {what}".strip()


def _patterns(action: str, step: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    table = BY_ID.get(action.rpartition(".")[0])
    taken = table.step(step) if table is not None else None
    made = taken.makes.register if taken is not None and taken.makes is not None else None
    if made is not None and any(entry.register == made for entry in entries):
        return MADE
    return TOLD.get(action) or TOLD.get(step) or STEP


class _Words(dict[str, str]):
    """What the sentences may name, made when a sentence does."""

    def __init__(
        self,
        office: Reading,
        action: str,
        entries: Sequence[Entry],
        secret: bool,
        now: Record | None,
    ) -> None:
        super().__init__()
        self._secret = secret
        self._now = now
        self._office = office
        self._action = action
        self._entries = entries

    def into(self, pattern: str) -> str:
        """The sentence, "" when it asks for a word that is not known."""
        try:
            return pattern.format_map(self)
        except KeyError:
            return ""

    def __missing__(self, name: str) -> str:
        if name == "step":
            return action_words(self._action)
        found = self._details() if name == "details" else self._cell(name)
        if not found:
            raise KeyError(name)
        return found

    def _cell(self, name: str) -> str:
        if self._secret and not may_be_told(name):
            return ""
        for entry in self._entries:
            if entry.cells.get(name) not in (None, "", []):
                return self._shown(entry, name)
        return ""

    def _shown(self, entry: Entry, cell: str) -> str:
        value = value_now(self._office, entry, cell, self._now)
        table = BY_ID.get(entry.register)
        field = table.field(cell) if table is not None else None
        if field is not None and field.private and isinstance(value, str):
            return masked(value)  # sentences are printed and exported
        return visible(shower(self._office, table, cell)(value), limit=LONGEST)

    def _details(self) -> str:
        """The cells that the action asked for, or all it wrote when it asks for none by name."""
        register, _dot, name = self._action.rpartition(".")
        table = BY_ID.get(register)
        step = table.step(name) if table is not None else None
        asked = {field.name for _need, field in needs(table, step)} if table and step else None
        told: list[str] = []
        for entry in self._entries:
            of = BY_ID.get(entry.register)
            for cell in entry.cells:
                field = of.field(cell) if of is not None else None
                if field is None or (field.bookkeeping if asked is None else cell not in asked):
                    continue
                if field.kind == "ref" or (self._secret and not may_be_told(cell)):
                    continue
                shown = self._shown(entry, cell)
                told.append(f"{_(field.label)} {shown or '-'}")
        return clauses(told[:6])
