"""Colours. What they say is always said by a sign or a word too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="office-dark",
    primary="#6ea8d9",
    secondary="#8fa3b8",
    accent="#8ec07c",
    warning="#e0b050",
    error="#ff7b72",
    success="#8ec07c",
    foreground="#d6dbe1",
    background="#12171d",
    surface="#12171d",
    panel="#1f2832",
    dark=True,
)
LIGHT: Final = Theme(
    name="office-light",
    primary="#0b5394",
    secondary="#5a6775",
    accent="#2d6a2d",
    warning="#8a5a00",
    error="#b3261e",
    success="#2d6a2d",
    foreground="#1c2228",
    background="#f6f6f3",
    surface="#f6f6f3",
    panel="#e2e5e8",
    dark=False,
)
_FEW_COLOURS: Final = ("linux", "screen", "vt", "ansi", "dumb", "xterm-color")


def theme_name(wanted: str, environ: Mapping[str, str]) -> str:
    """The theme for "auto", "dark", "light" or "ansi" in this terminal.

    A terminal of 16 colours, and whoever asks for no colours, gets the terminal's own.
    """
    named = {"dark": DARK.name, "light": LIGHT.name, "ansi": "ansi-dark"}
    if wanted in named:
        return named[wanted]
    term = environ.get("TERM", "")
    rich_term = "256color" in term or environ.get("COLORTERM") in ("truecolor", "24bit")
    if environ.get("NO_COLOR") or (term.startswith(_FEW_COLOURS) and not rich_term):
        return "ansi-dark"
    return DARK.name
