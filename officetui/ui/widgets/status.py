"""The docked line where the program speaks: never a floating box over Chinese text."""

from __future__ import annotations

from typing import Final, Literal

from officetui.ui.widgets.line import TextLine

Severity = Literal["info", "warning", "error"]
_LOOKS: Final[dict[str, str]] = {"info": "", "warning": "warn", "error": "alert"}


class StatusLine(TextLine):
    """The last thing said, until the next one; nothing moves here while nobody does anything."""

    severity: Severity = "info"

    def say(self, text: str, severity: Severity = "info") -> None:
        """Show a sentence; a warning says how things stand, and stays until it is replaced."""
        self.severity = severity
        self.show((" ", ""), (text, _LOOKS[severity]))
