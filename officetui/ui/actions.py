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

from officetui.office.tables import REGISTERS, Register, Step
from officetui.text.i18n import P_, _, pgettext
from officetui.ui.action import (
    CONFLICTS,
    DAYS,
    DETAIL,
    EVERYWHERE,
    FIGURES,
    LIST,
    LOG,
    MONTH,
    PLACES,
    RECORDS,
    REVIEW,
    ROSTER,
    SEARCH,
    TODAY,
    TRIAGE,
    WAITING,
    WEEK,
    WORK,
    Action,
)
from officetui.ui.actions_general import GENERAL, PROGRAM
from officetui.ui.actions_views import VIEWS

ACTIONS: Final = (*GENERAL, *VIEWS, *PROGRAM)
BY_ID: Final[dict[str, Action]] = {action.id: action for action in ACTIONS}

# How a key is written for people; every other key is written as it is called.
_KEY_WORDS: Final[dict[str, str]] = {
    "slash": "/",
    "comma": ",",
    "semicolon": ";",
    "minus": "-",
    "plus": "+",
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


def roster_key() -> tuple[str, str]:
    """The key that makes the roster, with its word in the footer."""
    return shown_key(BY_ID["duty.roster"]), pgettext("footer", "make roster")


def _all_registers() -> Iterator[Register]:
    for register in REGISTERS:
        yield register
        yield from register.children


__all__ = [
    "ACTIONS",
    "BY_ID",
    "CONFLICTS",
    "DETAIL",
    "FIGURES",
    "LIST",
    "LOG",
    "MONTH",
    "RECORDS",
    "REVIEW",
    "ROSTER",
    "SEARCH",
    "TODAY",
    "TRIAGE",
    "WAITING",
    "WEEK",
    "Action",
    "actions_for",
    "footer_actions",
    "groups",
    "key_words",
    "keys_of",
    "remap",
    "shown_key",
    "step_by_key",
    "step_id",
    "step_key",
]
