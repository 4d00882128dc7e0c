"""Rows of a list of follow-ups: dates, what was answered, and how far it is."""

from __future__ import annotations

import re
from typing import Final

from officetui.intake.dating import main_date, other_date
from officetui.intake.headings import folded, simplified
from officetui.intake.rows import Context, Row
from officetui.registers.people import leads
from officetui.text.i18n import N_, P_, _

# Columns that tell what was answered; they become feedback.
_ANSWERS: Final = re.compile(
    "落实情况|办理情况|进展情况|完成情况|工作进展|目前进展|进度|反馈情况|办理结果|办结情况|整改情况|推进情况"
)
_DONE: Final = re.compile("^(?:已|均已|全部)?(?:办结|完成|销号|落实到位|整改到位|完结)")
_STOPPED: Final = re.compile("^(?:已)?(?:中止|终止|取消)")
_SOURCES: Final = (
    ("upper", "督办单|交办单|督办通知|督查通知"),
    ("petition", "信访|来访|12345|投诉"),
    ("inspection", "巡察|巡视|检查|督查|审计|考核"),
    ("decision", "会议|党委会|办公会|例会|议定|纪要"),
    ("instruction", "批示|签批|圈阅"),
    ("upper", "上级|县委|县政府|市委|市政府"),
    ("verbal", "口头|领导交办|交办"),
)


def finish(row: Row, ctx: Context) -> None:
    """A follow-up's missing cells; sets `row.refused` when the row cannot be one."""
    cells = row.cells
    if not cells.get("content"):
        row.refused = _("Missing: {field}.").format(field=_(N_("What is to be done")))
        return
    today = ctx.view.today
    day = today
    if "raised_at" in row.raw or "raised_at?" in row.raw:
        found = main_date(row, ctx, "raised_at", "followups")
        if found is None:
            return
        day = found
    else:
        row.conclude(raised_at=today.isoformat())
    for name in ("due", "closed_at"):
        other_date(row, ctx, name, day, "followups")
    _source(row)
    answer = _answer(row)
    if not cells.get("lead_unit") and cells.get("owner"):
        person = ctx.view.person(str(cells["owner"]))
        if person is not None and not leads(person):
            row.conclude(lead_unit=person.text("unit"))
    _state(row, answer, day.isoformat())


def _source(row: Row) -> None:
    """A source in the office's own words is one of the six, and kept as who raised it."""
    typed = next((text for heading, text in row.extras if _is_source(heading)), "")
    if "source" in row.cells or not typed:
        return
    for source, words in _SOURCES:
        if re.search(words, simplified(typed)):
            row.conclude(source=source)
            break
    if "raised_by" not in row.cells:
        row.cells["raised_by"] = typed
        row.extras = [(h, t) for h, t in row.extras if not _is_source(h)]


def _is_source(heading: str) -> bool:
    return "来源" in folded(heading) or heading == _("Source")


def _answer(row: Row) -> str:
    """What the sheet says was done: feedback, taken out of the note."""
    told = [(heading, text) for heading, text in row.extras if _ANSWERS.search(folded(heading))]
    row.extras = [one for one in row.extras if one not in told]
    for _heading, text in told:
        row.children.append(("feedback", {"text": text, "by": row.cells.get("owner")}))
    return " ".join(text for _heading, text in told)


def _state(row: Row, answer: str, day: str) -> None:
    """Done where the sheet says so; else in hand once somebody answers for it."""
    said = simplified(answer.strip())
    if row.cells.get("closed_at") or _DONE.search(said):
        row.conclude(state="closed", closed_at=row.cells.get("closed_at") or day)
        if not row.children:
            words = _(P_("feedback", "closed in the sheet"))
            row.children.append(("feedback", {"text": words, "by": row.cells.get("owner")}))
    elif _STOPPED.search(said):
        row.conclude(state="stopped", closed_at=day)
    else:
        row.conclude(state="in_hand" if row.cells.get("owner") else "raised")
