"""勤 kind when what for whom: 勤 派车 明天7点半 去县委开会 陈镇长 3人; 会议室空调坏了 报修."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from officetui.intake import moments
from officetui.intake.chores import chores, kinds
from officetui.intake.draft import Draft
from officetui.intake.folding import number
from officetui.intake.lines.deadlines import bare_deadline
from officetui.intake.lines.schedule import is_return, moments_of, vehicle
from officetui.registers.errands import SEALS, TIMED, VEHICLES
from officetui.registers.view import View
from officetui.text.i18n import _
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.intake.names import Directory


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """Whether a word right after the prefix belongs to such a line: 勤派车, not 勤政."""
    return bool(chores().match(word))


def understand(draft: Draft, prefix: str) -> None:
    """Work out what is asked for, of what kind, for whom and when."""
    cells = draft.cells
    kind = _kind(draft)
    _cost(draft)
    if kind == VEHICLES:
        vehicle(draft)
        _driver(draft)
    if kind == SEALS:
        _seal(draft)
    _copies(draft)
    _headcount(draft)
    _when(draft, kind)
    _people(draft, kind)
    _place(draft, kind)
    draft.set_tags()
    _content(draft)
    draft.owner("owner", "for_whom")
    unread = any(problem.field == "at" for problem in draft.result.problems)
    if "at" not in cells and not unread:
        cells["at"] = draft.view.local.isoformat(timespec="minutes")
        if kind in TIMED:
            draft.hint("at", _("At what hour?"), "ask")
    draft.miss("approver")
    if kind == SEALS:
        draft.miss("seal", "copies", "for_whom")
    if kind == VEHICLES:
        draft.miss("vehicle", "for_whom")
        _clashes(draft)


def _kind(draft: Draft) -> str:
    """The kind, by the first of its words in the line; a word that only names it is taken."""
    first: tuple[int, str, int] | None = None
    for kind, pattern in kinds():
        for begin, stop in draft.free:
            found = pattern.search(draft.folded, begin, stop)
            if found is not None and (first is None or found.start() < first[0]):
                first = (found.start(), kind, found.end())
    if first is None:
        draft.cells["kind"] = "supplies"
        draft.hint("kind", _("Which kind of errand is it?"), "ask")
        return "supplies"
    start, kind, stop = first
    draft.cells["kind"] = kind
    draft.part("kind", kind, start, stop)
    field = draft.register.field("kind")
    named = field is not None and field.choice(draft.folded[start:stop]) is not None
    alone = any(word.start == start and word.stop == stop for word in draft.words())
    if named and alone and len(draft.words()) > 1:
        draft.take(start, stop)
    _name_only(draft, kind)
    return kind


def _name_only(draft: Draft, kind: str) -> None:
    """A later word that says nothing but the kind: 会议室空调坏了 报修."""
    field = draft.register.field("kind")
    for word in draft.words()[1:]:
        choice = field.choice(word.text) if field is not None else None
        if choice is not None and choice.value == kind:
            draft.take(word.start, word.stop)


@cache
def _sums() -> re.Pattern[str]:
    return re.compile(
        "(?:费用|花费|金额|共|约|cost)?:? ?(?<![0-9.])(?P<sum>[0-9]{1,7}(?:\\.[0-9]{1,2})?)元"
    )


def _cost(draft: Draft) -> None:
    found = draft.first(_sums())
    if found is not None:
        draft.put("cost", found["sum"], found.start(), found.end())


@cache
def _seals() -> re.Pattern[str]:
    return re.compile(
        "(?P<a>(?:[\u4e00-\u9fff]{0,6}?(?:党委|政府|党政办|办公室|纪委|人大|法人|财务|合同)(?:公|专用)?章|公章|钢印))"
        "(?=[ ,0-9]|$)"
    )


def _seal(draft: Draft) -> None:
    """Which seal: 党委章, 政府公章."""
    for word in draft.words():
        found = _seals().match(word.text)
        if found is not None:
            draft.put("seal", word.typed[: found.end("a")])
            draft.take(word.start, word.start + found.end("a"))
            draft.part("seal", draft.cells["seal"], word.start, word.start + found.end("a"))
            return


@cache
def _counted() -> re.Pattern[str]:
    return re.compile("(?P<n>[0-9]{1,4}|[一二两三四五六七八九十]{1,3})份|(?P<e>[0-9]{1,4}) copies")


def _copies(draft: Draft) -> None:
    """2份: how many; it stays where it is glued to what it counts."""
    found = draft.first(_counted())
    if found is None or draft.cells["kind"] not in (SEALS, "printing"):
        return
    count = number(found["n"] or found["e"])
    if count is None:
        return
    draft.cells["copies"] = count
    draft.part("copies", count, found.start(), found.end())
    draft.take(found.start(), found.end())


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(
        "(?<![^ ])(?:共|一行|等)?(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
        "(?:个人|人|位)(?= |$|,)"
        "|(?<![^ ])(?P<e>[0-9]{1,3}) (?:people|persons)(?![^ ])"
    )


def _headcount(draft: Draft) -> None:
    found = draft.first(_heads())
    count = number(found["n"] or found["e"]) if found is not None else None
    if found is not None and count:
        draft.put("headcount", count, found.start(), found.end())


@cache
def _drives() -> re.Pattern[str]:
    return re.compile("(?:司机|驾驶员|driver) ?(?P<a>[^ ,]{1,12}?(?:师傅)?)(?= |,|$)")


def _driver(draft: Draft) -> None:
    found = draft.first(_drives())
    if found is not None:
        name = draft.names.person(found["a"]) or draft.line[slice(*found.span("a"))]
        draft.put("driver", name, found.start(), found.end())


def _when(draft: Draft, kind: str) -> None:
    """At what hour it is wanted, from when to when; of what needs no hour by when it is due."""
    if kind not in TIMED:
        if draft.due is not None:
            draft.deadline("due", draft.due)
        else:
            bare_deadline(draft, "due", days=True)
        if "due" not in draft.cells:
            _day(draft)
        return
    _hours(draft)
    if draft.due is not None and "at" not in draft.cells:
        draft.deadline("at", draft.due)


def _hours(draft: Draft) -> None:
    """明天7点半, 8点到11点, 12点回: when it begins, and when it is over if that is said."""
    found = moments_of(draft)
    wrong = next((one for one in found if one.problem), None)
    good = [one for one in found if not one.problem]
    back = next((one for one in good if is_return(draft, one)), None)
    starts = [one for one in good if one is not back]
    if wrong is not None and not starts:
        draft.problem("at", wrong.text)
        draft.note(draft.line[wrong.start : wrong.stop])
        draft.take(wrong.start, wrong.stop)
        return
    if starts:
        best = max(starts, key=lambda one: (one.dated and one.timed, bool(one.end), one.timed))
        value = best.value
        if any(remark.code == "assumed" for remark in best.remarks):
            value = value[:10]  # 今晚 is no hour
            draft.hint("at", _("At what hour?"), "ask")
            best = msgspec.structs.replace(best, remarks=())
        draft.put("at", value, best.start, best.stop)
        if best.end:
            draft.cells["end"] = best.end
            draft.part("end", best.end, best.start, best.stop)
        draft.remarks("at", best)
    if back is not None:
        value, day = back.value, str(draft.cells.get("at", ""))[:10]
        if not back.dated and "T" in value and day:
            value = day + value[10:]
        stop = back.stop + (draft.folded[back.stop : back.stop + 1] == "回")
        draft.put("end", value, back.start, stop)


def _day(draft: Draft) -> None:
    """A bare day, 今天, is by when a repair is wanted."""
    view = draft.view
    for word in draft.words():
        found = moments.match(draft.folded, word.start, view.local, view.calendar, strict=True)
        if found is None or found.problem or found.stop != word.stop or not found.dated:
            continue
        draft.put("due", found.due(view.calendar), word.start, word.stop)
        draft.remarks("due", found)
        return


def _people(draft: Draft, kind: str) -> None:
    """For whom: the people or the unit that a word names as a whole; the others go along."""
    named: list[str] = []
    for word in draft.words():
        for part in re.split("[、,和]", word.text):
            found = draft.names.resolve(part) if 1 < len(part) <= 12 else None
            if found is None or found.kind not in ("person", "unit"):
                break
            named.append(found.name)
        else:
            draft.take(word.start, word.stop)
            draft.part("for_whom", named[-1], word.start, word.stop)
    if not named and kind in TIMED:
        named = [name for _a, _b, name in draft.names.inside(draft.text())]
    if named:
        draft.cells["for_whom"] = named[0]
        others = list(dict.fromkeys(name for name in named[1:] if name != named[0]))
        if others and kind == VEHICLES:
            draft.cells["passengers"] = others


@cache
def _goes() -> re.Pattern[str]:
    return re.compile(
        "(?:去|到|赴|送.{0,6}?去)(?P<a>[^ ,]{1,12}?)"
        "(?=开会|办事|参会|学习|培训|检查|调研|送|取|接|领|$| |,)"
    )


@cache
def _goes_to() -> re.Pattern[str]:
    return re.compile("(?<![^ ])to (?P<a>[^,;@#^+]+?)(?= for |[,;@#^+]|$)")


def _place(draft: Draft, kind: str) -> None:
    """Where a vehicle goes; it stays in the words of the errand."""
    if draft.places:
        typed, start, stop = draft.places[0]
        draft.put("place", typed, start, stop)
        return
    if kind != VEHICLES:
        return
    for word in draft.words():
        found = _goes().match(word.text)
        if found is not None:
            a, b = found.span("a")
            draft.cells["place"] = word.typed[a:b]
            draft.part("place", draft.cells["place"], word.start + a, word.start + b)
            return
    there = draft.first(_goes_to())
    if there is not None:
        a, b = there.span("a")
        draft.cells["place"] = draft.line[a:b].strip()
        draft.part("place", draft.cells["place"], a, b)


def _content(draft: Draft) -> None:
    words = draft.words()
    text = draft.text().strip(" ,，。;；")
    if text:
        draft.cells["content"] = text
        draft.part("content", text, words[0].start, words[-1].stop)
    elif draft.cells.get("place"):
        draft.cells["content"] = draft.cells["place"]
    else:
        field = draft.register.field("kind")
        draft.cells["content"] = field.show(draft.cells["kind"]) if field is not None else ""


def _clashes(draft: Draft) -> None:
    """What the trip collides with; without a vehicle, which ones are free."""
    from officetui.intake.capture import clash_hint
    from officetui.office import clashes
    from officetui.registers import spans
    from officetui.registers.record import Record

    clash_hint(draft.result, draft.view)
    hours = spans.span(Record("errands", {**draft.cells, "id": ""}))
    if hours is None or draft.cells.get("vehicle"):
        return
    free = clashes.free_vehicles(draft.view, *hours)
    if free:
        draft.hint("vehicle", _("Free then: {rooms}").format(rooms=listed(free)))
    elif draft.view.setting("vehicles"):
        draft.hint("vehicle", _("No vehicle is free then."), "warn")
