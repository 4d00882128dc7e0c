"""Who a line of the schedule is about: who goes, who comes along, who deputises."""

from __future__ import annotations

import re
from functools import cache

from officetui.intake.draft import Draft, Word
from officetui.intake.sigils import not_known
from officetui.text.i18n import _
from officetui.text.words import listed


@cache
def _deputising() -> re.Pattern[str]:
    return re.compile(
        "(?:业务|工作|手头工作|分管工作)?(?:暂)?(?:交由?|由)(?P<a>[^ ,。;]{2,8}?)"
        "(?:同志)?(?:代为?负责|代理|代管|代班|负责|代|主持)?(?=[ ,。;@#^]|$)"
        "|(?<![^ ])(?P<b>[^ ,。;]{2,8}?)(?:代理|代管|代)(?=[ ,。;]|$)"
        "|(?:deputy|deputised by|covered by):? (?P<c>[^,;@#^]+?)(?=[,;@#^]|$)"
    )


def deputy(draft: Draft) -> None:
    """Who deputises: 业务交周海涛, 周海涛代, deputy Tom Jory."""
    for begin, stop in list(draft.free):
        for found in _deputising().finditer(draft.folded, begin, stop):
            group = next(name for name in "abc" if found[name])
            a, b = found.span(group)
            name, length = _longest_name(draft, a, b)
            if not name:
                continue
            end = found.end() if a + length == b else a + length
            draft.put("deputy", name, found.start(), end)
            return


def _longest_name(draft: Draft, a: int, b: int) -> tuple[str, int]:
    """The one person that a piece of the line begins with, or ""."""
    whole = draft.names.person(draft.line[a:b].strip())
    if whole:
        return whole, b - a
    found, length = draft.names.head(draft.line[a:b])
    if found.kind == "person":
        return found.name, length
    words = draft.line[a:b].split(" ")
    for count in range(len(words), 0, -1):
        typed = " ".join(words[:count])
        if name := draft.names.person(typed):
            return name, len(typed)
    return "", 0


@cache
def _together() -> re.Pattern[str]:
    return re.compile(
        "(?<![^ ])(?:带|同|偕|随行|陪同人员:?|随行人员:?)(?P<a>[^ ,。;@#^+]+)"
        "|(?<![^ ])(?P<b>[^ ,。;@#^+]+?)(?:陪同|随行|同行|一起|跟随)(?=[ ,。;]|$)"
        "|(?<![^ ])(?:with|accompanied by) (?P<c>[^,;@#^+]+?)(?=[,;@#^+]|$)"
    )


def companions(draft: Draft) -> None:
    """Who comes along: 赵强陪同, with Jim Hunt."""
    for begin, stop in list(draft.free):
        for found in _together().finditer(draft.folded, begin, stop):
            group = next(name for name in "abc" if found[name])
            a, b = found.span(group)
            names, length = _people(draft, a, b)
            if names:
                end = found.end() if a + length == b else a + length
                draft.put("companions", names, found.start(), end)
                return


@cache
def _separators() -> re.Pattern[str]:
    return re.compile("[、,;和及与]| and ")


def _people(draft: Draft, a: int, b: int) -> tuple[list[str], int]:
    """The people that a piece of the line names, from its beginning on, and how long that is."""
    names: list[str] = []
    at = a
    while at < b:
        next_one = _separators().search(draft.line, at, b)
        stop = next_one.start() if next_one else b
        name, length = _longest_name(draft, at, stop)
        if not name:
            break
        names.append(name)
        at += length
        if at < stop or next_one is None:
            break
        at = next_one.end()
    return names, at - a


def who(draft: Draft) -> None:
    """The first people of the line: one goes, the others come along."""
    words = draft.words()
    if not words:
        return
    first = words[0]
    names, length = _people(draft, first.start, _last_of_name(draft, words))
    if not names:
        _unknown(draft, first)
        return
    stop = first.start + length
    draft.put("leader", names[0], first.start, stop)
    others = [*draft.cells.get("companions", []), *names[1:]]
    for word in draft.words():  # 程 王书记 陈镇长 县里开会: both of them
        name = draft.names.person(word.typed)
        if not name or word.start != _skip(draft, stop):
            break
        others.append(name)
        draft.take(word.start, word.stop)
        stop = word.stop
    others = [name for name in dict.fromkeys(others) if name != names[0]]
    if others:
        draft.cells["companions"] = others
        draft.part("companions", others, first.start, stop)


def _skip(draft: Draft, at: int) -> int:
    while draft.folded[at : at + 1] == " ":
        at += 1
    return at


def _last_of_name(draft: Draft, words: list[Word]) -> int:
    """A Chinese name stands in one word; another one may take several: Peter Wang."""
    if not words[0].text.isascii():
        return words[0].stop
    return words[min(3, len(words) - 1)].stop


def _unknown(draft: Draft, word: Word) -> None:
    """Somebody the directory does not have is asked about, and kept as typed."""
    found = draft.names.resolve(word.typed)
    draft.put("leader", word.typed, word.start, word.stop)
    if found.kind == "ask":
        said = _("Who is {name}: {people}?")
        people = listed(found.candidates)
        draft.hint("leader", said.format(name=word.typed, people=people), "ask")
    else:
        not_known(draft, "leader", word.typed, found.candidates)
