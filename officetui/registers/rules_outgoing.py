"""Rules of outgoing papers 发文: what the 条例 and the standard of the form say of a paper while it
is written."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from officetui.registers import doc_numbers
from officetui.registers.documents_fields import GENRES
from officetui.registers.outgoing_asks import head, upward
from officetui.registers.record import Record
from officetui.registers.rule import Cells, Rule
from officetui.registers.view import View
from officetui.text.i18n import N_

_LAW = "党政机关公文处理工作条例 (2012)"
_FORM = "GB/T 9704-2012"


def genre_of_title(title: str) -> str:
    """The genre that a title ends with (…的通知, a 复函 is a 函); "" for anything else."""
    bare = re.sub(r"[（(][^（）()]*[）)]$|[》”\"]+$", "", title.strip()).rstrip("。 》")
    for choice in GENRES:
        for word in (choice.value, *choice.aliases):
            if bare.endswith(word) and (len(word) > 1 or bare.endswith(("的" + word, "复" + word))):
                return choice.value
    return ""


def _words(cells: Cells, name: str) -> list[str]:
    value = cells.get(name)
    if isinstance(value, list):
        return [str(one) for one in value if one]
    return [value] if isinstance(value, str) and value else []


def _text(cells: Cells, name: str) -> str:
    return str(cells.get(name) or "").strip()


def _over(cells: Cells) -> bool:
    """Nothing is said any more of a paper that is void or lies in the archive."""
    return cells.get("state") in ("void", "archived")


# The number


def _number_mended(cells: Cells, view: View) -> Any:
    number = _text(cells, "doc_no")
    mended = doc_numbers.mended(number)
    return mended if mended and mended != number else None


def _number_form(cells: Cells, record_id: str, view: View) -> str:
    return "doc_no" if _number_mended(cells, view) else ""


def _same_number(cells: Cells, record_id: str, view: View) -> Record | None:
    """Another paper with this number, on the desk or in a book; a void one keeps its number."""
    number = _text(cells, "doc_no")
    if not number:
        return None
    there = doc_numbers.bearers("outgoing", number, view)
    for one in (*there, *view.filed("outgoing", "doc_no", number)):
        if one.id != record_id:
            return one
    return None


def _given_twice(cells: Cells, record_id: str, view: View) -> str:
    return "doc_no" if _same_number(cells, record_id, view) is not None else ""


# The genre


def _genre_missing(cells: Cells, record_id: str, view: View) -> str:
    return "genre" if not cells.get("genre") and not _over(cells) else ""


def _genre_mended(cells: Cells, view: View) -> Any:
    title = _text(cells, "title")
    return "请示" if title.endswith("请示报告") else genre_of_title(title) or None


def _genre_of_another(cells: Cells, record_id: str, view: View) -> str:
    said, genre = _genre_mended(cells, view), cells.get("genre")
    return "genre" if said and genre and said != genre and not _over(cells) else ""


def _both_genres(cells: Cells, record_id: str, view: View) -> str:
    return "title" if _text(cells, "title").endswith("请示报告") else ""


def _one_genre(cells: Cells, view: View) -> Any:
    return _text(cells, "title").removesuffix("报告")


# To the superior


@cache
def _several() -> re.Pattern[str]:
    """What says that a title has more than one matter; 道路、桥梁维修 is one."""
    return re.compile(
        "关于.+关于|等[一二两三四五六七八九十几多0-9]*[个项件条]?(?:事项|问题|事宜|工作|项目|请求)"
        "|若干(?:事项|问题|事宜)|[;；]"
        "|(?:以及|和|并|暨|同时|及)(?:申请|请求|解决|要求|拨付|追加|调整|增设|增加|批准)"
        "|[两几二三四五]个?(?:事项|问题)"
    )


@cache
def _asking() -> re.Pattern[str]:
    """What a report must not carry: a matter that the superior is to decide."""
    return re.compile(
        "请示|申请|请求|恳请|请予|请批|报批|审批|批准|拨付|追加|解决.{0,12}(?:资金|经费|编制|问题)"
    )


@cache
def _somebody() -> re.Pattern[str]:
    return re.compile(
        "^[\u4e00-\u9fff·]{1,4}(?:书记|[省市县区镇乡]长|局长|主任|部长|主席|常委|同志)$"
    )


@cache
def _below() -> re.Pattern[str]:
    return re.compile("(?:村|社区|居委会|村委会|村民委员会|站所)$|^各[村站所居社单部]")


def _several_matters(cells: Cells, record_id: str, view: View) -> str:
    asks = cells.get("genre") == "请示"
    return "title" if asks and _several().search(_text(cells, "title")) else ""


def _several_recipients(cells: Cells, record_id: str, view: View) -> str:
    up = upward(cells.get("genre"))
    return "main_to" if up and len(_words(cells, "main_to")) > 1 else ""


def _first_recipient(cells: Cells, view: View) -> Any:
    """The first of those above; 各村 beside 县政府 is not meant."""
    named = _words(cells, "main_to")
    above = [to for to in named if not _is_below(to, view)]
    return (above or named)[:1]


def _report_asks(cells: Cells, record_id: str, view: View) -> str:
    report = cells.get("genre") == "报告" and not _text(cells, "title").endswith("请示报告")
    return "genre" if report and _asking().search(_text(cells, "title")) else ""


def _to_somebody(cells: Cells, record_id: str, view: View) -> str:
    up = upward(cells.get("genre"))
    return "main_to" if up and any(_somebody().match(to) for to in _words(cells, "main_to")) else ""


def _to_those_below(cells: Cells, view: View) -> list[str]:
    return [to for to in _words(cells, "cc_to") if _is_below(to, view)]


def _is_below(to: str, view: View) -> bool:
    return to in {str(unit) for unit in view.setting("units")} or bool(_below().search(to))


def _sent_down(cells: Cells, record_id: str, view: View) -> str:
    named = _words(cells, "main_to")
    down = named and all(_is_below(to, view) for to in named)
    return "main_to" if down and upward(cells.get("genre")) else ""


def _copied_down(cells: Cells, record_id: str, view: View) -> str:
    return "cc_to" if upward(cells.get("genre")) and _to_those_below(cells, view) else ""


def _without_those_below(cells: Cells, view: View) -> Any:
    below = _to_those_below(cells, view)
    return [to for to in _words(cells, "cc_to") if to not in below]


def _no_signer(cells: Cells, record_id: str, view: View) -> str:
    up = upward(cells.get("genre")) and not _over(cells)
    return "signer" if up and not cells.get("signer") else ""


def _head(cells: Cells, view: View) -> Any:
    return head(view) or None


def _head_signs(cells: Cells, record_id: str, view: View) -> str:
    matters = (upward(cells.get("genre")) or cells.get("weight")) and not _over(cells)
    first, signer = head(view), cells.get("signer")
    return "signer" if matters and first and signer and signer != first else ""


# Who, and when


def _own_review(cells: Cells, record_id: str, view: View) -> str:
    drafter = cells.get("drafter")
    return "reviewer" if drafter and cells.get("reviewer") == drafter else ""


def _urgent_without_due(cells: Cells, record_id: str, view: View) -> str:
    open_ = cells.get("state") not in ("issued", "delivered", "archived", "void")
    return "due" if open_ and cells.get("urgency") and not cells.get("due") else ""


RULES: tuple[Rule, ...] = (
    Rule(
        "outgoing.number_form",
        "outgoing",
        N_("A number has hexagonal brackets, the year in four digits, no 第 and no leading zeros."),
        f"{_FORM}, 7.2.5",
        "warn",
        _number_form,
        of=("doc_no",),
        mended=_number_mended,
    ),
    Rule(
        "outgoing.number_twice",
        "outgoing",
        N_("Another paper has this number already; a void one keeps it."),
        f"{_LAW}, 9(5)",
        "warn",
        _given_twice,
        of=("doc_no",),
        other=_same_number,
    ),
    Rule(
        "outgoing.genre_missing",
        "outgoing",
        N_("A paper has one of the fifteen genres."),
        f"{_LAW}, 8",
        "warn",
        _genre_missing,
        of=("genre",),
        mended=_genre_mended,
    ),
    Rule(
        "outgoing.genre_of_title",
        "outgoing",
        N_("The title ends with another genre than the paper has."),
        f"{_LAW}, 9(7)",
        "hint",
        _genre_of_another,
        of=("genre", "title"),
        mended=_genre_mended,
    ),
    Rule(
        "outgoing.request_report",
        "outgoing",
        N_("There is no genre 请示报告: what asks is a 请示, what only informs is a 报告."),
        f"{_LAW}, 8, 15(4)",
        "warn",
        _both_genres,
        of=("title",),
        mended=_one_genre,
    ),
    Rule(
        "outgoing.one_matter",
        "outgoing",
        N_("A request has one matter: ask for each in a paper of its own."),
        f"{_LAW}, 15(4)",
        "warn",
        _several_matters,
        of=("genre", "title"),
    ),
    Rule(
        "outgoing.one_recipient",
        "outgoing",
        N_("A paper to the superior has one main recipient only; the others get copies."),
        f"{_LAW}, 15(1)",
        "warn",
        _several_recipients,
        of=("genre", "main_to"),
        mended=_first_recipient,
    ),
    Rule(
        "outgoing.report_asks",
        "outgoing",
        N_("A report must not ask for anything: make it a request."),
        f"{_LAW}, 15(4)",
        "warn",
        _report_asks,
        of=("genre", "title"),
        mended=lambda cells, view: "请示",
    ),
    Rule(
        "outgoing.to_a_person",
        "outgoing",
        N_("A paper goes to the superior office, not to a leader of it by name."),
        f"{_LAW}, 15(5)",
        "warn",
        _to_somebody,
        of=("genre", "main_to"),
    ),
    Rule(
        "outgoing.sent_down",
        "outgoing",
        N_("A paper to the superior is addressed to the office above, not to one below."),
        f"{_LAW}, 15(1)",
        "warn",
        _sent_down,
        of=("genre", "main_to"),
    ),
    Rule(
        "outgoing.copied_down",
        "outgoing",
        N_("A paper to the superior is not copied to offices below."),
        f"{_LAW}, 15(1)",
        "warn",
        _copied_down,
        of=("genre", "cc_to"),
        mended=_without_those_below,
    ),
    Rule(
        "outgoing.upward_signer",
        "outgoing",
        N_("A paper to the superior names its signer."),
        f"{_LAW}, 9(6); {_FORM}, 7.2.6",
        "hint",
        _no_signer,
        of=("genre", "signer"),
        mended=_head,
    ),
    Rule(
        "outgoing.head_signs",
        "outgoing",
        N_("The head of the office signs what goes to the superior, and what matters most."),
        f"{_LAW}, 22",
        "warn",
        _head_signs,
        of=("genre", "signer", "weight"),
        mended=_head,
    ),
    Rule(
        "outgoing.own_review",
        "outgoing",
        N_("Another person than the drafter reviews a paper."),
        f"{_LAW}, 20",
        "hint",
        _own_review,
        of=("drafter", "reviewer"),
    ),
    Rule(
        "outgoing.urgent_due",
        "outgoing",
        N_("An urgent paper needs a time by which it is due."),
        f"{_LAW}, 9(4)",
        "hint",
        _urgent_without_due,
        of=("urgency", "due"),
    ),
)
