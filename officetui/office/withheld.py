"""Papers that turned out to be classified: of what was written of them before, when nobody knew,
only what may be recorded of a classified paper is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

import msgspec

from officetui.office.review_data import Asked, Picture, Planned
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.rules_incoming import ABOUT, CLASSIFIED_TITLE, LEVELS

if TYPE_CHECKING:
    from officetui.office.look import Look

_Told = TypeVar("_Told", Asked, Planned)


def is_withheld(record: Record | None) -> bool:
    """Whether a record is a classified paper now."""
    return record is not None and any(level in record.text("secrecy") for level in LEVELS)


def may_be_told(cell: str) -> bool:
    """Whether a cell of a classified paper may be told."""
    return cell in ABOUT or cell.endswith("_at")


def title_now(look: Look, ref: str, kept: str) -> str:
    """The title that was kept of a matter, unless it is withheld now: then what stands for it."""
    record = look.get(ref)
    if record is None or not is_withheld(record) or record.register not in BY_ID:
        return kept
    table = BY_ID[record.register]
    return " ".join(word for word in (table.badge(record), table.headline(record)) if word)


def picture(now: Callable[[str], Record | None], kept: Picture) -> Picture:
    """What was signed, or was so on an evening, without the titles of papers that are withheld;
    `now`: a record as it is now."""
    refs = {one.ref for one in (*kept.asked, *kept.listed)}
    refs |= {one.ref for plan in kept.tomorrow for one in (*plan.meetings, *plan.deadlines)}
    refs |= {ref for check in kept.checks for ref in check.refs}
    gone = {ref for ref in refs if is_withheld(now(ref))}
    if not gone:
        return kept
    return msgspec.structs.replace(
        kept,
        asked=_without(kept.asked, gone),
        listed=_without(kept.listed, gone),
        checks=tuple(
            msgspec.structs.replace(one, evidence=()) if gone & set(one.refs) else one
            for one in kept.checks
        ),
        tomorrow=tuple(
            msgspec.structs.replace(
                plan,
                meetings=_without(plan.meetings, gone),
                deadlines=_without(plan.deadlines, gone),
            )
            for plan in kept.tomorrow
        ),
    )


def _without(found: Iterable[_Told], gone: set[str]) -> tuple[_Told, ...]:
    return tuple(
        msgspec.structs.replace(one, title=CLASSIFIED_TITLE) if one.ref in gone else one
        for one in found
    )
