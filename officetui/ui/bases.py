"""What a record can have come from, to be chosen by number: decisions, meetings, papers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from officetui.office.tables import BY_ID, Record, View
from officetui.text.i18n import _

_MEETINGS: Final = 4  # of those that have begun, the last ones
_DECISIONS: Final = 3  # of each
_PAPERS: Final = 3  # with an instruction


def bases(view: View) -> list[tuple[str, str]]:
    """Refs with their words, the last meetings first, each after its decisions."""
    return [*_of_meetings(view), *_of_papers(view)]


def _of_meetings(view: View) -> Iterator[tuple[str, str]]:
    now = view.local.isoformat(timespec="minutes")
    begun = [m for m in view.records("meetings") if m.text("start")[:16] <= now]
    begun.sort(key=lambda record: record.text("start"), reverse=True)
    for meeting in begun[:_MEETINGS]:
        named = f"{meeting.text('start')[5:10]} {meeting.text('title')}"
        for decision in view.children(meeting, "decisions")[-_DECISIONS:]:
            words = _("{matter}: {instruction}").format(
                matter=named, instruction=decision.text("what")
            )
            yield decision.ref, words
        yield meeting.ref, named


def _of_papers(view: View) -> Iterator[tuple[str, str]]:
    told = [paper for paper in view.records("documents") if paper.get("instruction")]
    told.sort(key=_came, reverse=True)
    for paper in told[:_PAPERS]:
        yield paper.ref, BY_ID["documents"].title(paper)


def _came(paper: Record) -> str:
    return paper.text("recv_at")
