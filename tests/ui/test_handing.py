"""The handover as a file, from the keyboard: after the signature, and from the review."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hands import Hands, at_work
from sample_office import MORNING, found_office

from officetui.office.clock import FixedClock
from officetui.office.office import Office

EVENING = MORNING + timedelta(hours=9, minutes=28)


@pytest.fixture
def office(office_home: Path) -> Office:
    made = found_office(office_home)
    made.watch = FixedClock(EVENING)
    return made


def files(office: Office) -> list[str]:
    folder = office.home / "handovers"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


async def _signed(hands: Hands) -> None:
    await hands.keys("r", "2", "s")
    await hands.digit("Sign; it is accepted later")


async def test_signing_offers_the_document_and_enter_prints_it(office: Office) -> None:
    async with at_work(office) as hands:
        await _signed(hands)
        assert "The handover as a file" in hands.screen
        await hands.keys("1")
        assert files(office) == ["2026-11-20-evening.html"]
        assert "2026-11-20-evening.html" in hands.said
        text = (office.home / "handovers" / files(office)[0]).read_text()
        assert "县征兵工作电视电话会议" in text and "何静" in text and "罗丹" in text
        for digit in ("2", "3"):  # and again from the review, in every kind
            await hands.keys("p", digit)
        assert {Path(name).suffix for name in files(office)} == {".html", ".md", ".xlsx"}


async def test_no_file_is_a_choice(office: Office) -> None:
    async with at_work(office) as hands:
        await _signed(hands)
        await hands.keys("escape")
        assert files(office) == []
        assert hands.record("reviews", half="evening").state == "signed"


async def test_what_cannot_be_written_is_said(office: Office) -> None:
    (office.home / "handovers").write_text("in the way")
    async with at_work(office) as hands:
        await hands.keys("r", "p", "1")
        assert "could not be written" in hands.said
