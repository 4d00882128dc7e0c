"""The roster of a month before it is written: who, why, and what it asks of whom.

A day is a line. The seat under the cursor says why this person; beside it (or by Tab) stands what
its line asks of everybody. Nothing is written before the menu of Enter says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import Any, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from officetui.errors import Refused
from officetui.office import roster as generator
from officetui.office.roster import Cell, Overrides, Plan, balance_spread
from officetui.office.roster_words import hints, line_words, reason, type_words
from officetui.office.tables import BY_ID, Record
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.safe import visible
from officetui.text.width import wrap
from officetui.text.words import listed, month_words, weekday_short
from officetui.ui import actions, flows, menus, roster_trying
from officetui.ui.heading import tell_header
from officetui.ui.roster_trying import Compared
from officetui.ui.screens.base import BaseScreen
from officetui.ui.styles import styles_dir
from officetui.ui.widgets.line import Piece, TextLine
from officetui.ui.widgets.table import BlockTable, Col, Row

_WIDE: Final = 110  # columns from which the balance stands beside the days
_BALANCE: Final = 48
_TURNS: Final = 10
_WHY: Final = 3  # lines of the reason
_MARKS: Final = {"kept": "=", "changed": "*", "empty": "!"}


class RosterScreen(BaseScreen):
    """A preview of the roster: left and right go from seat to seat of a day."""

    WHERE = actions.ROSTER
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        styles_dir() / "register.tcss",
        styles_dir() / "roster.tcss",
    ]

    def __init__(self, first: date, last: date) -> None:
        super().__init__()
        self.first, self.last = first, last
        self.keep = False  # what is planned and not told stays as well
        self._plan: Plan | None = None
        self._wrong = ""  # why there is none
        self._trying: tuple[Overrides, Any] | None = None  # another setting, shown beside it
        self._compared: Compared | None = None
        self._seat = 0  # of the day under the cursor
        self._balance = False  # shown instead of the days, where there is no room for both
        self._filling = False

    def compose_body(self) -> ComposeResult:
        yield TextLine(id="list-title")
        with Horizontal(id="roster-tables"):
            yield BlockTable(id="roster-days")
            yield BlockTable(id="roster-balance")
        for n in range(_WHY):
            yield TextLine(id=f"roster-why-{n}")

    @property
    def table(self) -> BlockTable:
        """The days."""
        return self.query_one("#roster-days", BlockTable)

    @property
    def _beside(self) -> BlockTable:
        return self.query_one("#roster-balance", BlockTable)

    def on_mount(self) -> None:
        self._beside.can_focus = False
        self._make()
        self.table.focus()
        self.tick_each_minute()

    def on_resize(self, event: events.Resize) -> None:
        if self._plan is not None:
            self._show()
        self.call_after_refresh(self.tell_keys)

    def records_changed(self, refs: set[str]) -> None:
        """Somebody confirmed, or is on leave now: it is made again from what there is."""
        if any(ref.partition("/")[0] in ("duty", "people", "settings", "schedule") for ref in refs):
            self._make()

    def _make(self) -> None:
        try:
            self._plan = generator.plan(self.office, self.first, self.last, keep=self.keep)
            self._wrong = ""
            self._compare()
            for words in hints(self._plan)[:1]:
                self.say(words, "warning")
        except Refused as error:
            self._plan, self._wrong, self._compared = None, error.message, None
        self._show()

    def _compare(self) -> None:
        """The same days by the setting that is tried."""
        self._compared = None
        if self._trying is not None and self._plan is not None:
            tried, value = self._trying
            days = (self.office, self.first, self.last)
            plan = generator.plan(*days, keep=self.keep, overrides=tried)
            self._compared = Compared(self._plan, plan, value)

    # Showing

    def _show(self) -> None:
        tell_header(self)
        width = self.size.width or self.app.size.width
        wide = width >= _WIDE
        days, beside = self.table, self._beside
        days.display = wide or not self._balance
        beside.display = wide or self._balance
        beside.styles.width = _BALANCE if wide else width
        days.empty = visible(self._wrong) or _("There is nobody to plan for: record people first.")
        self._filling = True
        with self.app.batch_update():
            room = width - (_BALANCE if wide else 0)
            days.show_header = True
            days.set_columns(self._columns(), room)
            days.fill(self._day_rows())
            self._show_balance(_BALANCE if wide else width)
            self._tell()
            self.tell_keys()
        self._filling = False
        self._say_why()

    def _columns(self) -> list[Col]:
        lines = self._plan.roster.lines if self._plan is not None else ()
        growing = [Col(_(line.label), grow=True) for line in lines]
        return [Col(_("Date"), 10), Col(pgettext("roster", "Kind of day"), 12), *growing]

    def _days(self) -> dict[date, list[Cell]]:
        found: dict[date, list[Cell]] = {}
        for cell in self._plan.roster.cells if self._plan is not None else ():
            found.setdefault(cell.day, []).append(cell)
        return found

    def _day_rows(self) -> Iterator[Row]:
        plan = self._plan
        if plan is None:
            return
        current = self._cell()
        for day, cells in self._days().items():
            shown: dict[str, list[str]] = {}
            empty = False
            for cell in cells:
                fate = plan.fate(cell)
                empty = empty or fate == "empty"
                name = _MARKS.get(fate, "") + (cell.person or _("nobody"))
                shown.setdefault(cell.line, []).append(f">{name}" if cell is current else name)
            kind = plan.roster.day_types[day]
            if self._compared is not None:
                both = [self._compared.names(day, one.id, current) for one in plan.roster.lines]
                shown = {
                    one.id: [words]
                    for one, (words, _d) in zip(plan.roster.lines, both, strict=True)
                }
                empty = any(differs for _words, differs in both)
            yield Row(
                day.isoformat(),
                (
                    f"{day:%m-%d} {weekday_short(day)}",
                    type_words(kind),
                    *(listed(shown.get(line.id, ())) for line in plan.roster.lines),
                ),
                mark=empty,
                styles=((0, "title" if kind in ("workday", "moved") else "warn"), (1, "dim")),
            )

    def _cell(self) -> Cell | None:
        """The seat under the cursor."""
        row = self.table.current
        cells = self._days()
        if not cells:
            return None
        day = date.fromisoformat(row.ref) if row is not None else next(iter(cells))
        here = cells.get(day) or next(iter(cells.values()))
        return here[min(self._seat, len(here) - 1)]

    def _show_balance(self, width: int) -> None:
        """What the line of the seat under the cursor asks of whom, the most first."""
        plan, cell = self._plan, self._cell()
        beside = self._beside
        rows = []
        label = ""
        if self._compared is not None and cell is not None:
            beside.show_header = True
            beside.set_columns(self._compared.columns(cell.line), width)
            beside.fill(self._compared.balance(cell.line))
            return
        if plan is not None and cell is not None:
            label = line_words(plan, cell.line)
            mine = [one for one in plan.roster.balance if one.line == cell.line]
            for one in sorted(mine, key=lambda one: -(one.before + one.turns)):
                kinds = [f"{type_words(kind)} {n}" for kind, n in one.days.items()]
                if one.away:
                    kinds.append(
                        ngettext("away {n} day", "away {n} days", one.away).format(n=one.away)
                    )
                total = f"{one.before}+{one.turns}"
                styles = ((0, "title"),) if one.person == cell.person else ()
                rows.append(
                    Row(
                        f"{one.line}/{one.person}",
                        (one.person, total, listed(kinds)),
                        styles=styles,
                    )
                )
        beside.show_header = True
        cols = [
            Col(label or " ", 8),
            Col(pgettext("turns", "before+new"), _TURNS),
            Col(pgettext("turns", "the new ones"), grow=True),
        ]
        beside.set_columns(cols, width)
        beside.fill(rows)

    def _tell(self) -> None:
        """The title: the period, what is new, kept, changed and empty, how far lines are apart."""
        words = _("Roster of {month}").format(month=month_words(self.first))
        pieces: list[Piece] = [(" ", ""), (words, "strong")]
        plan = self._plan
        if self._compared is not None:
            pieces.append(self._compared.words())
        elif plan is not None:
            said = (
                (_("{n} new"), "new", ""),
                (_("{n} changed"), "changed", "warn"),
                (_("{n} kept"), "kept", ""),
                (_("{n} empty"), "empty", "alert"),
            )
            for text, fate, style in said:
                count = plan.count(fate)
                if count:
                    pieces.append(("  " + text.format(n=count), style))
            for year in plan.unknown:
                text = _("working days of {year} not known").format(year=year)
                pieces.append(("  " + text, "warn"))
        right = [(_("Nothing is written yet"), "dim"), (" ", "")]
        if plan is not None and (self.size.width or 0) >= _WIDE:
            spreads = [
                f"{_(line.label)} {least}-{most}"
                for line in plan.roster.lines
                for least, most in (balance_spread(plan.roster, line.id),)
            ]
            right.insert(0, (listed(spreads) + "  ", "dim"))
        self.query_one("#list-title", TextLine).show(*pieces, right=tuple(right))

    def _say_why(self) -> None:
        """Why this person, below the table."""
        plan, cell = self._plan, self._cell()
        lines: list[str] = []
        if self._compared is not None and cell is not None:
            lines = [*self._compared.why(cell), self._compared.spreads(cell.line)]
        elif plan is not None and cell is not None:
            width = self.size.width or self.app.size.width
            head = f"{cell.day:%m-%d} {line_words(plan, cell.line)} {cell.person or _('nobody')}"
            said = _("{label}: {what}").format(label=head, what=reason(plan, cell))
            text = visible(said, limit=4 * width)
            lines = wrap(text, max(20, width - 2))
            record = plan.was(cell)
            if record is not None and plan.fate(cell) == "changed":
                lines.append(_("until now: {name}").format(name=visible(record.text("person"))))
        for n in range(_WHY):
            line = self.query_one(f"#roster-why-{n}", TextLine)
            line.show((" ", ""), (lines[n] if n < len(lines) else "", ""))

    # Keys

    def row_picked(self, table: BlockTable) -> None:
        """Another day: its seat says why, and its line what it asks."""
        if self._filling or table is not self.table or self._plan is None:
            return
        self._follow()

    def _follow(self) -> None:
        self._filling = True
        self.table.fill(self._day_rows())
        wide = (self.size.width or self.app.size.width) >= _WIDE
        self._show_balance(_BALANCE if wide else self.size.width)
        self._filling = False
        self._say_why()

    def action_seat(self, by: int) -> None:
        """The next seat of the day, or the one before."""
        row = self.table.current
        cells = self._days().get(date.fromisoformat(row.ref), []) if row is not None else []
        if cells:
            self._seat = (min(self._seat, len(cells) - 1) + by) % len(cells)
            self._follow()

    def action_turn(self) -> None:
        """The balance instead of the days, and back."""
        if (self.size.width or 0) >= _WIDE:
            self.say(_("Both stand side by side."))
            return
        self._balance = not self._balance
        self._show()

    def action_menu(self) -> None:
        """Enter: write it, or make it otherwise."""
        from officetui.ui.modals.menu import StepMenu

        plan = self._plan
        items = []
        if self._compared is not None:
            words = _("Keep the setting that is tried")
            items.append(menus.Item("take", words, hint=_("the lines of the duty roster")))
            items.append(menus.Item("drop", _("Back to the setting as it stands")))
        elif plan is not None:
            n = plan.count("new") + plan.count("changed")
            words = ngettext("Write {n} seat", "Write {n} seats", n).format(n=n)
            items.append(menus.Item("write", words, hint=_("one change; u takes it back")))
        if self.keep:
            items.append(menus.Item("keep", _("Plan again what nobody was told of")))
        else:
            items.append(menus.Item("keep", _("Fill only the seats that are empty")))
        items.append(menus.Item("try", _("Try another setting of a line ...")))
        items.append(menus.Item("month", _("Another month")))
        items.append(menus.Item("leave", _("Leave it; nothing is written")))
        self.app.push_screen(StepMenu(_("Roster"), [items]), self._chosen)

    def _chosen(self, item: str | None) -> None:
        if item == "write":
            self._write()
        elif item == "keep":
            self.keep = not self.keep
            self._make()
        elif item == "try":
            roster_trying.ask(self.shell, self._try)
        elif item == "drop":
            self._try_nothing()
        elif item == "take":
            self._take()
        elif item == "month":
            self.app.pop_screen()
            from officetui.ui.roster_month import choose_month

            choose_month(self.shell)
        elif item == "leave":
            self.app.pop_screen()

    def _try(self, overrides: Overrides, value: Any) -> None:
        """Show the roster by another setting beside the one that stands."""
        self._trying = (overrides, value)
        self._make()
        cells = next(iter(self._days().values()), [])
        tried = [place for place, cell in enumerate(cells) if cell.line in overrides]
        if tried:  # the balance beside the days is the one of what is tried
            self._seat = tried[0]
            self._follow()

    def _try_nothing(self) -> None:
        self._trying = None
        self._make()

    def _take(self) -> None:
        """The office takes the setting that was tried; the roster is made by it."""
        assert self._trying is not None
        value = self._trying[1]
        self._trying = None
        if self.shell.perform(lambda: self.office.set_setting("duty_lines", value)) is not None:
            self._make()

    def _write(self) -> None:
        plan = self._plan
        assert plan is not None
        if self.shell.perform(lambda: generator.write(self.office, plan)) is None:
            return
        said = (
            self.shell.screen.status_line.text if isinstance(self.shell.screen, BaseScreen) else ""
        )
        self.app.pop_screen()
        flows.open_register(self.shell, BY_ID["duty"])
        shown = self.app.screen_stack[0]
        if isinstance(shown, BaseScreen):
            shown.show_day(self.first)
            shown.say(said)

    def selected(self) -> list[Record]:
        """No letter of a step acts here."""
        return []

    def has_days(self) -> bool:
        return False


__all__ = ["RosterScreen"]
