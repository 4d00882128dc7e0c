"""材 title version 某某审 @writer ^due."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from officetui.intake.draft import Draft
from officetui.intake.folding import fold
from officetui.intake.lines.deadlines import set_deadline
from officetui.registers.drafts import VERSIONS
from officetui.registers.view import View
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.intake.names import Directory


@cache
def _material() -> re.Pattern[str]:
    """What is written for somebody to speak or to hand in."""
    return re.compile(
        "讲话|发言|致辞|主持词|汇报|总结|报告|简报|信息|方案|提纲|材料|稿|述职|调研|经验|交流"
    )


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """Whether a word right after the prefix belongs to such a line: 材书记讲话稿, not 材质."""
    return bool(_material().search(word)) or bool(names.head(word)[1])


def understand(draft: Draft, prefix: str) -> None:
    """Work out a draft."""
    today = draft.view.today.isoformat()
    draft.cells["asked_at"] = draft.cells["held_from"] = today
    _version(draft)
    _reviewer(draft)
    _occasion(draft)
    set_deadline(draft, days=True)
    draft.owner("writer")
    if draft.cells.get("writer"):
        draft.cells["owner"] = draft.cells["writer"]
    draft.set_tags()
    _title(draft)
    draft.miss("writer", "due")


def complete(cells: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """What follows from the cells of a form: whose the draft is, since when."""
    found: dict[str, Any] = {"held_from": view.today.isoformat()}
    if not cells.get("asked_at"):
        found["asked_at"] = view.today.isoformat()
    if cells.get("writer") and not cells.get("owner"):
        found["owner"] = cells["writer"]
    return found


def _version(draft: Draft) -> None:
    """初稿, second draft: of a word of its own."""
    names = sorted(
        (
            (fold(name), choice.value)
            for choice in VERSIONS
            for name in (choice.value, choice.label, _(choice.label), *choice.aliases)
        ),
        key=lambda one: -len(one[0]),
    )
    for name, version in names:
        at = draft.folded.find(name, draft.begin)
        while at >= 0:
            stop = at + len(name)
            inside = any(begin <= at and stop <= end for begin, end in draft.free)
            alone = draft.folded[at - 1 : at] in ("", " ") and draft.folded[stop : stop + 1] in (
                "",
                " ",
            )
            if inside and alone:
                draft.put("version", version, at, stop)
                return
            at = draft.folded.find(name, stop)


def _reviewer(draft: Draft) -> None:
    """刘书记审, 送刘书记审: a word of its own."""
    for word in draft.words():
        found = re.fullmatch("(?:送|报|请)?(.{2,8}?)(?:审定|审阅|审核|审稿|把关|审)", word.text)
        name = draft.names.person(found[1]) if found else ""
        if name:
            draft.put("reviewer", name, word.start, word.stop)
            return


def _occasion(draft: Draft) -> None:
    """用于全县安全生产会: what it is for; for:the opening."""
    for word in draft.words():
        found = re.match("(?:用于|场合:|for:)(.+)", word.text)
        if found:
            begin = word.start + found.start(1)
            draft.put("occasion", draft.line[begin : word.stop], word.start, word.stop)
            return


def _title(draft: Draft) -> None:
    words = draft.words()
    title = draft.text()
    if not title:
        return
    draft.cells["title"] = title
    draft.part("title", title, words[0].start, words[-1].stop)
    named = draft.names.inside(title)
    if named:
        draft.cells["for_whom"] = named[0][2]
