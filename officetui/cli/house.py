"""Commands about the house itself: init, demo."""

from __future__ import annotations

import click

from officetui import config
from officetui.cli import session
from officetui.cli.session import clean, say
from officetui.text.i18n import _


def init(name: str, user: str | None, zone: str) -> int:
    """Found an office in this home."""
    from officetui.office.office import Office

    clean([name, user or "", zone])
    home = config.home()
    found = session.read
    office = Office.found(home, name=name, user=user or found.user or None, zone=zone)
    say(_("The office {name} is in {path}").format(name=office.name, path=home))
    if user:
        config.remember_user(user)
        say(_("You are {user} (in {file})").format(user=user.strip(), file=config.path()))
    return 0


def demo() -> int:
    """Open the app on a throwaway sample office."""
    from officetui.cli.start import open_app

    return open_app(session.read, demo=True)


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
        ],
    ),
    "demo": click.Command(
        "demo", callback=demo, help=_("The app on a throwaway sample office. Nothing is kept.")
    ),
}
