"""What the numbered menu of one or several records holds, derived from the step tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from officetui.registers import registry, workflow
from officetui.registers.model import Register, Step
from officetui.registers.record import Record
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.ui import actions

if TYPE_CHECKING:
    from officetui.office.office import Office

STEP: Final = "step:"
EDIT: Final = "edit"
OPEN: Final = "open"
TRASH: Final = "trash"
RESTORE: Final = "restore"
ACT: Final = "act:"
# What an input method must not keep anyone from: by enter, 0 and a digit, whatever is selected.
ALWAYS: Final = ("app.add", "app.undo", "app.redo", "day.goto", "app.help", "app.palette")
PAGE: Final = 9  # lines that a digit chooses; 0 turns to the rest


class Item(msgspec.Struct, frozen=True):
    """One line of the menu: what is chosen, how it is called, its letter, what it will ask."""

    id: str
    label: str
    key: str = ""
    hint: str = ""


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


def pages(
    office: Office, records: Sequence[Record], suggested: str = "", opened: bool = False
) -> list[list[Item]]:
    """The menu: the suggested step, the other steps, edit, open, trash; last what always works.

    `opened`: in the record's own detail. Without records only what always works.
    """
    found = _items(office, records, suggested, opened) if records else []
    cut = [found[start : start + PAGE] for start in range(0, len(found), PAGE)]
    return [*cut, [_action_item(name) for name in ALWAYS]]


def _items(office: Office, records: Sequence[Record], suggested: str, opened: bool) -> list[Item]:
    register = register_of(records)
    steps: list[Item] = []
    if register is not None:
        allowed = sorted(steps_for(office, records), key=lambda step: step.id != suggested)
        steps = [_step_item(register, step) for step in allowed]
    if any(record.trashed for record in records):
        return [Item(RESTORE, _("Take out of the trash"))]
    more: list[Item] = []
    if len(records) == 1 and register is not None:
        more.append(Item(EDIT, _("Edit"), actions.shown_key(actions.BY_ID["record.edit"])))
        if not opened:
            more.append(Item(OPEN, _("Open: everything about it, and its history")))
    # Edit and open stay on the first page; the rarer steps move to the second.
    room = PAGE - len(more)
    if len(steps) < room:
        room = len(steps)
    return [*steps[:room], *more, *steps[room:], Item(TRASH, _("Put into the trash"))]


def _action_item(name: str) -> Item:
    action = actions.BY_ID[name]
    return Item(ACT + name, action.name(), actions.shown_key(action))


def _step_item(register: Register, step: Step) -> Item:
    asked = [_(field.label) for _need, field in workflow.needs(register, step)]
    return Item(
        STEP + step.id,
        _(step.label),
        actions.key_words(actions.step_key(register, step)),
        "、".join(asked),
    )


def not_now(office: Office, records: Sequence[Record]) -> str:
    """One line: the steps that cannot be taken now."""
    register = register_of(records)
    if register is None:
        return _("They belong to different registers; only what fits all of them is listed.")
    allowed = {step.id for step in steps_for(office, records)}
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
        return _("They belong to different registers.")
    if len(records) > 1 and not step.many:
        return _("“{step}” is taken for one record at a time.").format(step=_(step.label))
    for record in records:
        reason = workflow.why_not(register, record, step)
        if reason:
            return visible(f"{register.title(record)}: {reason}", limit=200)
    return ""


def title(records: Sequence[Record], office: Office) -> str:
    """What the menu is about: the record, or how many are marked."""
    if not records:
        return _("Nothing is selected")
    if len(records) > 1:
        return _("{n} marked").format(n=len(records))
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
