"""One-line capture: `register words… @owner #urgency-or-tag ^due +place`.

Only sigils, digits and colons are read folded; what is kept is the text as typed. A classified
line is kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from officetui.errors import Refused
from officetui.intake import sigils
from officetui.intake.draft import Captured, Draft, Hint, Part, Taken
from officetui.intake.folding import fold
from officetui.registers import registry
from officetui.registers.record import Record
from officetui.registers.secrecy import level_pattern
from officetui.registers.spans import start_cell
from officetui.registers.view import View
from officetui.text.i18n import _

if TYPE_CHECKING:
    from types import ModuleType

    from officetui.intake.names import Directory
    from officetui.registers.model import Register

__all__ = ["Captured", "Hint", "Part", "Taken", "clash_hint", "understand"]


def understand(line: str, view: View, register: str | None = None) -> Captured:
    """What a line means. With `register` (an id or a name) its prefix may be left out.

    Never raises on any line: what is wrong is in `problems`, and the line is kept.
    """
    folded = fold(line)
    begin = len(folded) - len(folded.lstrip(" "))
    if begin == len(folded):
        return _nothing(line)
    try:
        found, start, prefix = _which(folded, begin, view, register)
    except Refused as refused:
        return Captured("", line, problems=[Hint("", refused.message, "block")])
    if found is None:
        return _unknown(line, folded)
    draft = Draft(line, start, found, view)
    if found.id != "settings" and _classified(draft):
        return _blocked(draft)
    sigils.cut(draft)
    _lines(found.id).understand(draft, prefix)
    if not draft.result.steps and not _judged(draft):
        return Captured("", "", blocked=True, problems=[Hint("", _classified_text(), "block")])
    return draft.finish()


def _judged(draft: Draft) -> bool:
    """Say which rules at entry the record breaks; False when the line must be kept nowhere."""
    from officetui.registers.rules import judge, told
    from officetui.registers.rules_incoming import CLASSIFIED

    unread = {problem.field for problem in draft.result.problems}
    for verdict in judge(draft.register.id, draft.cells, "#new", draft.view):
        if verdict.field in unread:
            continue  # a due that could not be read is said already
        if verdict.severity == "block":
            if verdict.rule == CLASSIFIED:
                return False
            draft.problem("", verdict.text)
            continue
        if verdict.rule in draft.said:
            continue
        ref = verdict.other.ref if verdict.other is not None else ""
        hint = Hint(verdict.field, told(verdict), verdict.severity, verdict.mended, ref)
        draft.result.hints.append(hint)
    return True


def _blocked(draft: Draft) -> Captured:
    """What may be kept of a classified paper, by the way it goes."""
    from officetui.intake.lines import documents

    if draft.register.id != "outgoing":
        return documents.blocked(draft)
    incoming = documents.blocked(draft)
    own = _lines("outgoing").blocked(draft, incoming.cells["secrecy"], incoming.refusal)
    assert isinstance(own, Captured)
    return own


def completed(register: str, cells: Mapping[str, Any], view: View) -> dict[str, Any]:
    """The cells of a form with what follows from them, as from a line: the genre of a title."""
    complete = getattr(_lines(register), "complete", None)
    return {**cells, **complete(cells, view)} if complete is not None else dict(cells)


def _lines(register: str) -> ModuleType:
    """The module that knows how lines of a register are written: `lines.<register>`."""
    name = f"officetui.intake.lines.{register}"
    return import_module(name if find_spec(name) else "officetui.intake.lines.plain")


def _nothing(line: str) -> Captured:
    return Captured("", line, problems=[Hint("", _("The line is empty."), "block")])


def _unknown(line: str, folded: str) -> Captured:
    if level_pattern().search(folded):
        # A classified line must not be kept, whatever it was meant to be.
        return Captured("", "", blocked=True, problems=[Hint("", _classified_text(), "block")])
    named = [(r.prefixes[0], r.name()) for r in registry.REGISTERS if r.prefixes]
    names = "  ".join(" ".join(dict.fromkeys(pair)) for pair in named)  # 紧急信息 is both
    said = _("Begin with a register: {names}. The line is kept.").format(names=names)
    return Captured("", line, problems=[Hint("", said, "block")])


# --- which register ------------------------------------------------------------------------


def _which(
    folded: str, begin: int, view: View, register: str | None
) -> tuple[Register | None, int, str]:
    """The register a line belongs to, where its words begin, and the prefix it had."""
    own = registry.register_named(register) if register is not None else None
    for prefix, table in _prefixes():
        if not folded.startswith(prefix, begin):
            continue
        after = begin + len(prefix)
        if not _ends_here(folded, after, prefix, table, view, own is not None):
            continue
        if own is not None and table.id != own.id:
            if _also_means(own, prefix):
                return own, after, prefix
            if after < len(folded) and folded[after] != " ":
                continue
            table, after = _narrower(table, folded, after)
            if table.id == own.id:
                return table, after, prefix
            said = _("The line begins with “{prefix}”, which is for {other}, not for {register}.")
            words = said.format(prefix=prefix, other=table.name(), register=own.name())
            instead = _("Give it to that register, or leave the first word out.")
            raise Refused(f"{words} {instead}")
        table, after = _narrower(table, folded, after)
        return table, _past_colon(folded, after), prefix
    if own is not None:
        return own, begin, ""
    from officetui.intake.chores import chore_in

    chore = chore_in(folded, begin)
    if chore is None:
        return None, begin, ""
    return registry.BY_ID["hospitality" if chore.group() == _GUESTS else "errands"], begin, ""


def _also_means(own: Register, prefix: str) -> bool:
    """访, 信, 电 and 来电 at the head of a reception line say how somebody came."""
    return own.id == "reception" and prefix in ("电", "来电", "call")


_GUESTS = "公务接待"


def _narrower(table: Register, folded: str, after: int) -> tuple[Register, int]:
    """勤 公务接待 is hospitality, and where its words begin."""
    rest = folded[after:].lstrip(" ")
    if table.id == "errands" and rest.startswith(_GUESTS):
        return registry.BY_ID["hospitality"], len(folded) - len(rest) + len(_GUESTS)
    return table, after


def _prefixes() -> list[tuple[str, Register]]:
    """Every prefix with its register, the longest first."""
    found: list[tuple[str, Register]] = []
    for table in registry.REGISTERS:
        found += [(fold(prefix), table) for prefix in table.prefixes]
    found.sort(key=lambda one: -len(one[0]))
    return found


def _past_colon(folded: str, at: int) -> int:
    return at + 1 if folded[at : at + 1] in (":", ",") else at


def _ends_here(
    folded: str,
    after: int,
    prefix: str,
    table: Register,
    view: View,
    chosen: bool,
) -> bool:
    """A prefix is followed by a blank or a known word: 会议室空调坏了 is not a meeting."""
    if after >= len(folded) or folded[after] in " :":
        return True
    if prefix.isascii() and not prefix.isdigit():
        return False
    from officetui.intake.names import Directory

    return _known_word(folded[after:], prefix, table.id, Directory(view), view)


def _known_word(rest: str, prefix: str, table: str, names: Directory, view: View) -> bool:
    """Whether the line of a register goes on with a word it knows: its module's `known`."""
    from officetui.intake.names import office_ahead

    word = rest.split(" ", 1)[0]
    known = getattr(_lines(table), "known", None)
    if known is not None:
        return bool(known(rest, word, prefix, names, view))
    return bool(names.head(word)[1]) or office_ahead(word) > 0


# --- classified papers ---------------------------------------------------------------------


def classified_level(folded: str, start: int) -> re.Match[str] | None:
    """Where a line says 秘密 or above."""
    return level_pattern().search(folded, start)


def _classified(draft: Draft) -> bool:
    """Whether the line must be kept nowhere; the office can set the rule's severity."""
    start = max(draft.begin - 1, 0)
    if classified_level(draft.folded, start) is None:
        return False
    from officetui.registers.rules import BY_ID, severity
    from officetui.registers.rules_incoming import CLASSIFIED

    return severity(BY_ID[CLASSIFIED], draft.view.setting("rules") or {}) == "block"


def _classified_text() -> str:
    return _(
        "A classified paper: only issuer, level and time may be recorded, and where the paper "
        "is. The line was not kept."
    )


# --- clashes -------------------------------------------------------------------------------


def clash_hint(captured: Captured, view: View) -> None:
    """Say every clash of what was captured, and what is free instead, as its cells are now."""
    from officetui.office import clashes

    captured.hints = [hint for hint in captured.hints if not hint.clash]
    draft = Record(captured.register, {**captured.cells, "id": "#new"})
    found = clashes.find(view, captured.cells, register=captured.register)
    for clash in found:
        by = {"schedule": "leader", "errands": "for_whom"}.get(captured.register, "leaders")
        for field in ("room", "vehicle"):
            if captured.cells.get(field) in clash.by:
                by = field
        captured.hints.append(Hint(by, clash.words(clash.first), clash.severity, clash=True))
    for words in clashes.ways_out(view, draft, found):
        captured.hints.append(Hint(start_cell(captured.register), words, clash=True))
    captured.ways = list(clashes.ways(view, draft, found))
