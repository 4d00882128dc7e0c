"""收 from_org doc_no title 阅 @owner #urgency ^due."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from officetui.intake.draft import Captured, Draft, Hint, Word
from officetui.intake.folding import fold
from officetui.intake.lines.deadlines import set_deadline
from officetui.intake.names import is_office, office_ahead
from officetui.registers.documents import DOCUMENTS, GENRES
from officetui.registers.model import Field
from officetui.registers.rules_incoming import TELEGRAMS
from officetui.registers.view import View
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.intake.names import Directory

_OPENING = {"(": ")", "[": "]", "【": "】", "〔": "〕", "〖": "〗", "{": "}"}
# Whose code a number bears, where everybody knows it.
_CODES = {
    "国令": "国务院", "国发": "国务院", "国函": "国务院", "国发明电": "国务院",
    "国办发": "国务院办公厅", "国办函": "国务院办公厅", "国办发明电": "国务院办公厅",
    "中办发": "中共中央办公厅", "中发": "中共中央",
}  # fmt: skip


_ENGLISH_LEVELS = {
    "top secret": "绝密", "topsecret": "绝密", "secret": "机密", "confidential": "秘密",
}  # fmt: skip


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """Whether a word right after the prefix belongs to such a line."""
    if word.startswith("关于"):
        return True
    return is_office(word) or word in issuers(view)


def issuers(view: View) -> dict[str, str]:
    """Who sent papers so far: folded to as last written, in the order of the desk."""
    return view.memo("issuers", ("documents",), lambda: _issuers(view))


def _issuers(view: View) -> dict[str, str]:
    names = dict.fromkeys(d.text("from_org") for d in view.records("documents"))
    return {fold(name): name for name in names if name}


def _numbers_seen(view: View) -> dict[str, str]:
    """What stands before the bracket of a number seen: folded, to the issuer of the last one."""
    found = {}
    for document in view.records("documents"):
        number = fold(document.text("doc_no"))
        place = next((n for n, char in enumerate(number) if char in _OPENING), 0)
        if place:
            found[number[:place]] = document.text("from_org")
    return found


def understand(draft: Draft, prefix: str) -> None:
    """Work out an incoming paper."""
    view = draft.view
    draft.cells["direction"] = "incoming"
    draft.cells["recv_at"] = view.local.isoformat(timespec="minutes")
    draft.cells["kind"] = "act"
    _number(draft)
    _bracketed(draft)
    _small_words(draft)
    _tags(draft)
    set_deadline(draft, days=True)
    _issuer(draft)
    _title(draft)
    draft.owner("owner", "lead_unit")
    draft.miss("owner")
    draft.cells.update(_telegram(draft.cells))


def complete(cells: Mapping[str, Any], view: View) -> dict[str, Any]:
    """What follows from the cells of a form and was not written into it."""
    found: dict[str, Any] = {"direction": "incoming", **_telegram(cells)}
    genre = genre_of(str(cells.get("title") or ""))
    if genre:
        found["genre"] = genre
    return {name: value for name, value in found.items() if not cells.get(name)}


def _telegram(cells: Mapping[str, Any]) -> dict[str, Any]:
    """特提 and 平急 are urgencies of telegrams only; 国办发明电〔2026〕3号 is one, too."""
    code = re.split(r"[\[【〔〖({《<]", fold(str(cells.get("doc_no") or "")))[0]
    told = cells.get("urgency") in TELEGRAMS or code.endswith(("电", "電"))
    return {"telegram": True} if told else {}


# --- the number ----------------------------------------------------------------------------


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(
        "(?P<code>[\u4e00-\u9fffa-z]{1,14})?(?P<a>[\\[【〔〖({《<])(?P<y>[0-9]{4})年?(?P<b>[\\]】〕〗)}》>])"
        " ?第?(?P<n>[0-9]{1,5})[号期]"
        "|(?P<order>[\u4e00-\u9fff]{0,10}令)第?[0-9零〇一二三四五六七八九十百]{1,6}号"
        "|(?<![^ ])第[0-9]{1,5}号"
    )


def _number(draft: Draft) -> None:
    found = _numbers().search(draft.folded, draft.begin)
    if found is None:
        return
    start, stop = found.span()
    code = found["code"] or found["order"] or ""
    if found["code"]:
        start += _issuer_before(draft, found["code"])
        code = draft.folded[start : found.start("a")]
    typed = draft.line[start:stop]
    number = typed
    if found["a"] and (found["a"], found["b"]) != ("〔", "〕"):
        at, end = found.start("a") - start, found.start("b") - start
        number = f"{typed[:at]}〔{draft.folded[start + at + 1 : start + end]}〕{typed[end + 1 :]}"
        number = number.replace(typed[end + 1 :], fold(typed[end + 1 :]))
        said = _("Number offered as {number}; typed {typed}.")
        draft.hint("doc_no", said.format(number=number, typed=typed))
    draft.put("doc_no", number, start, stop)
    _offer_issuer(draft, code)


def _issuer_before(draft: Draft, code: str) -> int:
    """县委办县办发〔2026〕12号: how much of what stands before the bracket is the issuer."""
    for known in issuers(draft.view):
        if code.startswith(known) and len(code) > len(known) + 1:
            return len(known)
    ahead = office_ahead(code)
    return ahead if 0 < ahead < len(code) - 1 and code[ahead:].endswith(("发", "函", "字")) else 0


def _offer_issuer(draft: Draft, code: str) -> None:
    """Whose paper it is, by the code of its number; only offered, a typed issuer wins."""
    code = code.removesuffix("令第").strip()
    issuer = _CODES.get(code, "")
    if not issuer and code:
        view = draft.view
        issuer = view.memo("codes", ("documents",), lambda: _numbers_seen(view)).get(code, "")
    if issuer:
        draft.cells["from_org"] = issuer


@cache
def _titles() -> re.Pattern[str]:
    # 县应急局《关于…的通知》特急: the marks of a title, not of a name within one
    return re.compile("《((?:[^《》]|《[^《》]*》)+)》(?=[ #@^+]|$|特急|加急|特提|平急|阅)")


def _bracketed(draft: Draft) -> None:
    """A title in its marks, behind a blank or an office's name, whatever follows it."""
    for found in _titles().finditer(draft.folded, draft.begin):
        before = draft.folded[draft.begin : found.start()].split(" ")[-1]
        if not before or is_office(before) or before in draft.names.units:
            title = draft.line[found.start(1) : found.end(1)].strip()
            draft.put("title", title, *found.span())
            _genre(draft, title, found.end(1))
            return


def _genre(draft: Draft, title: str, stop: int) -> None:
    genre = genre_of(title)
    if genre:
        draft.cells["genre"] = genre
        draft.part("genre", genre, stop - len(genre), stop)


# --- words that stand alone ----------------------------------------------------------------


def _small_words(draft: Draft) -> None:
    """阅, 传真, 3份, 特急: words of their own, taken wherever they stand."""
    kind, channel, urgency = (DOCUMENTS.field(name) for name in ("kind", "channel", "urgency"))
    assert kind is not None
    assert channel is not None
    assert urgency is not None
    for word in draft.words():
        if word.text in ("阅", "阅件", "传阅", "传阅件", "阅知", "办", "办件"):
            read = word.text.startswith(("阅", "传"))
            draft.put("kind", "read" if read else "act", word.start, word.stop)
        elif word.text in ("签收", "已签收"):
            draft.put("state", "signed_for", word.start, word.stop)
            draft.cells["signed_by"] = draft.view.user
        elif copies := re.fullmatch("([0-9]{1,4})份", word.text):
            draft.put("copies", int(copies[1]), word.start, word.stop)
        elif word.text in ("特急", "加急", "特提", "平急"):
            draft.put("urgency", word.text, word.start, word.stop)
        elif len(word.text) >= 2 and (choice := channel.choice(word.typed)) is not None:
            draft.put("channel", choice.value, word.start, word.stop)
        elif word.text in ("秘密", "机密", "绝密"):
            draft.put("secrecy", word.text, word.start, word.stop)


def _tags(draft: Draft) -> None:
    """#特急 is the urgency, #阅 the kind; anything else is a tag."""
    left = []
    urgency, kind = DOCUMENTS.field("urgency"), DOCUMENTS.field("kind")
    assert urgency is not None
    assert kind is not None
    for tag, start, stop in draft.tags:
        if (choice := _chosen(urgency, tag)) is not None:
            draft.put("urgency", choice, start, stop)
        elif (choice := _chosen(kind, tag)) is not None:
            draft.put("kind", choice, start, stop)
        else:
            left.append((tag, start, stop))
    draft.tags = left
    draft.set_tags()


def _chosen(field: Field, tag: str) -> str | None:
    for choice in field.choices:
        words = (choice.value, choice.label, _(choice.label), *choice.aliases)
        if fold(tag) in [fold(word) for word in words]:
            return choice.value
    return None


# --- issuer and title ----------------------------------------------------------------------


def _issuer(draft: Draft) -> None:
    words = draft.words()
    if not words:
        return
    first = words[0]
    offered = draft.cells.get("from_org", "")
    split = first.text.find("关于")
    length = len(first.text) if split < 0 else split
    alone = len(words) == 1 and "title" not in draft.cells
    if "title" in draft.cells and first.start > draft.begin + 1 and not is_office(first.text):
        return  # words behind the title
    many = _known_issuer(draft)
    if many:
        draft.put("from_org", draft.line[first.start : many], first.start, many)
    elif split > 0 and is_office(first.text[:split]):
        # 县应急局关于…的通知: the issuer stands at the head of the title
        stop = first.start + split
        draft.put("from_org", draft.line[first.start : stop], first.start, stop)
        draft.hint(
            "from_org", _("Issuer taken from the title: {org}.").format(org=draft.cells["from_org"])
        )
    elif split != 0 and not (alone and length > 4) and not _is_title(first, offered):
        draft.put("from_org", first.typed, first.start, first.stop)
    typed = any(part.field == "from_org" for part in draft.result.parts)
    if offered and not typed:
        number = draft.cells.get("doc_no", "")
        said = _("Issuer offered from the number {number}: {org}.")
        draft.hint("from_org", said.format(number=number, org=offered))


def _known_issuer(draft: Draft) -> int:
    """Where an issuer seen before ends, if the words begin with one (it may hold blanks)."""
    first = draft.words()[0]
    known = set(issuers(draft.view))
    for org in sorted(known | set(draft.names.units), key=len, reverse=True):
        if draft.folded.startswith(org, first.start):
            stop = first.start + len(org)
            if draft.folded[stop : stop + 2] in ("关于", "印发", "转发") or draft.folded[
                stop : stop + 1
            ] in ("", " "):
                return stop
    return 0


def _is_title(word: Word, offered: str) -> bool:
    """Whether the first word is the title already, not an issuer."""
    if word.text.startswith(("关于", "《")):
        return True
    if not offered:
        return False
    return not is_office(word.text)


def _title(draft: Draft) -> None:
    words = draft.words()
    if not words:
        return
    title = draft.text()
    if "title" in draft.cells:  # it stood in its marks; nothing typed is lost
        draft.cells["note"] = title
        draft.part("note", title, words[0].start, words[-1].stop)
        return
    draft.cells["title"] = title
    draft.part("title", title, words[0].start, words[-1].stop)
    _genre(draft, title, words[-1].stop)


@cache
def _tail() -> re.Pattern[str]:
    return re.compile('[)》"”\'。 ]+$|\\([^()]*\\)$|^[《“"]')


def genre_of(title: str) -> str:
    """The genre that a title's last word says (…的通知); "" for a law, a plan, materials."""
    bare = fold(title).strip()
    for _again in range(3):
        bare = _tail().sub("", bare).strip()
    found = ""
    for choice in GENRES:
        for word in (choice.value, *choice.aliases):
            if bare.endswith(word) and len(word) > len(found):
                if len(word) == 1 and not bare.endswith(("的" + word, "复" + word, "号" + word)):
                    continue
                found = word
    field = DOCUMENTS.field("genre")
    assert field is not None
    choice_found = field.choice(found) if found else None
    return choice_found.value if choice_found else ""


# --- classified papers -------------------------------------------------------------------


def blocked(draft: Draft) -> Captured:
    """A classified paper: issuer, level and time; title, number and line are kept nowhere."""
    from officetui.intake.capture import classified_level

    found = classified_level(draft.folded, max(draft.begin - 1, 0))
    assert found is not None
    field = DOCUMENTS.field("secrecy")
    assert field is not None
    level = found[1] or _ENGLISH_LEVELS[found[2].replace("-", " ")]
    assert field.choice(level) is not None
    cells = {
        "direction": "incoming",
        "recv_at": draft.view.local.isoformat(timespec="minutes"),
        "secrecy": level,
    }
    first = draft.words()[0] if draft.words() else None
    ahead = first is not None and first.stop <= found.start() + 1
    if first is not None and ahead and (first.text in issuers(draft.view) or is_office(first.text)):
        cells["from_org"] = first.typed
    said = _(
        "A classified paper: only issuer, level and time may be recorded, and where the paper "
        "is. The line was not kept."
    )
    problem = Hint("title", said, "block")
    return Captured("documents", "", cells, [], [], [], [problem], blocked=True, parts=[])
