"""Deadlines that stand in a line as words of their own, without ^."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from officetui.intake import moments
from officetui.intake.draft import Draft


@cache
def _verb() -> re.Pattern[str]:
    """What may follow a deadline in its word without meaning anything more."""
    return re.compile(
        "(?:前)?(?:要求?)?(?:上?报送?|办结|办理|完成|回复|答复|反馈|要|交|提交|办好|截止|发出|印发|送出|交稿|要稿|用)?$"
    )


@cache
def _errand() -> re.Pattern[str]:
    """What is asked for by then, too long for a word of the title: 周五前报参会名单."""
    return re.compile("(?:前)?(?:要求?)?(?:上?报送?|提交|反馈|回复|交)[^ ]{1,12}$")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(
        "(?:(?:回复|办理|办结|答复)?(?:时限|期限)|限|要求|请于|须于|务必于|最迟)(?:为|是)?:?"
    )


def set_deadline(draft: Draft, *, days: bool) -> None:
    """Set `due` from what stands behind ^, else from a word of the line."""
    if draft.due is not None:
        draft.deadline("due", draft.due)
    else:
        bare_deadline(draft, "due", days=days)


def bare_deadline(draft: Draft, field: str, *, days: bool) -> bool:
    """Set a due cell from a word like 周五前报, 3个工作日, 12点前. True when one was found.

    `days`: a plain 25日 or 今天17:00 is a deadline too. 石桥村停水两天 never is.
    """
    view = draft.view
    limit = draft.folded
    for word in draft.words():
        opening = _opening().match(limit, word.start)
        begin = opening.end() if opening else word.start
        found = moments.match(limit, begin, view.local, view.calendar, strict=True)
        if found is None:
            continue
        rest = limit[found.stop : max(word.stop, found.stop)]
        asked = bool(rest) and _verb().match(rest) is not None  # 月底交稿
        if not (found.before or found.basis or (days and found.timed) or asked):
            continue
        if found.basis == "calendar days" and not _bounded(limit, found):
            continue
        if found.stop > word.stop and limit[found.stop : found.stop + 1] not in ("", " "):
            continue
        stop = max(word.stop, found.stop) if _verb().match(rest) else found.stop
        if stop == found.stop and _errand().match(rest):
            stop = word.stop
            draft.note(draft.line[word.start : stop])  # what is to be sent by then
        if stop == found.stop and rest and not found.before:
            continue
        draft.deadline(field, msgspec.structs.replace(found, start=word.start, stop=stop))
        return True
    return False


def _bounded(folded: str, found: moments.Moment) -> bool:
    """3天内 is a deadline, 3天 may be how long something has lasted."""
    return folded[found.start : found.stop].rstrip().endswith(("内", "前"))
