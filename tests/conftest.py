"""What every test has: a home of its own, English, and the default signs."""

from __future__ import annotations

import gc
import itertools
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from officetui.text.glyphs import use_glyphs
from officetui.text.i18n import set_language

# Where the tests run in the background of a shell, Ctrl-C is ignored, and so it would be by every
# program they start and interrupt.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# Under nohup a closing window is ignored in the same way.
if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# Nothing but a power cut shows whether a file was on the disk: that it is waited for, and when, is
# told by strace, of real processes (tests/e2e). Here it is waited for some ten thousand times.
os.fsync = os.fstat  # type: ignore[assignment]

# A machine that is busy makes an example slow, not wrong.
settings.register_profile("office", deadline=None)
settings.load_profile("office")


def pytest_collection_finish() -> None:
    """What is loaded now lives as long as the process: looking through it again and again for
    garbage would cost a third of the time of every test of the app."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_sessionfinish() -> None:
    """pytest looks five times for garbage that complains; what once found nothing is let be."""
    gc.collect()
    gc.freeze()


_number = itertools.count(1)
_LOCALE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG")
_XDG = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A HOME with nothing in it; no test ever sees the real one."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def office_home(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The OFFICETUI_HOME of this test, not yet made; subprocesses inherit it."""
    home = empty_home / f"office-{next(_number)}"
    monkeypatch.setenv("HOME", str(empty_home))
    monkeypatch.setenv("OFFICETUI_HOME", str(home))
    for name in (*_XDG, *_LOCALE, "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    set_language("en")
    use_glyphs("default")
    yield home
    set_language("en")
    use_glyphs("default")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parent.parent
