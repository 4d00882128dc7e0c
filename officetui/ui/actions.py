"""The one registry of what can be done with keys: footer, help, palette and docs read it.

An action has a stable id, by which the user can give it other keys in `config.toml`:

    [keys]
    "app.undo" = "ctrl+u"
    "documents.assign" = "m"

Letters of steps come from the registers' own tables (`Step.key`); their id is
"<register>.<step>". Nothing here imports the toolkit, so that documents can be made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from officetui.office.tables import REGISTERS, Register, Step
from officetui.text.i18n import N_, P_, _

# Kinds of screens. An action of no kind works everywhere.
TODAY: Final = "today"
LIST: Final = "list"
DETAIL: Final = "detail"
CONFLICTS: Final = "conflicts"
WAITING: Final = "waiting"
MONTH: Final = "month"
WEEK: Final = "week"
ROSTER: Final = "roster"
TRIAGE: Final = "triage"
REVIEW: Final = "review"
LOG: Final = "log"
FIGURES: Final = "figures"
SEARCH: Final = "search"
RECORDS: Final = (TODAY, LIST, DETAIL, CONFLICTS, WAITING, MONTH, WEEK)

PLACES: Final = N_("Places")
WORK: Final = N_("With the selected record")
EVERYWHERE: Final = N_("Everywhere")
DAYS: Final = N_("Days")


class Action(msgspec.Struct, frozen=True):
    """Something a key does. `keys` are Textual's names of keys; `handler` a Textual action.

    `rank` is the place in the footer (0: not shown there), `short` its word there.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    group: str
    handler: str
    where: tuple[str, ...] = ()
    rank: int = 0
    short: str = ""
    later: bool = False  # still to come: the key says so, and nothing names it

    def name(self) -> str:
        """The label in the language in use."""
        return _(self.label)


ACTIONS: Final[tuple[Action, ...]] = (
    Action("go.today", ("1",), N_("Today"), PLACES, "app.place('1')"),
    Action("go.duty", ("2",), N_("Duty"), PLACES, "app.place('2')"),
    Action("go.documents", ("3",), N_("Documents"), PLACES, "app.place('3')"),
    Action("go.meetings", ("4",), N_("Meetings"), PLACES, "app.place('4')"),
    Action("go.reception", ("5",), N_("Reception"), PLACES, "app.place('5')"),
    Action("go.followups", ("6",), N_("Follow-ups"), PLACES, "app.place('6')"),
    Action("go.more", ("7",), N_("Leaders' schedule"), PLACES, "app.place('7')"),
    Action("go.waiting", ("8",), N_("Waiting on"), PLACES, "app.place('8')"),
    Action("go.log", ("9",), N_("Log: what was done, by day"), PLACES, "app.place('9')"),
    Action(
        "app.triage",
        ("t",),
        N_("Morning triage"),
        PLACES,
        "app.triage",
        (*RECORDS, ROSTER, LOG, FIGURES),
        rank=11,
        short=P_("footer", "triage"),
    ),
    Action(
        "app.review",
        ("r",),
        N_("Day review and handover"),
        PLACES,
        "app.review",
        (*RECORDS, ROSTER, LOG, FIGURES),
        rank=12,
        short=P_("footer", "review"),
    ),
    Action(
        "app.conflicts",
        ("equals_sign",),
        N_("What two people wrote at once, and the shared folder"),
        PLACES,
        "app.conflicts",
    ),
    Action(
        "app.add",
        ("a",),
        N_("Add a record by one line"),
        EVERYWHERE,
        "screen.add",
        rank=10,
        short=P_("footer", "add"),
    ),
    Action(
        "app.search",
        ("slash",),
        N_("Search"),
        EVERYWHERE,
        "screen.search",
        rank=14,
        short=P_("footer", "search"),
    ),
    Action(
        "record.menu",
        ("enter",),
        N_("What can be done with it: choose by number"),
        WORK,
        "screen.menu",
        RECORDS,
        rank=1,
        short=P_("footer", "do (by number)"),
    ),
    Action(
        "record.tell",
        ("semicolon",),
        N_("A message to each on duty today and tomorrow; of a meeting, its notice"),
        WORK,
        "screen.tell",
        (TODAY, LIST, DETAIL, MONTH, WEEK),
    ),
    Action(
        "duty.month",
        ("minus",),
        N_("The month of the duty roster as a grid, the week of the meetings, and back"),
        DAYS,
        "screen.month",
        (LIST, MONTH, WEEK),
    ),
    Action(
        "record.mark",
        ("space",),
        N_("Mark it and go on to the next line; what is marked is acted on together"),
        WORK,
        "screen.mark",
        (TODAY, LIST, WAITING, WEEK),
        rank=15,
        short=P_("footer", "mark"),
    ),
    Action(
        "record.mark_all",
        ("asterisk",),
        N_("Mark all that is listed, or take all marks away"),
        WORK,
        "screen.mark_all",
        (LIST, DETAIL),
    ),
    Action(
        "record.edit",
        ("e",),
        N_("Edit"),
        WORK,
        "screen.edit",
        RECORDS,
        rank=19,
        short=P_("footer", "edit"),
    ),
    Action(
        "record.open",
        ("right",),
        N_("Open it: all fields and history"),
        WORK,
        "screen.open",
        (LIST, CONFLICTS, WEEK),
    ),
    Action(
        "waiting.open",
        ("right",),
        N_("Unfold a person's matters; of a matter, open it"),
        WORK,
        "screen.open",
        (WAITING,),
        rank=2,
        short=P_("footer", "unfold"),
    ),
    Action("waiting.fold", ("left",), N_("Fold them"), WORK, "screen.fold", (WAITING,)),
    Action(
        "waiting.all",
        ("0",),
        N_("Unfold or fold everybody"),
        WORK,
        "screen.fold_all",
        (WAITING,),
        rank=3,
        short=P_("footer", "all"),
    ),
    Action(
        "record.tick",
        ("space",),
        N_("Tick or mark the line, and go on to the next"),
        WORK,
        "screen.tick",
        (DETAIL,),
    ),
    Action(
        "detail.next", ("tab",), N_("Next part of the page"), WORK, "screen.section(1)", (DETAIL,)
    ),
    Action(
        "detail.list",
        ("right_square_bracket",),
        N_("Next list of the record: attendees, checklist, readers"),
        WORK,
        "screen.part(1)",
        (DETAIL,),
    ),
    Action(
        "detail.list_before",
        ("left_square_bracket",),
        N_("The list before"),
        WORK,
        "screen.part(-1)",
        (DETAIL,),
    ),
    Action("list.down", ("j",), N_("Next line"), WORK, "screen.down", (*RECORDS, LOG)),
    Action("list.up", ("k",), N_("Line before"), WORK, "screen.up", (*RECORDS, LOG)),
    Action(
        "app.undo",
        ("u",),
        N_("Undo"),
        EVERYWHERE,
        "screen.undo",
        rank=13,
        short=P_("footer", "undo"),
    ),
    Action("app.redo", ("U", "upper_u"), N_("Redo"), EVERYWHERE, "screen.redo"),
    Action(
        "day.before",
        ("left_square_bracket",),
        N_("The day before"),
        DAYS,
        "screen.day(-1)",
        (TODAY, LIST, MONTH, WEEK, REVIEW, LOG, FIGURES),
        rank=17,
        short=P_("footer", "day before"),
    ),
    Action(
        "day.after",
        ("right_square_bracket",),
        N_("The day after"),
        DAYS,
        "screen.day(1)",
        (TODAY, LIST, MONTH, WEEK, REVIEW, LOG, FIGURES),
        rank=18,
        short=P_("footer", "day after"),
    ),
    Action(
        "list.period",
        ("0",),
        N_("Everything open, this month, this year"),
        DAYS,
        "screen.period",
        (LIST,),
    ),
    Action(
        "list.narrow",
        ("comma",),
        N_("Only some of it: mine, overdue, one unit's, by urgency"),
        WORK,
        "screen.narrow",
        (LIST, LOG),
        rank=8,
        short=P_("footer", "filter"),
    ),
    Action(
        "list.order",
        ("full_stop",),
        N_("Another order"),
        WORK,
        "screen.order",
        (LIST,),
        rank=9,
        short=P_("footer", "order"),
    ),
    Action(
        "day.goto",
        ("g",),
        N_("Go to a date"),
        DAYS,
        "screen.goto",
        (TODAY, LIST, MONTH, WEEK, REVIEW, LOG, FIGURES),
    ),
    Action(
        "app.help",
        ("question_mark",),
        N_("Help"),
        EVERYWHERE,
        "screen.help",
        rank=20,
        short=P_("footer", "help"),
    ),
    Action(
        "log.open",
        ("enter", "right"),
        N_("Open the record, with its whole history"),
        WORK,
        "screen.open",
        (LOG, SEARCH),
        rank=1,
        short=P_("footer", "open"),
    ),
    Action(
        "log.figures",
        ("minus",),
        N_("The numbers of the week or the month, and back"),
        DAYS,
        "screen.figures",
        (LOG, FIGURES),
        rank=2,
        short=P_("footer", "numbers"),
    ),
    Action(
        "log.period",
        ("0",),
        N_("A day, a week, a month"),
        DAYS,
        "screen.period",
        (LOG, FIGURES),
        rank=3,
        short=P_("footer", "day/week/month"),
    ),
    Action(
        "roster.menu",
        ("enter",),
        N_("Write the roster, or make it otherwise"),
        WORK,
        "screen.menu",
        (ROSTER,),
        rank=1,
        short=P_("footer", "write (by number)"),
    ),
    Action(
        "roster.next",
        ("right",),
        N_("Next seat of the day"),
        WORK,
        "screen.seat(1)",
        (ROSTER,),
        rank=2,
        short=P_("footer", "why another"),
    ),
    Action("roster.before", ("left",), N_("Seat before"), WORK, "screen.seat(-1)", (ROSTER,)),
    Action(
        "roster.turn",
        ("tab",),
        N_("The balance of the line, and back"),
        WORK,
        "screen.turn",
        (ROSTER,),
        rank=3,
        short=P_("footer", "balance"),
    ),
    Action(
        "triage.first",
        ("enter",),
        N_("The first answer"),
        WORK,
        "screen.first",
        (TRIAGE,),
        rank=1,
        short=P_("footer", "answer 1"),
    ),
    Action(
        "triage.skip",
        ("space",),
        N_("Leave the card for later"),
        WORK,
        "screen.skip",
        (TRIAGE,),
        rank=2,
        short=P_("footer", "skip"),
    ),
    Action(
        "triage.before",
        ("backspace",),
        N_("The card before"),
        WORK,
        "screen.before",
        (TRIAGE,),
        rank=3,
        short=P_("footer", "back"),
    ),
    Action(
        "review.first",
        ("enter",),
        N_("The first answer; without a card what can be done, by number"),
        WORK,
        "screen.first",
        (REVIEW,),
        rank=1,
        short=P_("footer", "answer 1"),
    ),
    Action(
        "review.skip",
        ("space",),
        N_("Leave the matter for later"),
        WORK,
        "screen.skip",
        (REVIEW,),
        rank=3,
        short=P_("footer", "skip"),
    ),
    Action(
        "review.previous",
        ("backspace",),
        N_("The matter before"),
        WORK,
        "screen.previous",
        (REVIEW,),
        rank=4,
        short=P_("footer", "back"),
    ),
    Action(
        "review.sign",
        ("s",),
        N_("Sign the day; what has no answer is carried by name"),
        WORK,
        "screen.sign",
        (REVIEW,),
        rank=5,
        short=P_("footer", "sign"),
    ),
    Action(
        "review.accept",
        ("c",),
        N_("Whoever comes accepts: here, by phone, on paper"),
        WORK,
        "screen.accept",
        (REVIEW,),
        rank=6,
        short=P_("footer", "accept"),
    ),
    Action(
        "review.note",
        ("n",),
        N_("Write the note for who comes"),
        WORK,
        "screen.note",
        (REVIEW,),
        rank=7,
        short=P_("footer", "note"),
    ),
    Action(
        "review.file",
        ("p",),
        N_("The handover as a file, to print or to keep"),
        WORK,
        "screen.file",
        (REVIEW,),
        rank=8,
        short=P_("footer", "print"),
    ),
    Action(
        "review.menu",
        ("0",),
        N_("What can be done with the day: choose by number"),
        WORK,
        "screen.menu",
        (REVIEW,),
        rank=2,
        short=P_("footer", "more by number"),
    ),
    Action(
        "review.half",
        ("tab",),
        N_("The evening's review or the morning's"),
        DAYS,
        "screen.half",
        (REVIEW,),
        rank=9,
        short=P_("footer", "evening/morning"),
    ),
    Action("review.down", ("j", "down"), N_("Further down"), WORK, "screen.scroll(1)", (REVIEW,)),
    Action("review.up", ("k", "up"), N_("Further up"), WORK, "screen.scroll(-1)", (REVIEW,)),
    Action("review.page", ("pagedown",), N_("A page down"), WORK, "screen.scroll(10)", (REVIEW,)),
    Action("review.page_up", ("pageup",), N_("A page up"), WORK, "screen.scroll(-10)", (REVIEW,)),
    Action("duty.roster", (), N_("Make the roster for a month ..."), EVERYWHERE, "app.roster"),
    Action(
        "duty.lines",
        (),
        N_("Lines, hours and seats of the duty roster ..."),
        EVERYWHERE,
        "app.duty_lines",
    ),
    Action(
        "meetings.seating",
        (),
        N_("Seating plan of the meeting"),
        WORK,
        "screen.seating",
        (TODAY, LIST, DETAIL, WEEK),
    ),
    Action(
        "meetings.template",
        (),
        N_("Keep its checklist as the office's own"),
        WORK,
        "screen.template",
        (TODAY, LIST, DETAIL, WEEK),
    ),
    Action(
        "schedule.sheet",
        (),
        N_("The leaders' sheet of the day, to send or to print"),
        EVERYWHERE,
        "app.day_sheet",
    ),
    Action("app.figures", (), N_("Numbers of the week and the month"), EVERYWHERE, "app.figures"),
    Action("app.numbers", (), N_("Which device gives the numbers"), EVERYWHERE, "app.numbers"),
    Action("app.palette", ("ctrl+p",), N_("All commands"), EVERYWHERE, "screen.palette"),
    Action("app.back", ("escape",), N_("One step back, nothing lost"), EVERYWHERE, "screen.back"),
    Action("app.quit", ("q",), N_("Quit (twice)"), EVERYWHERE, "app.leave"),
)
BY_ID: Final[dict[str, Action]] = {action.id: action for action in ACTIONS}

# How a key is written for people; every other key is written as it is called.
_KEY_WORDS: Final[dict[str, str]] = {
    "slash": "/",
    "comma": ",",
    "semicolon": ";",
    "minus": "-",
    "full_stop": ".",
    "question_mark": "?",
    "asterisk": "*",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "equals_sign": "=",
    "enter": P_("key", "Enter"),
    "space": P_("key", "Space"),
    "right": P_("key", "Right"),
    "left": P_("key", "Left"),
    "tab": P_("key", "Tab"),
    "escape": P_("key", "Esc"),
    "backspace": P_("key", "Backspace"),
}

_remapped: dict[str, tuple[str, ...]] = {}


def remap(keys: Mapping[str, str]) -> list[str]:
    """Give actions the keys of the user's settings ("a, ctrl+n"); returns ids nobody has."""
    _remapped.clear()
    known = set(BY_ID) | {step_id(r, s) for r in _all_registers() for s in r.steps}
    unknown = []
    for name, text in keys.items():
        if name not in known:
            unknown.append(name)
            continue
        _remapped[name] = tuple(part.strip() for part in text.split(",") if part.strip())
    return unknown


def keys_of(action: Action) -> tuple[str, ...]:
    """The keys in force."""
    return _remapped.get(action.id, action.keys)


def key_words(key: str) -> str:
    """A key as people read it: /, Enter, Ctrl+P."""
    if key in _KEY_WORDS:
        return _(_KEY_WORDS[key])
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return key


def shown_key(action: Action) -> str:
    """The first key of an action, as people read it; "" when the user took it away."""
    keys = keys_of(action)
    return key_words(keys[0]) if keys else ""


def actions_for(where: str) -> list[Action]:
    """The actions of one kind of screen, in the order of the table."""
    return [action for action in ACTIONS if not action.where or where in action.where]


def footer_actions(where: str) -> list[Action]:
    """What the footer shows there, the most useful first."""
    shown = [
        action
        for action in actions_for(where)
        if action.rank and keys_of(action) and not action.later
    ]
    return sorted(shown, key=lambda action: action.rank)


def groups(where: str) -> Iterator[tuple[str, list[Action]]]:
    """For help and palette: each group's heading in the language in use, and its actions."""
    for group in (PLACES, WORK, DAYS, EVERYWHERE):
        members = [
            action for action in actions_for(where) if action.group == group and not action.later
        ]
        if members:
            yield _(group), members


def step_id(register: Register, step: Step) -> str:
    """The stable id of a step's key: "documents.assign"."""
    return f"{register.id}.{step.id}"


def step_key(register: Register, step: Step) -> str:
    """The letter that takes a step, as the user has it."""
    keys = _remapped.get(step_id(register, step), (step.key,))
    return keys[0] if keys else ""


def step_by_key(register: Register, key: str, steps: Iterable[Step]) -> Step | None:
    """The step among `steps` that a key takes."""
    for step in steps:
        if key in _remapped.get(step_id(register, step), (step.key,)):
            return step
    return None


def _all_registers() -> Iterator[Register]:
    for register in REGISTERS:
        yield register
        yield from register.children
