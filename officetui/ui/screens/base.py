"""What all screens share: header, body, keys, status line, and the actions on records."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import Reactive
from textual.widget import Widget

from officetui.office.tables import BY_ID, Record
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.ui import actions
from officetui.ui.painting import WholePaints
from officetui.ui.widgets.footer import Footer
from officetui.ui.widgets.header import HeaderLine
from officetui.ui.widgets.status import Severity, StatusLine
from officetui.ui.widgets.table import BlockTable

if TYPE_CHECKING:
    from officetui.office.office import Office
    from officetui.ui.app import OfficeApp


class Body(Widget, can_focus=False):
    """The room between header and footer."""


def key_bindings(where: str) -> list[BindingType]:
    """The bindings of a kind of screen, from the registry of actions."""
    return [
        Binding(",".join(actions.keys_of(action)), action.handler, action.id, show=False)
        for action in actions.actions_for(where)
        if actions.keys_of(action)
    ]


class BaseScreen(WholePaints[None]):
    """A screen with a header line, a body, the keys and the status line.

    Subclasses set WHERE, yield the body's widgets in `compose_body`, and answer
    `records_changed`. Keys come from the registry of actions; letters of steps act on
    `selected_refs`.
    """

    WHERE: ClassVar[str] = ""
    AUTO_FOCUS = ""
    # Textual repaints the whole screen when the focus moves; a table repaints its two lines.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init_subclass__(cls, **options: Any) -> None:
        own = list(cls.__dict__.get("BINDINGS", ()))
        cls.BINDINGS = [*key_bindings(cls.WHERE), *own]
        super().__init_subclass__(**options)

    def __init__(self) -> None:
        super().__init__()
        self.header_line = HeaderLine(id="header")
        self.body = Body(id="body")
        self.footer_line = Footer(id="footer")
        self.status_line = StatusLine(id="status")
        self._shown = False
        self._reminds = ""  # what stands in the status line as a reminder

    # Textual lays a new screen out and paints it three or four times until it is quiet; over a
    # slow line that is the start-up time. The first paint is held until the layout stands.

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """The first time, hold what is painted until everything is in its place."""
        if not self._shown:
            self._shown = True
            event.prevent_default()
            self.stack_updates += 1
            self.shell.held = self
            self._refresh_layout(self.app.size)
            self.remind()
            self.call_later(self._paint_first)
        else:
            self.remind()

    def _compositor_refresh(self) -> None:
        if self.shell.held is not self:
            super()._compositor_refresh()

    def _paint_first(self) -> None:
        """Everything asked for so far is in this one frame."""
        if self.app._batch_count:  # the app is still starting
            self.set_timer(0.002, self._paint_first)
            return
        self._update_timer.pause()
        self._refresh_layout(self.app.size)
        self._layout_required = self._repaint_required = self._scroll_required = False
        self._dirty_widgets.clear()
        self._compositor._dirty_regions.clear()
        self.shell.held = None
        self.shell.painted = True
        if self.is_current:
            self.app._display(self, self._compositor.render_update(full=True))
        if not gc.isenabled():  # see launch
            gc.freeze()
            gc.enable()

    @property
    def shell(self) -> OfficeApp:
        """The app, typed."""
        return cast("OfficeApp", self.app)

    @property
    def office(self) -> Office:
        """The office that is open."""
        return self.shell.office

    def compose(self) -> ComposeResult:
        yield self.header_line
        with self.body:
            yield from self.compose_body()
        yield self.footer_line
        yield self.status_line

    def compose_body(self) -> Iterable[Widget]:
        """The widgets of the body."""
        return ()

    # For subclasses

    def records_changed(self, refs: set[str]) -> None:
        """Some records are other than they were: show them as they are."""

    def came_home(self) -> None:
        """The key of this place was pressed while it was shown: back to how it begins."""

    def say(self, text: str, severity: Severity = "info") -> None:
        """Show a sentence in the status line."""
        self.status_line.say(text, severity)

    @property
    def table(self) -> BlockTable | None:
        """The table with the focus."""
        return self.focused if isinstance(self.focused, BlockTable) else None

    def marks(self) -> list[str]:
        """The refs of the marked rows, in all tables of the screen."""
        return [
            ref
            for table in self.query(BlockTable)
            for row in table.lines
            if row.ref in table.marked
            for ref in (row.refs or (row.ref,))
        ]

    def clear_marks(self) -> None:
        """Mark nothing any more."""
        for table in self.query(BlockTable):
            table.clear_marks()
        self.tell_keys()

    def left(self) -> None:
        """Another place is gone to: no mark is waiting when one comes back."""
        self.clear_marks()

    def selected_refs(self) -> list[str]:
        """The marked records; without marks those of the row under the cursor."""
        marked = self.marks()
        if marked:
            return list(dict.fromkeys(marked))
        table = self.table
        row = table.current if table is not None else None
        return list(row.refs or (row.ref,)) if row is not None else []

    def selected(self) -> list[Record]:
        """The selected records."""
        found = [self.office.get(ref) for ref in self.selected_refs()]
        return [record for record in found if record is not None]

    def suggested_step(self) -> str:
        """The step that the screen suggests for what is selected; "" for none."""
        return ""

    def has_days(self) -> bool:
        """Whether the keys of the days do something here."""
        return True

    def idle_keys(self) -> tuple[str, ...]:
        """Ids of actions that do nothing as long as nothing is listed."""
        return ()

    def more_keys(self) -> list[tuple[str, str]]:
        """Keys of the screen's own for the footer, with their words."""
        return []

    def tell_keys(self) -> None:
        """Show the keys of this screen, and the letters of the selected record's steps."""
        from officetui.ui import menus

        records = self.selected()
        register = menus.register_of(records)
        steps = menus.ordered(self.office, records, self.suggested_step()) if register else []
        self.footer_line.tell(
            self.WHERE,
            register,
            steps,
            days=self.has_days(),
            marked=len(self.marks()),
            more=self.more_keys(),
            selected=bool(records),
            without=self.idle_keys(),
        )

    def tick_each_minute(self) -> None:
        """Keep the clock of the header right, while this screen is looked at."""
        self.set_timer(60 - self.office.local.second, self._tick_header)

    def _tick_header(self) -> None:
        self.tick_each_minute()
        if self.is_current:
            from officetui.ui.heading import tell_header

            tell_header(self)

    def quiet(self) -> None:
        """A key was pressed: what was said of the one before it goes; a warning stays."""
        if self.status_line.severity != "warning":
            self.say("")
        self.remind()

    def remind(self, more: str = "") -> None:
        """The reminder of the hour, where nothing else is said; `more` goes behind it."""
        said = self.status_line.text.strip()
        if said not in ("", _("Ready."), self._reminds):
            return
        words = visible("  |  ".join(part for part in (self.shell.reminder, more) if part))
        if words or said == self._reminds:
            if words != said:
                self.say(words, "warning" if self.shell.reminder else "info")
            self._reminds = words

    # Keys

    def on_key(self, event: events.Key) -> None:
        """A letter that no action has may be the letter of a step."""
        key = event.character or ""
        if len(key) != 1 or not key.isalpha() or self.focused is None:
            return
        if event.key in self._bindings.key_to_bindings:
            return
        records = self.selected()
        if not records:
            return
        register = BY_ID[records[0].register]
        step = actions.step_by_key(register, key, register.steps)
        if step is None:
            return
        event.stop()
        event.prevent_default()
        from officetui.ui import flows, menus

        table = self.table
        if table is not None and table.adrift and not self.marks():
            # The record went from under the cursor: the letter was meant for it, not for this.
            table.adrift = False
            words = _("The cursor is now on “{title}”: press {key} again if you mean it.")
            title = menus.title(records, self.office)
            self.say(words.format(title=title, key=key), "error")
            return
        flows.take_step(self.shell, records, step.id)

    def on_paste(self, event: events.Paste) -> None:
        """A text pasted where no text is expected is a line to record, never keys."""
        event.stop()
        text = " ".join(part.strip() for part in event.text.splitlines() if part.strip())
        if text:
            from officetui.ui import flows

            flows.capture(self.shell, self.capture_register(), text)

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        before = self.focused
        super().set_focus(widget, scroll_visible, from_app_focus)
        # Told at once, not by messages: both tables and the keys change in one paint.
        for table in (before, self.focused):
            if isinstance(table, BlockTable):
                table.has_focus = table is self.focused
        if isinstance(self.focused, BlockTable):
            self.row_picked(self.focused)

    def row_picked(self, table: BlockTable) -> None:
        """The cursor is on another row: told at once, so that one paint shows all of it."""
        if table.has_focus:
            self.tell_keys()

    def action_menu(self) -> None:
        records = self.selected()
        if not records:
            self.say(_("Nothing is selected: press a to record something."))
            return
        from officetui.ui import flows

        flows.open_menu(self.shell, records, self.suggested_step())

    def action_mark(self) -> None:
        if self.table is not None:
            self.table.toggle_mark()
            self.tell_keys()

    def action_edit(self) -> None:
        records = self.selected()
        if len(records) > 1:
            self.say(_("Only one record can be edited at a time: Esc takes the marks away."))
        elif records:
            from officetui.ui import flows

            flows.edit_record(self.shell, records[0])

    def action_seating(self) -> None:
        """Who sits where at the selected meeting."""
        from officetui.ui.modals.seating import SeatingScreen

        records = self.selected()
        if len(records) != 1 or records[0].register != "meetings":
            self.say(_("Go to a meeting first: its seats are drawn."))
            return
        self.app.push_screen(SeatingScreen(records[0]))

    def action_template(self) -> None:
        """Keep the checklist of the selected meeting as the office's own."""
        from officetui.ui import templates

        records = self.selected()
        if len(records) != 1 or records[0].register != "meetings":
            self.say(_("Go to a meeting first: its checklist is kept."))
            return
        templates.keep(self.shell, records[0])

    def action_tell(self) -> None:
        """The messages that tell people of their duty, or of a meeting."""
        from officetui.ui import telling

        telling.tell_here(self.shell, self.selected(), marked=bool(self.marks()))

    def action_down(self) -> None:
        if self.table is not None:
            self.table.action_cursor_down()

    def action_up(self) -> None:
        if self.table is not None:
            self.table.action_cursor_up()

    def action_day(self, days: int) -> None:
        """Another day; screens that have days override it."""

    def show_day(self, day: date) -> None:
        """Show a day; screens that have days override it."""

    def action_goto(self) -> None:
        from officetui.ui.modals.goto import GotoScreen

        def go(day: date | None) -> None:
            if day is not None:
                self.show_day(day)

        self.app.push_screen(GotoScreen(), go)

    def action_add(self) -> None:
        from officetui.ui import flows

        flows.capture(self.shell, self.capture_register())

    def capture_register(self) -> str | None:
        """The register a line without a prefix is for; on Today it may be for any."""
        return None if self.WHERE == actions.TODAY else self.add_register()

    def add_register(self) -> str | None:
        """The register whose prefix the capture line begins with."""
        return None

    def action_search(self) -> None:
        """Look for words in everything."""
        from officetui.ui.screens.search import SearchScreen

        self.app.push_screen(SearchScreen())

    def action_undo(self) -> None:
        self.shell.perform(self.office.undo)

    def action_redo(self) -> None:
        self.shell.perform(self.office.redo)

    def action_help(self) -> None:
        from officetui.ui import flows

        flows.show_help(self.shell, self.WHERE)

    def action_palette(self) -> None:
        from officetui.ui import flows

        flows.show_palette(self.shell)

    def action_back(self) -> None:
        """One step back: first the marks, then the screen."""
        if self.marks():
            self.clear_marks()
        elif len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        elif self.app.current_mode != self.app.DEFAULT_MODE:
            self.shell.place("1")
