"""督 王书记说…, 党委会议定…, 县委督查室督办单…: who raised it, by when, who does it and leads."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from officetui.intake import moments, sigils
from officetui.intake.draft import Draft
from officetui.intake.folding import fold
from officetui.intake.lines.deadlines import bare_deadline
from officetui.intake.names import office_ahead
from officetui.registers.people import CALLED, leads
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import _
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.intake.names import Directory

_MOST_OFFERED = 3  # meetings named where the basis of a decision is asked for


@cache
def _sayings() -> re.Pattern[str]:
    """How a sentence of a leader goes on behind the name."""
    return re.compile(
        " ?(?P<instruction>批示|圈阅|批|签批|instructed|wrote)(?:要求|[:,])? ?"
        "|(?:在[^ ]{1,10}?上)? ?"
        "(?P<verbal>交办|交代|要求|强调|指示|安排|提出|吩咐|叫|让|说|讲|交辦|讓|講|說"
        "|said|says|asked(?: for)?|asks(?: for)?|wants|ordered)(?:了|的| that| to)?[:,]? ?"
    )


@cache
def _decisions() -> re.Pattern[str]:
    return re.compile(
        "(?P<by>[^ ]{0,16}?(?:会议|会|會議|會|committee|council|meeting|board))(?:上|研究)?"
        " ?(?:议定|决定|明确|研究|确定|要求|议决|通过|議定|決定|decided(?: on| that| to)?"
        "|agreed(?: on| that| to)?)(?:的|了)?[:,]? ?"
    )


@cache
def _slips() -> re.Pattern[str]:
    return re.compile(
        "(?P<by>[^ ]{0,20}?)(?:的)?(?:(?:督办|督查|交办|督辦)(?:通知)?(?:单|函|單)|督[办查]通知)"
        "[:,]? ?|(?:slip (?:from|of) (?P<of>[^:]{2,40}):) ?"
    )


@cache
def _findings() -> re.Pattern[str]:
    return re.compile(
        "(?P<inspection>(?P<by>[^ ]{0,14}?(?:巡察|巡视|检查|督查|审计|暗访|inspection|audit)组?)"
        " ?(?:发现|指出|反馈|通报|要求|found|showed)(?:的|了)?[:,]? ?)"
        "|(?P<petition>(?:信访件|信访事项|信访转办|信访|上访件|12345(?:工单|转办)|petition)[:,]? ?)"
    )


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """Whether a word right after the prefix belongs to such a line: 督王书记说, not 督促."""
    if word[:1] in "促导查战導戰":
        return False
    if _decisions().match(rest) or _slips().match(rest) or _findings().match(rest):
        return True
    return bool(names.head(word)[1]) or office_ahead(word) > 0


def understand(draft: Draft, prefix: str) -> None:
    """Work out a follow-up: source and who raised it, deadline, units, owner, what is left."""
    draft.cells["raised_at"] = draft.view.local.isoformat(timespec="minutes")
    _source(draft)
    if draft.due is not None:
        draft.deadline("due", draft.due)
    elif not bare_deadline(draft, "due", days=True):
        _deadline_within(draft)
    _units_and_owner(draft)
    _weight(draft)
    draft.set_tags()
    _content(draft)
    _lead_of_owner(draft)
    draft.miss("owner", "due", "lead_unit")


# --- where it comes from -------------------------------------------------------------------


def _source(draft: Draft) -> None:
    """The head of the line: whose words, which decision, whose slip."""
    words = draft.words()
    if not words:
        return
    start = words[0].start
    folded = draft.folded
    named, length = _leader(draft, start)
    if length:
        said = _sayings().match(folded, start + length)
        if said is not None:
            source = "instruction" if said["instruction"] else "verbal"
            _raised(draft, source, named, start, said.end())
            return
    titled = _titled().match(folded, start)
    if titled is not None:
        said = _sayings().match(folded, titled.end())
        if said is not None:
            typed = draft.line[start : titled.end()]
            source = "instruction" if said["instruction"] else "verbal"
            _raised(draft, source, typed, start, said.end())
            sigils.not_known(draft, "raised_by", typed, draft.names.resolve(typed).candidates)
            return
    for pattern, source in ((_slips(), "upper"), (_decisions(), "decision")):
        found = pattern.match(folded, start)
        if found is not None:
            group = "of" if "of" in pattern.groupindex and found["of"] else "by"
            by = draft.line[found.start(group) : found.end(group)].strip()
            _raised(draft, source, by, start, found.end())
            if source == "decision":
                _basis(draft, by)
            return
    found = _findings().match(folded, start)
    if found is not None:
        source = "inspection" if found["inspection"] else "petition"
        by = draft.line[found.start("by") : found.end("by")] if found["inspection"] else ""
        _raised(draft, source, by.strip(), start, found.end())


@cache
def _titled() -> re.Pattern[str]:
    """Somebody with a post whom the directory does not know: 钱书记."""
    return re.compile("[\u4e00-\u9fff]{1,3}?副?(?:" + "|".join(map(fold, CALLED)) + ")")


def _leader(draft: Draft, start: int) -> tuple[str, int]:
    """The person whom the line begins with, and how long that is: 王书记, Ann King, 刘书记."""
    text = draft.folded[start : start + 24]
    best, length = "", 0
    for size in range(2, min(len(text), 16) + 1):
        name = draft.names.person(text[:size].strip())
        if name and text[:size] == text[:size].strip():
            best, length = name, size
    return best, length


def _raised(draft: Draft, source: str, by: str, start: int, stop: int) -> None:
    draft.cells["source"] = source
    if by:
        draft.cells["raised_by"] = by
        draft.part("raised_by", by, start, stop)
    draft.part("source", source, start, stop)
    draft.take(start, stop)


def _basis(draft: Draft, by: str) -> None:
    """Which meeting decided it: asked, never guessed."""
    held = sorted(
        draft.view.records("meetings"), key=lambda record: record.text("start"), reverse=True
    )
    today = f"{draft.view.today.isoformat()}T99"
    past = [record for record in held if record.text("start") <= today]
    key = fold(by).removesuffix("会议").removesuffix("会")
    fitting = [record for record in past if key and key in fold(record.text("title"))] or past
    if fitting:
        offered = listed(_meeting(record) for record in fitting[:_MOST_OFFERED])
        draft.hint(
            "basis", _("Which meeting decided it: {meetings}?").format(meetings=offered), "ask"
        )
    else:
        draft.hint("basis", _("Which meeting decided it? Link it later."), "ask")


def _meeting(record: Record) -> str:
    return f"{record.text('start')[5:10]} {record.text('title')}"


# --- by when, and who ----------------------------------------------------------------------


def _deadline_within(draft: Draft) -> None:
    """把路在下周三前修完, fix the road by wed: a deadline in running text, if it is one."""
    view = draft.view
    for begin, stop in draft.free:
        for found in moments.scan(draft.line[begin:stop], view.local, view.calendar):
            start = begin + found.start
            by = _by().search(draft.folded, begin, start)
            if (found.before or by) and not found.problem:
                start = by.start() if by else start
                placed = msgspec.structs.replace(found, start=start, stop=begin + found.stop)
                draft.deadline("due", placed)
                return


@cache
def _by() -> re.Pattern[str]:
    return re.compile("(?:^|(?<= ))(?:by|before|until) $")


def _units_and_owner(draft: Draft) -> None:
    """One unit leads; of several somebody has to say which. The first person is the owner."""
    units = [
        (found.name, start, stop)
        for typed, start, stop in draft.owners
        if (found := draft.names.resolve(typed)).kind in ("unit", "some unit")
    ]
    if len(units) < 2:
        draft.owner("owner", "lead_unit")
        return
    known = set(draft.names.units.values())
    names = [name for name, _start, _stop in units]
    draft.cells["co_units"] = list(dict.fromkeys(names))
    for name, start, stop in units:
        draft.part("co_units", [name], start, stop)
        if name not in known:
            sigils.not_known(draft, "co_units", name, ())
    draft.hint("lead_unit", _("Which of them leads: {units}?").format(units=listed(names)), "ask")
    places = {start for _name, start, _stop in units}
    draft.owners = [one for one in draft.owners if one[1] not in places]
    draft.owner("owner")


def _weight(draft: Draft) -> None:
    """#重点, #key: a key matter."""
    left = []
    for tag, start, stop in draft.tags:
        if fold(tag) in ("重点", "重點", "重大", "key", "important"):
            draft.put("weight", True, start, stop)
        else:
            left.append((tag, start, stop))
    draft.tags = left


def _content(draft: Draft) -> None:
    """What is left, as typed."""
    words = draft.words()
    text = draft.text().strip(" ,，:：。")
    if text:
        draft.cells["content"] = text
        draft.part("content", text, words[0].start, words[-1].stop)
    elif draft.due is None and draft.cells.get("due") and draft.cells.get("note"):
        # 周三前报方案: what is to be sent by then is all there is to do.
        draft.cells["content"] = draft.cells.pop("note")


def _lead_of_owner(draft: Draft) -> None:
    """The unit of the owner leads where none is named; a leader's does not."""
    if draft.cells.get("lead_unit") or draft.cells.get("co_units"):
        return
    person = draft.view.person(str(draft.cells.get("owner") or ""))
    if person is not None and not leads(person) and person.text("unit"):
        draft.cells["lead_unit"] = person.text("unit")
        draft.hint("lead_unit", _("Lead unit: that of {name}.").format(name=person.text("name")))
