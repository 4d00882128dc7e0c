"""The office's settings for the screens: which there are, and how their tables are written."""

from __future__ import annotations

from officetui.registers.settings import BY_NAME, SETTINGS
from officetui.registers.settings_rows import TABLES, Rows
from officetui.registers.settings_shown import field_of, shown, value_of

__all__ = ["BY_NAME", "SETTINGS", "TABLES", "Rows", "field_of", "shown", "value_of"]
