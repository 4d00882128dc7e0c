"""Papers that turned out to be classified: of what was written of them before, when nobody knew,
only what may be recorded of a classified paper is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from officetui.ledger.doc import leaves
from officetui.ledger.stamp import origin
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
    from officetui.ledger.line import Entry
    from officetui.office.look import Look
    from officetui.office.reading import Reading

_Told = TypeVar("_Told", Asked, Planned)
_Places = frozenset[tuple[str, str]]  # ids of papers with stamps
_Known = dict[_Places, list[tuple[str, str]]]
_FORMER = "titles of emptied papers"
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


def value_now(office: Reading, entry: Entry, cell: str, now: Record | None) -> Any:
    """What an entry wrote into a cell, as it may be told; `now`: the record, or that of which it
    is a part, as it is now."""
    value = entry.cells[cell]
    if entry.register == "reviews.carried" and cell == "title":
        return title_now(office, str(entry.cells.get("matter") or ""), str(value))
    if entry.register == "duty" and cell == "handover" and isinstance(value, str):
        for title, instead in _former(office, now):
            value = value.replace(title, instead)
    return value


def _former(office: Reading, seat: Record | None) -> list[tuple[str, str]]:
    """The titles that papers had before they were found to be classified, the longest first, with
    what stands for each: of the papers on the desk, and of those that were emptied together with
    what this seat handed over."""
    places = office.memo("emptied papers", ("documents",), partial(_emptied, office))
    if seat is not None and CLASSIFIED_TITLE in seat.text("handover"):
        places = places | _emptied_with(office, seat)
    if not places:
        return []
    known = cast("_Known", office.keeps.setdefault(_FORMER, {}))
    if places not in known:  # a place holds the stamp of what was written last
        known[places] = _former_titles(office, places)
    return known[places]


def _emptied(office: Reading) -> _Places:
    """The classified papers of the desk whose title was another at first, each with a stamp."""
    found = set()
    for record in office.records("documents"):
        if is_withheld(record):
            last = max((leaf.stamp for leaf in leaves(record.doc, "title")), default="")
            if last != origin(record.id):
                found.add((record.id, last))
    return frozenset(found)


def _emptied_with(office: Reading, seat: Record) -> _Places:
    found = set()
    for line in office.ledger.history((seat.register, seat.id)):
        for entry in line.entries:
            if entry.register == "documents" and "secrecy" in entry.cells:
                found.add((entry.record, line.t))
    return frozenset(found)


def _former_titles(office: Reading, places: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    table = BY_ID["documents"]
    found: dict[str, str] = {}
    papers = {record_id: office.get(f"{table.id}/{record_id}") for record_id, _t in places}
    papers = {record_id: one for record_id, one in papers.items() if is_withheld(one)}
    for line in office.ledger.history(*((table.id, record_id) for record_id in papers)):
        for entry in line.entries:
            title, paper = entry.cells.get("title"), papers.get(entry.record)
            if entry.register != table.id or paper is None or title in (None, CLASSIFIED_TITLE):
                continue
            before = Record(table.id, {**paper.doc, "title": title, "secrecy": None})
            badge = table.badge(paper)
            instead = " ".join(word for word in (badge, CLASSIFIED_TITLE) if word)
            found[str(title)] = CLASSIFIED_TITLE
            found[table.headline(before)] = CLASSIFIED_TITLE
            found[table.title(before)] = instead
    return sorted(
        ((title, instead) for title, instead in found.items() if title),
        key=lambda one: -len(one[0]),
    )


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
