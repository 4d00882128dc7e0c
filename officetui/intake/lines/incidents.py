"""紧急 when where what casualties who says so: 紧急 石桥村山体滑坡 2人被困 王支书报 已转移30人.

Nothing that a line lacks keeps it from being noted: the countdown runs from that moment.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from officetui.intake import moments
from officetui.intake.draft import Draft, Word
from officetui.intake.lines.reception import phone_of
from officetui.intake.names import office_ahead
from officetui.registers.incidents import missing
from officetui.registers.incidents_parts import implied
from officetui.registers.view import View
from officetui.text.i18n import _
from officetui.text.words import clauses

if TYPE_CHECKING:
    from officetui.intake.names import Directory

_KINDS: Final = (
    ("health", "中毒|疫情|传染|发热病例|食物中毒"),
    ("security", "聚集|群体|上访|冲突|斗殴|拦路|堵路|堵门|走失|溺水|protest|crowd"),
    ("opinion", "舆情|网传|视频热传"),
    (
        "natural",
        "滑坡|泥石流|塌方|洪|内涝|积水|暴雨|暴雪|雪灾|冰冻|地震|山火|森林火|干旱|决口|溃坝|险情"
        "|flood|landslide|earthquake|storm",
    ),
    (
        "accident",
        "火灾|起火|着火|失火|爆炸|车祸|交通事故|坍塌|倒塌|泄漏|泄露|触电|坠落|坠亡|停电|停水|事故"
        "|fire|explosion|crash|collapse|leak",
    ),
)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(words)) for kind, words in _KINDS)


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """Whether a word right after the prefix belongs to it: 紧急石桥村滑坡, not 紧急通知."""
    return bool(_places().match(word)) or any(p.search(word) for _kind, p in _kinds())


def understand(draft: Draft, prefix: str) -> None:
    """Work out what happened, where and when, and what a report of it would lack."""
    cells = draft.cells
    said = " ".join(word.text for word in draft.words())
    phone_of(draft)
    _when(draft)
    _clauses(draft)
    _source(draft)
    _casualties(draft)
    _place(draft)
    draft.set_tags()
    _matter(draft)
    draft.owner("owner", "")
    for kind, pattern in _kinds():
        if pattern.search(said):
            cells["kind"] = kind
            break
    for name, value in implied(cells, draft.view).items():
        cells.setdefault(name, value)
    if draft.due is not None and not draft.due.problem:
        draft.deadline("written_due", draft.due)
    draft.miss(*missing(cells), "owner")
    if not any(cells.get(name) for name in ("matter", "place", "casualties")):
        draft.result.required.append("matter")  # a line that says nothing is none
    _say_when(draft)


def _say_when(draft: Draft) -> None:
    """By when it is reported: said at once."""
    said = [
        words.format(time=str(draft.cells[cell])[11:16])
        for cell, words in (
            ("phone_due", _("by phone by {time}")),
            ("written_due", _("in writing by {time}")),
        )
        if draft.cells.get(cell)
    ]
    if said:
        draft.hint("phone_due", _("Report it {when}.").format(when=clauses(said)))


def _when(draft: Draft) -> None:
    """When it happened, by the first hour in the line that has passed; else now."""
    view = draft.view
    now = view.local.isoformat(timespec="minutes")
    draft.cells["at"] = now
    for begin, stop in draft.free:
        for found in moments.scan(draft.line[begin:stop], view.local, view.calendar, past=True):
            if found.basis or found.problem or not found.timed or not found.value <= now:
                continue
            last = begin + found.stop
            last += 2 * (draft.folded[last : last + 2] in ("左右", "许,", "许 "))
            draft.put("at", found.value, begin + found.start, last)
            return
    for begin, stop in draft.free:
        just = _just().search(draft.folded, begin, stop)
        if just is not None:
            ago = timedelta(minutes=_minutes(just))
            at = (view.local - ago).isoformat(timespec="minutes")
            draft.put("at", at, *just.span())
            return


@cache
def _just() -> re.Pattern[str]:
    """What has just happened: 刚才, 10分钟前, but not 30分钟前报县里."""
    return re.compile(
        "(?<![^ ,])(?:(?:就在)?(?:刚才|刚刚|方才|just now)"
        "|(?:约|大约)?(?:(?P<n>[0-9]{1,3})|(?P<half>半)个?)"
        "(?P<unit>分钟|个?小时|个?钟头| ?min(?:utes)?| ?hours?)(?:之?前| ago)"
        "(?! ?(?:上?报|回复|答复|送)))"
    )


def _minutes(just: re.Match[str]) -> int:
    """How many minutes ago that was."""
    unit = just["unit"] or ""
    if not unit:
        return 0
    whole = 1 if "分" in unit or "min" in unit else 60
    return whole // 2 if just["half"] else int(just["n"]) * whole


@cache
def _opened() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return (
        ("measures", re.compile("(?:已经?|正在?|正组织)(?!过|确认)(?=[\u4e00-\u9fff])")),
        ("trend", re.compile("(?:可能|有.{0,6}(?:趋势|风险|危险)|暂?无扩大|尚?未扩大|仍在|持续)")),
        ("scope", re.compile("(?:涉及|影响|波及|受灾)")),
    )


def _clauses(draft: Draft) -> None:
    """Words that open as such: 已转移30人, 可能继续下滑, 影响农户12户."""
    for word in draft.words()[1:]:
        for field, pattern in _opened():
            if field not in draft.cells and pattern.match(word.text):
                draft.put(field, word.typed, word.start, word.stop)
                break


@cache
def _says() -> re.Pattern[str]:
    return re.compile("(?P<who>[^ ]{2,14}?)(?:电话)?(?:报告|来电|上报|反映|报)$")


def _source(draft: Draft) -> None:
    """Who says so: 王支书报, 县应急局来电."""
    for word in draft.words():
        found = _says().match(word.text)
        if found is not None and not any(p.search(found["who"]) for _kind, p in _kinds()):
            draft.put("source", word.typed[: found.end("who")], word.start, word.stop)
            return


@cache
def _hurt() -> re.Pattern[str]:
    number = "(?:[0-9]{1,4}|[一二两三四五六七八九十]{1,3})"
    what = "(?:死亡|遇难|受伤|重伤|轻伤|失联|失踪|被困|被埋|被压|埋压|溺亡|溺水|坠亡"
    what += "|烧伤|昏迷|伤亡|送医|中毒)"
    return re.compile(
        f"(?:暂?无人?员?(?:伤亡|受伤|被困)|{number}(?:人|名[^ ,0-9]{{0,4}}){what}|"
        f"{what}{number}(?:人|名)|[0-9]{{1,4}} (?:dead|injured|missing|trapped|hurt)|no casualties)"
    )


def _casualties(draft: Draft) -> None:
    """All that is said of people, where it stands: 1人死亡 2人受伤."""
    said: list[str] = []
    places: list[tuple[int, int]] = []
    for begin, stop in draft.free:
        for found in _hurt().finditer(draft.folded, begin, stop):
            said.append(draft.line[found.start() : found.end()])
            places.append(found.span())
    if not places:
        return
    draft.cells["casualties"] = " ".join(said)
    for start, stop in places:
        draft.take(start, stop)
    draft.part("casualties", " ".join(said), places[0][0], places[-1][1])


@cache
def _places() -> re.Pattern[str]:
    return re.compile(
        "(?:在|位于)?(?P<a>[\u4e00-\u9fff0-9a-z]{1,12}?(?:村委会|村|社区|小区|居委会|学校|小学|中学|幼儿园|医院|卫生院"
        "|水库|河段|大桥|路口|隧道|煤矿|矿山|工地|工厂|砖厂|厂|公司|市场|加油站|车站|林场|农场|广场|门口"
        "|国道|省道|县道|路段)"
        "(?:[0-9一二三四五六七八九十]{1,3}(?:组|号楼|队))?)"
    )


@cache
def _english() -> re.Pattern[str]:
    return re.compile("(?<![^ ])(?:at|in|near) (?P<a>(?:the )?[^,;@#^+]+?)(?= *[,;@#^+]| with |$)")


def _place(draft: Draft) -> None:
    """+place, else what reads like one: a village, a school, a road."""
    if draft.places:
        typed, start, stop = draft.places[0]
        draft.put("place", typed, start, stop)
        return
    for word in draft.words():
        found = _places().match(word.text)
        if found is not None:
            _took(draft, word, found.start("a"), found.end("a"))
            return
        length = office_ahead(word.text)
        if length and length == len(word.text) and len(draft.words()) > 1:
            _took(draft, word, 0, length)
            return
    for begin, stop in draft.free:
        there = _english().search(draft.folded, begin, stop)
        if there is not None:
            a, b = there.span("a")
            draft.put("place", draft.line[a:b].strip())
            draft.take(there.start(), b)
            draft.part("place", draft.cells["place"], a, b)
            return


def _took(draft: Draft, word: Word, begin: int, stop: int) -> None:
    draft.put("place", word.typed[begin:stop])
    draft.take(word.start, word.start + stop)
    draft.part("place", draft.cells["place"], word.start + begin, word.start + stop)


def _matter(draft: Draft) -> None:
    """What is left is what happened; a line that names a place alone says it all there."""
    words = draft.words()
    text = draft.text().strip(" ,，。;；")
    if text:
        draft.cells["matter"] = text
        draft.part("matter", text, words[0].start, words[-1].stop)
