"""The steps of a meeting: fixed, made known, held, its minutes; moved and cancelled ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from officetui.registers.checklists import cells_of, sort_of
from officetui.registers.follow_up import follow_up, of_meeting
from officetui.registers.model import (
    CLEAR,
    GIVEN,
    NOW,
    TODAY,
    ChildSets,
    Extra,
    Need,
    Step,
)
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _

_BEFORE = ("intended", "submitted", "fixed", "notified", "ready")


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


def moved_by_hand(
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


STEPS: tuple[Step, ...] = (
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
        P_("meeting", "Notices were sent"),
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
                _VOIDED,
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
                _VOIDED,
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
)
