"""接待 unit n人 when meal 陪n人: 接待 市应急局6人 周二中午 工作餐 陪4人 @李梅."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from officetui.intake import moments
from officetui.intake.draft import Draft
from officetui.intake.folding import number
from officetui.intake.names import office_ahead
from officetui.registers.hospitality import too_many
from officetui.registers.view import View
from officetui.text.i18n import ngettext

if TYPE_CHECKING:
    from officetui.intake.names import Directory

_COUNT = "(?P<n>[0-9]{1,3}|[一二两三四五六七八九十百]{1,4})"


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """Whether a word right after the prefix belongs to such a line: 接待市应急局, not 接待室."""
    return office_ahead(word) > 0 or bool(_guests().search(word))


def understand(draft: Draft, prefix: str) -> None:
    """Work out who comes, when, with how many, to what."""
    _letter(draft)
    _companions(draft)
    _headcount(draft)
    _cost(draft)
    _when(draft)
    _meal(draft)
    _unit(draft)
    _places(draft)
    draft.set_tags()
    words = draft.words()
    if words:
        draft.put("project", draft.text(), words[0].start, words[-1].stop)
    draft.owner("owner", "")
    _rules(draft)


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(
        "(?:公函|来函|函号|函|letter(?: no\\.?)?)?:? ?"
        "(?P<no>[\u4e00-\u9fffa-z]{1,12}[〔\\[(【][0-9]{4}[〕\\])】] ?[0-9]{1,5} ?号?)"
        "|(?:公函号?|函号|letter(?: no\\.?)?):? ?(?P<plain>[^ ]*[0-9][^ ]*)"
    )


def _letter(draft: Draft) -> None:
    found = _letters().search(draft.folded, draft.begin)
    if found is not None:
        name = "no" if found["no"] else "plain"
        a, b = found.span(name)
        draft.put("letter_no", draft.line[a:b], a, b)
        draft.take(found.start(), found.end())


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(
        f"(?:陪同|陪餐|陪){_COUNT}(?:人|名)|(?<![^ ])(?P<e>[0-9]{{1,3}}) companions?(?![^ ])"
    )


def _companions(draft: Draft) -> None:
    found = _beside().search(draft.folded, draft.begin)
    if found is not None:
        count = number(found["n"] or found["e"])
        if count is not None:
            draft.put("companions", count, found.start(), found.end())


@cache
def _guests() -> re.Pattern[str]:
    return re.compile(
        f"(?:一行|等|共)?{_COUNT}(?:人|位|名)(?:来宾|客人|同志)?(?= |$|,)"
        "|(?<![^ ])(?P<e>[0-9]{1,3}) (?:guests?|people|persons)(?![^ ])"
    )


def _headcount(draft: Draft) -> None:
    for begin, stop in draft.free:
        found = _guests().search(draft.folded, begin, stop)
        if found is not None:
            count = number(found["n"] or found["e"])
            if count:
                draft.put("headcount", count, found.start(), found.end())
                return


@cache
def _sums() -> re.Pattern[str]:
    return re.compile(
        "(?:费用|花费|金额|共|cost)?:? ?"
        "(?<![0-9.])(?P<sum>[0-9]{1,7}(?:\\.[0-9]{1,2})?)(?:元| yuan)"
    )


def _cost(draft: Draft) -> None:
    found = draft.first(_sums())
    if found is not None:
        draft.put("cost", found["sum"], found.start(), found.end())


def _when(draft: Draft) -> None:
    """When they come: ^, or the first word that is a time."""
    view = draft.view
    if draft.due is not None:
        draft.deadline("at", draft.due)
        return
    for word in draft.words():
        found = moments.match(draft.folded, word.start, view.local, view.calendar, strict=True)
        if found is None or found.basis or not (found.dated or found.timed):
            continue
        if found.problem:
            draft.problem("at", found.text)
            draft.take(found.start, found.stop)
            draft.note(draft.line[found.start : found.stop])
            return
        draft.put("at", found.value, found.start, found.stop)
        draft.remarks("at", found)
        return


@cache
def _meals() -> re.Pattern[str]:
    return re.compile(
        "(?:用|吃)?(工作午餐|工作晚餐|工作餐|自助餐|桌餐|盒饭|早餐|午餐|中餐|晚餐|不用餐|不安排用餐"
        "|working lunch|working dinner|lunch|dinner|breakfast)"
    )


def _meal(draft: Draft) -> None:
    found = draft.first(_meals())
    if found is not None:
        a, b = found.span()
        draft.put("meals", draft.line[a:b], a, b)


def _unit(draft: Draft) -> None:
    """Whose guests they are: the first word left, or an office at its head."""
    words = draft.words()
    if not words:
        return
    first = words[0]
    if first.text.isascii():
        count = draft.folded.find(" guest", draft.begin)
        names = [word for word in words if count < 0 or word.stop <= count]
        if names:
            stop = names[-1].stop
            draft.put("from_unit", draft.line[first.start : stop], first.start, stop)
        return
    length = office_ahead(first.text) or len(first.text)
    draft.put("from_unit", first.typed[:length], first.start, first.start + length)


def _places(draft: Draft) -> None:
    if draft.places:
        draft.cells["places"] = [name for name, _a, _b in draft.places]
        for name, start, stop in draft.places:
            draft.part("places", [name], start, stop)


def _rules(draft: Draft) -> None:
    """What is still to be said: the letter, the cost, and whether so many may sit at table."""
    cells = draft.cells
    draft.miss("letter_no", "cost")
    if not cells.get("headcount"):
        draft.miss("headcount")
    most = too_many(cells)
    if most:
        guests, companions = int(cells["headcount"]), int(cells["companions"])
        words = ngettext(
            "{n} guest: at most {most} companions, not {companions}.",
            "{n} guests: at most {most} companions, not {companions}.",
            guests,
        )
        said = words.format(n=guests, most=most, companions=companions)
        draft.hint("companions", said, "warn")
        draft.said.add("hospitality.companions")
