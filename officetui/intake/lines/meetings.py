"""会 title, day and hours, +room, X主持, Y参加, 12点前报名单."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from officetui.intake import moments
from officetui.intake.draft import Draft, Word
from officetui.intake.folding import NUMBER, number
from officetui.intake.sigils import not_known
from officetui.registers.checklists import children_of
from officetui.registers.view import View
from officetui.text.i18n import _
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.intake.names import Directory


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """Whether a word right after the prefix belongs to such a line."""
    found = moments.match(rest, 0, view.local, view.calendar, strict=True)
    return found is not None and (found.dated or found.timed)


def understand(draft: Draft, prefix: str) -> None:
    """Work out a meeting, and say what it clashes with."""
    _names_due(draft)
    _start(draft)
    _room(draft)
    _cast(draft)
    _title(draft)
    draft.owner("owner", "lead_unit")
    draft.set_tags()
    if draft.cells["kind"] == "own":
        draft.miss("host")
    if draft.cells.get("start"):
        _checklist(draft)
        from officetui.intake.capture import clash_hint

        clash_hint(draft.result, draft.view)


# --- when ----------------------------------------------------------------------------------


@cache
def _names() -> re.Pattern[str]:
    return re.compile("(?:上报|报送|报|交)(?:参会|参加)?(?:人员|领导)?(?:的)?(?:名单|名|人员|回执)")


def _names_due(draft: Draft) -> None:
    """12点前报名单: by when the names must be given."""
    asked = _names().search(draft.folded, draft.begin)
    if asked is None:
        return
    view = draft.view
    for word in draft.words():
        found = moments.match(draft.folded, word.start, view.local, view.calendar, strict=True)
        between = draft.folded[found.stop : asked.start()] if found is not None else "x"
        if found is None or found.stop > asked.start() or between.strip(" 要请"):
            continue
        draft.deadline("rsvp_due", _placed(found, word.start, asked.end()))
        return
    draft.hint("rsvp_due", _("By when must the names be given?"), "ask")


def _placed(moment: moments.Moment, start: int, stop: int) -> moments.Moment:
    return msgspec.structs.replace(moment, start=start, stop=stop)


def _start(draft: Draft) -> None:
    found = _best(draft)
    if draft.due is not None:
        if found is None:
            found = draft.due
        else:
            draft.deadline("rsvp_due", draft.due)
    if found is None:
        return
    if found.problem:
        draft.problem("start", found.text)
        draft.part("start", draft.line[found.start : found.stop], found.start, found.stop)
        draft.take(found.start, found.stop)
        return
    value = found.value
    if any(remark.code == "assumed" for remark in found.remarks):
        value = value[:10]
        draft.hint("start", _("At what hour?"), "ask")
    elif not found.timed and not found.all_day and not found.end:
        draft.hint("start", _("No hour given: taken as the whole day."), "ask")
    draft.put("start", value, found.start, found.stop)
    if found.end:
        draft.cells["end"] = found.end
        draft.part("end", found.end, found.start, found.stop)
    for remark in found.remarks:
        if remark.code != "assumed":
            draft.hint("start", remark.text, "warn" if remark.code == "passed" else "hint")
    if found.timed and not found.end:
        _length(draft, value)


def _best(draft: Draft) -> moments.Moment | None:
    """The moment that says most: a day with an hour, then a day, then an hour."""
    view = draft.view
    found: list[moments.Moment] = []
    for begin, stop in draft.free:
        for moment in moments.scan(draft.line[begin:stop], view.local, view.calendar):
            found.append(_placed(moment, begin + moment.start, begin + moment.stop))
    found = [moment for moment in found if not moment.basis]

    def says(moment: moments.Moment) -> tuple[bool, bool, bool, bool]:
        before = draft.folded[moment.start - 1 : moment.start]
        after = draft.folded[moment.stop : moment.stop + 1]
        alone = before in ("", " ") and after in ("", " ", "@", "#", "+", "^", ",")
        useful = not moment.problem
        return (useful and moment.dated and moment.timed, alone, useful, moment.timed)

    best = max(found, key=says, default=None)
    if best is None or not best.problem:
        return best
    alone = says(best)[1]
    return best if alone or best.problem in ("passed", "no_such_time") else None


@cache
def _lasting() -> re.Pattern[str]:
    return re.compile(
        f"约?(?P<n>[0-9]+\\.[0-9]+|半|{NUMBER})(?P<half>个半)?个?(?P<unit>小时|分钟)(?P<half2>半)?(?:左右)?"
    )


def _length(draft: Draft, start: str) -> None:
    """2小时, 一个半小时, 90分钟: how long it lasts."""
    for word in draft.words():
        found = _lasting().fullmatch(word.text)
        if found is None:
            continue
        if found["n"] == "半":
            count = 0.5
        elif "." in found["n"]:
            count = float(found["n"])
        else:
            count = float(number(found["n"]) or 0)
        count += 0.5 if found["half"] or found["half2"] else 0
        minutes = count * 60 if found["unit"] == "小时" else count
        if 0 < minutes <= 24 * 60:
            end = datetime.fromisoformat(start) + timedelta(minutes=round(minutes))
            draft.put("end", end.isoformat(timespec="minutes"), word.start, word.stop)
        return


# --- where ---------------------------------------------------------------------------------

_ROOMS = ("会议室", "会场", "礼堂", "会议中心", "活动室", "报告厅", "办公室", "党群中心")


def _room(draft: Draft) -> None:
    if draft.places:
        typed, start, stop = draft.places[0]
        _set_room(draft, draft.names.room(typed), typed, start, stop, asked=True)
        return
    rooms = sorted(draft.names.rooms, key=len, reverse=True)
    for word in draft.words():
        rest = word.text.removeprefix("在").removeprefix("地点:")
        start = word.stop - len(rest)
        found = draft.names.room(rest) if len(rest) >= 2 else ()
        if found:
            _set_room(draft, found, draft.line[start : word.stop], word.start, word.stop)
            return
        for room in rooms:
            at = word.text.find(room)
            if at >= 0:
                stop = word.start + at + len(room)
                name = draft.names.rooms[room]
                draft.put("room", name, word.start + at, stop)
                return
    for word in draft.words():
        if word.text.endswith(_ROOMS) and len(word.text) > 3:
            draft.put("room", word.typed.removeprefix("在"), word.start, word.stop)
            return


def _set_room(
    draft: Draft, found: tuple[str, ...], typed: str, start: int, stop: int, asked: bool = False
) -> None:
    if len(found) == 1:
        draft.put("room", found[0], start, stop)
        return
    draft.put("room", typed, start, stop)
    if found:
        said = _("Which room is {name}: {rooms}?")
        draft.hint("room", said.format(name=typed, rooms=listed(found)), "ask")
    elif asked and draft.names.rooms:
        draft.hint("room", _("{name} is not one of the rooms; kept as typed.").format(name=typed))


# --- who -----------------------------------------------------------------------------------


@cache
def _hosting() -> re.Pattern[str]:
    return re.compile("^(?:主持人?:?(?P<b>[^ ]+)|(?:由|请)?(?P<a>[^ ]+?)主持(?:会议)?)[,。]?$")


@cache
def _attending() -> re.Pattern[str]:
    return re.compile(
        "^(?P<a>[^ ]+?)(?:等|都|均)?(?P<role>列席|参加|参会|出席)(?:会议)?[,。]?$"
        "|^(?:参加|参会|出席)(?:领导|人员|范围)?:?(?P<b>[^ ]+)$"
    )


def _cast(draft: Draft) -> None:
    for word in draft.words():
        hosting = _hosting().match(word.text)
        attending = _attending().match(word.text)
        if hosting:
            a, b = hosting.span("a" if hosting["a"] else "b")
            _host(draft, word, draft.line[word.start + a : word.start + b])
        elif attending:
            a, b = attending.span("a" if attending["a"] else "b")
            _attend(draft, word, draft.line[word.start + a : word.start + b], attending["role"])
        elif names := _all_people(draft, word.typed):
            _leaders(draft, names, word, "")
    _host_attends(draft)


def _host_attends(draft: Draft) -> None:
    """A leader who takes the chair attends, too."""
    from officetui.registers.people import leads

    host = draft.view.person(str(draft.cells.get("host", "")))
    leaders: list[str] = list(draft.cells.get("leaders", []))
    if host is not None and leads(host) and host.text("name") not in leaders:
        draft.cells["leaders"] = [host.text("name"), *leaders]


def _host(draft: Draft, word: Word, typed: str) -> None:
    found = draft.names.resolve(typed)
    draft.put("host", found.name, word.start, word.stop)
    if found.kind == "ask":
        said = _("Who is {name}: {people}?")
        draft.hint("host", said.format(name=typed, people=listed(found.candidates)), "ask")
    elif found.kind != "person":
        not_known(draft, "host", typed, found.candidates)


@cache
def _separators() -> re.Pattern[str]:
    return re.compile("[、,;和及与]")


def _all_people(draft: Draft, typed: str) -> list[str]:
    """The people a word consists of, or [] when there is anything else in it."""
    names = []
    for piece in _separators().split(typed):
        name = draft.names.person(piece)
        if not name:
            return []
        names.append(name)
    return names


def _attend(draft: Draft, word: Word, typed: str, role: str | None) -> None:
    names = _all_people(draft, typed)
    if names:
        _leaders(draft, names, word, role or "")
        return
    if "班子" in typed or "党委成员" in typed or "党委委员" in typed:
        _leaders(draft, [typed], word, "")
        return
    known = [(p, draft.names.resolve(p)) for p in _separators().split(typed) if p]
    for piece, found in known:
        if found.kind == "person":
            _leaders(draft, [found.name], None, role or "")
        elif found.kind == "ask":
            said = _("Who is {name}: {people}?")
            people = listed(found.candidates)
            draft.hint("leaders", said.format(name=piece, people=people), "ask")
    rest = [piece for piece, found in known if found.kind != "person"]
    before = draft.cells.get("scope")
    scope = "、".join(([str(before)] if before else []) + rest)
    draft.put("scope", scope, word.start, word.stop)


def _leaders(draft: Draft, names: list[str], word: Word | None, role: str) -> None:
    """Leaders attend by their cell, others are on the list of attendees."""
    from officetui.registers.people import leads

    leaders: list[str] = list(draft.cells.get("leaders", []))
    for name in names:
        person = draft.view.person(name)
        if person is None or leads(person):
            if name not in leaders:
                leaders.append(name)
        else:
            sits = {"role": "列席"} if role == "列席" else {}
            draft.result.children.append(("attendees", {"person": name, **sits}))
    if leaders:
        draft.cells["leaders"] = leaders
    if word is not None:
        draft.take(word.start, word.stop)
        draft.part("leaders", names, word.start, word.stop)


# --- what ----------------------------------------------------------------------------------


@cache
def _upper() -> re.Pattern[str]:
    return re.compile("(?:^| )(?:全)?(?:县|市|省|国务院|中央|全国|区委|区政府)")


@cache
def _by_wire() -> re.Pattern[str]:
    return re.compile("视频|电视|电话会|分会场")


def _title(draft: Draft) -> None:
    words = draft.words()
    title = draft.text()
    kind = "own"
    if "分会场" in draft.folded or (_upper().search(title) and _by_wire().search(title)):
        kind = "branch"
    elif _upper().search(title) and not draft.cells.get("host"):
        kind = "upper"  # with a host of ours it is held here: 县委巡察组座谈 王书记主持
    draft.cells["kind"] = kind
    if title:
        draft.cells["title"] = title
        draft.part("title", title, words[0].start, words[-1].stop)
        if kind != "own":
            draft.part("kind", kind, words[0].start, words[-1].stop)


def _checklist(draft: Draft) -> None:
    """What has to be prepared, from the office's template; an upper meeting is not ours."""
    draft.result.children += children_of(draft.cells, draft.view)
