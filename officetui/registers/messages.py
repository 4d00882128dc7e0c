"""The messages an office sends, as templates: what they are about, their texts, their {names}.

The office writes its own in the setting `messages` (a template's id to its text); the others are
these, in the language of the interface. A name that a template does not know is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from officetui.errors import Refused
from officetui.text.i18n import N_, _
from officetui.text.words import listed

SETTING = "messages"

# What every message may name.
_OFFICE = ("office", "signature", "user", "phone", "today")
_URGED = (
    "to",  # whom it addresses: 吴敏同志, 刘书记, 社会事务办
    "person",
    "unit",
    "matter",  # 县委办《关于…的通知》（收文769号）
    "number",  # 收文769号
    "due",  # 11月20日17:00
    "overdue",  # 已逾期1个工作日
    "waits",  # 待批示
    "before",  # its deadline, or when that is over `answer_by`
    "answer_by",  # 今天12:00
    "n",  # the how manieth time
    "count",
    "items",  # several matters, a line each
)
_SHIFT = ("to", "start", "end", "line", "leader", "leader_phone", "relieves")
_LEADS = ("to", "start", "end", "day", "day_phone", "night", "night_phone")
_MEETING = ("title", "start", "place", "length", "host", "attendees", "reply_by", "before")

_INCIDENT = (
    "to",
    "stage",  # 首报, 续报, 终报
    "at",
    "place",
    "matter",
    "casualties",
    "scope",
    "trend",
    "measures",
    "source",
    "latest",  # what the last follow-up, or the final report, says
    "approver",
)


class Template(msgspec.Struct, frozen=True):
    """A message: its id, what it is for, its text, and the names it may hold."""

    id: str
    label: str
    text: str
    names: tuple[str, ...]


TEMPLATES: tuple[Template, ...] = (
    Template(
        "urge",
        N_("Urging, before the deadline"),
        N_(
            "[Reminder] {to}: {matter} is due at {signature} by {due}; nothing has come yet. Please"
            " answer how far it is. If more time is needed, give the reason and the expected time"
            " before it is due. Contact: {user} {phone}"
        ),
        _URGED,
    ),
    Template(
        "urge_late",
        N_("Urging for the first time, after the deadline"),
        N_(
            "[Reminder] {to}: {matter} was due at {signature} by {due}; it {overdue}, and nothing"
            " has come yet. Please answer by {answer_by} how far it is, what is in the way, and"
            " when it will be done. Contact: {user} {phone}"
        ),
        _URGED,
    ),
    Template(
        "urge_again",
        N_("Urging again"),
        N_(
            "[Reminder no. {n}] {to}: {number} {overdue}. Please answer by {answer_by} how far it"
            " is, what is in the way, and when it will be done; without an answer it is reported"
            " to the leader in charge. {signature} {user}"
        ),
        _URGED,
    ),
    Template(
        "urge_several",
        N_("Urging for several matters"),
        N_(
            "[Reminder] {to}: these {count} have not come yet:\n{items}\nPlease answer for each by"
            " {answer_by} how far it is, what is in the way, and when it will be done. Contact:"
            " {user} {phone}"
        ),
        _URGED,
    ),
    Template(
        "urge_leader",
        N_("Reminding a leader"),
        N_(
            "{to}, {matter}: {waits}. Would you please look at it by {before}? Tell us what you"
            " decide, we see to it at once. {signature} {user}"
        ),
        _URGED,
    ),
    Template(
        "urge_leader_several",
        N_("Reminding a leader of several matters"),
        N_(
            "{to}, {count} matters wait for you:\n{items}\nTell us what you decide, we see to it"
            " at once. {signature} {user}"
        ),
        _URGED,
    ),
    Template(
        "report_up",
        N_("Reporting a follow-up to the leader in charge"),
        N_(
            "{to}, to report: {matter} was due by {due}; it {overdue}. {person} answers for it;"
            " {tried}. {answer} Please say how it is to go on. {signature} {user}"
        ),
        (*_URGED, "tried", "answer"),
    ),
    Template(
        "report_day",
        N_("Reporting a matter to the leader before the day is closed"),
        N_("{to}, to report: {matter}: {why}. Please say how it is to go on. {signature} {user}"),
        (*_URGED, "why"),
    ),
    Template(
        "incident",
        N_("Report of an emergency"),
        N_(
            "[Emergency, {stage}] {at}, {place}: {matter}. Casualties: {casualties}. How far it"
            " reaches: {scope}. How it develops: {trend}. Done so far: {measures}. Told by:"
            " {source}. More is reported as it becomes known. {signature} {user} {phone}"
        ),
        _INCIDENT,
    ),
    Template(
        "incident_again",
        N_("Follow-up report of an emergency"),
        N_(
            "[Emergency, {stage}] {at}, {place}: {matter}. Now: {latest}. Casualties: {casualties}."
            " How far it reaches: {scope}. How it develops: {trend}. Done so far: {measures}. Told"
            " by: {source}. More is reported as it becomes known. {signature} {user} {phone}"
        ),
        _INCIDENT,
    ),
    Template(
        "incident_final",
        N_("Final report of an emergency"),
        N_(
            "[Emergency, {stage}] {at}, {place}: {matter}. In the end: {latest}. Casualties:"
            " {casualties}. How far it reached: {scope}. How it ended: {trend}. Done: {measures}."
            " Told by: {source}. {signature} {user} {phone}"
        ),
        _INCIDENT,
    ),
    Template(
        "duty",
        N_("Duty"),
        N_(
            "[Duty] {to}: you are on duty ({line}) from {start} to {end}; the leader on duty is"
            " {leader} ({leader_phone}). Please take over from {relieves} in the duty room ten"
            " minutes before, keep your phone on all the time and do not leave your post; report"
            " anything urgent at once to the leader and to the duty room, {phone}. Please answer"
            " with your name and “received”; a swap needs consent and is told to {signature}"
            " beforehand. {office} {user}"
        ),
        _SHIFT,
    ),
    Template(
        "duty_leader",
        N_("Duty of a leader"),
        N_(
            "{to}, from {start} to {end} you are the leader on duty; by day {day} {day_phone}, by"
            " night {night} {night_phone}. Please tell us of any change. {signature} {user}"
        ),
        _LEADS,
    ),
    Template(
        "meeting",
        N_("Notice of a meeting"),
        N_(
            "[Meeting] {title} is held on {start} at {place}, for about {length}, chaired by"
            " {host}. Taking part: {attendees}. Please give name, post and phone of who comes by"
            " {reply_by}; sign in ten minutes before, phones silent; leave or a substitute needs"
            " the chair's consent and is told to {signature}. Please answer “received”. {office}"
            " {user} {phone}"
        ),
        _MEETING,
    ),
    Template(
        "moved",
        N_("A meeting is moved"),
        N_(
            "[Meeting moved] {title}, planned for {before}, is moved to {start}, at {place}. This"
            " notice holds; earlier answers are void, please answer again whether you can come."
            " {office} {user}"
        ),
        _MEETING,
    ),
    Template(
        "cancelled",
        N_("A meeting is cancelled"),
        N_(
            "[Meeting cancelled] {title}, planned for {start} at {place}, does not take place:"
            " {reason}. Please pass this on to whoever was to come. {office} {user}"
        ),
        (*_MEETING, "reason"),
    ),
    Template(
        "names",
        N_("The names for a meeting, given upwards"),
        N_(
            "[Names for the meeting] {office}: {n} take part in {title} ({start}):\n{people}\n"
            "Contact: {user} {phone}"
        ),
        ("title", "start", "place", "n", "people"),
    ),
)
BY_ID: dict[str, Template] = {template.id: template for template in TEMPLATES}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(r"\{([^{}\n]*)\}")


def names_in(text: str) -> list[str]:
    """The names between braces, each once, in their order; a lone brace is only a character."""
    return list(dict.fromkeys(_pattern().findall(text)))


def allowed(template: Template) -> tuple[str, ...]:
    """The names that a template may hold."""
    return (*template.names, *_OFFICE)


def check(value: Any) -> None:
    """Refuse a setting `messages` that names a message or a value there is none of.

    Raises Refused; None, which brings the texts of the program back, is right.
    """
    if value is None:
        return
    if not isinstance(value, Mapping):
        raise Refused(
            _("Messages are a table of texts: {example}").format(example='{"urge": "..."}'),
            field="value",
        )
    for name, text in value.items():
        template = BY_ID.get(str(name))
        if template is None:
            said = _("There is no message “{name}”. There are: {names}.")
            raise Refused(said.format(name=name, names=listed(BY_ID)), field="value")
        if not isinstance(text, str) or not text.strip():
            said = _("The message “{name}” has no text.")
            raise Refused(said.format(name=name), field="value")
        for word in names_in(text):
            if word not in allowed(template):
                said = _("The message “{name}” does not know {word}. It knows: {names}.")
                names = listed(f"{{{known}}}" for known in allowed(template))
                raise Refused(
                    said.format(name=name, word=f"{{{word}}}", names=names), field="value"
                )


def text_of(template: str, own: Mapping[str, Any]) -> str:
    """The office's own text of a message, else the one of the program; `own`: the setting."""
    text = own.get(template)
    return text if isinstance(text, str) and text.strip() else _(BY_ID[template].text)


def fill(text: str, values: Mapping[str, str | None]) -> tuple[str, list[str]]:
    """The text with its values, each put in once and as it is; and the names that lack one."""
    lacking: list[str] = []

    def value(found: re.Match[str]) -> str:
        word = values.get(found.group(1))
        if word is None:
            lacking.append(found.group(1))
            return BLANK
        return word

    filled = _pattern().sub(value, text)
    return filled, list(dict.fromkeys(lacking))


BLANK = "____"
