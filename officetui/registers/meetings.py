"""meetings 会议: own (本级), of a higher level (上级), or its local end (分会场).

Checklist items keep their due times as minutes from the start, so that they move with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from officetui.registers import spans
from officetui.registers.checklists import cells_of, sort_of
from officetui.registers.follow_up import follow_up, of_meeting
from officetui.registers.meetings_parts import (
    AGENDA,
    ATTENDEES,
    DECISIONS,
    EXCUSED,
    FIELDS,
    ITEMS,
    KINDS,
)
from officetui.registers.model import (
    CLEAR,
    GIVEN,
    NOW,
    TODAY,
    ChildSets,
    Column,
    Extra,
    Need,
    Register,
    State,
    Step,
)
from officetui.registers.record import Record
from officetui.registers.spans import USUAL
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _
from officetui.text.words import listed


def span(record: Record) -> tuple[datetime, datetime] | None:
    """The naive local hours of a meeting; a day without an hour is the whole day."""
    return spans.span(record)


def hours_words(record: Record, day: date | None = None) -> str:
    """The hours as a list shows them: 09:30, 14:30-16:00, all day, 22:00/11-21, until 12-03.

    With a `day`, what of them lies on that day: 22:00-24:00, all day, 00:00-02:00.
    """
    hours = span(record)
    if hours is None:
        return _("all day")
    start, end = record.moment("start"), record.moment("end")
    last = (hours[1] - timedelta(microseconds=1)).date()
    if last > hours[0].date():
        if day is not None:
            return _on(day, hours)
        return (
            f"{start:%H:%M}/{last:%m-%d}"
            if start
            else _("until {date}").format(date=f"{last:%m-%d}")
        )
    if start is None:
        return _("all day")
    return f"{start:%H:%M}" if end is None else f"{start:%H:%M}-{end:%H:%M}"


def _on(day: date, hours: tuple[datetime, datetime]) -> str:
    """The part of several days' hours that lies on one of them."""
    begins = hours[0].strftime("%H:%M") if hours[0].date() == day else "00:00"
    ends = hours[1].strftime("%H:%M") if hours[1].date() == day else "24:00"
    return _("all day") if (begins, ends) == ("00:00", "24:00") else f"{begins}-{ends}"


def prepared(record: Record, view: View) -> tuple[int, int]:
    """Checklist items done, of how many."""
    items = view.children(record, "items")
    return sum(1 for item in items if item.state == "done"), len(items)


def answered(record: Record, view: View) -> tuple[int, int]:
    """Attendees who answered, of how many."""
    people = view.children(record, "attendees")
    return sum(1 for person in people if person.get("reply")), len(people)


def missing(record: Record, view: View) -> list[Record]:
    """The checklist items not done, in their order."""
    return [item for item in view.children(record, "items") if item.state != "done"]


def is_over(record: Record, local: datetime) -> bool:
    """Whether a meeting has ended by a naive local moment."""
    hours = span(record)
    return hours is not None and hours[1] <= local


def names_due(view: View) -> list[tuple[Record, datetime]]:
    """The meetings to come whose names are asked for and not given yet, with the naive moment."""
    found = []
    for record in view.records("meetings"):
        if record.state in MEETINGS.finished or record.state == "held":
            continue
        due = view.calendar.deadline(record.get("rsvp_due"))
        if due is not None and not record.get("rsvp_sent_at"):
            found.append((record, due))
    return found


def cast(record: Record) -> tuple[str, ...]:
    """Host, chair and leaders: those who cannot be in two places."""
    names = [record.text("host"), record.text("chair"), *record.words("leaders")]
    return tuple(dict.fromkeys(name for name in names if name))


def _ends_after_start(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    start = inputs.get("start", record.get("start"))
    # a moved meeting keeps its length, so its former end says nothing
    end = inputs.get("end") if "start" in inputs else record.get("end")
    if isinstance(start, str) and isinstance(end, str) and end and end <= start:
        return _("The end ({end}) is not after the start ({start}).").format(
            end=end.replace("T", " "), start=start.replace("T", " ")
        )
    return None


def _moved(record: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
    """A moved meeting keeps its length unless a new end is given."""
    if inputs.get("end"):
        return {}
    begun, ended = record.moment("start"), record.moment("end")
    if begun is None or ended is None:
        return {"end": None} if record.get("end") else {}
    try:
        start = datetime.fromisoformat(str(inputs["start"]))
    except ValueError:
        return {}
    if "T" not in str(inputs["start"]):
        return {"end": None}
    return {"end": (start + (ended - begun)).strftime("%Y-%m-%dT%H:%M")}


def _void(why: str) -> Extra:
    """A notice that somebody had is void, and why: this person must be told again."""

    def void(child: Record, inputs: Mapping[str, Any], view: View) -> Mapping[str, Any]:
        told = child.get("notified_at") or child.get("reply") or child.get("void")
        told = told or child.state in ("notified", "answered", "signed_in")
        return {"void": why} if told else {}

    return void


_VOIDED: Mapping[str, Any] = {
    "notified_at": None,
    "reply": None,
    "method": None,
    "substitute": None,
    "state": "listed",
}


def _moved_by_hand(
    record: Record, cells: Mapping[str, Any], view: View
) -> Iterator[tuple[Record, Mapping[str, Any]]]:
    """Another hour or room typed over what was told is a move: every notice is void."""
    if record.state not in _BEFORE or not {"start", "room"} & cells.keys():
        return
    void = _void("moved")
    told = [one for one in view.children(record, "attendees") if void(one, {}, view)]
    if not told and record.state not in ("notified", "ready"):
        return
    state = {"state": "fixed"} if record.state in ("notified", "ready") else {}
    yield record, {**state, "moved_from": record.get("start"), "rsvp_sent_at": None}
    for one in told:
        yield one, {**_VOIDED, "void": "moved"}


def to_tell_again(record: Record, view: View) -> list[Record]:
    """The attendees whose notice is void: they believe what is no longer so."""
    return [person for person in view.children(record, "attendees") if person.get("void")]


def unreached(record: Record, view: View) -> list[Record]:
    """The attendees who were not reached."""
    return [one for one in view.children(record, "attendees") if one.state == "unreachable"]


def _checklist(
    record: Record, inputs: Mapping[str, Any], view: View
) -> list[tuple[str, dict[str, Any]]]:
    """The items of a template that the meeting does not have yet."""
    present = {item.text("what") for item in view.children(record, "items")}
    sort = str(inputs.get("checklist") or "")
    return [("items", one) for one in cells_of(sort, view) if one["what"] not in present]


def _sort(record: Record, view: View) -> str:
    return record.text("checklist") or sort_of(record.text("title"))


def _clerk(record: Record, view: View) -> str:
    return record.text("minutes_by") or view.user


def _wants_names(record: Record) -> bool:
    """Whether names are to be given upwards, and were not."""
    return bool(record.get("rsvp_due")) and not record.get("rsvp_sent_at")


def _has_it_all(record: Record, inputs: Mapping[str, Any], view: View) -> str | None:
    return None if _checklist(record, inputs, view) else _("The meeting has all of it already.")


_BEFORE = ("intended", "submitted", "fixed", "notified", "ready")

MEETINGS: Register = Register(
    id="meetings",
    label=N_("Meetings"),
    digit="4",
    prefixes=("会", "会议", "meet"),
    initial="fixed",
    planned=("end", "start"),
    closed=("closed_at",),
    day="start",
    until="end",
    follows=_moved_by_hand,
    suggests=lambda r: "sign_minutes" if r.state == "held" and r.get("minutes") else "",
    title=lambda record: record.text("title"),
    fields=FIELDS,
    states=(
        State("intended", N_("intended"), N_("to submit")),
        State("submitted", N_("submitted"), N_("to be approved")),
        State("fixed", N_("fixed"), N_("to notify")),
        State("notified", N_("notified"), N_("to prepare")),
        State("ready", N_("ready"), N_("to hold")),
        State("held", N_("held"), N_("minutes to sign")),
        State("minutes_signed", N_("minutes signed"), N_("to close")),
        State("closed", N_("closed"), finished=True),
        State("cancelled", N_("cancelled"), finished=True),
        State("excused", P_("meeting", "excused"), finished=True),
    ),
    steps=(
        Step("submit", N_("Submit"), "m", ("intended",), "submitted", first=10),
        Step(
            "fix",
            N_("Fix"),
            "f",
            ("intended", "submitted"),
            "fixed",
            needs=(Need("start"), Need("room", required=False)),
            check=_ends_after_start,
            first=11,
        ),
        Step(
            "notify",
            N_("Notify"),
            "n",
            ("fixed", "notified"),
            "notified",
            children=(
                ChildSets(
                    "attendees",
                    {
                        "notified_at": NOW,
                        "method": GIVEN + "method",
                        "void": CLEAR,
                        "state": "notified",
                    },
                    ("listed", "notified", "unreachable"),
                ),
            ),
            first=12,
        ),
        Step("ready", N_("Ready"), "v", ("fixed", "notified"), "ready", first=13),
        Step("hold", N_("Held"), "h", ("fixed", "notified", "ready"), "held", first=14),
        Step(
            "draft_minutes",
            N_("Write the minutes"),
            "M",
            ("held",),
            None,
            needs=(Need("minutes"), Need("minutes_by", required=False, offer=_clerk)),
            first=14,
            many=False,
        ),
        Step(
            "sign_minutes",
            N_("Minutes signed"),
            "s",
            ("held",),
            "minutes_signed",
            needs=(
                Need("minutes", required=False),
                Need("minutes_signer", required=False, offer=lambda r, v: r.text("host")),
            ),
            sets={"minutes_signed_on": TODAY},
            first=15,
        ),
        Step(
            "close",
            N_("Close"),
            "c",
            ("held", "minutes_signed"),
            "closed",
            sets={"closed_at": TODAY},
            first=16,
        ),
        Step(
            "give_names",
            N_("Names given"),
            "y",
            _BEFORE,
            None,
            sets={"rsvp_sent_at": NOW},
            when=_wants_names,
            first=9,
        ),
        Step(
            "ask_names",
            N_("Ask who goes"),
            "Y",
            _BEFORE,
            None,
            needs=(Need("asked_how", offer="phone"),),
            sets={"asked_at": NOW},
            when=_wants_names,
            first=17,
        ),
        Step(
            "excuse",
            N_("Excused"),
            "X",
            _BEFORE,
            "excused",
            needs=(Need("reason"),),
            sets={"closed_at": TODAY},
            when=lambda record: bool(record.get("rsvp_due")) or record.get("kind") != "own",
            first=44,
        ),
        Step(
            "item",
            N_("Add to the checklist"),
            "l",
            (),
            None,
            needs=(Need("what"), Need("owner", required=False), Need("offset", required=False)),
            adds="items",
            sets={"+state": "open"},
            first=30,
            many=False,
        ),
        Step(
            "checklist",
            N_("Take a checklist"),
            "L",
            (),
            None,
            needs=(Need("checklist", offer=_sort),),
            grows=_checklist,
            check=_has_it_all,
            first=34,
            many=False,
        ),
        Step(
            "attendee",
            N_("Add an attendee"),
            "o",
            (),
            None,
            needs=(
                Need("person", required=False, many=True),
                Need("unit", required=False, many=True),
                Need("role", offer="出席"),
            ),
            adds="attendees",
            sets={"+state": "listed"},
            check=lambda r, i, v: (
                None if i.get("person") or i.get("unit") else _("A person or a unit is needed.")
            ),
            first=31,
            many=False,
        ),
        Step(
            "agenda",
            N_("Add to the agenda"),
            "p",
            (),
            None,
            needs=(Need("what"), Need("who", required=False), Need("minutes", required=False)),
            adds="agenda",
            first=32,
            many=False,
        ),
        Step(
            "decision",
            N_("Add a decision"),
            "d",
            (),
            None,
            needs=(Need("what"), Need("owner", required=False), Need("due", required=False)),
            adds="decisions",
            first=33,
            many=False,
        ),
        follow_up("i", of_meeting),
        Step(
            "move",
            N_("Move"),
            "w",
            _BEFORE,
            "fixed",
            needs=(
                Need("start"),
                Need("end", required=False, offer=lambda r, v: None),
                Need("room", required=False),
            ),
            sets={"rsvp_sent_at": CLEAR, "asked_at": CLEAR, "asked_how": CLEAR},
            check=_ends_after_start,
            extra=lambda r, i, v: {**_moved(r, i, v), "moved_from": r.get("start")},
            children=(
                ChildSets(
                    "attendees",
                    {
                        "notified_at": CLEAR,
                        "reply": CLEAR,
                        "method": CLEAR,
                        "substitute": CLEAR,
                        "state": "listed",
                    },
                    extra=_void("moved"),
                ),
            ),
            first=40,
            many=False,
        ),
        Step(
            "keep_clash",
            N_("Leave the clash"),
            "b",
            _BEFORE,
            None,
            needs=(Need("clash_left"),),
            first=42,
            many=False,
        ),
        Step(
            "cancel",
            N_("Cancel"),
            "x",
            _BEFORE,
            "cancelled",
            needs=(Need("reason"),),
            sets={"closed_at": TODAY},
            children=(
                ChildSets(
                    "attendees",
                    {
                        "notified_at": CLEAR,
                        "reply": CLEAR,
                        "method": CLEAR,
                        "substitute": CLEAR,
                        "state": "listed",
                    },
                    extra=_void("cancelled"),
                ),
            ),
            first=45,
        ),
        Step(
            "reopen",
            N_("Reopen"),
            "z",
            ("closed", "cancelled", "excused", "held", "minutes_signed"),
            "fixed",
            needs=(Need("reason"),),
            sets={"closed_at": CLEAR, "minutes_signed_on": CLEAR},
            children=(
                ChildSets(
                    "attendees",
                    {"void": "moved"},
                    fits=lambda child: child.text("void") == "cancelled",
                ),
            ),
            first=60,
        ),
    ),
    children=(ITEMS, ATTENDEES, AGENDA, DECISIONS),
    columns=(
        Column("date", N_("Date"), 5, lambda r, v: r.text("start")[5:10]),
        Column("hours", N_("Hours"), 11, lambda r, v: hours_words(r)),
        Column("title", P_("meeting", "Title"), 24, lambda r, v: r.text("title"), grow=True),
        Column("room", N_("Room"), 12, lambda r, v: r.text("room")),
        Column("host", N_("Host"), 8, lambda r, v: r.text("host")),
        Column("ready", P_("column", "Ready"), 6, lambda r, v: "/".join(map(str, prepared(r, v)))),
        Column("answers", N_("Answers"), 6, lambda r, v: "/".join(map(str, answered(r, v)))),
        Column(
            "state",
            N_("State"),
            8,
            lambda r, v: MEETINGS.state_words(r),
        ),
        Column("leaders", N_("Leaders"), 20, lambda r, v: listed(r.words("leaders")), rank=2),
        Column("unit", N_("Arranged by"), 10, lambda r, v: r.text("lead_unit"), rank=3),
        Column("scope", N_("Attended by"), 20, lambda r, v: r.text("scope"), rank=3),
    ),
)


__all__ = [
    "AGENDA",
    "ATTENDEES",
    "DECISIONS",
    "EXCUSED",
    "ITEMS",
    "KINDS",
    "MEETINGS",
    "USUAL",
    "answered",
    "cast",
    "hours_words",
    "missing",
    "prepared",
    "span",
    "to_tell_again",
    "unreached",
]
