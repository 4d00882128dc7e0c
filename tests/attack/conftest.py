"""An office under attack: its commands run in this process, its colleague writes what it likes."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

# The helpers beside the tests (colleague), and those of the screens, are plain modules.
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "ui"))

import quick

from officetui.cli import run

quick.use()


class Outcome(NamedTuple):
    """What a command came to: its status, and the bytes it wrote."""

    status: int
    out: bytes
    err: bytes


class _Stream(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    def bytes(self) -> bytes:
        self.flush()
        whole = self.buffer
        assert isinstance(whole, io.BytesIO)
        return whole.getvalue()


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """`officetui ARGS`, in this process; an unexpected fault is its traceback."""
    import gc

    monkeypatch.setenv("OFFICETUI_DEBUG", "1")
    monkeypatch.setenv("COLUMNS", "100")

    def call(*args: str) -> Outcome:
        out, err = _Stream(), _Stream()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            status = run(list(args))
        gc.enable()  # a command switches it off for its own short life
        assert b"Traceback" not in err.bytes(), (args, err.bytes().decode())
        return Outcome(status, out.bytes(), err.bytes())

    return call


@pytest.fixture
def founded(command: Callable[..., Outcome], office_home: Path) -> Path:
    """The home of a founded office."""
    assert command("init", "--name", "[bold 清河镇\x1b[2J", "--user", "李梅").status == 0
    return office_home


def pytest_generate_tests(metafunc: Any) -> None:
    """`kind`: the kinds of hostile values, so that a failure names one."""
    if "kind" in metafunc.fixturenames:
        from colleague import HOSTILE

        metafunc.parametrize("kind", sorted(HOSTILE))
