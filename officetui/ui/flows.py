"""What the screens do with records: menus, steps, forms, capture, details, help, commands.

Every function takes the app first and returns nothing; results are told in the status line.
Screens and dialogues are imported when they are needed, so that the first screen is up sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from officetui.office.tables import EARLY_FIELD, Record, Register, Step, registry
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.ui import actions, menus
from officetui.ui.screens.base import BaseScreen

if TYPE_CHECKING:
    from officetui.office.committing import Done
    from officetui.office.office import Office
    from officetui.ui.app import OfficeApp

Command = tuple[str, str, Callable[[], object]]
WAITING = "8"  # the place of what waits on whom
LOG = "9"  # the place of the log


# The numbered menu and the steps


def open_menu(
    app: OfficeApp, records: Sequence[Record], suggested: str = "", opened: bool = False
) -> None:
    """The numbered menu of the records, the step `suggested` as 1; without records what always
    works."""
    from officetui.ui.modals.menu import StepMenu

    if _is_setting(app, records):
        return
    office = app.office
    register = menus.register_of(records)
    pages = menus.pages(office, records, suggested, opened)
    listed = getattr(app.screen, "register", None)
    if not records and listed is not None and listed.id == "duty":
        pages[0][:0] = menus.roster_items()

    def reason(key: str) -> str:
        if register is None:
            return ""
        step = actions.step_by_key(register, key, register.steps)
        return menus.why_not(office, records, step) if step is not None else ""

    def chosen(item: str | None) -> None:
        if item is not None:
            _choose(app, records, item)

    app.push_screen(
        StepMenu(
            menus.title(records, office, marked=bool(_marks_here(app))),
            pages,
            about=menus.state_line(records),
            below=menus.not_now(office, records) if records else "",
            reason=reason,
            prefer=suggested,
        ),
        chosen,
    )


def _is_setting(app: OfficeApp, records: Sequence[Record]) -> bool:
    """Settings are written by forms of their own, also those that nobody has written yet."""
    if not records or records[0].register != "settings":
        return False
    from officetui.ui import settings

    settings.edit(app, records[0].text("name"))
    return True


def _ask_to_trash(app: OfficeApp, records: Sequence[Record]) -> None:
    """Nothing goes into the trash by one key: the records are named, and Enter keeps them."""
    from officetui.ui.modals.menu import StepMenu

    keep = menus.Item("keep", _("No, leave it as it is"))
    away = menus.Item(menus.TRASH, _("Yes, put it into the trash"))

    def chosen(item: str | None) -> None:
        if item == menus.TRASH:
            _act(app, lambda: app.office.trash(records))

    asked = _("Put into the trash: {names}?").format(names=menus.names(records))
    app.push_screen(StepMenu(asked, [[keep, away]], about=menus.state_line(records)), chosen)


def _choose(app: OfficeApp, records: Sequence[Record], item: str) -> None:
    if item.startswith(menus.ACT):
        handler = actions.BY_ID[item[len(menus.ACT) :]].handler
        app.call_later(app.run_action, handler)
    elif item.startswith(menus.STEP):
        take_step(app, records, item[len(menus.STEP) :])
    elif item.startswith(menus.FIRST):
        take_step(app, records, item[len(menus.FIRST) :])
    elif item == menus.EDIT:
        edit_record(app, records[0])
    elif item == menus.OPEN:
        open_record(app, records[0].ref)
    elif item == menus.TRASH:
        _ask_to_trash(app, records)
    elif item == menus.DECIDE:
        from officetui.ui import deciding

        found = deciding.of_record(app.office, records[0])
        if found:
            deciding.open_matter(app, found[0])
    elif item == menus.TELL:
        from officetui.ui import telling

        telling.tell(app, records)
    elif item == menus.UNMARK:
        unmark_here(app)
    elif item == menus.RESTORE:
        _act(app, lambda: app.office.restore(records))


def _act(app: OfficeApp, change: Callable[[], Done], raises: bool = False) -> Done | None:
    """Do something with what is selected; what was marked for it is not marked any more."""
    done = app.perform(change, raises=raises)
    if done is not None:
        unmark_here(app)
    return done


def _marks_here(app: OfficeApp) -> list[str]:
    screen = app.screen
    return screen.marks() if isinstance(screen, BaseScreen) else []


def unmark_here(app: OfficeApp) -> None:
    for screen in reversed(app.screen_stack):
        if isinstance(screen, BaseScreen):
            screen.clear_marks()
            break


def take_step(app: OfficeApp, records: Sequence[Record], step_id: str) -> None:
    """Take a step for the records; asks first when the step needs something."""
    if _is_setting(app, records):
        return
    if step_id == "urge":
        from officetui.ui import urging

        urging.urge(app, records)
        return
    if step_id == "notify" and len(records) > 1 and menus.register_of(records):
        from officetui.ui import telling

        if telling.tells(records):
            telling.tell(app, records)
            return
    register = menus.register_of(records)
    step = register.step(step_id) if register is not None else None
    if register is None and len(records) > 1:
        app.say(_("They belong to different registers: Enter, then one at a time."), "error")
        return
    if register is None or step is None:
        app.say(_("This cannot be done with what is selected."), "error")
        return
    reason = menus.why_not(app.office, records, step)
    early = bool(reason) and step in menus.early(app.office, records)
    if reason and not early:
        app.say(reason, "error")
        return
    if not step.needs and not early:
        _act(app, lambda: app.office.do(records, step.id, {}))
        return
    _ask(app, register, step, records, early)


def _ask(
    app: OfficeApp, register: Register, step: Step, records: Sequence[Record], early: bool
) -> None:
    """The form of a step's inputs; `early`: with the reason why its approval is not awaited."""
    from officetui.ui import forms
    from officetui.ui.modals.form import FormScreen
    from officetui.ui.remarks import remarks

    office = app.office
    entries = forms.for_step(register, step, records[0], office, several=len(records) > 1)
    if early:
        entries.append(forms.Entry(EARLY_FIELD, required=True))

    def save(values: dict[str, Any]) -> Any:
        inputs = {name: value for name, value in values.items() if value not in (None, "", [])}
        return _act(app, lambda: office.do(records, step.id, inputs), raises=True)

    refs = ",".join(record.ref for record in records)
    app.push_screen(
        FormScreen(
            menus.early_words(register, step, records[0]) if early else _(step.label),
            entries,
            office,
            save,
            key=f"{step.id}:{refs}",
            about=menus.title(records, office, marked=bool(_marks_here(app))),
            start=forms.begins_at(entries, records[0]),
            lines=step.shows(records[0], office) if step.shows else (),
            remarks=lambda values: remarks(register, step, records[0], values, office),
        )
    )


# Writing records


def edit_record(app: OfficeApp, record: Record, start: str = "") -> None:
    """All cells of a record in a form; only what was changed is written, over what was shown."""
    from officetui.ui import forms
    from officetui.ui.modals.form import FormScreen
    from officetui.ui.remarks import remarks

    if _is_setting(app, [record]):
        return
    register = registry.BY_ID.get(record.register)
    if register is None:
        app.say(_("This kind of record cannot be edited here."), "error")
        return
    office = app.office
    entries = forms.for_record(register, record, office)

    def save(values: dict[str, Any]) -> Any:
        cells = forms.changed(entries, values)
        if not cells:
            app.say(_("Nothing was changed."))
            return None
        if cells.get("secrecy"):
            from officetui.ui import emptying

            emptying.ask(app, form, record, cells)
        return app.perform(lambda: office.set(record, cells), raises=True)

    form = FormScreen(
        _("Edit"),
        entries,
        office,
        save,
        key=f"edit:{record.ref}",
        about=register.title(record),
        start=start,
        remarks=lambda values: remarks(register, None, record, values, office),
    )
    app.push_screen(form)


def capture(app: OfficeApp, register: str | None = None, text: str = "") -> None:
    """The capture line, begun with the prefix of the place, or with a text that was pasted."""
    from officetui.ui.modals.capture import CaptureScreen

    table = registry.BY_ID.get(register) if register else None
    prefix = f"{table.prefixes[0]} " if table is not None and table.prefixes else ""

    def recorded(done: Any) -> None:
        if done is None:
            return
        words = [done.sentence]
        record = app.office.get(done.refs[0]) if done.refs else None
        if record is not None:
            place = registry.BY_ID.get(record.register)
            if place is not None and table is not None and place is not table:
                # The cursor stays on something else: say where it went.
                words.append(f"{glyphs().right} {place.digit} {_(place.label)}")
            words.append(f"[{app.office.short(record)}]")
            words += menus.offered_words(record)
        words += list(done.hints)
        app.say(visible("  ".join(words)))
        show = getattr(app.screen, "show_record", None)
        if callable(show) and done.refs:
            show(done.refs[0])

    app.push_screen(CaptureScreen(prefix, register, text), recorded)


# Looking


def open_record(app: OfficeApp, ref: str) -> None:
    """The detail of a record; of a child, that of the record it is part of."""
    from officetui.ui.screens.detail import DetailScreen

    record = app.office.get(ref)
    if record is None:
        app.say(_("It is no longer there."), "error")
        return
    table = registry.BY_ID.get(record.register)
    if table is not None and table.parent:
        ref = f"{table.parent}/{record.parent}"
    app.push_screen(DetailScreen(ref))


def register_screen(digit: str) -> BaseScreen | None:
    """The screen of a place, "2" to "9", with all the registers that share its key; None when
    they come with a later version."""
    from officetui.ui.screens.register import RegisterScreen

    if digit == WAITING:
        from officetui.ui.screens.waiting import WaitingScreen

        return WaitingScreen()
    if digit == LOG:
        from officetui.ui.screens.log import LogScreen

        return LogScreen()
    place = [register for register in registry.REGISTERS if register.digit == digit]
    return RegisterScreen(place[0], place) if place else None


def open_register(app: OfficeApp, register: Register) -> None:
    """Go to the list of a register, wherever it shares a key."""
    from officetui.ui.screens.register import RegisterScreen

    app.place(register.digit)
    screen = app.screen_stack[0]
    if isinstance(screen, RegisterScreen):
        screen.turn_to(register)


def open_overdue(app: OfficeApp, refs: Sequence[str], title: str, suggested: str = "urge") -> None:
    """A list of several records: what one person is late with; `suggested` is the first step."""
    from officetui.ui import listing
    from officetui.ui.screens.register import PickedScreen

    records = [record for ref in refs if (record := app.office.get(ref)) is not None]
    if len(records) == 1:
        open_record(app, records[0].ref)
        return
    if not records:
        app.say(_("They are no longer there."), "error")
        return
    register = menus.register_of(records) or listing.MIXED
    app.push_screen(PickedScreen(register, [record.ref for record in records], title, suggested))


def show_help(app: OfficeApp, where: str) -> None:
    """The keys of the place, its steps, and the capture grammar."""
    from officetui.ui.modals.help import HelpScreen

    app.push_screen(HelpScreen(where, getattr(app.screen, "register", None)))


# Commands by name


def commands(app: OfficeApp) -> Iterator[Command]:
    """What the palette offers here: steps of what is selected, actions, new records."""
    screen = app.screen
    selected = getattr(screen, "selected", None)
    records: list[Record] = selected() if callable(selected) else []
    register = menus.register_of(records) if records else None
    if register is not None:
        for step in menus.steps_for(app.office, records):
            key = actions.key_words(actions.step_key(register, step))
            yield _(step.label), key, _taking(app, records, step.id)
    where = str(getattr(screen, "WHERE", ""))
    for _heading, members in actions.groups(where):
        for action in members:
            if action.id != "app.palette":
                yield action.name(), actions.shown_key(action), _running(app, action.handler)
    for register in registry.REGISTERS:
        if register.digit:
            yield register.name(), register.digit, _opening(app, register)
    for register in registry.REGISTERS:
        if register.digit:
            title = _("New: {register}").format(register=register.name())
            yield title, _("with a form"), _adding(app, register.id)


def _taking(app: OfficeApp, records: list[Record], step_id: str) -> Callable[[], object]:
    return lambda: take_step(app, records, step_id)


def _running(app: OfficeApp, handler: str) -> Callable[[], object]:
    return lambda: app.call_later(app.run_action, handler)


def _opening(app: OfficeApp, register: Register) -> Callable[[], object]:
    return lambda: open_register(app, register)


def _adding(app: OfficeApp, register_id: str) -> Callable[[], object]:
    from officetui.ui.new_records import new_record

    return lambda: new_record(app, register_id)


def show_palette(app: OfficeApp) -> None:
    """All commands by name."""
    from officetui.ui.modals.palette import PaletteScreen

    found: Iterable[Command] = list(commands(app))

    def call(command: Callable[[], object] | None) -> None:
        if command is not None:
            command()

    app.push_screen(PaletteScreen(found), call)


# The first start


def first_run(app: OfficeApp, then: Callable[[Office], None]) -> None:
    """Ask for the office's name and who is there, found it, and go on with it."""
    from officetui.ui.screens.first_run import FirstRunScreen

    app.push_screen(FirstRunScreen(then))
