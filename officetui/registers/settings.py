"""settings 设置: one record per setting, `settings:<name>`, with its value in the cell `value`."""

from __future__ import annotations

from datetime import time
from typing import Any

import msgspec

from officetui.registers.duty_lines import extras_fit
from officetui.registers.model import Choice, Column, Field, Need, Register, Step
from officetui.registers.record import Record
from officetui.registers.view import View
from officetui.text.i18n import N_, P_, _


class Setting(msgspec.Struct, frozen=True):
    """A setting the program knows: its default, and what kind of value it takes."""

    name: str
    label: str
    default: Any
    kind: str = "text"  # text, whole, time (of day), words (a list), table (JSON)
    hint: str = ""
    choices: tuple[Choice, ...] = ()  # of a text: what it can be


# Hours of the lines as common in townships: leaders for the whole day, staff by day and night.
DUTY_LINES: list[dict[str, Any]] = [
    {"id": "leader", "label": N_("Leader"), "start": "08:00", "end": "08:00"},
    {"id": "day", "label": N_("Day"), "start": "08:00", "end": "17:30"},
    {"id": "night", "label": N_("Night"), "start": "17:30", "end": "08:00"},
]

# Minutes are counted from the start; negative is before. What an ordinary work meeting needs.
WORK_MEETING: list[dict[str, Any]] = [
    {"what": N_("Notices and replies"), "offset": -1440},
    {"what": N_("Materials printed"), "offset": -240},
    {"what": N_("Room and seats"), "offset": -120},
    {"what": N_("Name cards"), "offset": -90},
    {"what": N_("Sound and screen"), "offset": -60},
    {"what": N_("Water"), "offset": -30},
    {"what": N_("Sign-in sheet"), "offset": -30},
    {"what": N_("Last look at the room"), "offset": -10},
]

INCIDENT_MINUTES = {"phone": 20, "written": 40, "follow_up": 120, "final": 1440}

SETTINGS: tuple[Setting, ...] = (
    Setting("opens", N_("Opening of business"), "08:00", "time"),
    Setting("close", N_("Close of business"), "17:30", "time"),
    # Between these no hour is offered; with both the same there is no break.
    Setting("lunch_from", N_("Lunch break from"), "12:00", "time"),
    Setting("lunch_until", N_("Lunch break until"), "14:00", "time"),
    Setting("duty_lines", N_("Lines of the duty roster"), DUTY_LINES, "table"),
    Setting("duty_tell_from", N_("Unconfirmed duty is red from"), "16:00", "time"),
    Setting(
        "duty_swap_approval",
        N_("A swap of duty is"),
        "filed",
        choices=(Choice("filed", N_("filed")), Choice("approved", P_("swap", "approved"))),
    ),
    Setting("duty_phone", N_("Phone of the duty room"), "", "text"),
    Setting("rooms", N_("Rooms"), [], "words"),
    # At which hand of the first the second of an even number sits.
    Setting(
        "seat_even",
        N_("Second seat of an even number"),
        "left",
        choices=(Choice("left", P_("hand", "left")), Choice("right", P_("hand", "right"))),
    ),
    Setting("vehicles", N_("Vehicles"), [], "words"),
    # How it is taken when somebody on duty must be elsewhere: off, hint or warn.
    Setting(
        "duty_elsewhere",
        N_("Somebody on duty must be elsewhere"),
        "hint",
        choices=(
            Choice("off", P_("severity", "off")),
            Choice("hint", P_("severity", "hint")),
            Choice("warn", P_("severity", "warn")),
        ),
    ),
    Setting("here", N_("What being in the office is called"), "", "text"),
    Setting("units", N_("Units"), [], "words"),
    Setting("org_codes", N_("Organ codes of the office's papers"), [], "words"),
    Setting("checklist", N_("Checklist of a meeting"), WORK_MEETING, "table"),
    # Sort of meeting (registers/checklists.py) to its items, for those the office has its own of.
    Setting("checklists", N_("Checklists by sort of meeting"), {}, "table"),
    # Minutes from its becoming known to the report by phone, in writing and the final one, and
    # between those that follow; 0 is no countdown, what is not named is as here.
    Setting("incident_minutes", N_("Countdowns of incidents (minutes)"), INCIDENT_MINUTES, "table"),
    Setting("incident_to", N_("Whom incidents are reported to"), [], "words"),
    Setting("reception_tell_days", N_("Days to tell a visitor"), 15, "whole"),
    Setting("reception_finish_days", N_("Days to finish a matter"), 60, "whole"),
    Setting("reception_extend_days", N_("Days an extension may add"), 30, "whole"),
    Setting("hospitality_settle_days", N_("Days to settle a reception of guests"), 30, "whole"),
    Setting("errand_days", N_("Working days for an errand without a date"), 3, "whole"),
    Setting("errand_settle_days", N_("Days to settle an errand"), 30, "whole"),
    # Unit to how many pieces of information it owes in a month.
    Setting("information_quota", N_("Information owed in a month, by unit"), {}, "table"),
    Setting("information_to", N_("Whom information is sent to"), [], "words"),
    Setting("information_wait_days", N_("Days to wait for information to be adopted"), 30, "whole"),
    Setting("day_types", N_("Corrections of the calendar"), {}, "table"),
    # Calendar days before the deadline from which a follow-up is yellow, and red.
    Setting("followup_colours", N_("Colours of follow-ups"), {"yellow": 7, "red": 3}, "table"),
    Setting("soon_minutes", N_("What goes wrong within (minutes)"), 120, "whole"),
    Setting("rules", N_("Severity of rules at entry"), {}, "table"),
    Setting("signature", N_("Name under messages"), "", "text"),
    # Template to text, for those that the office words itself; see registers/messages.py.
    Setting("messages", N_("Texts of the messages the office sends"), {}, "table"),
    # Register, or register:year, and the writer of the device; without one every device numbers.
    Setting("numbering", N_("Device that gives the official numbers"), {}, "table"),
)
MOST = 100_000  # days or minutes; what is counted with more leaves the calendar
MOST_MINUTES = 5_000_000  # ten years
BY_NAME: dict[str, Setting] = {setting.name: setting for setting in SETTINGS}


def fits(setting: Setting, value: Any) -> bool:
    """Whether a stored value can be used; one that cannot is shown, and the default is used."""
    if setting.kind == "whole":
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST
    if setting.kind == "time":
        return _is_time(value)
    if setting.kind == "words":
        return isinstance(value, list) and all(isinstance(word, str) for word in value)
    if setting.choices:
        return any(value == choice.value for choice in setting.choices)
    if setting.name == "checklist":
        return isinstance(value, list) and all(_item_fits(item) for item in value)
    if setting.name == "checklists":
        return isinstance(value, dict) and all(
            isinstance(items, list) and all(_item_fits(item) for item in items)
            for items in value.values()
        )
    if setting.name == "duty_lines":
        return isinstance(value, list) and bool(value) and all(_line_fits(line) for line in value)
    if setting.name == "followup_colours":
        return _colours_fit(value)
    if setting.name == "information_quota":
        return isinstance(value, dict) and all(_counts(n, MOST) for n in value.values())
    if setting.name == "incident_minutes":
        return isinstance(value, dict) and all(_counts(n, MOST_MINUTES) for n in value.values())
    return isinstance(value, type(setting.default))


def _counts(value: Any, most: int) -> bool:
    """Whether a value is a number of something, none or more."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _colours_fit(value: Any) -> bool:
    """Days for both colours, and yellow no later than red."""
    days = [value.get(name) for name in ("red", "yellow")] if isinstance(value, dict) else [None]
    numbers = [n for n in days if isinstance(n, int) and not isinstance(n, bool) and abs(n) <= MOST]
    return len(numbers) == 2 and numbers[0] <= numbers[1]


def _is_time(value: Any) -> bool:
    """An hour of the office: without a zone of its own."""
    try:
        return isinstance(value, str) and time.fromisoformat(value).tzinfo is None
    except ValueError:
        return False


def _item_fits(item: Any) -> bool:
    """An item of a checklist; `offset`: minutes from the start, if it has a time at all."""
    if not isinstance(item, dict) or not isinstance(item.get("what"), str):
        return False
    offset = item.get("offset", 0)
    return isinstance(offset, int) and abs(offset) <= MOST_MINUTES


def _line_fits(line: Any) -> bool:
    return (
        isinstance(line, dict)
        and all(isinstance(line.get(name), str) for name in ("id", "label"))
        and bool(line["id"])
        and _is_time(line.get("start"))
        and _is_time(line.get("end"))
        and extras_fit(line)
    )


def name_of(record: Record) -> str:
    """How a setting is called; one of a newer version by its own name."""
    known = BY_NAME.get(record.text("name"))
    return _(known.label) if known is not None else record.text("name")


def _shown(record: Record, view: View) -> str:
    """What it is now: what is stored and fits, else the default."""
    from officetui.registers.settings_shown import shown  # which reads this table

    known = BY_NAME.get(record.text("name"))
    if known is None:
        return str(record.get("value"))
    words = shown(known, view.setting(known.name))
    if record.get("value") is not None and not fits(known, record.get("value")):
        said = _("{value} (what is written does not fit: {wrong})")
        return said.format(value=words, wrong=record.get("value"))
    return words


SETTINGS_REGISTER = Register(
    id="settings",
    label=N_("Settings"),
    digit="7",
    resident=True,
    key=lambda cells: f"settings:{cells.get('name')}",
    title=name_of,
    fields=(
        Field("name", N_("Setting"), "text", required=True),
        Field("value", N_("Value"), "json"),
        Field("note", N_("Note"), "long"),
    ),
    steps=(Step("change", N_("Change"), "m", needs=(Need("value"),)),),
    columns=(
        Column("name", N_("Setting"), 34, lambda r, v: name_of(r)),
        Column("value", N_("Value"), 30, _shown, grow=True),
    ),
)
