"""Settings of the office, written in the app: each by a form of its kind, tables row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from officetui.errors import Refused
from officetui.office.setting_tables import (
    BY_NAME,
    SETTINGS,
    TABLES,
    Rows,
    field_of,
    shown,
    value_of,
)
from officetui.office.tables import Field, Record
from officetui.text.i18n import _, ngettext
from officetui.text.safe import visible
from officetui.ui.menus import Item

if TYPE_CHECKING:
    from officetui.office.office import Office
    from officetui.ui.app import OfficeApp

_ROW: Final = "row:"
_ADD, _DEFAULT = "add", "default"
_EDIT, _OUT, _EARLIER = "edit", "out", "earlier"
_A_PAGE: Final = 7


def every(office: Office) -> list[Record]:
    """All settings there are, also those that nobody has written yet, in their order; then those
    of a newer version."""
    stored = {record.text("name"): record for record in office.records("settings")}
    found = []
    for setting in SETTINGS:
        empty = Record("settings", {"id": f"settings:{setting.name}", "name": setting.name})
        found.append(stored.get(setting.name, empty))
    return [*found, *(one for name, one in stored.items() if name not in BY_NAME)]


def edit(app: Any, name: str) -> None:
    """Write one setting."""
    setting = BY_NAME.get(name)
    if setting is None:
        app.say(_("This setting comes with a newer version."), "error")
    elif name == "numbering":
        from officetui.ui.deciding import choose_numbering

        choose_numbering(app)
    elif name == "checklists":
        app.say(_("At a meeting: Enter, 0, keep its checklist for new meetings of its sort."))
    elif name in TABLES:
        _rows(app, name)
    else:
        _plain(app, name)


def _write(app: OfficeApp, name: str, value: Any) -> Any:
    return app.perform(lambda: app.office.set_setting(name, value), raises=True)


def _plain(app: OfficeApp, name: str) -> None:
    """One value: an hour, a number, words, one of several."""
    from officetui.ui import forms
    from officetui.ui.modals.form import FormScreen

    office, setting = app.office, BY_NAME[name]
    field = field_of(setting)
    now = office.setting(name)
    choices = tuple(forms.Candidate(one.value, _(one.label)) for one in field.choices)
    entry = forms.Entry(field, value=now if now not in ("", []) else None, candidates=choices)
    about = _("As the program has it: {value}")
    app.push_screen(
        FormScreen(
            _(setting.label),
            [entry],
            office,
            lambda values: _write(app, name, value_of(setting, values["value"])),
            key=f"setting:{name}",
            about=about.format(value=shown(setting, setting.default)),
        )
    )


def _rows(app: OfficeApp, name: str, said: str = "") -> None:
    """The rows of a table by number."""
    from officetui.ui.modals.menu import StepMenu

    setting, table = BY_NAME[name], TABLES[name]
    now = app.office.setting(name)
    rows = table.read(now)
    if not table.grows and len(rows) == 1:
        _row(app, name, rows[0])
        return
    items = []
    for row in rows:
        label, hint = table.say(row)
        items.append(Item(_ROW + str(row["key"]), visible(label, limit=60), hint=visible(hint)))
    pages = [items[n : n + _A_PAGE] for n in range(0, len(items), _A_PAGE)] or [[]]
    more = [Item(_ADD, _("Add a line ..."))] if table.grows else []
    if now != setting.default:
        words = _("As the program has it")
        more.append(Item(_DEFAULT, words, hint=shown(setting, setting.default)))
    if len(pages[-1]) + len(more) > _A_PAGE + 2:
        pages.append(more)
    else:
        pages[-1] = [*pages[-1], *more]

    def chosen(item: str | None) -> None:
        if item is None:
            return
        if item == _ADD:
            _row(app, name, {})
        elif item == _DEFAULT:
            app.perform(lambda: app.office.set_setting(name, None))
            _rows(app, name)
        else:
            row = next(one for one in rows if _ROW + str(one["key"]) == item)
            _of_row(app, name, rows, row)

    app.push_screen(StepMenu(_(setting.label), pages, about=said), chosen)


def _of_row(app: OfficeApp, name: str, rows: Sequence[dict[str, Any]], row: dict[str, Any]) -> None:
    """Change a row, or take it out."""
    from officetui.ui.modals.menu import StepMenu

    table = TABLES[name]
    if not table.grows:
        _row(app, name, row)
        return
    items = [Item(_EDIT, _("Change it")), Item(_OUT, _("Take it out"))]
    if table.sorts and row["key"] != rows[0]["key"]:
        items.append(Item(_EARLIER, _("One place up")))

    def chosen(item: str | None) -> None:
        if item == _EDIT:
            _row(app, name, row)
            return
        if item is not None:
            now = app.office.setting(name)
            try:
                value = _moved(now, rows, row) if item == _EARLIER else None
                if item == _OUT:
                    _refuse_if_used(app, name, row)
                    value = table.write(now, str(row["key"]), None)
                _write(app, name, value)
            except Refused as refused:
                app.say(refused.message, "error")
        _rows(app, name)

    title = " ".join(table.say(row))
    app.push_screen(StepMenu(visible(title, limit=80), [items]), chosen)


def _refuse_if_used(app: OfficeApp, name: str, row: dict[str, Any]) -> None:
    """A line with turns to come stays: without it nobody would know their hours."""
    if name != "duty_lines":
        return
    today = app.office.today.isoformat()
    seats = [one for one in app.office.records("duty") if one.text("line") == row["key"]]
    n = sum(one.text("date") >= today for one in seats)
    if n:
        words = ngettext(
            "{line} has {n} turn to come: give it away, or put it into the trash, first.",
            "{line} has {n} turns to come: give them away, or put them into the trash, first.",
            n,
        )
        raise Refused(words.format(line=row["label"], n=n))


def _moved(value: Any, rows: Sequence[dict[str, Any]], row: dict[str, Any]) -> Any:
    """The table with a row before the one above it."""
    place = next(n for n, one in enumerate(rows) if one["key"] == row["key"])
    found = list(value)
    found[place - 1], found[place] = found[place], found[place - 1]
    return found


def _row(app: OfficeApp, name: str, row: dict[str, Any]) -> None:
    """The form of a row; a new one without a key."""
    from officetui.ui.modals.form import FormScreen

    setting, table = BY_NAME[name], TABLES[name]
    office = app.office
    key = str(row.get("key", ""))

    def save(values: dict[str, Any]) -> Any:
        kept = {cell: value for cell, value in row.items() if cell != "key"}
        given = {**kept, **values}
        full = {cell: value for cell, value in given.items() if value not in (None, "", [])}
        return _write(app, name, table.write(office.setting(name), key, full))

    def closed(result: Any) -> None:
        if table.grows or len(table.read(office.setting(name))) > 1:
            _rows(app, name)

    about = " ".join(table.say(row)) if row else ""
    app.push_screen(
        FormScreen(
            _(setting.label),
            entries(app, table, row),
            office,
            save,
            key=f"setting:{name}:{key}",
            about=visible(about, limit=120),
        ),
        closed,
    )


def entries(app: OfficeApp, table: Rows, row: dict[str, Any]) -> list[Any]:
    """The fields of a row's form."""
    from officetui.ui import forms

    def candidates(field: Field) -> tuple[Any, ...]:
        if field.choices:
            return tuple(forms.Candidate(one.value, _(one.label)) for one in field.choices)
        if field.name in ("groups", "without"):
            people = app.office.records("people")
            words = dict.fromkeys(word for one in people for word in one.words("groups"))
            return tuple(forms.Candidate(word, visible(word, limit=40)) for word in words)
        if field.kind == "flag":
            return (forms.Candidate(True, _("yes")), forms.Candidate(False, _("no")))
        if field.name == "units":
            people = app.office.records("people")
            words = dict.fromkeys(one.text("unit") for one in people if one.text("unit"))
            return tuple(forms.Candidate(word, visible(word, limit=40)) for word in words)
        return ()

    return [
        forms.Entry(field, field.required, row.get(field.name), candidates(field))
        for field in table.fields
    ]
