"""Deciding between what two people wrote at once: in words, by a numbered menu, by a form.

One write settles a cell everywhere: it names every value that was shown. What came in meanwhile
was not shown, and stands beside it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from officetui.office.conflicts import Conflict, Value, conflicts_of
from officetui.office.tables import BY_ID, REGISTERS, Record
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.text.words import moment_words
from officetui.ui import actions, menus
from officetui.ui.menus import Item

if TYPE_CHECKING:
    from officetui.office.office import Office
    from officetui.ui.app import OfficeApp

KEEP: Final = "keep:"


class Matter(msgspec.Struct, frozen=True):
    """One conflict, with the record as it was shown: what is decided is decided over that."""

    conflict: Conflict
    record: Record

    @property
    def key(self) -> str:
        """Names it among all."""
        return f"{self.record.ref}#{self.conflict.cell}#{self.conflict.kind}"


def matters(office: Office, found: Sequence[Conflict]) -> list[Matter]:
    """The conflicts with their records, both of one moment; numbers given twice once each."""
    result: list[Matter] = []
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for conflict in found:
        record = office.get(f"{conflict.register}/{conflict.id}")
        if record is None:
            continue
        if conflict.kind == "number":
            bearers = (conflict.register, tuple(value.id for value in conflict.values))
            if bearers not in seen:
                seen.add(bearers)
                result.append(Matter(conflict, record))
            continue
        now = [one for one in conflicts_of(record) if (one.cell, one.kind) == _same(conflict)]
        result += [Matter(one, record) for one in now]
    return result


def _same(conflict: Conflict) -> tuple[str, str]:
    return conflict.cell, conflict.kind


def counted(found: Sequence[Matter]) -> dict[str, int]:
    """How many cells of which record are to be decided; a number counts once."""
    count: dict[str, int] = {}
    for matter in found:
        count[matter.record.ref] = count.get(matter.record.ref, 0) + 1
    return count


# In words


def title(office: Office, record: Record) -> str:
    """The record by name; of a child, its parent's name before it."""
    table = BY_ID.get(record.register)
    if table is None:
        return visible(record.ref, limit=80)
    words = [table.title(record)]
    if table.parent:
        parent = office.get(f"{table.parent}/{record.parent}")
        words.insert(0, BY_ID[table.parent].title(parent) if parent is not None else "")
    return visible(" ".join(word for word in words if word), limit=200)


def cell_words(conflict: Conflict) -> str:
    """How the cell is called."""
    table = BY_ID.get(conflict.register)
    field = table.field(conflict.cell) if table is not None else None
    if field is not None:
        return field.title()
    return _("State") if conflict.cell == "state" else visible(conflict.cell, limit=40)


def value_words(office: Office, matter: Matter, value: Value) -> str:
    """One of the values as lists show it."""
    conflict, record = matter.conflict, matter.record
    if value.deleted:
        return _("put into the trash")
    if conflict.kind == "number":
        other = office.get(f"{conflict.register}/{value.id}")
        return title(office, other) if other is not None else visible(value.id)
    table = BY_ID.get(conflict.register)
    if conflict.cell == "state" and table is not None:
        state = table.state(str(value.value))
        return _(state.label) if state is not None else visible(str(value.value))
    field = table.field(conflict.cell) if table is not None else None
    if value.value is None or value.value == "":
        return _("(empty)")
    if field is None:
        return visible(str(value.value), limit=2000)
    from officetui.ui.page import conflicting

    return visible(conflicting(field, record, value.value, office), limit=2000)


def who_words(value: Value) -> str:
    """Who wrote it."""
    return visible(value.user, limit=20)


def when_words(office: Office, value: Value) -> str:
    """When, in local time."""
    return moment_words(office.clock(value.at), office.local)


# By the numbered menu


def open_matter(app: OfficeApp, matter: Matter, bearer: str = "") -> None:
    """The numbered menu of one conflict: a digit keeps a value, 8 edits, 9 opens the record.
    `bearer`: the record under the cursor, of those that bear one number."""
    from officetui.ui.modals.menu import StepMenu

    office, conflict = app.office, matter.conflict
    about, items = _offered(office, matter)
    record = office.get(f"{conflict.register}/{bearer}") if bearer else matter.record
    if record is None:
        record = matter.record
    if editable(conflict):
        key = actions.shown_key(actions.BY_ID["record.edit"])
        items.append(Item(menus.EDIT, _("Write something else"), key, digit=menus.EDIT_DIGIT))
    items.append(Item(menus.OPEN, _("Open the record and its history"), digit=menus.OPEN_DIGIT))

    def chosen(item: str | None) -> None:
        if item == menus.EDIT:
            edit(app, matter, record)
        elif item == menus.OPEN:
            from officetui.ui import flows

            flows.open_record(app, record.ref)
        elif item is not None:
            _settle(app, matter, item)

    heading = f"{title(office, record)}  {cell_words(conflict)}"
    app.push_screen(StepMenu(heading, [items], about=about), chosen)


def _offered(office: Office, matter: Matter) -> tuple[str, list[Item]]:
    """What the matter is, and what can be chosen."""
    conflict = matter.conflict
    if conflict.kind == "number":
        return _("Several bear this number; which of them gets another is for you to say."), []
    if conflict.kind == "deleted":
        about = _("It was put into the trash while somebody wrote into it.")
        restore = Item(menus.RESTORE, _("Take it out of the trash, with what was written"))
        return about, [restore, Item(menus.TRASH, _("Leave it in the trash"))]
    about = _("Written at once. What is not kept stays in the history.")
    items = [
        Item(
            f"{KEEP}{number}",
            visible(value_words(office, matter, value).replace("\n", " "), limit=60),
            hint=f"{who_words(value)} {when_words(office, value)}",
        )
        for number, value in enumerate(conflict.values)
    ]
    return about, items[: menus.STEPS_PER_PAGE]


def _settle(app: OfficeApp, matter: Matter, item: str) -> None:
    office, conflict, record = app.office, matter.conflict, matter.record
    if conflict.register not in BY_ID:
        app.say(_("This kind of record comes with a newer version: decide it there."), "error")
    elif item == menus.RESTORE:
        parent = office.get(f"{BY_ID[record.register].parent}/{record.parent}")
        whole = parent if parent is not None and parent.trashed else record
        app.perform(lambda: office.restore([whole]))
    elif item == menus.TRASH:
        app.perform(lambda: office.trash([record]))
    elif item.startswith(KEEP):
        value = conflict.values[int(item[len(KEEP) :])].value
        app.perform(lambda: office.set(record, {conflict.cell: value}))


# By a form


def editable(conflict: Conflict) -> bool:
    """Whether people write that cell themselves."""
    table = BY_ID.get(conflict.register)
    field = table.field(conflict.cell) if table is not None else None
    return field is not None and not field.bookkeeping and field.kind not in ("json", "refs")


def edit(app: OfficeApp, matter: Matter, record: Record) -> None:
    """Write another value over all that are shown; saved as it stands, the shown one is kept."""
    from officetui.ui import forms
    from officetui.ui.modals.form import FormScreen
    from officetui.ui.remarks import remarks

    office, cell = app.office, matter.conflict.cell
    if not editable(matter.conflict):
        app.say(_("This is not written by hand: press Enter and choose by number."), "error")
        return
    table = BY_ID[record.register]
    entries = [one for one in forms.for_record(table, record, office) if one.field.name == cell]

    def save(values: dict[str, Any]) -> Any:
        if matter.conflict.kind == "deleted":
            _settle(app, matter, menus.RESTORE)
        return app.perform(lambda: office.set(record, {cell: values[cell]}), raises=True)

    app.push_screen(
        FormScreen(
            _("Write something else"),
            entries,
            office,
            save,
            key=f"decide:{matter.key}",
            about=title(office, record),
            remarks=lambda values: remarks(table, None, record, values, office),
        )
    )


def of_record(office: Office, record: Record) -> list[Matter]:
    """The conflicts of one record itself."""
    return [Matter(one, record) for one in conflicts_of(record)]


# Which device gives the numbers


def choose_numbering(app: Any) -> None:
    """For each register with official numbers: this device gives them, or every device does."""
    from officetui.office import numbers
    from officetui.ui.modals.menu import StepMenu

    office: Office = app.office
    named = dict(office.setting(numbers.SETTING))
    givers: dict[str, str] = {}  # of this year
    here = office.journal.writer
    items = []
    for register in REGISTERS:
        if register.numbering is None:
            continue
        giver = givers[register.id] = numbers.giver(office, register.id, office.today.year)
        if giver == here:
            now, words = _("this device"), _("{register}: let every device give numbers")
        elif giver:
            now, words = _("device {writer}"), _("{register}: numbers come from this device")
        else:
            now, words = _("every device"), _("{register}: numbers come from this device")
        label = words.format(register=register.name())
        hint = _("now: {who}").format(who=now.format(writer=giver))
        items.append(Item(register.id, label, hint=hint))

    def chosen(register: str | None) -> None:
        if register is None:
            return
        named.pop(f"{register}:{office.today.year}", None)  # it would go before
        named[register] = "" if givers[register] == here else here
        if app.perform(lambda: office.set_setting(numbers.SETTING, named)) is not None:
            app.taken_in(set())

    about = _("Records of other devices wait for their number until this one has seen them.")
    app.push_screen(StepMenu(_("Which device gives the numbers"), [items], about=about), chosen)
