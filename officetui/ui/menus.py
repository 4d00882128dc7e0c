"""What the numbered menu of one or several records holds, derived from the step tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from officetui.office.tables import Record, Register, Step, registry, workflow
from officetui.text.i18n import _, ngettext
from officetui.text.safe import visible
from officetui.text.words import listed
from officetui.ui import actions

if TYPE_CHECKING:
    from officetui.office.office import Office

STEP: Final = "step:"
FIRST: Final = "first:"  # a step before its approval
EDIT: Final = "edit"
OPEN: Final = "open"
TRASH: Final = "trash"
RESTORE: Final = "restore"
UNMARK: Final = "unmark"
DECIDE: Final = "decide"
TELL: Final = "tell"
ACT: Final = "act:"
# What an input method must not keep anyone from: by enter, 0 and a digit, whatever is selected.
ALWAYS: Final = ("app.add", "app.undo", "app.redo", "day.goto", "app.help", "app.palette")
# Digits that mean the same whatever the state of the record is; 0 turns to the rest.
STEPS_PER_PAGE: Final = 7
EDIT_DIGIT: Final = 8
OPEN_DIGIT: Final = 9
TRASH_DIGIT: Final = 9  # on the last page, and asked about
_NAMED: Final = 3  # marked records that the title names


class Item(msgspec.Struct, frozen=True):
    """One line of the menu: its digit, what is chosen, how it is called, its letter, what it
    will ask."""

    id: str
    label: str
    key: str = ""
    hint: str = ""
    digit: int = 0  # 0: the next one on its page


def register_of(records: Sequence[Record]) -> Register | None:
    """The register that all of them belong to, or None."""
    ids = {record.register for record in records}
    return registry.BY_ID.get(ids.pop()) if len(ids) == 1 else None


def steps_for(office: Office, records: Sequence[Record]) -> list[Step]:
    """The steps that every one of the records allows now, in menu order."""
    register = register_of(records)
    if register is None:
        return []
    steps = office.steps(records[0])
    if len(records) == 1:
        return steps
    for record in records[1:]:
        others = {step.id for step in office.steps(record)}
        steps = [step for step in steps if step.id in others]
    return [step for step in steps if step.many]


def preferred(office: Office, records: Sequence[Record], promised: str = "") -> list[str]:
    """The steps that come first: what the line on Today promised, and what ends a clash."""
    found = [promised] if promised else []
    register = register_of(records)
    if len(records) == 1 and register is not None:
        found += [step for step in (register.suggests(records[0]),) if step]
    if len(records) == 1 and records[0].register in ("meetings", "schedule"):
        from officetui.office import clashes

        if any(clash.severity == "warn" for clash in clashes.of(office, records[0])):
            found += ["move", "keep_clash"]
    return found


def offered_words(record: Record) -> list[str]:
    """What a new record offers first, with the keys that take it: its letter, or Enter and 1."""
    register = registry.BY_ID[record.register]
    step = register.step(register.suggests(record))
    if step is None:
        return []
    key = actions.key_words(actions.step_key(register, step))
    return [_("{key}, or Enter 1: {step}").format(key=key, step=_(step.label))]


def ordered(
    office: Office, records: Sequence[Record], promised: str = "", steps: Sequence[Step] = ()
) -> list[Step]:
    """The steps of the records, the preferred ones first, the others in menu order."""
    first = preferred(office, records, promised)
    allowed = list(steps) or steps_for(office, records)
    return sorted(
        allowed, key=lambda step: first.index(step.id) if step.id in first else len(first)
    )


def pages(
    office: Office, records: Sequence[Record], suggested: str = "", opened: bool = False
) -> list[list[Item]]:
    """The menu: steps by 1 to 7, edit 8, open 9; last what always works, and the trash.

    `opened`: in the record's own detail. Without records only what always works.
    """
    last = [_action_item(name) for name in ALWAYS]
    if not records:
        return [last]
    if any(record.trashed for record in records):
        return [[Item(RESTORE, _("Take out of the trash"))], last]
    register = register_of(records)
    steps = ordered(office, records, suggested) if register is not None else []
    items = []
    if register is not None:
        items = [_step_item(register, step) for step in steps]
        items += [_early_item(register, step, records[0]) for step in early(office, records)]
        from officetui.ui import telling

        if telling.tells(records):
            key = actions.shown_key(actions.BY_ID["record.tell"])
            items.append(Item(TELL, _("A message that tells it"), key, _("asks how it was sent")))
    if len(records) == 1 and records[0].conflicted:
        # First of all, because every step would write over one of the values.
        items.insert(0, Item(DECIDE, _("Decide: two values")))
    found = [
        items[start : start + STEPS_PER_PAGE]
        for start in range(0, max(len(items), 1), STEPS_PER_PAGE)
    ]
    if len(records) > 1:
        found[0].append(Item(UNMARK, _("Take the marks away"), digit=EDIT_DIGIT))
    elif register is not None:
        edit_key = actions.shown_key(actions.BY_ID["record.edit"])
        found[0].append(Item(EDIT, _("Edit"), edit_key, digit=EDIT_DIGIT))
        if not opened:
            words = _("Open: everything about it, and its history")
            found[0].append(Item(OPEN, words, digit=OPEN_DIGIT))
    if register is not None and register.id == "duty":
        last[:0] = [*roster_items()]
    if register is not None and register.id == "schedule":
        last.insert(0, _action_item("schedule.sheet"))
    if register is not None and register.id == "meetings" and len(records) == 1:
        last[:0] = [_action_item("meetings.seating"), _action_item("meetings.template")]
    if register is not None:
        last.append(Item(TRASH, _("Put into the trash"), digit=TRASH_DIGIT))
    return [*found, last]


def names(records: Sequence[Record]) -> str:
    """The records by name, the first few of many."""
    words = []
    for record in records[:_NAMED]:
        table = registry.BY_ID.get(record.register)
        words.append(visible(table.title(record) if table else record.id, limit=60))
    if len(records) > _NAMED:
        words.append(_("and {n} more").format(n=len(records) - _NAMED))
    return listed(words)


def roster_items() -> list[Item]:
    """Making a roster, and its lines, in the menu of duty."""
    return [_action_item("duty.roster"), _action_item("duty.lines")]


def _action_item(name: str) -> Item:
    action = actions.BY_ID[name]
    return Item(ACT + name, action.name(), actions.shown_key(action))


def _step_item(register: Register, step: Step) -> Item:
    asked = [_(field.label) for _need, field in workflow.needs(register, step)]
    return Item(
        STEP + step.id,
        _(step.label),
        actions.key_words(actions.step_key(register, step)),
        listed(asked),
    )


def early(office: Office, records: Sequence[Record]) -> list[Step]:
    """The steps that every one of the records allows before an approval, with a reason."""
    register = register_of(records)
    if register is None:
        return []
    steps = office.early_steps(records[0])
    for record in records[1:]:
        steps = [step for step in steps if workflow.skipped(register, record, step)]
    return [step for step in steps if step.many or len(records) == 1]


def early_words(register: Register, step: Step, record: Record) -> str:
    """How a step is called that comes before its approval."""
    waits = listed(_(one.label) for one in workflow.skipped(register, record, step))
    return _("{step} first, “{approval}” later").format(step=_(step.label), approval=waits)


def _early_item(register: Register, step: Step, record: Record) -> Item:
    return Item(
        FIRST + step.id,
        early_words(register, step, record),
        actions.key_words(actions.step_key(register, step)),
        _("asks why"),
    )


def not_now(office: Office, records: Sequence[Record]) -> str:
    """One line: the steps that cannot be taken now."""
    register = register_of(records)
    if register is None:
        return _("They belong to different registers; only what fits all of them is listed.")
    allowed = {step.id for step in [*steps_for(office, records), *early(office, records)]}
    others = [step for step in register.steps if step.id not in allowed]
    if len(records) == 1:
        others = [step for step in others if step.when is None or step.when(records[0])]
    if not others:
        return ""
    names = "  ".join(
        f"{actions.key_words(actions.step_key(register, step))} {_(step.label)}" for step in others
    )
    return _("Not now (the letter says why): {names}").format(names=names)


def why_not(office: Office, records: Sequence[Record], step: Step) -> str:
    """Why a step cannot be taken for these records, in one line."""
    register = register_of(records)
    if register is None:
        return _("They belong to different registers: Enter, then one at a time.")
    if len(records) > 1 and not step.many:
        return _("“{step}” is taken for one record at a time.").format(step=_(step.label))
    for record in records:
        if step.when is not None and not record.trashed and not step.when(record):
            return _other_kind(office, register, record, step)
        reason = workflow.why_not(register, record, step)
        if reason:
            # The reason has to fit into one line, also of a small terminal.
            name = register.badge(record) or visible(register.title(record), limit=24)
            return visible(_("{label}: {what}").format(label=name, what=reason), limit=200)
    return ""


def _other_kind(office: Office, register: Register, record: Record, step: Step) -> str:
    """A step that its kind does not have: which kind it is, and which steps it has."""
    field = register.field("kind")
    kind = field.show(record.get("kind")) if field is not None else ""
    can = listed(
        f"{actions.key_words(actions.step_key(register, one))}\u00a0{_(one.label)}"
        for one in office.steps(record)
    )
    if not kind:
        words = _("{title}: “{step}” is not for it. It can: {steps}")
    else:
        words = _("{title} is a {kind}: “{step}” is not for it. It can: {steps}")
    found = words.format(title=register.title(record), kind=kind, step=_(step.label), steps=can)
    return visible(found, limit=400)


def title(records: Sequence[Record], office: Office, marked: bool = False) -> str:
    """What the menu is about: the record, those of a line that speaks of several, or what is
    marked, which may not be in sight."""
    if not records:
        return _("Nothing is selected")
    n = len(records)
    if marked:
        return _("{n} marked: {names}").format(n=n, names=names(records))
    if n > 1:  # a line of Today that speaks of several
        words = ngettext("{n} record: {records}", "{n} records: {records}", n)
        return words.format(n=n, records=names(records))
    register = register_of(records)
    return visible(register.title(records[0]) if register else records[0].id, limit=200)


def state_line(records: Sequence[Record]) -> str:
    """The state a record is in, and what it waits for."""
    register = register_of(records)
    if register is None or len(records) != 1:
        return ""
    state = register.state(records[0].state)
    if state is None:
        return visible(records[0].state)
    label, waiting = _(state.label), _(state.waiting)
    return f"{label}  {waiting}" if waiting and waiting != label else label
