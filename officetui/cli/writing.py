"""Commands that write: add, do, set, undo, redo."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from officetui.cli.naming import Naming
from officetui.cli.session import clean, done_object, give, give_json, opened, say, told
from officetui.errors import OfficeError, Refused
from officetui.text.i18n import _
from officetui.text.words import listed

if TYPE_CHECKING:
    from officetui.intake.draft import Captured
    from officetui.office.committing import Done
    from officetui.office.office import Office
    from officetui.registers.model import Field, Register
    from officetui.registers.record import Record

as_json = click.Option(["--json", "as_json"], is_flag=True, help=_("As JSON, for programs."))


def do(id_: str, step: str, values: Sequence[str], as_json: bool) -> int:
    """Take a step of a record."""
    from officetui.registers.model import EARLY_FIELD
    from officetui.registers.registry import BY_ID
    from officetui.registers.workflow import needs, skipped

    with opened() as office:
        record = office.find(clean([id_])[0])
        register = BY_ID[record.register]
        found = step_named(register, clean([step])[0])
        fields = [field for _need, field in needs(register, found)] if found else []
        if found and skipped(register, record, found):
            fields.append(EARLY_FIELD)
        try:
            inputs = typed(office, fields, clean(values)) if found else {}
            done = office.do([record], found.id if found else step, inputs)
        except Refused as error:
            error.message = " ".join([error.message, *_how(fields, error.field)])
            raise
        _tell(office, done, as_json, record)
        _say_clashes(office, record, inputs)
    return 0


def step_named(register: Register, name: str) -> Any:
    """The step of that id, or of that name in the language in use."""
    for step in register.steps:
        if name in (step.id, step.label, _(step.label)):
            return step
    return None


def typed(office: Office, fields: Sequence[Field], values: Sequence[str]) -> dict[str, Any]:
    """`field=value` words as canonical values; a field without a value is cleared."""
    from officetui.intake.values import read

    found: dict[str, Any] = {}
    for word in values:
        name, sep, text = word.partition("=")
        if not sep:
            raise Refused(
                _("“{word}” is not of the form field=value.").format(word=word), field=word
            )
        field = _field_named(fields, name.strip())
        found[field.name] = read(field, text, office) if text.strip() else None
    return found


def _field_named(fields: Sequence[Field], name: str) -> Field:
    for field in fields:
        if name in (field.name, field.label, field.title()):
            return field
    for field in fields:
        if name in field.aliases:
            return field
    if not fields:
        raise Refused(_("Nothing can be given here, so not “{name}” either.").format(name=name))
    names = listed(field.name for field in fields)
    raise Refused(
        _("There is no field “{name}” here. There are: {names}.").format(name=name, names=names)
    )


def _how(fields: Sequence[Field], name: str) -> list[str]:
    """How the missing or unfit field is given, after what is wrong."""
    for field in fields:
        if field.name == name:
            values = "|".join(choice.value for choice in field.choices) or "…"
            return [_("Give it as: {form}").format(form=f"{name}={values}")]
    return []


def set_(id_: str, values: Sequence[str], empty: bool, as_json: bool) -> int:
    """Write fields of a record."""
    from officetui.registers.registry import BY_ID

    with opened() as office:
        setting = _setting_named(id_)
        if setting is not None:
            _tell(office, _set_setting(office, setting, clean(values)), as_json)
            return 0
        record = office.find(clean([id_])[0])
        register = BY_ID[record.register]
        fields = [field for field in register.fields if not field.bookkeeping]
        names = {word.partition("=")[0].strip() for word in values}
        for field in register.fields:
            if field.bookkeeping and field.name in names:
                raise Refused(
                    _("{field} is written by steps: officetui show {id}").format(
                        field=field.title(), id=office.short(record)
                    ),
                    field=field.name,
                )
        cells = typed(office, fields, clean(values))
        if not cells:
            raise Refused(_("Nothing to write: officetui set ID field=value"))
        _tell(office, _set(office, record, cells, empty), as_json, record)
        _say_clashes(office, record, cells)
    return 0


def _set(office: Office, record: Record, cells: Mapping[str, Any], empty: bool) -> Done:
    """Write cells; what a classified paper may not hold goes with them, asked about once where
    somebody is there to answer."""
    from officetui.office import withheld

    office.go_through_books()
    emptying = withheld.emptying(office, record, cells)
    if emptying is not None and not empty:
        said = f"{emptying.asked()} {_(withheld.STAYS)}"
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            words = _("{said} To empty them: --empty").format(said=said)
            raise Refused(words, field="secrecy")
        if not click.confirm(_("{said} Empty them?").format(said=said), err=True):
            raise Refused(_("Nothing was changed."), field="secrecy")
    return office.set(record, cells, emptying=emptying)


def _setting_named(id_: str) -> Any:
    from officetui.registers.settings import BY_NAME

    prefix, _sep, name = id_.rpartition(":")
    return BY_NAME.get(name) if prefix in ("settings", "settings/settings") else None


def _set_setting(office: Office, setting: Any, values: Sequence[str]) -> Done:
    """Write a setting; of `numbering` also block=…, which reserves numbers for a device; of
    `rules` also rule=severity."""
    if setting.name == "rules" and not any(word.startswith("value=") for word in values):
        from officetui.registers.rules import with_severities

        return office.set_setting("rules", with_severities(office.setting("rules"), values))
    blocks = [word.removeprefix("block=") for word in values if word.startswith("block=")]
    if setting.name != "numbering" or len(blocks) < len(values):
        return office.set_setting(setting.name, _setting_value(office, setting, values))
    from officetui.office.reserving import reserve

    return reserve(office, blocks)


def _setting_value(office: Office, setting: Any, values: Sequence[str]) -> Any:
    """A setting's value: JSON for tables, words for lists, else the text itself."""
    from officetui.registers.settings import fits

    if len(values) != 1 or not values[0].startswith("value="):
        raise Refused(_("A setting is written as value=…"), field="value")
    text = values[0].partition("=")[2].strip()
    value: Any = text
    if text == "":
        return None
    if setting.kind == "table" or (setting.kind != "text" and text[:1] in "[{"):
        import msgspec

        try:
            value = msgspec.json.decode(text)
        except msgspec.DecodeError as error:
            words = _("The value is no JSON: {reason}").format(reason=error)
            raise Refused(words, field="value") from None
    elif setting.kind == "words":
        value = [word for word in text.replace("，", "、").replace(",", "、").split("、") if word]
    elif setting.kind == "whole" and text.lstrip("-").isdecimal():
        value = int(text)
    if not fits(setting, value):
        raise Refused(
            _("“{value}” does not fit the setting {name}.").format(
                value=text, name=_(setting.label)
            ),
            field="value",
        )
    return value


def undo(as_json: bool) -> int:
    """Take back the last action of this person here."""
    with opened() as office:
        _tell(office, office.undo(), as_json)
    return 0


def redo(as_json: bool) -> int:
    """Take back the last undo."""
    with opened() as office:
        _tell(office, office.redo(), as_json)
    return 0


def _tell(office: Office, done: Done, as_json: bool, record: Record | None = None) -> None:
    if as_json:
        more = {"id": record.id} if record else {}
        give_json(done_object(office, done, **more))
    else:
        told(done)


def _say_clashes(office: Office, record: Record, written: Mapping[str, Any]) -> None:
    """What a record collides with now, where what was written can matter, and what is free."""
    from officetui.office import clashes

    now = office.get(record.ref)
    if now is None or now.register not in clashes.CHECKED or not clashes.CELLS & set(written):
        return
    found = clashes.of(office, now)
    for words in (*(one.words(one.first) for one in found), *clashes.ways_out(office, now, found)):
        say(words)


def add(register: str, line: Sequence[str], as_json: bool) -> int:
    """Record something by one line; a refused line comes back, so that nothing typed is lost."""
    typed_line = " ".join(clean(line))
    try:
        with opened() as office:
            return _add(office, clean([register])[0], typed_line, as_json)
    except OfficeError as error:
        if not isinstance(error, Unrepeatable) and not _classified(typed_line):
            say(_("The line was: {line}").format(line=typed_line))
        raise


class Unrepeatable(Refused):
    """A classified line: it is kept nowhere, and not printed either."""


def _classified(line: str) -> bool:
    """Whether the line may be repeated nowhere, not even to who typed it."""
    from officetui.registers.documents import SECRECY

    return any(level.value in line for level in SECRECY)


def _add(office: Office, name: str, line: str, as_json: bool) -> int:
    import msgspec

    from officetui.intake.capture import understand

    register = office.register(name)
    if register.parent:
        raise Refused(
            _("“{name}” stand within a record; they are added by a step of it.").format(
                name=register.name()
            )
        )
    understood = understand(line, office, register.id)
    if office.go_through_books():  # an earlier matter of a visitor may be filed
        understood = understand(line, office, register.id)
    for problem in [*understood.problems, *understood.hints]:
        if problem.text != understood.refusal:
            say(problem.text)
    if not understood.ready:
        raise _refusal(register, understood)
    if understood.steps:
        taken = []
        for one in understood.steps:
            record = office.get(one.ref)
            assert record is not None, f"capture named {one.ref}, which is not there"
            taken.append((record, one.step, one.inputs))
        done = office.do_all(taken)
    else:
        done = office.create(understood.register, understood.cells, understood.children)
    record = office.get(done.refs[0]) if done.refs else None
    if as_json:
        more = {
            "id": record.id if record else None,
            "register": understood.register,
            "short": office.short(record) if record else None,
            "missing": understood.missing,
            "hints": [_hint_object(hint) for hint in understood.hints],
            "problems": [_hint_object(problem) for problem in understood.problems],
        }
        give_json(done_object(office, done) | more)
        return 0
    heard = {hint.text for hint in (*understood.problems, *understood.hints)}
    told(msgspec.structs.replace(done, hints=tuple(x for x in done.hints if x not in heard)))
    if understood.missing:
        say(_("Still missing: {fields}").format(fields=_labels(register, understood.missing)))
    if record is not None:
        give(office.short(record))
    return 0


def _hint_object(hint: Any) -> dict[str, str]:
    return {"field": hint.field, "text": hint.text, "severity": hint.severity}


def _refusal(register: Register, understood: Captured) -> Refused:
    if understood.refusal:
        kind = Refused if understood.line else Unrepeatable
        return kind(understood.refusal)
    if understood.required:
        return Refused(
            _("Missing: {field}.").format(field=_labels(register, understood.required)),
            field=understood.required[0],
        )
    return Refused(_("Nothing in this line can be recorded."))


def _labels(register: Register, names: Sequence[str]) -> str:
    fields = [register.field(name) for name in names]
    return listed(f.title() if f else name for f, name in zip(fields, names, strict=True))


_ID = click.Argument(["id_"], metavar="ID")
_VALUES = click.Argument(["values"], nargs=-1, metavar="[FIELD=VALUE]...")

COMMANDS: dict[str, click.Command] = {
    "add": Naming(
        "add",
        callback=add,
        help=_("Record something by one line, as in the app; prints its short id."),
        epilog=_('officetui add documents "县委办 关于报送材料的通知 @吴敏 ^周五"'),
        params=[
            click.Argument(["register"]),
            click.Argument(["line"], nargs=-1, required=True, metavar="LINE"),
            as_json,
        ],
    ),
    "do": click.Command(
        "do",
        callback=do,
        help=_("Take a step of a record; what the step needs is given as field=value."),
        epilog=_('officetui do 收774 close result="报送完毕"'),
        params=[_ID, click.Argument(["step"]), _VALUES, as_json],
    ),
    "set": click.Command(
        "set",
        callback=set_,
        help=_("Write fields of a record; field= clears one. Settings are settings:NAME."),
        epilog=_('officetui set 收774 owner=吴敏 due="周五17:00"'),
        params=[
            _ID,
            click.Argument(["values"], nargs=-1, required=True, metavar="FIELD=VALUE..."),
            click.Option(
                ["--empty"],
                is_flag=True,
                help=_("Empty what a paper found to be classified may not hold."),
            ),
            as_json,
        ],
    ),
    "undo": click.Command(
        "undo",
        callback=undo,
        help=_("Take back the last action you did on this device, an import as a whole."),
        params=[as_json],
    ),
    "redo": click.Command(
        "redo", callback=redo, help=_("Take back the last undo."), params=[as_json]
    ),
}
