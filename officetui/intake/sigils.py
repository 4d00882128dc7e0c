"""@ owner, # urgency or tag, ^ due, + place: half or full width, …… for ^, attached or not."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from officetui.intake import moments
from officetui.intake.draft import Draft
from officetui.intake.folding import fold
from officetui.text.i18n import _
from officetui.text.words import listed


@cache
def _sigil() -> re.Pattern[str]:
    return re.compile("[@#^+]|……")


@cache
def _mail() -> re.Pattern[str]:
    return re.compile(r"[a-z0-9-]+\.[a-z]{2,}")


def cut(draft: Draft) -> None:
    """Take every sigil with its word out of the line."""
    places = _find(draft)
    for index, (start, mark) in enumerate(places):
        limit = places[index + 1][0] if index + 1 < len(places) else len(draft.line)
        begin = start + len(mark)
        space = draft.folded.find(" ", begin, limit)
        stop = limit if space < 0 else space
        if mark in ("^", "……"):
            _due(draft, start, begin, stop, limit, mark)
        elif begin >= stop:
            if mark == "@":
                draft.hint("owner", _("Nobody is named after @."), "ask")
            draft.take(start, begin)
        elif mark == "@":
            _owner(draft, start, begin, stop)
        elif mark == "#":
            draft.tags.append((draft.line[begin:stop], start, stop))
            draft.take(start, stop)
        else:
            _place(draft, start, begin, stop, limit)


def _find(draft: Draft) -> list[tuple[int, str]]:
    begin = draft.begin
    found = []
    for match in _sigil().finditer(draft.folded, begin):
        if _means(draft, match.start(), match.group()):
            found.append((match.start(), match.group()))
    return found


def _means(draft: Draft, at: int, mark: str) -> bool:
    """Whether this character is a sigil here, and not part of 3#楼, a@b.cn, 互联网+."""
    before = draft.folded[at - 1 : at] if at else " "
    after = draft.folded[at + len(mark) :]
    if mark == "@":
        return not (before.isascii() and before.isalnum() and _mail().match(after))
    if mark == "#":
        known = fold(after[:2])
        return not before.isdigit() or known[:1] in "急特加平重"
    if mark == "……":
        return before == " " or _dated(draft, at + 2) is not None
    if mark == "^":
        return True
    if before.isalnum() or (after[:1].isdigit() and after[:11].isdigit()):
        head = after.split(" ", 1)[0]
        return bool(draft.register.id == "meetings" and draft.names.room(head))
    return True


def _dated(draft: Draft, at: int) -> moments.Moment | None:
    found = moments.match(draft.folded, at, draft.view.local, draft.view.calendar)
    return found


def _due(draft: Draft, start: int, begin: int, stop: int, limit: int, mark: str) -> None:
    text = draft.folded[:limit]
    found = moments.match(text, begin, draft.view.local, draft.view.calendar)
    if found is None or (found.stop < stop and not _verb().match(text[found.stop : stop])):
        if mark == "……" and draft.folded[start - 1 : start] != " ":
            return  # an ellipsis inside a text
        whole = moments.read(draft.line[begin:stop], draft.view.local, draft.view.calendar)
        found = moments.Moment(
            problem=whole.problem or "unreadable", text=whole.text, start=begin, stop=stop
        )
        if not whole.problem:
            found = whole
    if draft.due is not None:
        draft.note(draft.line[draft.due.start : draft.due.stop])  # the last one counts
    draft.due = _moved(found, start, max(found.stop, begin))
    draft.take(start, draft.due.stop)


def _moved(moment: moments.Moment, start: int, stop: int) -> moments.Moment:
    return msgspec.structs.replace(moment, start=start, stop=stop)


@cache
def _verb() -> re.Pattern[str]:
    """What may follow a deadline and stays in the text: 周五前报县里."""
    return re.compile("[\u4e00-\u9fff]")


def _owner(draft: Draft, start: int, begin: int, stop: int) -> None:
    at = begin
    for name in re.split("[、,;]", draft.folded[begin:stop]):
        typed = draft.line[at : at + len(name)]
        end = at + len(name)
        if typed:
            found, length = draft.names.head(typed)
            if 0 < length < len(typed) and found.kind in ("person", "unit"):
                end = at + length  # @李梅尽快办: the rest is text
                typed = typed[:length]
            draft.owners.append((typed, start, end))
            draft.take(start, end)
        start, at = at + len(name), at + len(name) + 1


def _place(draft: Draft, start: int, begin: int, stop: int, limit: int) -> None:
    text = draft.folded[begin:limit]
    for key in sorted(draft.names.rooms, key=len, reverse=True):
        if text.startswith(key):
            stop = begin + len(key)
            break
    draft.places.append((draft.line[begin:stop], start, stop))
    draft.take(start, stop)


def set_owner(draft: Draft, field: str, unit_field: str) -> None:
    """The first person is the owner, a unit goes to its own cell, others are noted, not lost."""
    for typed, start, stop in draft.owners:
        found = draft.names.resolve(typed)
        unit = found.kind in ("unit", "some unit")
        if unit and unit_field and not draft.cells.get(unit_field):
            draft.put(unit_field, found.name, start, stop)
            if found.kind == "some unit":
                not_known(draft, unit_field, typed, ())
            continue
        if draft.cells.get(field):
            draft.note(f"@{typed}")
            draft.part("note", f"@{typed}", start, stop)
            said = _("One owner only: {owner}; {other} is kept in the note.")
            draft.hint(field, said.format(owner=draft.cells[field], other=typed), "warn")
            continue
        draft.put(field, found.name, start, stop)
        if found.kind == "ask":
            said = _("Who is {name}: {people}?")
            draft.hint(field, said.format(name=typed, people=listed(found.candidates)), "ask")
        elif found.kind in ("unknown", "some unit"):
            not_known(draft, field, typed, found.candidates)


def not_known(draft: Draft, field: str, typed: str, akin: tuple[str, ...]) -> None:
    """Someone unknown is kept as typed, and asked about."""
    if akin:
        said = _("{name} is not in the directory; perhaps {people}? Kept as typed.")
        draft.hint(field, said.format(name=typed, people=listed(akin)), "ask")
    else:
        said = _("{name} is not in the directory; kept as typed.")
        draft.hint(field, said.format(name=typed), "ask")
