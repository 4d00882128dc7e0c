"""Which steps a record allows, why not the others, and what a step writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from officetui.errors import Refused
from officetui.registers.model import (
    CLEAR,
    EARLY,
    GIVEN,
    ME,
    NOW,
    TODAY,
    UNAPPROVED,
    UNAPPROVED_WHY,
    Field,
    Kind,
    Need,
    Register,
    Step,
)
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import _
from officetui.text.words import listed


def utc_text(instant: datetime) -> str:
    """The canonical text of an aware instant: seconds, UTC, "Z"."""
    from datetime import UTC

    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def allowed(register: Register, record: Record) -> list[Step]:
    """The steps that can be taken from the record's state, in the order of the menu."""
    steps = [step for step in register.steps if why_not(register, record, step) is None]
    return sorted(steps, key=lambda step: step.order.get(record.state, step.first))


def why_not(register: Register, record: Record, step: Step) -> str | None:
    """None when the step can be taken now, else the reason in the language in use."""
    if record.trashed:
        return _("It lies in the trash; restore it first.")
    state = register.state(record.state)
    if step.when is not None and not step.when(record):
        return _("“{step}” is not for this kind of record.").format(step=_(step.label))
    if step.approval and step.id in unapproved(record):
        return None  # filled in afterwards, whatever has been done since
    if step.sources:
        if record.state in step.sources:
            return None
    elif state is None or not state.finished:
        return None
    names = listed(_(s.label) for s in _states(register, step.sources))
    now = _(state.label) if state else record.state or _("no state")
    if not names:
        return _("It is finished ({state}).").format(state=now)
    return _("It is “{state}”; “{step}” can be taken from: {sources}.").format(
        state=now, step=_(step.label), sources=names
    )


def unapproved(record: Record) -> tuple[str, ...]:
    """The approvals (step ids) that were not waited for and are still to be filled in."""
    return record.words(UNAPPROVED)


def skipped(register: Register, record: Record, step: Step) -> tuple[Step, ...]:
    """The approvals that taking a step now would not wait for (先办后补); () when it cannot be
    taken early: only approvals can be filled in afterwards, and none that another must give."""
    if (
        not step.early
        or record.trashed
        or not step.sources
        or why_not(register, record, step) is None
    ):
        return ()
    if step.when is not None and not step.when(record):
        return ()
    ways: dict[str, tuple[Step, ...]] = {record.state: ()}
    heads = [record.state]
    while heads:  # the shortest way over approvals alone
        here = heads.pop(0)
        if here in step.sources:
            return ways[here]
        for approval in register.steps:
            to = approval.target
            if not approval.approval or to is None or to in ways or approval.who == "other":
                continue
            if here in approval.sources and (approval.when is None or approval.when(record)):
                ways[to] = (*ways[here], approval)
                heads.append(to)
    return ()


def early(register: Register, record: Record) -> list[Step]:
    """The steps that can be taken before an approval, with a reason, in the order of the menu."""
    steps = [step for step in register.steps if skipped(register, record, step)]
    return sorted(steps, key=lambda step: step.order.get(record.state, step.first))


def _states(register: Register, ids: Iterable[str]) -> list[Any]:
    return [state for state in (register.state(i) for i in ids) if state is not None]


def needs(register: Register, step: Step) -> list[tuple[Need, Field]]:
    """The inputs of a step with the fields that describe them, in the order of the form."""
    return [(need, _field_of(register, step, need)) for need in step.needs]


# What a field is called where several may be given at once; a text is anyone's name: a guest's.
_SEVERAL: Final[Mapping[str, Kind]] = {"unit": "units", "text": "words"}


def _field_of(register: Register, step: Step, need: Need) -> Field:
    """The field of a need: of the child that is added, of the register, or of another child."""
    added = register.child(step.adds) if step.adds else _made(step)
    for table in (added, register, *register.children):
        field = table.field(need.field) if table is not None else None
        if field is not None:
            if not need.many:
                return field
            return msgspec.structs.replace(field, kind=_SEVERAL.get(field.kind, "people"))
    raise LookupError(f"{register.id}.{step.id} needs an unknown field {need.field}")


def _made(step: Step) -> Register | None:
    """The register of the record that a step makes."""
    if step.makes is None:
        return None
    from officetui.registers.registry import BY_ID  # which imports every register

    return BY_ID[step.makes.register]


def offers(register: Register, step: Step, record: Record, view: View) -> dict[str, Any]:
    """What the form of a step holds at first."""
    held: dict[str, Any] = {}
    known = step.makes.cells(record, {}, view) if step.makes is not None else {}
    for need, field in needs(register, step):
        if need.offer is not None:
            value = offered(need, record, view)
        else:
            fresh = step.adds or field.anew
            value = None if fresh else known.get(field.name, record.get(field.name))
        if value not in (None, ""):
            held[field.name] = value
    return held


def offered(need: Need, record: Record, view: View) -> Any:
    """What the table offers for an input; None when it names nothing."""
    return need.offer(record, view) if callable(need.offer) else fill(need.offer, view)


def fill(token: Any, view: View, inputs: Mapping[str, Any] | None = None) -> Any:
    """A token of a step's table as a value: NOW, TODAY, ME, CLEAR, GIVEN, or the value itself."""
    if isinstance(token, str) and token.startswith(GIVEN):
        return (inputs or {}).get(token.removeprefix(GIVEN)) or None
    if token == NOW:
        return utc_text(view.now)
    if token == TODAY:
        return view.today.isoformat()
    if token == ME:
        return view.user
    if token == CLEAR:
        return None
    return token


def _not_for(step: Step, record: Record, user: str) -> str | None:
    """Why this user may not take the step: some are the owner's, some must be another's."""
    owner = record.text("owner") or record.text("person")
    if step.who == "owner" and owner and owner != user:
        return _("“{step}” is for {owner} alone.").format(step=_(step.label), owner=owner)
    if step.who == "other" and owner == user:
        return _("“{step}” must be taken by another person than {owner}.").format(
            step=_(step.label), owner=owner
        )
    return None


def effects(
    register: Register, step: Step, record: Record, inputs: Mapping[str, Any], view: View
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the step writes: cells of the record, and cells of the child it adds or of the record
    it makes. With the input EARLY, a reason, it may come before its approval.

    Raises Refused, naming the field, when the step is not allowed or an input is missing.
    """
    own: dict[str, Any] = {}
    reason = why_not(register, record, step)
    if reason:
        own = _ahead(register, step, record, inputs, reason)
    added: dict[str, Any] = {}
    home = register.child(step.adds) if step.adds else _made(step) or register
    assert home is not None
    known = step.makes.cells(record, inputs, view) if step.makes is not None else {}
    for need, field in needs(register, step):
        value = inputs.get(field.name)
        if value in (None, "", []):
            held = known.get(field.name) or (
                need.stands and (record.get(field.name) or offered(need, record, view))
            )
            if need.required and held in (None, "", [], False):
                raise Refused(
                    _("“{step}” needs: {field}.").format(step=_(step.label), field=_(field.label)),
                    field=field.name,
                )
            continue
        if home is not register and home.field(field.name) is not None:
            added[field.name] = value
        elif register.field(field.name) is not None:
            own[field.name] = value
    reason = _not_for(step, record, view.user)
    if reason:
        raise Refused(reason)
    if step.check is not None:
        found = step.check(record, inputs, view)
        if found:
            raise found if isinstance(found, Refused) else Refused(found)
    for cell, token in step.sets.items():
        if cell.startswith("+"):
            added[cell[1:]] = fill(token, view)
        else:
            own[cell] = fill(token, view)
    if step.extra is not None:
        own.update(step.extra(record, inputs, view))
    if step.added is not None:
        added = {**step.added(record, inputs, view), **added}
    if step.makes is not None:
        link = {step.makes.link: record.ref}
        added = {**known, **added, **link}
    if step.approval and step.id in unapproved(record):
        left = [name for name in unapproved(record) if name != step.id]
        own[UNAPPROVED] = left or None
        own.pop("state", None)
    elif "state" not in own and step.target is not None and step.target != record.state:
        own["state"] = step.target
    return own, added


def _ahead(
    register: Register, step: Step, record: Record, inputs: Mapping[str, Any], reason: str
) -> dict[str, Any]:
    """The cells that keep a step's missing approvals flagged; raises Refused, saying how it can
    be taken early if it can."""
    approvals = skipped(register, record, step)
    names = listed(_(one.label) for one in approvals)
    why = str(inputs.get(EARLY) or "").strip()
    if not approvals:
        raise Refused(reason)
    if not why:
        said = _("It can be taken before “{approval}” with a reason, and stays flagged till then.")
        raise Refused(f"{reason} {said.format(approval=names)}", field=EARLY)
    return {
        UNAPPROVED: list(dict.fromkeys([*unapproved(record), *(a.id for a in approvals)])),
        UNAPPROVED_WHY: why,
    }
