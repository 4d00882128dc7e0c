"""Rules of follow-ups 督办."""

from __future__ import annotations

from officetui.registers.rule import Rule

RULES: tuple[Rule, ...] = ()
