"""The forms of new records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from officetui.office.tables import CLASSIFIED_TITLE, Record, children_of, registry
from officetui.text.i18n import _
from officetui.ui import forms
from officetui.ui.drafts import drafts
from officetui.ui.modals.form import FormScreen
from officetui.ui.remarks import remarks

if TYPE_CHECKING:
    from officetui.ui.app import OfficeApp


def new_record(app: OfficeApp, register_id: str, given: Mapping[str, Any] | None = None) -> None:
    """A new record by a form with all its fields; `given`: what a line said of it already."""
    office = app.office
    register = registry.BY_ID[register_id]
    key = f"new:{register_id}"
    cells: dict[str, Any] = {"id": ""}
    for field in register.fields:
        if field.required and field.name == register.day:
            now = office.local.strftime("%Y-%m-%dT%H:%M")
            cells[field.name] = now[:10] if field.kind == "day" else now
        elif field.required and field.choices:
            cells[field.name] = field.choices[0].value
    if given:
        cells |= given
        drafts(app).drop(key)
    empty = Record(register_id, cells)
    entries = forms.for_record(register, empty, office)
    asked = {entry.field.name for entry in entries}

    def save(values: dict[str, Any]) -> Any:
        from officetui.intake.capture import completed

        written = {name: value for name, value in values.items() if value not in (None, "", [])}
        written |= {name: value for name, value in (given or {}).items() if name not in asked}
        full = completed(register_id, written, office)
        children = children_of(full, office) if register_id == "meetings" else []
        done = app.perform(lambda: office.create(register_id, full, children), raises=True)
        if given:
            drafts(app).drop("capture")
        return done

    app.push_screen(
        FormScreen(
            _("New: {register}").format(register=register.name()),
            entries,
            office,
            save,
            key=key,
            remarks=lambda values: remarks(register, None, empty, values, office),
        )
    )


def new_classified(app: OfficeApp, register: str, cells: Mapping[str, Any]) -> None:
    """Of a classified paper: issuer, level, period, time, and where it lies; nothing else."""
    office = app.office
    kind = register if register == "outgoing" else "documents"
    empty = Record(kind, {"id": "", **cells})
    may = ("from_org", "secrecy", "secrecy_for", "recv_at", "drafted_at", "kept")
    every = forms.for_record(registry.BY_ID[kind], empty, office)
    entries = [entry for name in may for entry in every if entry.field.name == name]

    def save(values: dict[str, Any]) -> Any:
        written = {name: value for name, value in values.items() if value not in (None, "", [])}
        written["title"] = CLASSIFIED_TITLE
        if kind == "documents":
            written |= {"direction": "incoming", "kind": "act"}
        return app.perform(lambda: office.create(kind, written), raises=True)

    app.push_screen(
        FormScreen(_("A classified paper"), entries, office, save, key="", start="kept")
    )
