"""The docked line where the program speaks: never a floating box over Chinese text."""

from __future__ import annotations

from officetui.ui.widgets.line import TextLine


class StatusLine(TextLine):
    """The last thing said, until the next one; nothing moves here while nobody does anything."""

    def say(self, text: str, error: bool = False) -> None:
        """Show a sentence."""
        self.show((" ", ""), (text, "alert" if error else ""))
