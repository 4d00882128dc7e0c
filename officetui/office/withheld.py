"""Papers that turned out to be classified: of what was written of them before, when nobody knew,
only what may be recorded of a classified paper is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from officetui.office.review_data import Asked, Picture, Planned
from officetui.registers.common import CHILD
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID
from officetui.registers.rules import judge
from officetui.registers.rules_incoming import (
    ABOUT,
    CLASSIFIED,
    CLASSIFIED_TITLE,
    LEVELS,
    emptied,
)
from officetui.text.i18n import N_, _, ngettext
from officetui.text.safe import visible
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.office.look import Look

_Told = TypeVar("_Told", Asked, Planned)
_FREE = ("text", "long", "words", "json")  # kinds of fields that anything may be written into
STAYS = N_(
    "What was written before stays in the journals of every device, also of those that have it"
    " already: nothing takes it out of there."
)


class Emptying(msgspec.Struct, frozen=True):
    """What must go where a record becomes a classified paper: cells of its own with what they
    become, and cells of its parts."""

    cells: dict[str, Any]
    parts: tuple[tuple[Record, dict[str, Any]], ...] = ()
    names: tuple[str, ...] = ()

    def asked(self) -> str:
        """What will be emptied, by name."""
        words = _("A classified paper: these will be emptied: {fields}.")
        return words.format(fields=listed(self.names))

    def done(self) -> str:
        """What was emptied, and what was not."""
        words = ngettext(
            "{n} field emptied; the old text stays in the journals.",
            "{n} fields emptied; the old text stays in the journals.",
            len(self.names),
        )
        return words.format(n=len(self.names))


def is_withheld(record: Record | None) -> bool:
    """Whether a record is a classified paper now."""
    return record is not None and any(level in record.text("secrecy") for level in LEVELS)


def may_be_told(cell: str) -> bool:
    """Whether a cell of a classified paper may be told."""
    return cell in ABOUT or cell.endswith("_at")


def emptying(look: Look, record: Record, cells: Mapping[str, Any]) -> Emptying | None:
    """What must be emptied so that these cells can be written over a record, where only the rule
    of classified papers is in the way of that; else None."""
    table = BY_ID[record.register]
    full = {**record.cells, **cells}

    def refused(each: Mapping[str, Any]) -> set[str]:
        found = judge(record.register, each, record.id, look)
        return {one.rule for one in found if one.severity == "block"}

    own = emptied(full)
    if not own or CLASSIFIED not in refused(full) or refused({**full, **own}):
        return None
    kind = table.numbering
    if kind is not None and kind.given_by and kind.field in own and full.get(kind.per_year):
        own[kind.per_year] = None  # else it would wait for another number
    parts = []
    labels = {field.name: field.title() for field in table.fields}
    names = [label for name, label in labels.items() if name in own]
    names += [visible(name, limit=40) for name in own if name not in labels]
    for child in table.children:
        free = [
            field
            for field in child.fields
            if field.kind in _FREE and not field.required and field not in CHILD
        ]
        for part in look.children(record, child.id):
            gone: dict[str, Any] = {field.name: None for field in free if part.get(field.name)}
            if gone:
                parts.append((part, gone))
                names += [f"{child.name()} {one.title()}" for one in free if one.name in gone]
    parts += _handed_over(look, record, own)
    if any(part.register == "duty" for part, _gone in parts):
        names.append(_("what a shift handed over of it"))
    return Emptying(own, tuple(parts), tuple(dict.fromkeys(names)))


def _handed_over(
    look: Look, record: Record, own: Mapping[str, Any]
) -> list[tuple[Record, dict[str, Any]]]:
    """The seats of the roster that name the paper by its title in what they handed over."""
    title = record.text("title")
    if "title" not in own or not title:
        return []
    table = BY_ID[record.register]
    names = (table.title(record), title)
    instead = " ".join(word for word in (table.badge(record), CLASSIFIED_TITLE) if word)
    found = []
    for seat in look.records("duty"):
        said = text = seat.text("handover")
        for name in names:
            text = text.replace(name, instead)
        if text != said:
            found.append((seat, {"handover": text}))
    return found


def title_now(look: Look, ref: str, kept: str) -> str:
    """The title that was kept of a matter, unless it is withheld now: then what stands for it."""
    record = look.get(ref)
    if record is None or not is_withheld(record) or record.register not in BY_ID:
        return kept
    table = BY_ID[record.register]
    return " ".join(word for word in (table.badge(record), table.headline(record)) if word)


def shown(look: Look, record: Record) -> Record:
    """A record as it may be shown: what a review kept of papers that are withheld now is not."""
    if record.register == "reviews.carried":
        kept = record.text("title")
        now = title_now(look, record.text("matter"), kept)
        return record if now == kept else Record(record.register, {**record.doc, "title": now})
    if record.register == "reviews" and isinstance(record.get("signed"), dict):
        known: dict[str, bool] = {}

        def gone(ref: object) -> bool:
            if not isinstance(ref, str) or "/" not in ref:
                return False
            if ref not in known:
                known[ref] = is_withheld(look.get(ref))
            return known[ref]

        signed = _masked(record.get("signed"), gone)
        if any(known.values()):
            return Record(record.register, {**record.doc, "signed": signed})
    return record


def _masked(kept: Any, gone: Callable[[object], bool]) -> Any:
    """What a signature kept, also a newer version's, without titles and evidence of those gone."""
    if isinstance(kept, list):
        return [_masked(one, gone) for one in kept]
    if not isinstance(kept, dict):
        return kept
    found = {name: _masked(value, gone) for name, value in kept.items()}
    if "title" in found and gone(found.get("ref")):
        found["title"] = CLASSIFIED_TITLE
    refs = found.get("refs")
    if "evidence" in found and isinstance(refs, list) and any(map(gone, refs)):
        found["evidence"] = []
    return found


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
