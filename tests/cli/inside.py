"""The command line without a process of its own: what a test of words and records needs no process
for costs a tenth so. Streams, environment, language and signs are as a new process has them."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from subprocess import CompletedProcess

from officetui import cli
from officetui.text.glyphs import use_glyphs
from officetui.text.i18n import language, set_language

_OWN = ("OFFICETUI_", "COLUMNS")
"""What a run may change of the environment; the rest makes a process another one."""


def fits(args: tuple[str, ...], changed: Mapping[str, str]) -> bool:
    """Whether a run with these changes of the environment may do without a process of its own. One
    in another language may not: some words are chosen when a module is loaded."""
    spoken = any(each.startswith("--lang") for each in args)
    return not spoken and all(name.startswith(_OWN) for name in changed)


def run(args: tuple[str, ...], env: Mapping[str, str]) -> CompletedProcess[str]:
    """Run a command with this environment, nothing on its standard input."""
    out, errors = _stream(), _stream()
    with _environment(env), _streams(out, errors), _as_before():
        status = cli.run(list(args))
        out.flush()
        errors.flush()
    return CompletedProcess(list(args), status, _text(out), _text(errors))


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="surrogateescape")


def _text(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode().replace("\r\n", "\n")


@contextmanager
def _environment(env: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(env)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _streams(out: io.TextIOWrapper, errors: io.TextIOWrapper) -> Iterator[None]:
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO()), out, errors
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


@contextmanager
def _as_before() -> Iterator[None]:
    """A command takes the language and the signs it wants, and collects no garbage."""
    tongue, collects = language(), gc.isenabled()
    use_glyphs("default")
    try:
        yield
    finally:
        set_language(tongue)
        use_glyphs("default")
        if collects:
            gc.enable()
