"""Sync in words: one for the header, sentences with what to do for people who ask.

Every function takes `office_time`, which turns an aware instant into naive local time of the
office, and `now`, the present as such a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from officetui.ledger.folder import ABSENT, FOREIGN, FULL, NEWER, OK
from officetui.office.sync import NONE, UNREAD, Device, SyncStatus
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.safe import visible
from officetui.text.words import listed, moment_words, span_words

Local = Callable[[datetime], datetime]
SILENT: Final = timedelta(days=7)
"""Without news for so long, a device is spoken of."""
AHEAD: Final = timedelta(minutes=5)
"""By so much two clocks may differ."""


def word(status: SyncStatus, office_time: Local | None = None) -> str:
    """A short word for the header; empty where there is no folder."""
    if status.state == NONE:
        return ""
    if status.silent is not None:
        silent = pgettext("sync", "folder does not answer")
        if office_time is not None:
            moment = f"{office_time(status.silent):%H:%M}"
            silent = pgettext("sync", "no answer since {moment}").format(moment=moment)
        return _with_waiting(silent, status.waiting)
    if status.state == ABSENT and status.why == "silent":
        return _with_waiting(pgettext("sync", "folder does not answer"), status.waiting)
    if status.progress is not None and (status.state == UNREAD or _is_long(status)):
        done, of = status.progress
        return pgettext("sync", "reading {n}%").format(n=100 * done // max(of, 1))
    if status.state == UNREAD:
        return pgettext("sync", "looking at the folder")
    if status.state != OK:
        words = {
            ABSENT: pgettext("sync", "folder not there"),
            FOREIGN: pgettext("sync", "another office's folder"),
            NEWER: pgettext("sync", "newer version needed"),
            FULL: pgettext("sync", "folder full"),
        }
        return _with_waiting(words.get(status.state, status.state), status.waiting)
    if status.error:
        return _with_waiting(pgettext("sync", "sync fails"), status.waiting)
    if status.waiting:
        return _unsynced(status.waiting)
    if status.holes:
        n = status.holes
        return ngettext("{n} change missing", "{n} changes missing", n).format(n=n)
    return pgettext("sync", "synced")


def _is_long(status: SyncStatus) -> bool:
    return status.progress is not None and status.progress[1] > 4 << 20


def _unsynced(n: int) -> str:
    return ngettext("{n} not synced", "{n} not synced", n).format(n=n)


def _with_waiting(words: str, waiting: int | None) -> str:
    return f"{words}·{_unsynced(waiting)}" if waiting else words


def state(status: SyncStatus) -> tuple[str, str]:
    """(what the matter is with the folder, what to do): the second is empty when all is well."""
    folder = visible(str(status.folder))
    keep = _("Go on working: nothing is lost, and it is synced when the folder is back.")
    if status.state == NONE:
        return (
            _("No shared folder is attached: this office lives on this device only."),
            _("Attach one with: officetui folder DIR"),
        )
    if status.silent is not None or status.why == "silent":
        return (
            _("The shared folder {folder} does not answer.").format(folder=folder),
            keep + " " + _("See whether the network is there and the share is mounted."),
        )
    if status.state == ABSENT:
        return _absent(status, folder), keep + " " + _absent_advice(status)
    if status.state == FOREIGN:
        return (
            _(
                "{folder} is the folder of another office, {name}; nothing was written there."
            ).format(folder=folder, name=visible(status.theirs)),
            _("Mount the right share, or name the right folder: officetui folder DIR"),
        )
    if status.state == NEWER:
        return (
            _("{folder} was written by a newer officetui: it is read, not written.").format(
                folder=folder
            ),
            _("Install version {version} or later.").format(version=visible(status.theirs) or "?"),
        )
    if status.state == FULL:
        return (
            _("The shared folder {folder} is full.").format(folder=folder),
            keep + " " + _("Make room there, or raise its quota."),
        )
    if status.state == UNREAD:
        return _("The shared folder {folder} was not looked at yet.").format(folder=folder), ""
    if status.error:
        return (
            _("Not everything in {folder} could be read or written: {reason}").format(
                folder=folder, reason=visible(status.error)
            ),
            _("It is tried again with every round; if it stays so, see to the rights there."),
        )
    return _("The shared folder {folder} is there.").format(folder=folder), ""


def _absent(status: SyncStatus, folder: str) -> str:
    words = {
        "missing": _("The shared folder {folder} is not there."),
        "denied": _("The shared folder {folder} may not be read."),
        "empty": _("The shared folder {folder} is empty: not mounted, not synced yet, or emptied."),
        "unmarked": _("In the shared folder {folder} officetui.json is missing or cannot be read."),
    }
    return words.get(status.why, words["missing"]).format(folder=folder)


def _absent_advice(status: SyncStatus) -> str:
    if status.why == "denied":
        return _("Ask for the right to read and write there.")
    if status.why in ("empty", "unmarked"):
        return _(
            "Mount the share, or let the sync tool finish. If the folder really was emptied: "
            "officetui folder --rebuild refills it from what is here."
        )
    return _("Mount the share, or name the folder's new place: officetui folder DIR")


def waiting(status: SyncStatus, office_time: Local, now: datetime) -> str:
    """How many changes of this device wait to be published. Of a folder that cannot be read, only
    what was there is known, not what is."""
    if status.state == NONE:
        return ""
    if status.waiting is None:
        return _("How many changes wait is not known yet.")
    if not status.waiting and not status.reachable:
        if status.read_at is None:
            return _("Whether the changes made here are in the folder is not known.")
        moment = moment_words(office_time(status.read_at), now)
        words = _("Every change made here was there when the folder was last read at {moment}.")
        return words.format(moment=moment)
    if not status.waiting:
        return _("Every change made here is in the folder.")
    n = status.waiting
    return ngettext(
        "{n} change made here waits to be published; it is safe on this disk.",
        "{n} changes made here wait to be published; they are safe on this disk.",
        n,
    ).format(n=n)


def read(status: SyncStatus, office_time: Local, now: datetime) -> str:
    """When the folder was last read."""
    if status.state == NONE:
        return ""
    if status.read_at is None:
        return _("The folder was not read yet.")
    moment = moment_words(office_time(status.read_at), now)
    return _("The folder was last read at {moment}.").format(moment=moment)


def device(one: Device, office_time: Local, now: datetime) -> str:
    """A colleague's device: 吴敏 (k7q2m9xa): newest change 20分钟 ago."""
    who = _device(one)
    if one.newest is None:
        return who
    local = office_time(one.newest)
    if local > now:
        return _("{who}: newest change dated {moment}, ahead of the clock here").format(
            who=who, moment=moment_words(local, now)
        )
    return _("{who}: newest change {span} ago").format(who=who, span=span_words(now - local))


def device_advice(one: Device, office_time: Local, now: datetime) -> str:
    """What to do about a device without news for a week, or with a clock ahead; else empty."""
    if one.newest is None:
        return ""
    local = office_time(one.newest)
    if local > now + AHEAD:
        return _("Set the clock right, there or here. Nothing is lost: anybody can write over it.")
    if now - local >= SILENT:
        return _("If it is still in use, let it sync: open officetui there, or officetui sync.")
    return ""


def waiting_advice(status: SyncStatus) -> str:
    """What to do about changes that wait; empty where the folder itself is the matter."""
    if status.state not in (OK, UNREAD) or status.error or status.silent is not None:
        return ""
    return _("officetui sync publishes them now; an open officetui does so by itself.")


def _device(one: Device) -> str:
    if one.user:
        return _("{user} ({writer})").format(user=visible(one.user), writer=one.writer)
    return one.writer


def holes(status: SyncStatus) -> Iterator[tuple[str, str]]:
    """(what is missing, what to do), per device that lacks something."""
    for one in status.devices:
        if one.holes:
            numbers = listed(
                str(low) if low == high else f"{low}-{high}" for low, high in one.holes[:5]
            )
            n = sum(high - low + 1 for low, high in one.holes)
            words = ngettext(
                "{n} change of {who} is missing or damaged (number {numbers}).",
                "{n} changes of {who} are missing or damaged (numbers {numbers}).",
                n,
            )
            yield (
                words.format(n=n, who=_device(one), numbers=numbers),
                _(
                    "All its other changes apply. The device itself puts this right when it syncs "
                    "next; if it is gone for good, a backup of its home can."
                ),
            )


def notices(status: SyncStatus, office_time: Local, now: datetime) -> Iterator[tuple[str, str]]:
    """(what happened on its own, what that means): new writers, lines that the folder lost."""
    for former in status.retired:
        when = moment_words(office_time(former.at), now) if former.at is not None else "?"
        words = _("This device had a double: it writes as {new} instead of {old} since {moment}.")
        n = former.again
        meaning = _(
            "The machine was cloned, or its home restored from a backup. What the other one wrote "
            "was taken over as a colleague's; nothing is to be done."
        )
        if n:
            again = ngettext(
                "{n} change made here was issued again.",
                "{n} changes made here were issued again.",
                n,
            )
            meaning += " " + again.format(n=n)
        yield words.format(new=former.to, old=former.writer, moment=when), meaning
    for one in status.devices:
        if one.lacking is not None:
            moment = moment_words(office_time(one.lacking), now)
            yield (
                _("The folder has lost changes of {who} that are here (since {moment}).").format(
                    who=_device(one), moment=moment
                ),
                _(
                    "Its device publishes them again; after a day this one does. At once: "
                    "officetui folder --rebuild"
                ),
            )


def sentences(status: SyncStatus, office_time: Local, now: datetime) -> list[str]:
    """Everything, one sentence after the other, what to do behind what is wrong."""
    what, advice = state(status)
    found = [f"{what} {advice}".strip(), waiting(status, office_time, now)]
    if status.reachable or status.waiting != 0:  # else the sentence before has said it
        found.append(read(status, office_time, now))
    found += [device(one, office_time, now) for one in status.devices]
    found += [f"{what} {advice}" for what, advice in holes(status)]
    found += [f"{what} {meaning}" for what, meaning in notices(status, office_time, now)]
    return [words for words in found if words]
