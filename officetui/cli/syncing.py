"""Commands about the shared folder: join, folder, sync."""

from __future__ import annotations

import queue
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from officetui import config
from officetui.cli.rounds import (
    Received,
    folding,
    patiently,
    reached,
    received,
    refuse_unwell,
    sync_with,
    the_sync,
    until_quiet,
)
from officetui.cli.session import clean, give, give_json, opened, say
from officetui.errors import FolderUnreachable, Refused
from officetui.ledger import identity
from officetui.office import folder as folders
from officetui.office import sync_words as words
from officetui.office.sync import Sync, SyncStatus, Told
from officetui.text.i18n import _
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.ledger.apart import Apart
    from officetui.office.office import Office

# sync


def sync(watch: bool, as_json: bool) -> int:
    """Publish what is ours and take in what is new; with --watch until stopped."""
    one = the_sync()
    if one.status().state == "none":
        if as_json:
            give_json(status_object(one.status(), None, Received()))
        raise Refused(" ".join(words.state(one.status())))
    if watch:
        return _watch(one, as_json)
    with opened() as office:
        told = until_quiet(one)
        came = received(office)
        if office.give_numbers() is not None:  # colleagues wait for them
            told = until_quiet(one)
        if as_json:
            give_json(status_object(told.status, office, came))
        else:
            came.say()
            _give_sentences(told.status, office)
    refuse_unwell(told.status)
    return 0


def _give_sentences(status: SyncStatus, office: Office) -> None:
    found = words.sentences(status, office.clock, office.local)
    if not status.well or status.busy:
        found = found[1:]  # what is wrong is said as the reason of the refusal
    give("\n".join(found))


def _watch(one: Sync, as_json: bool) -> int:
    """Round after round; speaks when something changes, until Ctrl-C or a signal ends it."""
    heard: queue.Queue[Told] = queue.Queue()
    with opened() as office:
        threading.Thread(target=one.run, args=(heard.put,), daemon=True).start()
        try:
            while True:
                _hear(heard.get(), office, as_json)
        except KeyboardInterrupt:
            one.stop()
            one.close()
            raise


def _hear(told: Told, office: Office, as_json: bool) -> None:
    came = received(office) if told.news else Received()
    if told.news:
        office.give_numbers()  # published with the next round
    if not told.changed and not came.count:
        return
    office.close()  # a long tail goes to the desk, so that the next start is quick
    if as_json:
        give_json(status_object(told.status, office, came))
    else:
        came.say()
        give(f"{office.local:%H:%M:%S} {words.word(told.status)}")
        if told.changed and not told.status.well and not told.status.busy:
            say(" ".join(part for part in words.state(told.status) if part))
    sys.stdout.flush()


def status_object(status: SyncStatus, office: Office | None, came: Received) -> dict[str, Any]:
    """The shape of `sync --json` (docs/command-line.md)."""
    from officetui.registers.workflow import utc_text
    from officetui.report.objects import conflict_object

    def at(instant: Any) -> str | None:
        return None if instant is None else utc_text(instant)

    def age(instant: Any) -> int | None:
        if instant is None or office is None:
            return None
        return int((office.now - instant).total_seconds())

    return {
        "folder": None if status.folder is None else str(status.folder),
        "state": status.state,
        "why": status.why or None,
        "busy": status.busy,
        # of a folder out of sight nobody knows that everything still is in it
        "waiting": status.waiting if status.waiting or status.reachable else None,
        "read_at": at(status.read_at),
        "holes": status.holes,
        "error": status.error or None,
        "theirs": status.theirs or None,
        "devices": [
            {
                "writer": one.writer,
                "user": one.user,
                "lines": one.lines,
                "newest": at(one.newest),
                "age": age(one.newest),
                "holes": [list(hole) for hole in one.holes],
                "lacking_since": at(one.lacking),
            }
            for one in status.devices
        ],
        "retired": [
            {"writer": one.writer, "to": one.to, "at": at(one.at), "again": one.again}
            for one in status.retired
        ],
        "received": came.count,
        "conflicts": [conflict_object(one) for one in came.conflicts],
    }


# join


def join(folder: str, user: str | None) -> int:
    """Make this home a replica of the office of a folder."""
    home = config.home()
    path = folders.absolute(clean([folder, user or ""])[0])
    with reached(path) as files:
        info, begun = folders.join(home, files)
    text = _("Going on with {name}.") if begun else _("Joining {name}.")
    say(text.format(name=info.name))
    if user:
        config.remember_user(user)
    told = until_quiet(sync_with(home, info))
    refuse_unwell(told.status)
    with folding(user) as office:
        office.flush()
        say(_("This is the office {name} now, in {path}.").format(name=office.name, path=home))
        who = [device.user for device in told.status.devices if device.user]
        if who:
            say(_("Changes came from: {users}").format(users=listed(dict.fromkeys(who))))
        say(_("You are {user} (in {file})").format(user=office.user, file=config.path()))
    return 0


# folder


def folder(path: str | None, rebuild: bool) -> int:
    """Which folder; attach another one, leave it, or refill it."""
    one = the_sync()
    info = identity.read_office(config.home())
    assert info is not None
    if path == "none" and not rebuild:
        return _leave(one)
    if path is None and not rebuild:
        return _which(one)
    target = one.status().folder if path is None else folders.absolute(clean([path])[0])
    if target is None:
        raise Refused(" ".join(words.state(one.status())))
    if rebuild:
        return _rebuild(target, info)
    return _attach(one, target, info)


def _leave(one: Sync) -> int:
    folders.detach(config.home())
    what = one.status().folder
    say(
        _(
            "{folder} is no longer shared from here; nothing was removed, neither there nor here."
        ).format(folder=what)
        if what is not None
        else words.state(one.status())[0]
    )
    return 0


def _which(one: Sync) -> int:
    status = one.status()
    if status.folder is None:
        say(" ".join(words.state(status)))
        return 0
    give(str(status.folder))
    told = patiently(one, one.round)
    one.close()
    refuse_unwell(told.status)
    say(words.state(told.status)[0])
    return 0


def _attach(one: Sync, target: Path, info: identity.Office) -> int:
    with reached(target) as files:
        if target == one.status().folder and folders.look(files, info.id).marker is None:
            _refuse_absent(files)
        new = folders.found(files, info)
        folders.attach(config.home(), target)
        text = _("{folder} is the shared folder of {name} now.")
        say(text.format(folder=target, name=info.name))
        if new:
            say_private(files)
    with folding() as office:
        told = until_quiet(sync_with(config.home(), info))
        received(office).say()
    refuse_unwell(told.status)
    return 0


def _refuse_absent(files: Apart) -> NoReturn:
    found = folders.why_not(files)
    if not files.hangs:
        found += " " + _("If it really was emptied, refill it: officetui folder --rebuild")
    raise FolderUnreachable(found)


def say_private(files: Apart) -> None:
    """Tell when no other account of this machine could write in a new folder."""
    if folders.is_private(files):
        say(
            _(
                "Only this account can write in {folder}. For colleagues with accounts of their "
                "own on this machine, give the folder to a group (docs/sync.md)."
            ).format(folder=files.root)
        )


def _rebuild(target: Path, info: identity.Office) -> int:
    with reached(target) as files:
        seen = folders.look(files, info.id)
        if files.hangs:
            _refuse_absent(files)
        if seen.marker is not None and seen.state != "ok":
            folders.check(files)
    folders.attach(config.home(), target)
    one = sync_with(config.home(), info)
    told = patiently(one, lambda: one.rebuild())
    one.close()
    refuse_unwell(told.status)
    told = until_quiet(one)
    refuse_unwell(told.status)
    say(_("{folder} holds everything again that is known here.").format(folder=target))
    return 0


_FOLDER = click.Argument(["folder"], metavar="DIR")

COMMANDS: dict[str, click.Command] = {
    "join": click.Command(
        "join",
        callback=join,
        help=_(
            "Make this home a replica of the office of a shared folder. Ctrl-C stops the first "
            "sync; the same command goes on with it. --user says who you are."
        ),
        params=[_FOLDER, click.Option(["--user"], help=_("Who you are."))],
    ),
    "folder": click.Command(
        "folder",
        callback=folder,
        help=_(
            "The shared folder of this office: print it, attach DIR (made the office's when it is "
            "empty), or “none” to work alone. --rebuild refills an emptied folder."
        ),
        params=[
            click.Argument(["path"], required=False, metavar="[DIR|none]"),
            click.Option(
                ["--rebuild"],
                is_flag=True,
                help=_("Write everything that is known here into the folder again."),
            ),
        ],
    ),
    "sync": click.Command(
        "sync",
        callback=sync,
        help=_(
            "Publish what was done here and take in what colleagues did. Status 4 when the folder "
            "cannot be reached; nothing is lost then."
        ),
        params=[
            click.Option(
                ["--watch"], is_flag=True, help=_("Go on until stopped, a round every 2 to 5 s.")
            ),
            click.Option(["--json", "as_json"], is_flag=True, help=_("As JSON, for programs.")),
        ],
    ),
}
