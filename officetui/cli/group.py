"""The commands: each is imported only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click
from click import core, decorators, exceptions, formatting, types

from officetui import __version__, config
from officetui.cli import session
from officetui.text import i18n
from officetui.text.i18n import N_, _, pgettext

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("house", N_("The app on a throwaway sample office")),
    "triage": ("house", N_("The morning triage: what needs a decision, card by card")),
    "init": ("house", N_("Found an office here")),
    "today": ("reading", N_("The board, printed")),
    "review": ("review", N_("The day review: read it, sign it, accept it")),
    "add": ("writing", N_("Record something by one line")),
    "list": ("reading", N_("The records of a register")),
    "log": ("logs", N_("What was done on a day, in a week, in a month")),
    "message": ("messages", N_("The text that urges whoever holds a record")),
    "figures": ("logs", N_("The numbers of a week or a month, as bars")),
    "search": ("searching", N_("Find words in all records")),
    "show": ("reading", N_("One record, with its steps and history")),
    "do": ("writing", N_("Take a step: close, assign, confirm")),
    "set": ("writing", N_("Write fields of a record")),
    "steps": ("reading", N_("The workflow of a register as a table")),
    "undo": ("writing", N_("Take back the last action")),
    "redo": ("writing", N_("Take back the last undo")),
    "join": ("syncing", N_("Take part in the office of a shared folder")),
    "folder": ("syncing", N_("The shared folder: attach, leave, refill")),
    "sync": ("syncing", N_("Exchange changes with the shared folder")),
    "seating": ("seating", N_("Who sits where at a meeting")),
    "roster": ("roster", N_("Make the duty roster, with reasons")),
    "import": ("importing", N_("Take in a spreadsheet")),
    "export": ("exporting", N_("Give a register out as a spreadsheet")),
    "doctor": ("doctor", N_("Is everything sound? What to do if not")),
    "verify": ("verify", N_("Check the chain of every journal")),
}

# What click itself says; its strings go through our catalogues (see `speak`).
CLICK_SAYS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Positional arguments"),
    N_("Show this message and exit."),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("required"),
    N_("default: {default}"),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("No such option {name!r}."),
    N_("No such option: {name}"),
    N_("No such command {name!r}."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Option {name!r} requires an argument."),
    N_("Option {name!r} does not take a value."),
    N_("{value!r} is not a valid {number_type}."),
    N_("Aborted!"),
)


def click_plurals() -> tuple[str, ...]:
    """The plural forms click uses, for the catalogues."""
    return (
        i18n.ngettext(
            "Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1
        ),
        i18n.ngettext("Did you mean {possibilities}?", "Did you mean one of: {possibilities}?", 1),
    )


def speak() -> None:
    """Let click ask our catalogues instead of its own (it has none in Chinese)."""
    types.INT.name = pgettext("type", "integer")
    for module in (core, decorators, exceptions, formatting, types, import_module("click.parser")):
        for name in ("_", "ngettext"):
            if hasattr(module, name):
                setattr(module, name, getattr(i18n, name))


class Commands(click.Group):
    """A group that knows the names of its commands, and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"officetui.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.COMMANDS[cmd_name]
        command.options_metavar = pgettext("usage", "[OPTIONS]")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(words)) for name, (_module, words) in COMMANDS.items()])


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        print(f"officetui {__version__}")
        ctx.exit()


def group() -> Commands:
    """The command line as click sees it, in the language in force."""
    settings: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
    return Commands(
        name="officetui",
        options_metavar=pgettext("usage", "[OPTIONS]"),
        subcommand_metavar=pgettext("usage", "COMMAND [ARGS]..."),
        help=_("The console of a general office. Without a command it opens the app."),
        epilog=_("Exit status: 0 done, 1 refused, 2 usage, 3 data damaged, 4 folder unreachable."),
        context_settings=settings,
        params=[
            # taken before click sees it; it stands here for the help
            click.Option(["--lang"], metavar="L", help=_("en, zh_CN or zh_TW"), expose_value=False),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_version,
                help=_("Show the version and exit."),
            ),
        ],
    )


def invoke(argv: list[str], wanted: str | None) -> int:
    """Run a command; usage errors as words on standard error and status 2."""
    speak()
    try:
        found = session.read_config(wanted)
    except config.BadConfig:
        # the doctor, above all, must be able to speak about a file that cannot be read
        if not {"doctor", "--help", "-h", "--version"} & set(argv[:1] + argv[-1:]):
            raise
        found = config.Config()
    session.use(found)
    try:
        commands = group()
        # not `main`: it would end the process by itself when nobody reads the output
        with commands.make_context("officetui", list(argv)) as context:
            status = commands.invoke(context)
    except exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.ClickException as error:
        sys.stdout.flush()
        error.show()
        return error.exit_code
    except exceptions.Exit as leaving:
        return leaving.exit_code
    return status if isinstance(status, int) else 0
