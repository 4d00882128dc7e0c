"""Tests of the screens: the office of the board, opened in the app."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest
import pytest_textual_snapshot

# The helpers beside the tests (sample_office, hands) are plain modules.
sys.path.insert(0, str(Path(__file__).parent))

import quick

from officetui.ledger.identity import machine_id, writer_for
from officetui.office import folder as folders
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from officetui.office.sync import Sync
from officetui.ui.launch import prepare_environment

prepare_environment()
quick.use()

_normalize = pytest_textual_snapshot.normalize_svg


def _standing_alone(svg: str) -> str:
    """A snapshot names no fonts that a viewer would fetch from somewhere.

    The plugin takes what an app that could not start shows, nothing, for a picture of it.
    """
    assert '<text class="terminal-r' in svg or re.search(r"<text class=\"terminal-\d+-r", svg), (
        "Nothing is on the screen: the app failed."
    )
    return re.sub(r"@font-face\s*{.*?}\s*|<!--.*?-->\s*", "", _normalize(svg), flags=re.DOTALL)


pytest_textual_snapshot.normalize_svg = _standing_alone


@pytest.fixture
def office(office_home: Path) -> Office:
    """The sample office, founded for this test."""
    from sample_office import found_office

    return found_office(office_home)


@pytest.fixture
def fixed_office(office_home: Path) -> Office:
    """The sample office with ids that are the same in every run, for pictures of it."""
    from sample_office import found_office

    writer_for(office_home, machine_id(), random.Random(20261120))
    return found_office(office_home)


@pytest.fixture
def folder(office: Office, tmp_path: Path) -> Path:
    """The shared folder of the sample office, published."""
    from sample_office import MORNING

    place = tmp_path / "folder"
    folders.found(place, office.info)
    folders.attach(office.home, place)
    Sync(office.home, office.info, clock=FixedClock(MORNING)).round()
    return place
