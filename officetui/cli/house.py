"""Commands about the house itself: init, demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from officetui import config
from officetui.cli import session
from officetui.cli.session import clean, say
from officetui.errors import FolderUnreachable
from officetui.text.i18n import _

if TYPE_CHECKING:
    from officetui.office.office import Office


def init(name: str, user: str | None, zone: str, folder: str | None) -> int:
    """Found an office in this home, and share it through a folder if one is named."""
    from officetui.office.office import Office

    clean([name, user or "", zone, folder or ""])
    home = config.home()
    found = session.read
    if folder is not None:
        _check_folder(home, folder)
    office = Office.found(home, name=name, user=user or found.user or None, zone=zone)
    say(_("The office {name} is in {path}").format(name=office.name, path=home))
    if user:
        config.remember_user(user)
        say(_("You are {user} (in {file})").format(user=user.strip(), file=config.path()))
    if folder is not None:
        _share(office, folder)
    return 0


def _check_folder(home: Path, folder: str) -> None:
    """Raises Refused before anything is made when the folder cannot be this office's."""
    from officetui.cli.rounds import reached
    from officetui.ledger.identity import read_office
    from officetui.office import folder as folders

    if read_office(home) is None:
        with reached(folders.absolute(folder)) as files:
            folders.check(files)


def _share(office: Office, folder: str) -> None:
    from officetui.cli.rounds import reached
    from officetui.cli.syncing import say_private
    from officetui.office import folder as folders

    path = folders.absolute(folder)
    with reached(path) as files:
        try:
            folders.found(files, office.info)
        except FolderUnreachable as error:
            kept = _("The office is there and can be worked in. Share it later: {command}")
            command = kept.format(command=f"officetui folder {path}")
            raise FolderUnreachable(f"{error.message} {command}") from error
        folders.attach(office.home, path)
        text = _("{folder} is the shared folder of {name} now.")
        say(text.format(folder=path, name=office.name))
        say(_("Colleagues take part with: officetui join {folder}").format(folder=path))
        say_private(files)


def demo() -> int:
    """Open the app on a throwaway sample office."""
    from officetui.cli.start import open_app

    return open_app(session.read, demo=True)


def triage() -> int:
    """Open the app at the first card of the morning."""
    from officetui.cli.start import open_app

    return open_app(session.read, triage=True)


COMMANDS: dict[str, click.Command] = {
    "init": click.Command(
        "init",
        callback=init,
        help=_(
            "Found an office here: in $OFFICETUI_HOME, or officetui in your data directory. "
            "--user says who you are; without it your login counts."
        ),
        params=[
            click.Option(["--name"], required=True, help=_("The name of the office.")),
            click.Option(["--user"], help=_("Who you are.")),
            click.Option(
                ["--zone"],
                default="Asia/Shanghai",
                show_default=True,
                help=_("The time zone of its plans; fixed from then on."),
            ),
            click.Option(
                ["--folder"],
                metavar="DIR",
                help=_("Share it through this folder, which is empty or not there yet."),
            ),
        ],
    ),
    "demo": click.Command(
        "demo", callback=demo, help=_("The app on a throwaway sample office. Nothing is kept.")
    ),
    "triage": click.Command(
        "triage",
        callback=triage,
        help=_(
            "The morning triage: what needs a decision, one card and one key at a time. It needs a "
            "terminal; without one use “officetui today” and “officetui do ID STEP”."
        ),
    ),
}
