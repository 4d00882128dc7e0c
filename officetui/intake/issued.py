"""Rows of the register of outgoing papers: number, day and state from what the sheet says."""

from __future__ import annotations

import re
from typing import Final

from officetui.intake.dating import main_date, other_date
from officetui.intake.headings import simplified
from officetui.intake.rows import Context, Row
from officetui.registers.outgoing import NUMBERING
from officetui.registers.rules_outgoing import genre_of_title
from officetui.text.i18n import N_, _

_VOID: Final = re.compile("作废|废止|空号|撤回|未发")
_BARE: Final = re.compile(r"第?\s*0*(\d{1,5})\s*号?")


def finish(row: Row, ctx: Context) -> None:
    """A paper's missing cells; sets `row.refused` when it cannot be one."""
    cells = row.cells
    if not cells.get("title"):
        row.refused = _("Missing: {field}.").format(field=_(N_("Title")))
        return
    main = "sign_date" if "sign_date" in row.raw or "sign_date?" in row.raw else "drafted_at"
    day = main_date(row, ctx, main, "outgoing")
    if day is None:
        return
    for name in ("drafted_at", "due", "registered_at", "printed_at", "sealed_at"):
        if name != main:
            other_date(row, ctx, name, day, "outgoing")
    row.conclude(drafted_at=cells.get("drafted_at") or day.isoformat())
    _number(row)
    if "genre" not in cells:
        row.conclude(genre=genre_of_title(str(cells["title"])))
    if cells.get("drafter"):
        row.conclude(owner=cells.get("owner") or cells["drafter"])
    _state(row, day.isoformat())


def _number(row: Row) -> None:
    """The number in its form, with its mark; one that cannot be read is kept as it is."""
    number = str(row.cells.get("doc_no", "")).strip()
    bare = _BARE.fullmatch(number)
    code = str(row.cells.get("org_code", "")).strip()
    if bare and code and row.cells.get("drafted_at"):
        # A ledger of one series: the mark and the year stand elsewhere.
        year = int(str(row.cells.get("sign_date") or row.cells["drafted_at"])[:4])
        row.conclude(doc_no=NUMBERING.written(code, year, int(bare[1])))
        return
    said = NUMBERING.read(number) if number else None
    if said is None:
        return
    mended = NUMBERING.written(*said)
    if mended != number:
        row.remarks.append(
            _("Number {typed} is written {number}.").format(typed=number, number=mended)
        )
        row.conclude(doc_no=mended)
    if not code:
        row.conclude(org_code=said.mark)


def _state(row: Row, day: str) -> None:
    """How far it got: what has a number and a day went out, unless the sheet says it is void."""
    cells = row.cells
    if _VOID.search(simplified(f"{cells.get('note', '')} {cells['title']}")):
        row.conclude(state="void", void_at=day)
    elif cells.get("archive_no"):
        row.conclude(state="archived", archived_at=day)
    elif cells.get("doc_no"):
        row.conclude(state="delivered", delivered_at=day)
    elif cells.get("sign_date"):
        row.conclude(state="signed", held_from=day)
    else:
        row.conclude(state="drafting", held_from=day)
    if cells.get("doc_no"):
        row.conclude(registered_at=cells.get("registered_at") or day)
