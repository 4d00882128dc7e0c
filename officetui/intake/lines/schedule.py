"""程 who, when, where, what: 程 王书记 下周一到周三 县委党校学习; 程 孙镇长 请假 今明两天."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from officetui.intake import moments
from officetui.intake.draft import Draft, Word
from officetui.intake.folding import NUMBER, number
from officetui.intake.lines.schedule_people import companions, deputy, who
from officetui.intake.names import office_ahead
from officetui.registers.view import View
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.intake.names import Directory

_NIGHT = 18  # from this hour on a bare hour of the next day is its morning


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """Whether a word right after the prefix belongs to such a line: 程王书记, not 程序."""
    return names.head(word)[0].kind == "person"


def understand(draft: Draft, prefix: str) -> None:
    """Work out who is where, from when to when, and say what that collides with."""
    deputy(draft)
    companions(draft)
    vehicle(draft)
    who(draft)
    _when(draft)
    _place(draft)
    _kind(draft)
    _one_day(draft)
    _matter(draft)
    draft.owner("owner", "")
    draft.set_tags()
    if draft.cells.get("kind") == "leave":
        draft.miss("deputy")
        if not draft.cells.get("deputy"):
            _ask_deputy(draft)
    if draft.cells.get("start"):
        from officetui.intake.capture import clash_hint

        clash_hint(draft.result, draft.view)


def _ask_deputy(draft: Draft) -> None:
    person = draft.view.person(str(draft.cells.get("leader", "")))
    usual = person.text("deputy") if person is not None else ""
    words = _("Who deputises? The directory names {name}.") if usual else _("Who deputises?")
    draft.hint("deputy", words.format(name=usual), "ask")


# --- when ----------------------------------------------------------------------------------


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(" ?(?:到|至|[-~—－]+|and|to|till|until|和) ?")


@cache
def _back() -> re.Pattern[str]:
    return re.compile("左右?(?:返回|回来|回镇|回)|(?:前)?(?:返回|回来|回镇|回单位|回)")


@cache
def _lasting() -> re.Pattern[str]:
    return re.compile(f"(?P<n>{NUMBER})(?P<unit>天|日|个半天|个月|周| days?| weeks?)(?![后前内])")


def _when(draft: Draft) -> None:
    found = moments_of(draft)
    wrong = next((one for one in found if one.problem), None)
    good = [one for one in found if not one.problem]
    back = next((one for one in good if is_return(draft, one)), None)
    spans = [one for one in good if one is not back]
    if not spans and draft.due is not None and not draft.due.problem:
        spans = [draft.due]
    if wrong is not None and not spans:
        draft.problem("start", wrong.text)
        draft.note(draft.line[wrong.start : wrong.stop])
        draft.take(wrong.start, wrong.stop)
        return
    if spans:
        best = max(spans, key=lambda one: (one.dated and one.timed, bool(one.end), one.dated))
        _start(draft, best)
    elif back is not None:
        draft.cells["start"] = draft.view.local.isoformat(timespec="minutes")
        draft.hint("start", _("No start given: taken as now."))
    if back is not None:
        _end_at(draft, back)
    elif draft.cells.get("start") and not draft.cells.get("end"):
        _length(draft)


def _one_day(draft: Draft) -> None:
    """A leave that says nothing else is of one day."""
    start = str(draft.cells.get("start", ""))
    if draft.cells.get("kind") == "leave" and len(start) == 10 and not draft.cells.get("end"):
        draft.cells["end"] = start


def moments_of(draft: Draft) -> list[moments.Moment]:
    """The moments of the line; two of them joined by 到 are one span."""
    view = draft.view
    found: list[moments.Moment] = []
    for begin, stop in draft.free:
        for one in moments.scan(draft.line[begin:stop], view.local, view.calendar):
            if one.basis:
                continue
            placed = msgspec.structs.replace(one, start=begin + one.start, stop=begin + one.stop)
            last = found[-1] if found else None
            between = draft.folded[last.stop : placed.start] if last is not None else ""
            if last is not None and not last.end and _joined().fullmatch(between):
                found[-1] = _span(last, placed)
            else:
                found.append(placed)
    return found


def _span(first: moments.Moment, last: moments.Moment) -> moments.Moment:
    """From one moment to another. After an evening a bare hour is that of the morning."""
    end = last.value
    guessed = any(remark.code == "guessed" for remark in last.remarks)
    if guessed and "T" in first.value and "T" in end and int(first.value[11:13]) >= _NIGHT:
        end = (datetime.fromisoformat(end) - timedelta(hours=12)).isoformat(timespec="minutes")
    problem = first.problem or last.problem
    return msgspec.structs.replace(
        first, end=end, stop=last.stop, problem=problem, text=first.text or last.text
    )


def is_return(draft: Draft, one: moments.Moment) -> bool:
    """12点回, back by 12:00: when somebody is back."""
    before = draft.folded[max(0, one.start - 9) : one.start].rstrip(" ")
    return bool(_back().match(draft.folded, one.stop)) or before.endswith(("back", "back by"))


def _start(draft: Draft, found: moments.Moment) -> None:
    value, end = found.value, found.end
    if any(remark.code == "assumed" for remark in found.remarks):
        value = value[:10]
        draft.hint("start", _("At what hour?"), "ask")
    before = draft.folded[found.start - 1 : found.start]
    draft.put("start", value, found.start - (before in tuple("从自")), found.stop)
    if end:
        draft.cells["end"] = end
        draft.part("end", end, found.start, found.stop)
    for remark in found.remarks:
        if remark.code != "assumed":
            draft.hint("start", remark.text, "warn" if remark.code == "passed" else "hint")


def _end_at(draft: Draft, back: moments.Moment) -> None:
    """When somebody is back, on the day it begins unless another one is named."""
    verb = _back().match(draft.folded, back.stop)
    start = back.start
    head = draft.folded[:start].rstrip(" ")
    for word in ("back by", "back"):
        if head.endswith(word):
            start = len(head) - len(word)
            break
    value = back.value
    begun = str(draft.cells.get("start", ""))
    if not back.dated and "T" in value and begun:
        value = begun[:10] + value[10:]
    draft.put("end", value, start, verb.end() if verb else back.stop)


def _length(draft: Draft) -> None:
    """3天, 2 weeks: how long it lasts, its first day counted."""
    for begin, stop in list(draft.free):
        found = _lasting().search(draft.folded, begin, stop)
        count = number(found["n"]) if found is not None else None
        first = str(draft.cells["start"])[:10]
        if (
            found is None
            or not count
            or count > 366
            or "半" in found["unit"]
            or "月" in found["unit"]
        ):
            continue
        days = count * 7 if found["unit"].strip() in ("周", "week", "weeks") else count
        end = datetime.fromisoformat(first) + timedelta(days=days - 1)
        draft.put("end", end.date().isoformat(), found.start(), found.end())
        return


# --- what ----------------------------------------------------------------------------------

_KINDS = (
    (
        "leave",
        "请假|休假|年休假|年假|病假|事假|产假|婚假|丧假|护理假|陪产假|on leave|sick leave|leave",
    ),
    ("in", "在岗|在镇|在机关|在单位|坐班|in the office"),
)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(f"(?<![a-z])(?:{words})(?![a-z])")) for kind, words in _KINDS)


@cache
def _meetings() -> re.Pattern[str]:
    return re.compile("开会|参会|会议|例会|(?<![a-z])meeting(?![a-z])|座谈会|[^ ]会$")


def _kind(draft: Draft) -> None:
    for kind, pattern in _kinds():
        for begin, stop in draft.free:
            found = pattern.search(draft.folded, begin, stop)
            if found is not None:
                draft.cells["kind"] = kind
                draft.part("kind", kind, found.start(), found.end())
                if kind == "leave" and found.group() in ("请假", "休假", "on leave", "leave"):
                    _drop(draft, found)
                return
    kind = "meeting" if _meetings().search(" ".join(w.text for w in draft.words())) else "out"
    draft.cells["kind"] = kind


def _drop(draft: Draft, found: re.Match[str]) -> None:
    """A word that says nothing but the kind, unless it is all there is to say."""
    draft.take(found.start(), found.end())
    if not draft.words():
        draft.cells["matter"] = draft.line[found.start() : found.end()]


@cache
def _vehicles() -> re.Pattern[str]:
    return re.compile("(?<![^ ,])(?:坐|乘|用)?(?P<a>[0-9]{1,2}号车|车[0-9]{1,2})(?=[ ,。@#^]|$)")


def vehicle(draft: Draft) -> None:
    """One of the office's vehicles by its name, or 车1."""
    from officetui.intake.folding import fold

    for name in sorted((str(v) for v in draft.view.setting("vehicles")), key=len, reverse=True):
        for begin, stop in draft.free:
            at = draft.folded.lower().find(fold(name).lower(), begin, stop)
            if at >= 0:
                start = at - 1 if draft.folded[at - 1] in "坐乘用" else at
                draft.put("vehicle", name, start, at + len(name))
                return
    for begin, stop in draft.free:
        found = _vehicles().search(draft.folded, begin, stop)
        if found is not None:
            draft.put("vehicle", found["a"], found.start(), found.end())
            return


@cache
def _places() -> re.Pattern[str]:
    """Where somebody is: after 去, or by its ending, at the head of a word."""
    return re.compile(
        "(?:去|到|赴|往|在|至)?(?P<a>[\u4e00-\u9fff]{0,8}?"
        "(?:党校|行政学院|会议中心|会议室|指挥部|县里|市里|省里|镇里|县城|市区|省城|北京"
        "|村委会|社区|园区|工地|现场|企业|学校|小学|中学|医院|法院|水库|林场|农场|车站|机场|村))"
    )


def _place(draft: Draft) -> None:
    if draft.places:
        typed, start, stop = draft.places[0]
        rooms = draft.names.room(typed)
        draft.put("place", rooms[0] if len(rooms) == 1 else typed, start, stop)
        return
    for word in draft.words():
        rooms = draft.names.room(word.text)
        if len(rooms) == 1 and len(word.text) > 1:
            draft.put("place", rooms[0], word.start, word.stop)
            return
        lead = 1 if word.text[:1] in "去到赴往在至" and len(word.text) > 2 else 0
        found = _places().match(word.text)
        length = office_ahead(word.text[lead:])
        if word.text[lead : lead + length].endswith("开会"):
            length = 0  # 县里开会 is no office
        if found is not None and (found.end("a") - lead) >= length:
            draft.put("place", word.typed[found.start("a") : found.end("a")])
            _took(draft, "place", word, found.start("a"), found.end("a"))
            return
        if length:
            draft.put("place", word.typed[lead : lead + length])
            _took(draft, "place", word, lead, lead + length)
            return
    _place_after(draft)


def _took(draft: Draft, field: str, word: Word, begin: int, stop: int) -> None:
    draft.take(word.start, word.start + stop)
    draft.part(field, draft.cells[field], word.start + begin, word.start + stop)


@cache
def _english() -> re.Pattern[str]:
    return re.compile("(?<![^ ])(?:at|to|in) (?P<a>(?:the )?[^,;@#^+]+?)(?= for |[,;@#^+]|$)")


def _place_after(draft: Draft) -> None:
    """at County Hall, for talks."""
    for begin, stop in draft.free:
        found = _english().search(draft.folded, begin, stop)
        if found is not None:
            a, b = found.span("a")
            draft.put("place", draft.line[a:b].strip())
            draft.take(found.start(), b)
            draft.part("place", draft.cells["place"], a, b)
            return


def _matter(draft: Draft) -> None:
    words = draft.words()
    text = draft.text().strip(" ,，。;；")
    for opening in ("for ", "去", "到"):
        if text.startswith(opening) and len(text) > len(opening):
            text = text.removeprefix(opening)
    if text:
        draft.cells["matter"] = text
        draft.part("matter", text, words[0].start, words[-1].stop)
        return
    if not draft.cells.get("matter"):
        field = draft.register.field("kind")
        kind = draft.cells.get("kind")
        place = str(draft.cells.get("place", ""))
        draft.cells["matter"] = (
            place if kind != "leave" and place else (field.show(kind) if field is not None else "")
        )
