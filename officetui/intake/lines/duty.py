"""值 罗丹和谢宇今晚换一下 罗丹发烧; 林芳替罗丹 20号夜班; 25日 夜班 李梅; 罗丹已确认."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from officetui.intake.draft import Draft, Taken
from officetui.intake.lines.turns import (
    Turn,
    line_named,
    no_seat,
    seat_words,
    seats_of,
    turns_named,
)
from officetui.intake.names import looks_like_name
from officetui.registers.duty import OPEN, free_for, hours, line_label
from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import _
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.intake.names import Directory


@cache
def _tonight() -> re.Pattern[str]:
    return re.compile("今[天晚夜]|明[天晚]|昨[天晚]|[0-9]{1,2}[日号]|周[一二三四五六日]")


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """Whether a word right after the prefix belongs to such a line."""
    return bool(names.head(word)[1]) or bool(_tonight().match(word))


def understand(draft: Draft, prefix: str) -> None:
    """Work out an exchange, a cover, what somebody answered, or a new seat."""
    begin = draft.begin
    folded = draft.folded[begin:]
    people = [(a + begin, b + begin, name) for a, b, name in draft.names.inside(draft.line[begin:])]
    turns = turns_named(draft)
    if draft.due is not None and draft.due.value and not turns:
        day = date.fromisoformat(draft.due.value[:10])
        turns = [Turn(day, line_named(draft, folded), draft.due.start, draft.due.stop)]
    swapped = _pair(draft, people, _says_and())
    covers = _pair(draft, people, _says_cover())
    covered = _pair(draft, people, _says_covered_by())
    said = _says_answer().search(draft.folded, begin)
    if swapped:
        _exchange(draft, people, swapped, turns)
    elif covers:
        _cover(draft, covers[0], covers[1], turns, people)
    elif covered:
        _cover(draft, covered[1], covered[0], turns, people)
    elif said is not None and people:
        _answered(draft, people[0], said, turns)
    elif len(people) == 1 and turns and _says_change().search(folded):
        _cover(draft, people[0], None, turns, people)
    else:
        _new_seat(draft, people, turns)


@cache
def _says_and() -> re.Pattern[str]:
    return re.compile("(?:和|与|跟|同|、|,| and | with |换(?!成|给|为)|对调)")


@cache
def _says_swap() -> re.Pattern[str]:
    return re.compile("换|对调|互调|串班|调班|调一下|(?<![a-z])swap")


@cache
def _says_cover() -> re.Pattern[str]:
    return re.compile("(?:来|去)?(?:替|代替|代|顶替|顶)(?:一下)?| (?:covers?|for|instead of) ")


@cache
def _says_covered_by() -> re.Pattern[str]:
    return re.compile("(?:的?班)?(?:请|让|找|由|改由|换成|改成|改为|给)| (?:is )?covered by ")


@cache
def _says_change() -> re.Pattern[str]:
    return re.compile("改成|换成|改由|改为|由.*(?:值|顶|替)|改(?=[\u4e00-\u9fff]{2,3})")


@cache
def _says_answer() -> re.Pattern[str]:
    return re.compile(
        "(?P<arrive>已?到岗|已到|到了|(?<![a-z])arrived)"
        "|(?P<confirm>(?<!未)(?<!没)(?<!没有)(?:已?确认|收到|答应)|(?<![a-z])confirm(?:ed|s)?)"
        "|(?P<notify>已?通知|打电话|打了|[没未]人?接|不接|关机|[没未]回|联系不上"
        "|(?<![a-z])(?:told|called|no answer|not reached))"
    )


@cache
def _says_not_reached() -> re.Pattern[str]:
    return re.compile(
        "(?:[没未]人?接|不接|关机|[没未]回|联系不上|停机|占线)[^ ]*|no answer|not reached"
    )


Person = tuple[int, int, str]


def _pair(draft: Draft, people: list[Person], between: re.Pattern[str]) -> list[Person] | None:
    """Two people with these words, and perhaps a turn, between them."""
    for one, other in pairwise(people):
        middle = draft.folded[one[1] : other[0]]
        if len(middle) > 24 or one[2] == other[2]:
            continue
        if between is _says_and():
            swap = _says_swap().search(draft.folded, draft.begin)
            plain = between.search(middle) or not middle.strip()
            if swap and plain and not _says_cover().search(middle):
                return [one, other]
        elif between.search(middle):
            return [one, other]
    return None


# --- what is asked -------------------------------------------------------------------------


def _reason(draft: Draft, taken: list[tuple[int, int]]) -> str:
    """What the line gives as reason: the words in which nothing else was understood."""
    left = []
    for word in draft.words():
        if any(word.start < stop and start < word.stop for start, stop in taken):
            if not (said := _because().search(word.text)):
                continue
            left.append(draft.line[word.start + said.start(1) : word.stop])
            continue
        if line_named(draft, word.text) and len(word.text) <= 4:
            continue
        left.append(word.typed)
    text = " ".join(left).strip(" ,，。")
    return text.removeprefix("因为").removeprefix("原因:").removeprefix("因")


@cache
def _because() -> re.Pattern[str]:
    return re.compile("[,，。](.{2,})$")


def _exchange(draft: Draft, people: list[Person], pair: list[Person], turns: list[Turn]) -> None:
    """Two seats change hands; both people are asked again."""
    one, other = pair[0][2], pair[1][2]
    turn = turns[0] if turns else None
    given = seats_of(draft, one, turn)
    if not given and (swapped := seats_of(draft, other, turn)):
        one, other, given = other, one, swapped
    if not given:
        return no_seat(draft, pair[0][2], turn)
    first = given[0]
    second_turn = turns[1] if len(turns) > 1 else None
    theirs = [seat for seat in seats_of(draft, other, second_turn) if seat.id != first.id]
    same = [seat for seat in theirs if seat.text("line") == first.text("line")]
    if not theirs:
        return no_seat(draft, other, second_turn)
    second = (same or theirs)[0]
    swap = _says_swap().search(draft.folded, draft.begin)
    assert swap is not None
    reason = _reason(draft, [(pair[0][0], pair[1][1]), swap.span(), *_spans(turns)])
    moves = ((first, other, second), (second, one, first))
    for seat, name, instead in moves:
        why_not = _cannot(draft, seat, name, {seat.id, instead.id})
        if why_not:
            draft.problem("", why_not)
    if draft.result.problems:
        return None
    taken = _covering(draft, first, other, reason)
    taken.inputs["exchange_day"] = second.text("date")
    draft.result.steps.append(msgspec.structs.replace(taken, step="exchange"))
    for seat, name, _instead in moves:
        said = _("{seat}: {before} → {name}").format(
            seat=seat_words(draft, seat), before=seat.text("person"), name=name
        )
        draft.hint("person", said)
    _show(draft, pair, turns, reason)
    draft.hint("", _("Both are to confirm again."))
    return None


def _spans(turns: list[Turn]) -> list[tuple[int, int]]:
    return [(turn.start, turn.stop) for turn in turns]


def _covering(draft: Draft, seat: Record, name: str, reason: str) -> Taken:
    inputs = {"person": name}
    if reason:
        inputs["reason"] = reason
    elif "reason" not in draft.result.missing:
        draft.result.missing.append("reason")
        draft.result.required.append("reason")
    return Taken(seat.ref, "cover", inputs)


def _show(draft: Draft, people: list[Person], turns: list[Turn], reason: str) -> None:
    for start, stop, name in people:
        draft.part("person", name, start, stop)
    for turn in turns:
        if turn.day is not None:
            draft.part("date", turn.day.isoformat(), turn.start, turn.stop)
    if reason:
        at = draft.line.find(reason.split(" ", 1)[0])
        draft.part("reason", reason, at, at + len(reason))


def _cannot(draft: Draft, seat: Record, name: str, freed: set[str]) -> str:
    """Why a person cannot take a seat while the seats of the exchange are given away; or ""."""
    view = draft.view
    day = seat.day("date")
    assert day is not None
    person = view.person(name)
    until = away_until(person, day) if person is not None else ""
    if until:
        return _("{name} is on leave until {date}.").format(name=name, date=until)
    lines = {str(line["id"]): line for line in view.setting("duty_lines")}
    mine = hours(lines[seat.text("line")], day)
    for other in view.records("duty"):
        other_day, line = other.day("date"), lines.get(other.text("line"))
        if other.id in freed or other.text("person") != name or other_day is None or line is None:
            continue
        its = hours(line, other_day)
        if mine.start < its.end and its.start < mine.end:
            return _("{name} is already on duty then: {line}, {date}.").format(
                name=name,
                line=line_label(view, other.text("line")),
                date=other_day.isoformat(),
            )
    return ""


def _cover(
    draft: Draft,
    by: Person,
    whose: Person | None,
    turns: list[Turn],
    people: list[Person],
) -> None:
    """One seat changes hands."""
    turn = turns[0] if turns else None
    name = by[2]
    seats = seats_of(draft, whose[2], turn) if whose else _held(draft, turn)
    if not whose and len(seats) > 1:
        held = listed(seat.text("person") for seat in seats)
        return draft.problem("", _("Instead of whom: {people}?").format(people=held))
    if not seats:
        person = draft.view.person(name)
        day = turn.day if turn and turn.day else draft.view.today
        until = away_until(person, day) if person is not None else ""
        if until:
            said = _("{name} is on leave until {date}.")
            return draft.problem("", said.format(name=name, date=until))
        return no_seat(draft, whose[2] if whose else name, turn)
    seat = seats[0]
    why_not = free_for(seat, {"person": name}, draft.view)
    if why_not:
        return draft.problem("", why_not)
    start = min(one[0] for one in people[:2])
    stop = max(one[1] for one in people[:2]) if whose else by[1]
    reason = _reason(draft, [(start, stop), *_spans(turns)])
    draft.result.steps.append(_covering(draft, seat, name, reason))
    said = _("{seat}: {before} → {name}").format(
        seat=seat_words(draft, seat), before=seat.text("person"), name=name
    )
    draft.hint("person", said)
    _show(draft, [by] if whose is None else [by, whose], turns, reason)
    return None


def _held(draft: Draft, turn: Turn | None) -> list[Record]:
    """The seats of a turn, whoever has them."""
    if turn is None or turn.day is None or not turn.line:
        return []
    return [
        record
        for record in draft.view.records("duty")
        if record.day("date") == turn.day
        and record.text("line") == turn.line
        and record.state in OPEN
    ]


def _answered(draft: Draft, who: Person, said: re.Match[str], turns: list[Turn]) -> None:
    """What somebody answered about the next turn: confirmed, told, arrived."""
    step = said.lastgroup or "notify"
    turn = turns[0] if turns else None
    seats = seats_of(draft, who[2], turn)
    if not seats:
        return no_seat(draft, who[2], turn)
    inputs: dict[str, str] = {}
    if step == "notify":
        inputs = {"method": "phone"}
        if answer := _says_not_reached().search(draft.folded, who[1]):
            inputs["answer"] = draft.line[answer.start() : answer.end()]
    draft.result.steps.append(Taken(seats[0].ref, step, dict(inputs)))
    draft.hint("", f"{seat_words(draft, seats[0])} {who[2]}")
    _show(draft, [who], turns, "")
    return None


def _new_seat(draft: Draft, people: list[Person], turns: list[Turn]) -> None:
    """25日 夜班 李梅: one more seat of the roster."""
    cells = draft.cells
    if turns and turns[0].day is not None:
        turn = turns[0]
        assert turn.day is not None
        draft.put("date", turn.day.isoformat(), turn.start, turn.stop)
    begin = draft.begin
    line = turns[0].line if turns else line_named(draft, draft.folded[begin:])
    if line:
        cells["line"] = line
    for word in draft.words():
        if line and line_named(draft, word.text) == line and len(word.text) <= 5:
            draft.take(word.start, word.stop)
            draft.part("line", line, word.start, word.stop)
    if people:
        draft.put("person", people[0][2], people[0][0], people[0][1])
        person = draft.view.person(people[0][2])
        if person is not None and person.text("phone"):
            cells["phone"] = person.text("phone")
    elif (words := draft.words()) and looks_like_name(words[0].text) == len(words[0].text):
        draft.put("person", words[0].typed, words[0].start, words[0].stop)
        said = _("{name} is not in the directory; kept as typed.")
        draft.hint("person", said.format(name=words[0].typed), "ask")
    rest = draft.text().strip(" ,，、。")
    if rest and not people:
        draft.problem("", _not_understood())
    elif rest:
        draft.note(rest)
    if cells.get("date") and line and cells.get("person"):
        _place(draft, rest)


def _not_understood() -> str:
    return _(
        "What is to change? Write: 值 A替B 20号夜班 reason, 值 A和B今晚换班 reason, "
        "值 A确认, 值 25日 夜班 A."
    )


def _place(draft: Draft, rest: str) -> None:
    """The number of the new seat, and who is there already; with more words it is no new seat."""
    cells = draft.cells
    same = [
        record
        for record in draft.view.records("duty")
        if record.text("date") == cells["date"] and record.text("line") == cells["line"]
    ]
    cells["seat"] = max((record.whole("seat") or 1 for record in same), default=0) + 1
    if any(record.text("person") == cells["person"] for record in same):
        said = _("{name} has this turn already.")
        draft.problem("", said.format(name=cells["person"]))
    elif same and rest:
        draft.problem("", _not_understood())
    if same:
        there = listed(record.text("person") for record in same)
        said = _("There is {people} already; to replace somebody write: 值 {name}替{first}.")
        draft.hint(
            "person",
            said.format(people=there, name=cells.get("person", ""), first=same[0].text("person")),
            "warn",
        )
    person = draft.view.person(str(cells.get("person", "")))
    day = date.fromisoformat(cells["date"])
    until = away_until(person, day) if person is not None else ""
    if until:
        said = _("{name} is on leave until {date}.")
        draft.problem("person", said.format(name=cells["person"], date=until))
        cells.pop("person")
