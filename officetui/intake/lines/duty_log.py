"""电 unit caller content number: 电 县府办王主任 上午10点前报雪情 5552001 @何静; 电 零报告."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from officetui.intake import moments
from officetui.intake.draft import Draft, Taken, Word
from officetui.intake.lines.deadlines import bare_deadline
from officetui.intake.lines.reception import known_place, phone_of
from officetui.intake.names import is_office, looks_like_name, office_ahead
from officetui.intake.sigils import not_known
from officetui.registers.duty_log import CHANNELS, missing_elements, suggested
from officetui.registers.duty_zero import cannot_be_zero, keeps_log, shift_of
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.intake.names import Directory


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """Whether a word right after the prefix belongs to such a line: 电县府办, not 电脑坏了."""
    return (
        office_ahead(word) > 0
        or bool(_titled().match(word))
        or names.head(word)[1] > 0
        or word.startswith("零报告")
    )


def understand(draft: Draft, prefix: str) -> None:
    """Work out a telephone note, another entry of the log, or a zero report."""
    cells = draft.cells
    if _zero(draft):
        return
    cells["channel"] = "phone"
    cells["at"] = draft.view.local.isoformat(timespec="minutes")
    if draft.view.user:
        cells["recorder"] = draft.view.user
    if not prefix or prefix == "log":
        _channel(draft)
    phone = phone_of(draft)
    if not _in_english(draft):
        _unit_and_caller(draft, phone)
    _caller_of(draft)
    _due(draft)
    _instruction(draft)
    draft.set_tags()
    _content(draft)
    draft.owner("owner", "")
    _ask(draft)


# --- zero reports --------------------------------------------------------------------------


@cache
def _nothing() -> re.Pattern[str]:
    return re.compile(
        " *(?:零报告|零報告|zero(?: report)?|nothing to report)"
        "[ :,.]*(?:一切正常|无情况|无异常|平安无事|無情況)?[ .]*$"
    )


def _zero(draft: Draft) -> bool:
    """零报告 closes the quiet shift that is on, or that has just ended."""
    if not _nothing().match(draft.folded, draft.begin):
        return False
    seat = _seat(draft.view)
    if seat is None:
        draft.problem("", _("No shift of the roster is on, or has just ended."))
        return True
    refused = cannot_be_zero(seat, {}, draft.view)
    if refused:
        draft.problem("", refused)
        return True
    draft.result.steps.append(Taken(seat.ref, "zero_report", {}))
    return True


def _seat(view: View) -> Record | None:
    """The seat whose shift a zero report closes: the user's own before others, the one that just
    ended before the one that is on."""
    found: list[tuple[bool, bool, str, Record]] = []
    for seat in view.records("duty"):
        shift = shift_of(seat, view) if keeps_log(seat) else None
        day = seat.day("date")
        if shift is None or day is None or not -1 <= (view.today - day).days <= 2:
            continue
        hours = (view.local - shift.end).total_seconds() / 3600
        if view.local < shift.start or hours > 4:
            continue
        others = seat.text("person") != view.user
        found.append((others, hours < 0, seat.id, seat))
    return min(found)[3] if found else None


# --- who called ----------------------------------------------------------------------------


def _channel(draft: Draft) -> None:
    """An entry that is no call may say so by its first word: 查岗, 来文, inspection."""
    words = draft.words()
    for choice in CHANNELS if words else ():
        if words[0].text == choice.value or (
            len(words[0].text) > 1 and words[0].text in choice.aliases
        ):
            draft.put("channel", choice.value, words[0].start, words[0].stop)
            return


@cache
def _titled() -> re.Pattern[str]:
    """How somebody calls himself on the telephone: 王主任, 张工, 李副局长."""
    return re.compile(
        "(?![县市省区镇乡村])[\u4e00-\u9fff]{1,3}?(?:副|总)?(?:主任|书记|镇长|乡长|县长|区长|市长|局长|"
        "处长|科长|股长|所长|站长|队长|校长|院长|部长|主席|委员|秘书长?|秘书|会计|经理|老板|老师|同志|"
        "师傅|大爷|大娘|大妈|大叔|大姐|阿姨|女士|先生|医生|警官|工程师|某某|某|工|总)"
    )


@cache
def _outside() -> re.Pattern[str]:
    """A unit by its ending alone, with the caller glued on or after a blank: 水务局张工."""
    return re.compile(
        "[\u4e00-\u9fff]{2,10}?(?:派出所|供电所|供水公司|局|办公室|办|所|站|中心|公司|厂|医院|卫生院|法院|"
        "中学|小学|学校|大队|中队|支队|村委会|村委|居委会|村|社区|水厂)"
    )


def _name_there(text: str) -> bool:
    """Whether the whole text is how a caller is named."""
    found = _titled().fullmatch(text)
    return bool(found) or (looks_like_name(text) == len(text) and 2 <= len(text) <= 3)


def _unit_and_caller(draft: Draft, phone: int) -> None:
    """县府办王主任 or 县府办 王主任 or 王主任 at the head of the line."""
    words = draft.words()
    if not words:
        return
    first = words[0]
    length = _unit_length(draft, first, len(words) > 1)
    if length:
        stop = first.start + length
        unit = draft.names.units.get(first.text[:length], draft.line[first.start : stop])
        draft.put("from_unit", unit, first.start, stop)
        rest = first.text[length:]
        if rest:
            if _name_there(rest):
                draft.put("caller", draft.line[stop : first.stop], stop, first.stop)
            return
        words = words[1:]
    if not words:
        return
    word = words[0]
    alone = len(words) == 1 and phone < 0
    before_phone = phone >= 0 and word.stop <= phone and (len(words) == 1 or words[1].start > phone)
    if _titled().fullmatch(word.text) or draft.names.person(word.text):
        if not alone:
            draft.put("caller", word.typed, word.start, word.stop)
    elif before_phone and looks_like_name(word.text) == len(word.text) and len(words) > 1:
        draft.put("caller", word.typed, word.start, word.stop)


def _unit_length(draft: Draft, word: Word, more: bool) -> int:
    """How many characters at the head of a word name the unit that calls."""
    text = word.text
    if draft.names.person(text):
        return 0
    whole = len(text) if is_office(text) else 0
    for length in (_known_unit(draft, text), whole, office_ahead(text)):
        if length and (length < len(text) or more):
            return length
    place = known_place(text)
    if place and more and (place == len(text) or _name_there(text[place:])):
        return place
    for found in _outside().finditer(text):
        if found.start():
            break
        if found.end() == len(text):
            return found.end() if more else 0
        if _name_there(text[found.end() :]):
            return found.end()
    return 0


def _known_unit(draft: Draft, text: str) -> int:
    """The longest unit of the office that a word begins with."""
    return max((len(unit) for unit in draft.names.units if text.startswith(unit)), default=0)


@cache
def _english() -> re.Pattern[str]:
    return re.compile(
        "(?P<caller>[a-z][a-z.' -]{0,40}?) (?:from|of) (?P<unit>[^:,]{2,60}?)"
        "(?:[:,] ?| (?:about|that|says|reports|on) )"
    )


def _in_english(draft: Draft) -> bool:
    """call Wang from County Office: report snow."""
    if not draft.free:
        return False
    begin = draft.free[0][0]
    begin += len(draft.folded[begin:]) - len(draft.folded[begin:].lstrip(" "))
    found = _english().match(draft.folded, begin)
    if found is None:
        return False
    for field, name in (("caller", "caller"), ("from_unit", "unit")):
        a, b = found.span(name)
        draft.put(field, draft.line[a:b].strip(), a, b)
    draft.take(found.start(), found.end())
    return True


def _caller_of(draft: Draft) -> None:
    """Of our own people the name as the directory has it; a stranger of no unit is asked about."""
    cells = draft.cells
    caller = cells.get("caller")
    if not caller:
        return
    unit = cells.get("from_unit")
    if unit and unit not in draft.names.units.values():
        return  # 县府办王主任 is not our 王书记
    found = draft.names.resolve(caller)
    if found.kind == "person":
        cells["caller"] = found.name
        person = draft.view.person(found.name)
        if person is not None:
            own = {"from_unit": person.text("unit"), "phone": person.text("phone")}
            cells.update({name: text for name, text in own.items() if text and name not in cells})
    elif not unit:
        not_known(draft, "caller", caller, found.candidates)


# --- what it is about ----------------------------------------------------------------------


def _due(draft: Draft) -> None:
    """A deadline, which stays in the words of the note; 停水两天 is none."""
    if draft.due is not None:
        draft.deadline("due", draft.due)
        return
    free, note = list(draft.free), draft.cells.get("note")
    bare_deadline(draft, "due", days=False)
    draft.free = free
    if note is None:
        draft.cells.pop("note", None)
    if not draft.cells.get("due"):
        _inside(draft)


def _inside(draft: Draft) -> None:
    """A deadline inside a word: 请于12点前上报, 各村15:00前报."""
    view = draft.view
    text = draft.folded[draft.begin :]
    for found in moments.scan(text, view.local, view.calendar):
        by = found.before or text[: found.start].endswith("by ")
        if not found.problem and by and found.timed:
            begin, stop = found.start + draft.begin, found.stop + draft.begin
            if any(a <= begin and stop <= b for a, b in draft.free):
                draft.cells["due"] = found.due(view.calendar)
                draft.part("due", draft.cells["due"], begin, stop)
                return


@cache
def _says() -> re.Pattern[str]:
    return re.compile("(?P<who>[^ ]{2,5}?)(?:批示|指示|批转|交代|交待)[:,]?")


def _instruction(draft: Draft) -> None:
    """刘书记指示… is the instruction, from there to the end of the line."""
    for word in draft.words():
        found = _says().match(word.text)
        if found and draft.names.person(found["who"]):
            begin = word.start + found.end()
            stop = draft.words()[-1].stop
            text = draft.line[begin:stop].strip()
            if text:
                who = draft.names.person(found["who"])
                draft.take(word.start, stop)
                words = _("{who}: {text}").format(who=who, text=text)
                draft.cells["instruction"] = words
                draft.part("instruction", words, word.start, stop)
            return


def _content(draft: Draft) -> None:
    words = draft.words()
    if words:
        text = draft.text()
        draft.cells["content"] = text
        draft.part("content", text, words[0].start, words[-1].stop)


def _ask(draft: Draft) -> None:
    """What a telephone note lacks, and what could be made of it."""
    draft.miss(*(name for name in missing_elements(draft.cells, draft.view) if name != "content"))
    draft.miss("owner")
    entry = Record("duty_log", {**draft.cells, "id": "", "state": "noted"})
    step = draft.register.step(suggested(entry))
    if step is not None:
        said = _("Once it is noted, Enter offers first: {step}.")
        urgent = step.id == "to_incident"
        draft.hint(step.id, said.format(step=_(step.label)), "warn" if urgent else "hint")
