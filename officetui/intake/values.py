"""From what a person types into a field to the canonical value of a cell, and back.

`read` is for forms and `field=value`; whatever does not fit is refused at the field.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from officetui.errors import Refused
from officetui.intake.folding import fold, number
from officetui.text.i18n import _
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.registers.model import Field
    from officetui.registers.view import View

# A passed day in one of these is asked about; elsewhere people record what has happened.
AHEAD: Final = frozenset({"due", "rsvp_due", "notify_due", "promised"})
_YES: Final = frozenset({"yes", "y", "true", "1", "on", "是", "有", "√", "对", "重点", "✓"})
_NO: Final = frozenset({"no", "n", "false", "0", "off", "否", "无", "不", "×", "不是"})
_COUNTED: Final = "人份名个位次页天期号"


def read(field: Field, text: str, view: View) -> Any:
    """The canonical value for a cell; None for an empty text, which clears it.

    Raises Refused, with the field, when the text cannot be the value.
    """
    if field.kind in ("text", "long"):
        value = text if field.kind == "long" else text.strip()
        return value if value.strip() else None
    typed = text.strip().strip("\u3000")
    if not typed:
        return None
    reader = _READERS.get(field.kind)
    if reader is None:
        return typed
    value = reader(field, typed, view)
    return None if value in ("", []) and field.kind != "json" else value


def show(field: Field, value: Any, view: View) -> str:
    """A cell's value as forms show it; `read` gives the same value back.

    Instants are shown in the office's zone, to the minute.
    """
    if value is None:
        return ""
    if field.kind == "moment" and isinstance(value, str):
        return value.replace("T", " ") if _canonical(value) else value
    if field.kind == "instant" and isinstance(value, str):
        return _show_instant(value, view)
    if field.kind == "line":
        from officetui.registers.duty import line_label

        return line_label(view, str(value))
    if field.kind == "json" and not isinstance(value, str):
        import msgspec

        return msgspec.json.encode(value).decode()
    if field.kind == "refs" and isinstance(value, list):
        return " ".join(str(part) for part in value)
    return field.show(value)


def _refuse(field: Field, message: str) -> Refused:
    return Refused(f"{field.title()}: {message}", field=field.name)


def _canonical(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        return False


# --- time ----------------------------------------------------------------------------------


def _moment(field: Field, typed: str, view: View) -> str:
    from officetui.intake import moments

    found = moments.read(typed, view.local, view.calendar, past=field.name not in AHEAD)
    if found.problem:
        raise _refuse(field, found.text)
    if any(remark.code == "assumed" for remark in found.remarks) and not found.before:
        return found.value[:10] if field.name not in AHEAD else found.value
    return found.value


def _day(field: Field, typed: str, view: View) -> str:
    return _moment(field, typed, view)[:10]


def _instant(field: Field, typed: str, view: View) -> str:
    if typed.endswith("Z"):
        try:
            moment = datetime.fromisoformat(typed)
        except ValueError:
            moment = None
        if moment is not None:
            return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    value = _moment(field, typed, view)
    if "T" not in value:
        raise _refuse(field, _("Write the hour too: 11-25 14:30."))
    local = datetime.fromisoformat(value)
    # The offset now, then the one that holds at that moment (summer time elsewhere).
    aware = (local - (view.clock(view.now) - view.now.replace(tzinfo=None))).replace(tzinfo=UTC)
    aware -= view.clock(aware) - local
    return aware.strftime("%Y-%m-%dT%H:%M:%SZ")


def _show_instant(value: str, view: View) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if moment.tzinfo is None:
        return value
    return view.clock(moment).strftime("%Y-%m-%d %H:%M")


# --- people, units, rooms, lines -----------------------------------------------------------


def _person(field: Field, typed: str, view: View) -> str:
    from officetui.intake.names import Directory

    return _one_person(field, typed, Directory(view))


def _one_person(field: Field, typed: str, names: Any) -> str:
    found = names.resolve(typed.removeprefix("@").removeprefix("＠").strip())
    if found.kind == "ask":
        said = _("Who is {name}: {people}?")
        raise _refuse(field, said.format(name=typed, people=listed(found.candidates)))
    return str(found.name)


def _people(field: Field, typed: str, view: View) -> list[str]:
    from officetui.intake.names import Directory

    names = Directory(view)
    found = [
        _one_person(field, piece, names) for piece in _pieces(typed, blanks=not typed.isascii())
    ]
    return list(dict.fromkeys(name for name in found if name))


def _pieces(typed: str, *, blanks: bool = False) -> list[str]:
    marks = "[、,，;；\n]|\\s+" if blanks else "[、,，;；\n]"
    return [piece.strip() for piece in re.split(marks, typed) if piece.strip()]


def _spans(field: Field, typed: str, view: View) -> list[str]:
    """Spans of days: 11-18至11-21, 至12月31日, until nov 30; a day alone is a span of itself."""
    found = []
    for piece in _pieces(typed):
        start, bar, end = re.sub(
            r"\s*(?:/|至|到|~|～|—+|\bto\b|\buntil\b)\s*", "/", piece
        ).partition("/")
        first = _day(field, start, view) if start.strip() else ""
        last = (_day(field, end, view) if end.strip() else "") if bar else first
        if not last or (first and last < first):
            raise _refuse(field, _("Write from and to, like 11-18/11-21, or /12-31 for until."))
        found.append(f"{first}/{last}")
    return found


def _words(field: Field, typed: str, view: View) -> list[str]:
    chosen = ((field.choice(piece), piece) for piece in _pieces(typed))
    return list(dict.fromkeys(choice.value if choice else piece for choice, piece in chosen))


def _unit(field: Field, typed: str, view: View) -> str:
    from officetui.intake.names import Directory

    return Directory(view).units.get(fold(typed), typed)


def _room(field: Field, typed: str, view: View) -> str:
    from officetui.intake.names import Directory

    found = Directory(view).room(typed)
    if len(found) > 1:
        said = _("Which room is {name}: {rooms}?")
        raise _refuse(field, said.format(name=typed, rooms=listed(found)))
    return found[0] if found else typed


def _line(field: Field, typed: str, view: View) -> str:
    from officetui.intake.lines.turns import CALLED

    lines = view.setting("duty_lines")
    folded = fold(typed)
    for line in lines:
        label = str(line["label"])
        if folded in (fold(str(line["id"])), fold(label), fold(_(label))):
            return str(line["id"])
    for line in lines:
        if folded in CALLED.get(str(line["id"]), ()):
            return str(line["id"])
    names = listed(_(str(line["label"])) for line in lines)
    raise _refuse(
        field, _("There is no line “{name}”. There are: {names}.").format(name=typed, names=names)
    )


# --- plain values --------------------------------------------------------------------------


def _whole(field: Field, typed: str, view: View) -> int:
    folded = fold(typed).replace(" ", "")
    sign = -1 if folded.startswith("-") else 1
    figures = folded.lstrip("+-")
    if figures and figures[-1] in _COUNTED:
        figures = figures[:-1]
    value = number(figures) if figures and len(figures) <= 9 else None
    if value is None:
        raise _refuse(field, _("“{text}” is no whole number.").format(text=typed[:40]))
    return sign * value


def _choice(field: Field, typed: str, view: View) -> str:
    found = field.choice(typed)
    if found is None:
        folded = fold(typed)
        for choice in field.choices:
            words = (choice.value, choice.label, _(choice.label), *choice.aliases)
            if folded in [fold(word) for word in words]:
                found = choice
                break
    if found is None:
        said = _("“{text}” is none of: {choices}.")
        choices = listed(_(choice.label) for choice in field.choices)
        raise _refuse(field, said.format(text=typed[:40], choices=choices))
    return found.value


def _flag(field: Field, typed: str, view: View) -> bool:
    folded = fold(typed)
    if folded in _YES or typed == _("yes"):
        return True
    if folded in _NO or typed == _("no"):
        return False
    raise _refuse(field, _("Write yes or no."))


def _phone(field: Field, typed: str, view: View) -> str:
    return typed.translate({0xFF10 + n: str(n) for n in range(10)})


def _ref(field: Field, typed: str, view: View) -> str:
    register, slash, record = typed.partition("/")
    if not (register and slash and record):
        raise _refuse(field, _("A link is written register/id."))
    return typed


def _refs(field: Field, typed: str, view: View) -> list[str]:
    return list(dict.fromkeys(_ref(field, piece, view) for piece in typed.split()))


def _json(field: Field, typed: str, view: View) -> Any:
    import msgspec

    try:
        return msgspec.json.decode(typed.encode())
    except (msgspec.DecodeError, UnicodeEncodeError):
        return typed


_READERS: Final = {
    "moment": _moment,
    "day": _day,
    "instant": _instant,
    "person": _person,
    "people": _people,
    "unit": _unit,
    "units": _words,
    "words": _words,
    "spans": _spans,
    "room": _room,
    "line": _line,
    "whole": _whole,
    "choice": _choice,
    "flag": _flag,
    "phone": _phone,
    "ref": _ref,
    "refs": _refs,
    "json": _json,
}
