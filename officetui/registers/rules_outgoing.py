"""Rules of outgoing papers 发文."""

from __future__ import annotations

from officetui.registers.rule import Rule

RULES: tuple[Rule, ...] = ()
