"""访 name phone matter @owner #tag; 12345 工单… ; 石桥村12人."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from officetui.intake import moments
from officetui.intake.draft import Draft, Hint, Word
from officetui.intake.folding import number
from officetui.intake.lines.deadlines import set_deadline
from officetui.intake.names import looks_like_name
from officetui.registers.reception import MOST_SPEAKERS, earlier, group_of
from officetui.registers.reception_fields import CHANNELS
from officetui.registers.reception_steps import notify_due
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.intake.names import Directory

_BY_PREFIX = {
    "访": "visit", "来访": "visit", "visit": "visit", "信": "letter", "来信": "letter",
    "letter": "letter", "12345": "hotline", "电": "call", "来电": "call", "call": "call",
}  # fmt: skip


@cache
def _village() -> re.Pattern[str]:
    return re.compile("[\u4e00-\u9fff]{1,5}(?:村|社区|居委会)")


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """Whether a word right after the prefix belongs to such a line."""
    if prefix == "12345":
        return word.startswith("工单") or not word[0].isdigit()
    return bool(looks_like_name(word)) or bool(_village().match(word))


def understand(draft: Draft, prefix: str) -> None:
    """Work out a visit, call, letter or hotline ticket."""
    cells = draft.cells
    cells["channel"] = _BY_PREFIX.get(prefix, "")
    cells["at"] = draft.view.local.isoformat(timespec="minutes")
    if draft.view.user:
        cells["receiver"] = draft.view.user
    _channel(draft)
    _ticket(draft)
    before_phone = phone_of(draft)
    _headcount_and_unit(draft)
    _representatives(draft)
    _sign_by(draft)
    _when(draft)
    _name(draft, before_phone)
    draft.set_tags()
    _matter(draft)
    draft.owner("owner", "transferred_to")
    if cells.get("transferred_to"):
        # The unit a ticket was sent to is the only one a hotline line names.
        cells.setdefault("unit", cells["transferred_to"])
    _count(draft)
    _again(draft)
    cells["notify_due"] = notify_due(str(cells["at"]), draft.view)
    draft.miss("owner")


def _channel(draft: Draft) -> None:
    """A line given to the register without prefix may say it by its first word."""
    words = draft.words()
    if not draft.cells["channel"] and words:
        first = words[0]
        for choice in CHANNELS:
            if first.text in choice.aliases or first.text == choice.value:
                draft.put("channel", choice.value, first.start, first.stop)
                return
        if "工单" in draft.folded:
            draft.cells["channel"] = "hotline"
    if not draft.cells["channel"]:
        draft.cells["channel"] = "visit"


@cache
def _tickets() -> re.Pattern[str]:
    return re.compile(
        "工单(?:编?号)?:? ?(?P<a>[0-9a-z-]{4,30})|(?<![^ ])(?P<b>[0-9]{12,20})(?![^ ])"
    )


def _ticket(draft: Draft) -> None:
    begin = draft.begin
    found = _tickets().search(draft.folded, begin)
    if found and (found["a"] or draft.cells["channel"] == "hotline"):
        a, b = found.span("a" if found["a"] else "b")
        draft.put("ticket", draft.line[a:b], found.start(), found.end())


@cache
def _phones() -> re.Pattern[str]:
    return re.compile(
        "(?:电话|手机|联系电话|tel)?:? ?(?<![0-9])(1[3-9][0-9] ?-?[0-9]{4} ?-?[0-9]{4}"
        "|0[0-9]{2,3}-?[0-9]{7,8}|[2-8][0-9]{6,7})"
        "(?![0-9-])(?!号)"
    )


def phone_of(draft: Draft) -> int:
    """Set the phone; gives its place, or -1."""
    found = draft.first(_phones())
    if found is None:
        return -1
    a, b = found.span(1)
    value = re.sub("[ -]", "", draft.folded[a:b]) if found[1][0] == "1" else found[1]
    draft.cells["phone"] = value
    draft.take(found.start(), found.end())
    draft.part("phone", value, a, b)
    return a


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(
        "(?:一行|等|共)?(?P<n>[0-9]{1,4}|[一二两三四五六七八九十百]{1,4})(?:余|多)?"
        "(?:人|名(?:群众|村民|业主|工人|职工|代表)?|个人)(?:来访|上访|到访|集体上访)?"
        "(?= |$|,|反映|要求)"
    )


@cache
def _places() -> re.Pattern[str]:
    return re.compile(
        "[\u4e00-\u9fff]{1,8}?(?:居委会|社区|小区|公司|合作社|中学|小学|学校|工地|市场|村|厂|镇|乡|街道)"
        "(?:[0-9一二三四五六七八九十]{1,3}组)?"
    )


def known_place(text: str) -> int:
    """How many characters at the head are a village, a company or the like; 0 for none."""
    found = _places().match(text)
    return found.end() if found else 0


@cache
def _inhabitants() -> re.Pattern[str]:
    return re.compile("^的?(?:部分|全体)?(?:村民|居民|业主|群众|职工|工人|家长)?(?:代表)?")


def _headcount_and_unit(draft: Draft) -> None:
    for word in draft.words()[:4]:
        found = _heads().search(word.text)
        if found is None:
            continue
        count = number(found["n"])
        if count:
            a, b = found.span()
            draft.put("headcount", count, word.start + a, word.start + b)
            break
    words = draft.words()
    for word in words[:3]:
        if word.text in draft.names.units:
            draft.put("unit", draft.names.units[word.text], word.start, word.stop)
            return
    if not words:
        return
    first = words[0]
    place = _places().match(first.text)
    if place is None:
        return
    rest = _inhabitants().sub("", first.text[place.end() :])
    counted = first.stop < len(draft.line) and draft.folded[first.stop : first.stop + 1] != " "
    whole = not rest and (counted or len(words) > 1)
    if whole or (rest and looks_like_name(rest) == len(rest) and len(words) > 1):
        start = first.start
        draft.put("unit", draft.line[start : start + place.end()], start, first.stop - len(rest))


@cache
def _speakers() -> re.Pattern[str]:
    return re.compile(
        "(?<![^ ])(?:代表|speakers?):? ?(?P<names>[^ ]{1,6}(?:[、,][^ ]{1,6}?){0,8})(?= |$)"
    )


def _representatives(draft: Draft) -> None:
    """代表张三、李四: who speaks for a group."""
    for begin, stop in draft.free:
        found = _speakers().search(draft.folded, begin, stop)
        if found is not None and (draft.cells.get("headcount") or 1) > 1:
            a, b = found.span("names")
            names = [name for name in re.split("[、,，]", draft.line[a:b]) if name]
            draft.put("representatives", names, found.start(), found.end())
            return


def _sign_by(draft: Draft) -> None:
    """今天9点前签收: by when somebody signs for the ticket, which is not its deadline."""
    view = draft.view
    for word in draft.words() if draft.cells["channel"] == "hotline" else ():
        if not word.text.endswith(("签收", "签收)")):
            continue
        found = moments.match(draft.folded, word.start, view.local, view.calendar, strict=True)
        if found is not None and not found.problem:
            draft.put("sign_due", found.due(view.calendar), word.start, word.stop)
        return


def _when(draft: Draft) -> None:
    """昨天 or 9点半 as words of their own say when they came; 3个工作日 is a deadline."""
    view = draft.view
    set_deadline(draft, days=False)
    # Not the last word: 投诉噪音 昨晚10点 says when the noise was.
    for word in draft.words()[:-1][:3]:
        found = moments.match(
            draft.folded, word.start, view.local, view.calendar, past=True, strict=True
        )
        if found is None or found.problem or found.basis or found.before:
            continue
        after = draft.folded[found.stop : found.stop + 1]
        if after not in ("", " ") or found.value > view.local.isoformat(timespec="minutes"):
            continue
        draft.put("at", found.value, found.start, found.stop)
        return


def _name(draft: Draft, phone: int) -> None:
    words = draft.words()
    if not words:
        return
    first = words[0]
    before = [word for word in words if word.stop <= phone]
    if before and all(word.text.isascii() for word in before) and len(before) <= 3:
        stop = before[-1].stop
        draft.put("name", draft.line[first.start : stop], first.start, stop)
        return
    for word in reversed(before):
        if looks_like_name(word.text) == len(word.text):
            draft.put("name", word.typed, word.start, word.stop)
            return
    if len(before) == 1 and len(first.text) <= 4 and len(words) > 1:
        draft.put("name", first.typed, first.start, first.stop)
        return
    length = looks_like_name(first.text)
    if (length and (len(words) > 1 or length < len(first.text))) or (length and phone >= 0):
        stop = first.start + length
        if length == len(first.text) or not _plain(first, length):
            draft.put("name", draft.line[first.start : stop], first.start, stop)


def _plain(word: Word, length: int) -> bool:
    """杨大爷反映: a name followed by its verb; anything else glued on is no name."""
    return not word.text[length:].startswith(
        ("反映", "来访", "要求", "投诉", "咨询", "说", "称", "等")
    )


def _matter(draft: Draft) -> None:
    words = draft.words()
    if not words:
        return
    text = draft.text()
    draft.cells["matter"] = text
    draft.part("matter", text, words[0].start, words[-1].stop)


def _count(draft: Draft) -> None:
    cells = draft.cells
    count = cells.setdefault("headcount", 1)
    cells["group"] = group_of(count)
    if cells["group"] == "集体访":
        draft.miss("representatives")
        said = _("A group: name up to {n} representatives.")
        draft.hint("representatives", said.format(n=MOST_SPEAKERS), "ask")
        draft.said.add("reception.group")


def _again(draft: Draft) -> None:
    """First time, or again: recognised by name and phone, with what came before."""
    cells = draft.cells
    if not cells.get("name") or not cells.get("phone"):
        return
    before = earlier(Record("reception", {**cells, "id": "#new"}), draft.view)
    cells["repeat"] = "重复" if before else "初次"
    if before:
        last = before[-1]
        said = _("Came before: {date} {matter}")
        words = said.format(date=last.text("at")[:10], matter=last.text("matter")[:60])
        draft.result.hints.append(Hint("repeat", words, "hint", None, last.ref))
        draft.said.add("reception.again")
