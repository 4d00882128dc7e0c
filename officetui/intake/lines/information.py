"""信息 title @author ^by when: 信息 石桥村冬季防火做法 @吴敏 ^周五; 信息 … 已报县委办."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from officetui.intake.draft import Draft
from officetui.intake.lines.deadlines import set_deadline
from officetui.registers.information import SENT, sent_cells, unit_of
from officetui.registers.view import View

if TYPE_CHECKING:
    from officetui.intake.names import Directory


def known(rest: str, word: str, prefix: str, names: Directory, view: View) -> bool:
    """A blank follows the prefix: 信息化建设 is no piece of information."""
    return False


def understand(draft: Draft, prefix: str) -> None:
    """Work out the title, who writes it, by when, and whether it has been sent."""
    cells = draft.cells
    _sent(draft)
    if not cells.get("sent_at"):
        set_deadline(draft, days=True)
    draft.set_tags()
    draft.owner("owner", "unit")
    author = str(cells.get("owner") or draft.view.user)
    cells["author"] = author
    unit = unit_of(author, draft.view)
    if unit:
        cells.setdefault("unit", unit)
    words = draft.words()
    if words:
        text = draft.text().strip(" ,，。;；")
        cells["title"] = text
        draft.part("title", text, words[0].start, words[-1].stop)
    draft.miss("unit")
    if not cells.get("sent_at"):
        draft.miss("due")


@cache
def _gone() -> re.Pattern[str]:
    return re.compile(
        "(?<![^ ])(?:已报送?|报送?至|报给|报送|报)(?P<a>[^ ,]{2,20}?)(?:了)?(?= |,|$)"
        "|(?<![^ ])sent to (?P<e>[^,;@#^]{2,40}?)(?= *[,;@#^]|$)"
    )


def _sent(draft: Draft) -> None:
    """已报县委办 was sent today; 报县委办 says to whom it will be."""
    found = draft.first(_gone())
    if found is None or found.start() <= draft.begin + 1:
        return
    a, b = found.span("a" if found["a"] else "e")
    draft.put("sent_to", draft.line[a:b], found.start(), found.end())
    if found.group().startswith(("已", "sent")):
        today = draft.view.today
        draft.cells.update(sent_cells(today, draft.view), sent_at=today.isoformat(), state=SENT)
