"""The day review from the command line: read it, answer what it asks, sign it, accept it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from officetui.cli.reading import day_of
from officetui.cli.session import clean, done_object, give, give_json, opened, say, told, width
from officetui.errors import Refused
from officetui.text.i18n import _
from officetui.text.safe import visible

if TYPE_CHECKING:
    from officetui.office.committing import Done
    from officetui.office.day_review import Asked
    from officetui.office.office import Office

_HALVES = ("evening", "morning")
_WAYS = ("screen", "phone", "paper")


def review(
    day: str | None,
    half: str | None,
    sign: bool,
    carry: bool,
    note: str | None,
    accepted_by: str | None,
    how: str | None,
    hand_over: str | None,
    reported: str | None,
    to: str | None,
    reason: str | None,
    out: str | None,
    replace: bool,
    as_json: bool,
) -> int:
    """Print the review of a day, write it to a file, or write into it what the options say."""
    clean([word for word in (day, note, accepted_by, hand_over, reported, to, reason) if word])
    if sum((hand_over is not None, reported is not None, sign)) > 1:
        raise click.UsageError(_("--hand-over, --reported and --sign are given one at a time."))
    with opened() as office:
        wanted, which = _place(office, day, half)
        done: Done | None = None
        if hand_over:
            done = _hand_over(office, wanted, which, hand_over, reason or "")
        elif reported:
            done = _reported(office, wanted, which, reported, to or "", how, reason or "")
        elif sign:
            inputs = {"note": note, "accepted_by": accepted_by}
            if accepted_by:
                inputs["accepted_how"] = how or "screen"
            done = _sign(office, wanted, which, inputs, carry)
        elif accepted_by:
            from officetui.office import review_signing

            inputs = {"accepted_by": accepted_by, "accepted_how": how or "screen"}
            done = review_signing.accept(office, wanted, which, inputs)
        elif note is not None:
            from officetui.office import review_signing

            done = review_signing.write_note(office, wanted, which, note)
        if done is not None:
            told(done)
        if out:
            _to_file(office, wanted, which, Path(out), replace)
        if done is None and not out:
            _print(office, wanted, which, as_json)
            return 0
        if as_json and done is not None:
            give_json(done_object(office, done))
    return 0


def _to_file(office: Office, day: date, half: str, path: Path, replace: bool) -> None:
    """The document that both sides sign, by the ending of its name."""
    from officetui.office.day_review import review as make
    from officetui.report.review_files import write_review

    write_review(office, make(office, day, half), path, replace)
    say(visible(str(path)))


def _place(office: Office, day: str | None, half: str | None) -> tuple[date, str]:
    """The day and the half meant; without any the one to be signed now."""
    from officetui.office.review_signing import present

    today, now = present(office)
    if day is None:
        return (today, half or now) if half is None or half == now else (office.today, half)
    wanted = day_of(office, day)
    return wanted, half or (now if wanted == today else "evening")


def _print(office: Office, day: date, half: str, as_json: bool) -> None:
    from officetui.office.day_review import review as make

    made = make(office, day, half)
    if as_json:
        give_json(made)
        return
    from officetui.report.review_text import review_text

    give(review_text(made, width()))


def _asked(office: Office, day: date, half: str, name: str) -> Asked:
    """A matter of the review by its id or short name; raises Refused."""
    from officetui.office.day_review import review as make

    record = office.find(name)
    for one in make(office, day, half).asked:
        if one.ref == record.ref:
            return one
    from officetui.office.review_asked import about, is_matter

    if not is_matter(record):
        words = _("{what} is no matter that can be handed over or reported.")
        raise Refused(words.format(what=visible(office.register(record.register).title(record))))
    return about(office, record)


def _hand_over(office: Office, day: date, half: str, name: str, reason: str) -> Done:
    from officetui.office import review_signing

    return review_signing.carry(office, day, half, _asked(office, day, half, name), reason)


def _reported(
    office: Office, day: date, half: str, name: str, to: str, how: str | None, reason: str
) -> Done:
    from officetui.office import review_asked, review_signing

    asked = _asked(office, day, half, name)
    record = office.get(asked.ref)
    leader = to or (review_asked.leader_of(office, record) if record is not None else "")
    if not leader:
        raise Refused(_("Say who was told: --to NAME"), field="to")
    way = {"screen": "face", None: "phone"}.get(how, how or "phone")
    return review_signing.report(office, day, half, asked, leader, way, reason)


def _sign(office: Office, day: date, half: str, inputs: dict[str, Any], carry: bool) -> Done:
    """Sign; what has no answer is asked about once, where somebody is there to answer."""
    from officetui.office import review_signing

    try:
        return review_signing.sign(office, day, half, inputs, carry=carry)
    except Refused as refused:
        if refused.field != "carry":
            raise
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            words = _("{said} To sign all the same: --carry").format(said=refused.message)
            raise Refused(words, field="carry") from None
        asked = _("{said} Sign?").format(said=refused.message)
        if not click.confirm(asked, err=True):
            raise Refused(_("Not signed.")) from None
    return review_signing.sign(office, day, half, inputs, carry=True)


COMMANDS: dict[str, click.Command] = {
    "review": click.Command(
        "review",
        callback=review,
        help=_(
            "The day review: what was done, what must be answered, four checks, what comes next, "
            "who signed. Of a day that is over as it was signed, and what changed since. With "
            "--sign it is signed; what has no answer is carried by name, asked about once. Done "
            "and another date are steps of the records: officetui do ID STEP."
        ),
        params=[
            click.Option(["--date", "day"], metavar="D", help=_("Of this day.")),
            click.Option(
                ["--half"],
                type=click.Choice(_HALVES),
                help=_("The evening's, day to night, or the morning's, night to day."),
            ),
            click.Option(["--sign"], is_flag=True, help=_("Sign it.")),
            click.Option(
                ["--carry"], is_flag=True, help=_("Sign also with matters unanswered: carry them.")
            ),
            click.Option(["--note"], metavar="TEXT", help=_("The note for who comes.")),
            click.Option(
                ["--accepted-by"],
                metavar="NAME",
                help=_("Who takes over; with --sign at once, else what was signed."),
            ),
            click.Option(
                ["--how"], type=click.Choice(_WAYS), help=_("How that was accepted, or told.")
            ),
            click.Option(
                ["--hand-over"], metavar="ID", help=_("Carry this matter to who comes next.")
            ),
            click.Option(
                ["--reported"], metavar="ID", help=_("Note that this was reported to the leader.")
            ),
            click.Option(["--to"], metavar="NAME", help=_("Which leader was told.")),
            click.Option(["--reason"], metavar="TEXT", help=_("Why it is carried or reported.")),
            click.Option(
                ["--out"],
                metavar="FILE",
                help=_("Write it to a file that prints: .html, .xlsx or .md."),
            ),
            click.Option(
                ["--replace"], is_flag=True, help=_("Write over a file that is there already.")
            ),
            click.Option(["--json", "as_json"], is_flag=True, help=_("As JSON, for programs.")),
        ],
    ),
}
