"""The command that looks after the data: doctor."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from officetui import __version__, config
from officetui.cli import session
from officetui.cli.session import give, give_json, say, width
from officetui.errors import DataDamaged, FolderUnreachable, NoOffice, OfficeError
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _, language, pgettext
from officetui.text.safe import visible
from officetui.text.width import pad

if TYPE_CHECKING:
    from officetui.office.office import Office

LITTLE_ROOM = 50 * 1024 * 1024


class Finding(msgspec.Struct):
    """Something to know. `severity`: damage, warning or note; `line` counts from 1, 0 is all."""

    severity: str
    text: str
    advice: str = ""
    file: str = ""
    line: int = 0


def doctor(rebuild: bool, rules: bool, as_json: bool) -> int:
    """What is where, whether it is sound, and what to do if not; or the rules at entry."""
    if rules:
        from officetui.cli.rules import rules as list_rules

        return list_rules(as_json)
    home = config.home()
    facts: dict[str, Any] = {"home": str(home), "config": str(config.path())}
    findings = [*_wishes(), *_place(home)]
    sentences: list[str] = []
    status = 0
    try:
        from officetui.office.office import Office

        office = Office.open(home, user=session.the_user() or None)
        if rebuild:
            office.rebuild()
            say(_("Desk and books were made again from the journals."))
        facts |= _office_facts(office)
        shared, sentences = _shared(office, facts)
        if facts["sync"]["why"] == "silent":
            status = FolderUnreachable.status
        findings += [*_journals(office, facts), *_cut(office), *_replaced(office), *shared]
        findings += [*_kept(home), *_people(office), *_reserved(office)]
    except NoOffice as error:
        findings.append(Finding("note", error.message))
        status = error.status
    except DataDamaged as error:
        from officetui.report.words import told

        file = str(getattr(error, "path", "") or home)
        findings.append(Finding("damage", error.message, told(error), file))
    except OfficeError as error:
        findings.append(Finding("warning", error.message))
        status = error.status
    if any(one.severity == "damage" for one in findings):
        status = DataDamaged.status
    facts |= _machine()
    if as_json:
        give_json(facts | {"findings": [msgspec.structs.asdict(one) for one in findings]})
    else:
        _print(facts, findings, sentences)
    return status


# what is where


def _office_facts(office: Office) -> dict[str, Any]:
    from officetui.office.numbers import own_writer

    store = office.store
    counts: dict[str, dict[str, int]] = {}
    for register in store.registers():
        counts[register] = {"desk": len(store.desk(register)), "books": 0}
    for year in store.years():
        for register, docs in store.book(year).items():
            counts.setdefault(register, {"desk": 0, "books": 0})["books"] += len(docs)
    return {
        "office": {"id": office.info.id, "name": office.name, "zone": office.zone},
        "format": office.info.format,
        "user": office.user,
        "writer": own_writer(office) or None,
        "writers": office.ledger.writers(),
        "records": counts,
        "years": store.years(),
        "as_of": store.as_of,
        "calendar": _calendar_years(office),
    }


def _calendar_years(office: Office) -> list[int]:
    """The years whose working days are known, of the last one, this and the next."""
    from datetime import date

    from officetui.registers.calendar import UnknownYear

    known = []
    for year in range(office.today.year - 1, office.today.year + 2):
        try:
            office.calendar.day_type(date(year, 10, 1))
        except UnknownYear:
            continue
        known.append(year)
    return known


def _machine() -> dict[str, Any]:
    return {
        "version": __version__,
        "python": platform.python_version(),
        "language": language(),
        "locale": next(
            (os.environ[n] for n in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(n)), ""
        ),
        "encoding": sys.stdout.encoding,
        "terminal": os.environ.get("TERM", ""),
        "columns": width(),
        "ssh": "SSH_CONNECTION" in os.environ,
    }


# what is not as it should be


def _wishes() -> list[Finding]:
    try:
        config.load()
    except config.BadConfig as error:
        return [Finding("warning", error.message, _("Until then the defaults are used."))]
    return []


def _place(home: Path) -> list[Finding]:
    """The folder of the data: readable by others, full, not writable."""
    try:
        mode, room = home.stat().st_mode, os.statvfs(home)
    except FileNotFoundError:
        return []
    except OSError as error:
        from officetui.report.words import reason

        return [Finding("warning", reason(error), file=str(home))]
    found = []
    if not os.access(home, os.W_OK | os.X_OK):
        found.append(
            Finding(
                "warning",
                _("{file} cannot be written: everything can be read, nothing recorded.").format(
                    file=home
                ),
                _("Give yourself the right to write there, or name another OFFICETUI_HOME."),
                str(home),
            )
        )
    if mode & 0o077:
        found.append(
            Finding(
                "note",
                _("Others on this machine can look into {file}.").format(file=home),
                _("If they should not: chmod 700 on that folder."),
                str(home),
            )
        )
    free = room.f_bavail * room.f_frsize
    if free < LITTLE_ROOM:
        found.append(
            Finding(
                "warning",
                _("The disk has only {n} MB left.").format(n=free // (1024 * 1024)),
                _("Make room; a change that finds none is refused, and nothing is lost."),
                str(home),
            )
        )
    return found


def _shared(office: Office, facts: dict[str, Any]) -> tuple[list[Finding], list[str]]:
    """What the shared folder tells: what there is to know, and what is as it should be."""
    from officetui.cli.doctor_sync import examine

    facts["sync"], told, sentences = examine(office)
    return [Finding(*one) for one in told], sentences


def _journals(office: Office, facts: dict[str, Any]) -> list[Finding]:
    """Every line that cannot be believed, by file and line. Numbers that a colleague's journal
    lacks are told as such, where there is a shared folder."""
    found = []
    lacking = {one["writer"] for one in facts["sync"]["devices"] if one["holes"]}
    for damage in office.ledger.damage():
        if damage.writer in lacking and damage.reason.startswith("number "):
            continue
        file = office.ledger.directory / damage.writer / damage.segment
        where = _("{file}, line {line}") if damage.line else "{file}"
        found.append(
            Finding(
                "damage",
                where.format(file=file, line=damage.line) + f": {_(damage.reason)}",
                _(
                    "This line is not used; all others are. A good copy of the file (a backup, a "
                    "colleague's device) put in its place brings it back. Do not edit it."
                ),
                str(file),
                damage.line,
            )
        )
    return found


def _cut(office: Office) -> list[Finding]:
    """The journals that hold less than the desk has read of them."""
    from officetui.office.lost import lost

    found = []
    for one in lost(office.store, office.ledger):
        directory = str(office.ledger.directory / one.writer)
        found.append(
            Finding(
                "damage",
                _(
                    "The journal of {writer} ends at change {last}, but the desk has read "
                    "{heard}: it was cut, or put back from an old copy."
                ).format(writer=one.writer, last=one.last, heard=one.heard),
                _(
                    "Put the newest copy of {directory} back (a backup, a colleague's device). "
                    "Until then the desk alone holds the rest; without such a copy, delete "
                    "desk.json to go on from the journals alone."
                ).format(directory=directory),
                directory,
            )
        )
    return found


def _replaced(office: Office) -> list[Finding]:
    """What opening the office set right by itself."""
    return [Finding("warning", words) for words in office.notices]


def _kept(home: Path) -> list[Finding]:
    """What was set aside for people to look at: torn ends, damaged desks and books."""
    found = [
        Finding(
            "note",
            _("The torn end of a write that was cut off (power, kill) is kept in {file}.").format(
                file=torn
            ),
            _("It was never confirmed. Delete the file when you need it no more."),
            str(torn),
        )
        for torn in sorted(home.glob("journals/*/*.torn"))
    ]
    found += [
        Finding(
            "note",
            _("A damaged file is kept as {file}.").format(file=kept),
            _("Its content was made again from the journals. Delete it when you like."),
            str(kept),
        )
        for kept in sorted([*home.glob("*.damaged-*"), *home.glob("books/*.damaged-*")])
    ]
    return found


def _people(office: Office) -> list[Finding]:
    """Who you are, and which years the calendar lacks."""
    found = []
    if office.records("people") and office.person(office.user) is None:
        found.append(
            Finding(
                "note",
                _("“{user}” is not in the directory of people.").format(user=office.user),
                _('Set user = "your name" in {file}, or write your login into your record.').format(
                    file=config.path()
                ),
            )
        )
    known = _calendar_years(office)
    for year in (office.today.year, office.today.year + 1):
        if year not in known and (year == office.today.year or office.today.month == 12):
            found.append(
                Finding(
                    "warning",
                    _("The working days of {year} are not known.").format(year=year),
                    _(
                        "Take a newer version once they are announced, or enter the days in the "
                        "setting day_types; until then deadlines in working days are refused."
                    ),
                )
            )
    return found


def _reserved(office: Office) -> list[Finding]:
    """Blocks of official numbers that meet: two people reserved them at once."""
    from officetui.office.reserving import meeting_words, overlaps

    advice = _(
        "What is in both is given by neither device. Give one of them back: "
        "officetui set settings:numbering block={block}@"
    )
    return [
        Finding("warning", meeting_words(one, other), advice.format(block=one.name))
        for one, other in overlaps(office)
    ]


# as text


def _print(facts: dict[str, Any], findings: list[Finding], sentences: list[str]) -> None:
    from officetui.report.tables import pairs, table

    cells = width()
    office = facts.get("office", {})
    rows = [
        (pgettext("doctor", "Data"), facts["home"]),
        (_("Configuration"), facts["config"]),
        (_("Version"), f"officetui {facts['version']}, Python {facts['python']}"),
    ]
    if office:
        rows += [
            (pgettext("doctor", "Office"), f"{office['name']}  {office['id']}  {office['zone']}"),
            (pgettext("doctor", "You"), facts["user"]),
            (_("This device writes as"), facts["writer"] or "-"),
            (_("Devices that write"), " ".join(facts["writers"]) or "-"),
            (_("Desk of"), facts["as_of"]),
            (_("Shared folder"), facts["sync"]["folder"] or "-"),
            (_("Calendar known"), " ".join(map(str, facts["calendar"])) or "-"),
        ]
    rows += [
        (_("Language"), f"{facts['language']}  ({facts['locale'] or '-'}, {facts['encoding']})"),
        (_("Terminal"), f"{facts['terminal'] or '-'}  {facts['columns'] or '-'}"),
    ]
    give(pairs(rows, cells))
    if sentences:
        give("\n" + "\n".join(map(visible, sentences)))
    counts = [
        [_register_name(register), str(n["desk"]), str(n["books"])]
        for register, n in facts.get("records", {}).items()
    ]
    if counts:
        give("")
        give(
            table([pgettext("table", "Register"), _("Desk"), _("Books")], counts, cells, right="12")
        )
    give("\n" + _test_card())
    give("")
    words = {"damage": _("Damaged"), "warning": _("Warning"), "note": pgettext("doctor", "Note")}
    for one in findings:
        give(
            pgettext("doctor", "{kind}: {text}").format(
                kind=words[one.severity], text=visible(one.text)
            )
        )
        if one.advice:
            give(f"  {visible(one.advice)}")
    if not any(one.severity != "note" for one in findings):
        say(_("Everything is sound.") if office else "")


def _register_name(id_: str) -> str:
    """The name of a register; its id where only a newer version knows it."""
    from officetui.registers.registry import BY_ID

    register = BY_ID.get(id_)
    if register is None:
        return id_
    parent = BY_ID.get(register.parent)
    return f"{parent.name()} / {register.name()}" if parent is not None else register.name()


def _test_card() -> str:
    """Lines that end in one column on a terminal that measures as this program does."""
    signs = glyphs()
    row = [signs.done, signs.bullet, signs.up, signs.down, signs.left, signs.right, signs.control]
    lines = ["0123456789012345", "值班公文会议接待", "收〔2026〕12号，", " ".join(row)]
    card = "\n".join(f"  |{pad(line, 16)}|" for line in lines)
    return (
        _('The right bars must stand in one line; if not, set glyphs = "ascii" in config.toml.')
        + "\n"
        + card
    )


COMMANDS: dict[str, click.Command] = {
    "doctor": click.Command(
        "doctor",
        callback=doctor,
        help=_(
            "Where the data are, whether every line of the journals is sound, and what to do "
            "if not. Status 3 when something is damaged, 4 when the shared folder does not answer."
        ),
        params=[
            click.Option(
                ["--rebuild"],
                is_flag=True,
                help=_("Make desk and books again from the journals, which stay as they are."),
            ),
            click.Option(
                ["--rules"],
                is_flag=True,
                help=_("Only list the rules at entry: severity, text and source of each."),
            ),
            click.Option(["--json", "as_json"], is_flag=True, help=_("As JSON, for programs.")),
        ],
    ),
}
