"""Rules of incoming papers, and the one of classified papers, which holds for everything."""

from __future__ import annotations

from functools import partial
from typing import Any

from officetui.registers import doc_numbers
from officetui.registers.record import Record
from officetui.registers.rule import Cells, Rule
from officetui.registers.secrecy import classified
from officetui.registers.view import View
from officetui.text.i18n import N_

CLASSIFIED = "documents.classified"
DUPLICATE = "documents.duplicate"
SAME_TITLE = "documents.same_title"
TELEGRAMS = ("特提", "平急")
LEVELS = ("绝密", "机密", "秘密")
# All that may be recorded of a classified paper: issuer, level and period, time, where it lies.
ABOUT = frozenset(
    ("direction", "recv_no", "from_org", "secrecy", "secrecy_for", "kept", "kind", "state", "owner")
)
CLASSIFIED_TITLE = "密件"  # what stands for a title that must not be written


def emptied(cells: Cells) -> dict[str, Any]:
    """What these cells must become so that the record may be a classified paper; {} when it is
    none, or holds no more than may be recorded."""
    if not any(level in str(cells.get("secrecy") or "") for level in LEVELS):
        return {}
    gone: dict[str, Any] = {
        name: None
        for name, value in cells.items()
        if value not in (None, "", [], False)
        and name not in ABOUT
        and name not in ("title", "held_from")
        and not name.endswith("_at")
    }
    if cells.get("title") not in (None, "", CLASSIFIED_TITLE):
        gone["title"] = CLASSIFIED_TITLE
    return gone


def _classified(cells: Cells, record_id: str, view: View) -> str:
    if emptied(cells):
        return "secrecy"
    for name, value in cells.items():
        parts = value if isinstance(value, list) else (value,)
        if name != "secrecy" and any(isinstance(p, str) and classified(p) for p in parts):
            return name
    return ""


def twin(cells: Cells, record_id: str, view: View) -> Record | None:
    """The earlier paper of the same issuer and number, on the desk or in a book."""
    issuer, number = str(cells.get("from_org") or ""), str(cells.get("doc_no") or "")
    if not issuer or not number:
        return None
    there = doc_numbers.bearers("documents", number, view)
    for one in (*there, *view.filed("documents", "doc_no", number)):
        if one.id != record_id and doc_numbers.same_issuer(one.text("from_org"), issuer):
            return one
    return None


def _duplicate(cells: Cells, record_id: str, view: View) -> str:
    return "doc_no" if twin(cells, record_id, view) is not None else ""


def namesake(cells: Cells, record_id: str, view: View) -> Record | None:
    """An earlier paper of the same issuer and title, on the desk, where one of the two has no
    number: papers with numbers are told apart by them."""
    issuer, title = str(cells.get("from_org") or ""), str(cells.get("title") or "")
    if not issuer or not title or title == CLASSIFIED_TITLE:
        return None
    known = view.memo("titles of documents", ("documents",), partial(_by_title, view))
    for one in known.get(doc_numbers.sign(title), ()):
        numbered = cells.get("doc_no") and one.text("doc_no")
        same = doc_numbers.same_issuer(one.text("from_org"), issuer)
        if one.id != record_id and not numbered and same:
            return one
    return None


def _by_title(view: View) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in view.records("documents"):
        found.setdefault(doc_numbers.sign(record.text("title")), []).append(record)
    return found


def _same_title(cells: Cells, record_id: str, view: View) -> str:
    return "title" if namesake(cells, record_id, view) is not None else ""


def _number_form(cells: Cells, record_id: str, view: View) -> str:
    return "doc_no" if _number_mended(cells, view) else ""


def _number_mended(cells: Cells, view: View) -> Any:
    number = str(cells.get("doc_no") or "").strip()
    mended = doc_numbers.mended(number)
    return mended if mended and mended != number else None


def _urgent_without_due(cells: Cells, record_id: str, view: View) -> str:
    acts = cells.get("kind") != "read"
    return "due" if acts and cells.get("urgency") and not cells.get("due") else ""


def _of_telegrams(cells: Cells, record_id: str, view: View) -> str:
    return "urgency" if cells.get("urgency") in TELEGRAMS and not cells.get("telegram") else ""


def _no_lead_unit(cells: Cells, record_id: str, view: View) -> str:
    units = cells.get("co_units") or []
    many = isinstance(units, list) and len(units) > 1
    return "lead_unit" if many and not cells.get("lead_unit") else ""


RULES: tuple[Rule, ...] = (
    Rule(
        CLASSIFIED,
        "",
        N_(
            "This is not a classified system: of a classified paper note only the issuer, the"
            " level, the time, and where the paper lies."
        ),
        "保守国家秘密法 (2024)",
        "block",
        _classified,
    ),
    Rule(
        DUPLICATE,
        "documents",
        N_("A paper of this issuer with this number is registered already."),
        "党政机关公文处理工作条例 (2012)",
        "warn",
        _duplicate,
        of=("from_org", "doc_no"),
        other=twin,
    ),
    Rule(
        SAME_TITLE,
        "documents",
        N_("A paper of this issuer with this title is registered already."),
        "党政机关公文处理工作条例 (2012)",
        "hint",
        _same_title,
        of=("from_org", "title", "doc_no"),
        other=namesake,
    ),
    Rule(
        "documents.number_form",
        "documents",
        N_("A number has hexagonal brackets, the year in four digits, and no 第."),
        "GB/T 9704-2012, 7.2.5",
        "hint",
        _number_form,
        of=("doc_no",),
        mended=_number_mended,
    ),
    Rule(
        "documents.urgent_due",
        "documents",
        N_("An urgent paper needs a time by which it is due."),
        "党政机关公文处理工作条例 (2012)",
        "hint",
        _urgent_without_due,
        of=("urgency", "due", "kind"),
    ),
    Rule(
        "documents.telegram_urgency",
        "documents",
        N_("特提 and 平急 are urgencies of telegrams; a paper is 特急 or 加急."),
        "党政机关公文处理工作条例 (2012), 9",
        "hint",
        _of_telegrams,
        of=("urgency", "telegram"),
    ),
    Rule(
        "documents.lead_unit",
        "documents",
        N_("Several units share this paper: one of them has to lead."),
        "党政机关公文处理工作条例 (2012), 24",
        "hint",
        _no_lead_unit,
        of=("lead_unit", "co_units"),
    ),
)
