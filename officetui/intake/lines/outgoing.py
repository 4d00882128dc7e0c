"""发 genre title 主送… 抄送… 某某签发 @drafter #urgency ^due."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from officetui.intake.draft import Captured, Draft, Hint
from officetui.intake.folding import fold
from officetui.intake.lines.deadlines import set_deadline
from officetui.registers.documents_fields import GENRES, URGENCIES
from officetui.registers.outgoing import NUMBERING
from officetui.registers.outgoing_asks import upward
from officetui.registers.rules_outgoing import genre_of_title
from officetui.registers.view import View
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.intake.names import Directory

_URGENT = tuple(choice.value for choice in URGENCIES)


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """Whether a word right after the prefix belongs to such a line: 发请示, 发关于…, not 发放."""
    if word.startswith("关于"):
        return True
    return any(
        word == name or word.startswith((name + "关于", name + ":"))
        for choice in GENRES
        for name in (choice.value, *choice.aliases)
    )


def understand(draft: Draft, prefix: str) -> None:
    """Work out a paper of the office's own."""
    today = draft.view.today.isoformat()
    draft.cells["drafted_at"] = draft.cells["held_from"] = today
    _number(draft)
    _genre_word(draft)
    _recipients(draft)
    _people(draft)
    _small_words(draft)
    _tags(draft)
    set_deadline(draft, days=False)
    draft.owner("drafter")
    if draft.cells.get("drafter"):
        draft.cells["owner"] = draft.cells["drafter"]
    _title(draft)
    draft.miss("genre", "drafter", "main_to")
    if upward(draft.cells.get("genre")):
        draft.miss("signer")


def complete(cells: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """What follows from the cells of a form: the genre of the title, the mark of the number, and
    whose it is."""
    found: dict[str, Any] = {"held_from": view.today.isoformat()}
    genre = genre_of_title(str(cells.get("title") or ""))
    if genre and not cells.get("genre"):
        found["genre"] = genre
    said = NUMBERING.read(str(cells.get("doc_no") or ""))
    if said is not None and not cells.get("org_code"):
        found["org_code"] = said.mark
    if cells.get("drafter") and not cells.get("owner"):
        found["owner"] = cells["drafter"]
    return found


# --- the number and the genre --------------------------------------------------------------


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(
        "(?<![^ ])[\u4e00-\u9fff]{1,10}[\\[【〔〖({《<][0-9]{4}年?[\\]】〕〗)}》>]"
        " ?第?[0-9]{1,5}号(?= |$|关于)"
    )


def _number(draft: Draft) -> None:
    """A paper that has its number already: its mark, and the form it should have."""
    found = _numbers().search(draft.folded, draft.begin)
    if found is None:
        return
    typed = draft.line[found.start() : found.end()]
    said = NUMBERING.read(typed)
    if said is None:
        return
    number = NUMBERING.written(*said)
    draft.cells["org_code"] = said.mark
    draft.put("doc_no", number, *found.span())
    if number != typed:
        words = _("Number offered as {number}; typed {typed}.")
        draft.hint("doc_no", words.format(number=number, typed=typed))


@cache
def _genre_names() -> tuple[tuple[str, str], ...]:
    """What a genre is called, the longest first: the name folded, and what is stored."""
    found = []
    for choice in GENRES:
        for name in (choice.value, choice.label, *choice.aliases):
            found.append((fold(name), choice.value))
    return tuple(sorted(found, key=lambda one: -len(one[0])))


def _genre_word(draft: Draft) -> None:
    """The genre as a word of its own at the head: 请示 关于…, notice On …"""
    words = draft.words()
    if not words:
        return
    start = words[0].start
    own = [(fold(_(choice.label)), choice.value) for choice in GENRES]
    for name, genre in (*_genre_names(), *own):
        stop = start + len(name)
        if draft.folded.startswith(name, start) and draft.folded[stop : stop + 1] in ("", " ", ":"):
            draft.put("genre", genre, start, stop)
            draft.take(stop, stop + (draft.folded[stop : stop + 1] == ":"))
            return
        if len(name) > 1 and draft.folded.startswith(name + "关于", start):
            draft.put("genre", genre, start, stop)
            return


# --- to whom -------------------------------------------------------------------------------


@cache
def _addressed() -> re.Pattern[str]:
    """主送县政府、县财政局; 抄送:县纪委; to:County government, up to the next of these."""
    return re.compile(
        "(?<![^ ,;])(?:(?P<main>主送(?:机关|单位)?|发往)|(?P<cc>抄送(?:机关|单位)?|抄报|抄:)):? ?"
        "(?P<to>[^ ]+)"
        "|(?<![^ ])(?:(?P<main2>to|main)|(?P<cc2>cc)): ?(?P<to2>.+?)(?= (?:to|main|cc):|$)"
    )


def _recipients(draft: Draft) -> None:
    for start, stop in list(draft.free):
        for found in _addressed().finditer(draft.folded[:stop], start):
            group = "to" if found["to"] else "to2"
            field = "main_to" if found["main"] or found["main2"] else "cc_to"
            begin, end = found.span(group)
            named = _units(draft.line[begin:end])
            if named:
                draft.put(field, [*draft.cells.get(field, []), *named], *found.span())


def _units(text: str) -> list[str]:
    """The names of a list of recipients, as typed, without what ends it."""
    parts = (part.strip(" 。.;；") for part in re.split("[、,，;；]|和(?=[县市省镇乡区各])", text))
    return [part for part in dict.fromkeys(parts) if part]


# --- who, and the small words --------------------------------------------------------------

_SIGNS = (("signer", ("签发", "签批")), ("reviewer", ("审核", "核稿", "审稿")))


def _people(draft: Draft) -> None:
    """王书记签发, 签发:王建国, 刘书记核稿: a word of its own that names somebody."""
    words = draft.words()
    for index, word in enumerate(words):
        for field, verbs in _SIGNS:
            for verb in verbs:
                name, start, stop = "", word.start, word.stop
                if word.text.endswith(verb) and len(word.text) > len(verb):
                    name = draft.names.person(word.text[: -len(verb)])
                elif word.text.startswith(verb) and len(word.text) > len(verb):
                    rest = word.text.removeprefix(verb).removeprefix("人").lstrip(":")
                    name = draft.names.person(rest)
                elif word.text in (verb, verb + ":", verb + "人") and index + 1 < len(words):
                    name, stop = draft.names.person(words[index + 1].text), words[index + 1].stop
                if name and field not in draft.cells:
                    draft.put(field, name, start, stop)


def _small_words(draft: Draft) -> None:
    """20份, 特急: words of their own, taken wherever they stand."""
    for word in draft.words():
        if copies := re.fullmatch("(?:印)?([0-9]{1,4})(?:份|copies)", word.text):
            draft.put("copies", int(copies[1]), word.start, word.stop)
        elif word.text in _URGENT:
            draft.put("urgency", word.text, word.start, word.stop)


def _tags(draft: Draft) -> None:
    """#特急 is the urgency, #重点 a key matter; anything else is a tag."""
    left = []
    for tag, start, stop in draft.tags:
        urgency = next((c.value for c in URGENCIES if fold(tag) in _called(c.value, c.label)), None)
        if urgency is not None:
            draft.put("urgency", urgency, start, stop)
        elif fold(tag) in ("重点", "重要", "key"):
            draft.put("weight", True, start, stop)
        else:
            left.append((tag, start, stop))
    draft.tags = left
    draft.set_tags()


def _called(value: str, label: str) -> tuple[str, ...]:
    return (fold(value), fold(label), fold(_(label)))


def _title(draft: Draft) -> None:
    words = draft.words()
    title = draft.text().strip()
    whole = re.fullmatch("《(.+)》", title)
    if whole and "《" not in whole[1]:
        title = whole[1]
    if not title:
        return
    draft.cells["title"] = title
    draft.part("title", title, words[0].start, words[-1].stop)
    if "genre" not in draft.cells and (genre := genre_of_title(title)):
        draft.cells["genre"] = genre
        draft.part("genre", genre, words[-1].stop - 1, words[-1].stop)


# --- classified papers -------------------------------------------------------------------


def blocked(draft: Draft, level: str, words: str) -> Captured:
    """A classified paper: level and time; title, recipients and line are kept nowhere."""
    cells = {"drafted_at": draft.view.today.isoformat(), "secrecy": level}
    problem = Hint("title", words, "block")
    return Captured("outgoing", "", cells, [], [], [], [problem], blocked=True, parts=[])
