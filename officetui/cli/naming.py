"""Commands that take a register: their help names the registers there are."""

from __future__ import annotations

import click

from officetui.text.i18n import _


class Naming(click.Command):
    """A command whose help ends with the registers; they are loaded for the help alone."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from officetui.registers.registry import REGISTERS

        super().format_help_text(ctx, formatter)
        with formatter.section(_("Registers")):
            formatter.write_dl([(register.id, register.name()) for register in REGISTERS])
