"""Rules of reception 来访来电 and hospitality 公务接待."""

from __future__ import annotations

from officetui.registers.rule import Rule

RULES: tuple[Rule, ...] = ()
