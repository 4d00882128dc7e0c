"""One screen for every register: what is open in it, or a day, a month, a year of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from officetui.office.tables import Record, Register
from officetui.text.glyphs import glyphs
from officetui.text.i18n import _
from officetui.text.words import listed
from officetui.ui import actions, listing
from officetui.ui.listing import Period
from officetui.ui.screens.paged import PagedScreen
from officetui.ui.styles import styles_dir


class RegisterScreen(PagedScreen):
    """The records of a register: everything open, or a day, a month, a year of it."""

    WHERE = actions.LIST
    CSS_PATH = styles_dir() / "register.tcss"
    can_change_period: ClassVar[bool] = True

    def __init__(self, register: Register, place: Sequence[Register] = ()) -> None:
        """`place`: the registers that share the key of this place, this one among them."""
        super().__init__(register)
        self.registers = tuple(place) or (register,)
        self.period: Period | None = None

    def on_mount(self) -> None:
        if self.period is None:
            self.period = listing.usual(self.register, self.office.today)
        self._read_at_day()
        self.table.focus()
        self.tick_each_minute()

    def found(self) -> Sequence[Record]:
        """The records of the list, in its order."""
        assert self.period is not None
        return listing.records(self.office, self.register, self.period)

    def _read_at_day(self) -> None:
        """Read the list anew; the cursor goes to what is on the day of the period."""
        self.read()
        self._go_to_day()

    def _go_to_day(self) -> None:
        """The cursor to the day of the period: the first record not before it."""
        assert self.period is not None
        place = 0
        if self.period.kind in ("month", "year") and (
            self.register.passes or not self.register.due
        ):
            day = self.period.day.isoformat()
            days = [record.text(self.register.day)[:10] for record in self._records]
            place = next((n for n, found in enumerate(days) if found >= day), len(days) - 1)
        self._go_to_record(max(0, place))

    # The registers of the place

    def came_home(self) -> None:
        """The key of the place, pressed here: the next register of the place, else read anew."""
        here = next((n for n, one in enumerate(self.registers) if one.id == self.register.id), 0)
        self.turn_to(self.registers[(here + 1) % len(self.registers)])

    def turn_to(self, register: Register) -> None:
        """List another register of the place; this one, once more, as it is now."""
        if register.id == self.register.id:
            self._forget_kept()
            if self.period is not None:
                self.reload()
            return
        self.register = register
        self.filters, self.order = [], ("", False)
        self._records = []
        if self.period is None:  # not there yet: it comes up with this one
            return
        self._set(listing.usual(register, self.office.today))

    def add_register(self) -> str | None:
        """The capture line begins for this register."""
        return self.register.id or None

    # In words

    def title_words(self) -> str:
        """2 Duty: November 2026."""
        assert self.period is not None
        words = listing.title(self.register, self.period, self.office.today)
        return f" {glyphs().separator} ".join([words, *self.filter_words()])

    def empty_words(self) -> str:
        """What the empty list says."""
        assert self.period is not None
        if self.filters:
            return _("Nothing of that kind here. Press Esc for all of the list.")
        return listing.empty(self.register, self.period)

    def count_words(self) -> list[str]:
        """Of a month, what the register counts by groups."""
        if self.register.group is None or self.period is None or self.period.kind != "month":
            return super().count_words()
        from officetui.office import counting

        month = self.period.day.isoformat()[:7]
        return counting.words(
            self.register, counting.of_month(self.shell.office, self.register, month)
        )

    def key_words(self) -> str:
        if not self.register.day or not self.can_change_period:
            return ""
        words = self._place_words() or _("0 open/month/year  [ ] day")
        return f"{words}{self._grid_words()}"

    def _place_words(self) -> str:
        """What else the key of this place leads to: 3: outgoing papers, drafts."""
        here = next((n for n, one in enumerate(self.registers) if one.id == self.register.id), 0)
        others = (*self.registers[here + 1 :], *self.registers[:here])
        if not others:
            return ""
        return f"{self.register.digit} {glyphs().right} {listed(one.name() for one in others)}"

    def _grid_words(self) -> str:
        """The key of the month as a grid, or of the week, where there is one."""
        words = {"duty": _("- month"), "meetings": _("- week")}.get(self.register.id, "")
        return f"  {words}" if words else ""

    def more_keys(self) -> list[tuple[str, str]]:
        of_duty = self.register.id == "duty" and not self.marks()
        return [actions.roster_key()] if of_duty else []

    # Days

    def action_period(self) -> None:
        """Everything open, this month, this year."""
        if not self.can_change_period:
            return
        assert self.period is not None
        office = self.office
        self._set(listing.next_period(self.register, self.period, office.today))

    def action_day(self, days: int) -> None:
        """The day before or after; in a month the cursor goes there, and on into the next."""
        assert self.period is not None
        by = days
        if not self.register.day or not self.can_change_period:
            return
        if self.period.kind == "month":
            self._day_in_month(by)
        else:
            self._set(listing.step_day(self.period, by, self.office.today))

    def _day_in_month(self, by: int) -> None:
        assert self.period is not None
        row = self.table.current
        days = [record.text(self.register.day)[:10] for record in self._records]
        refs = [record.ref for record in self._records]
        here = days[refs.index(row.ref)] if row is not None and row.ref in refs else ""
        beyond = [day for day in days if (day > here if by > 0 else day < here)]
        if here and beyond:
            target = min(beyond) if by > 0 else max(beyond)
            self._go_to_record(days.index(target))
            return
        self._set(Period("month", listing.step_month(self.period.day, by)), at_end=by < 0)

    def action_month(self) -> None:
        """The roster's month as a grid; of meetings the week."""
        meetings = self.register.id == "meetings"
        if not (self.register.passes or meetings) or self.period is None:
            words = _("A month as a grid is there for the roster (2), a week for meetings (4).")
            self.say(words)
            return
        row = self.table.current
        under = [one for one in self._records if row is not None and one.ref == row.ref]
        day = (under[0].day(self.register.day) if under else None) or self.period.day
        if meetings:
            from officetui.ui.screens.week import WeekScreen

            self.app.push_screen(WeekScreen(day, under[0].ref if under else ""))
            return
        from officetui.ui.screens.month import MonthScreen

        self.app.push_screen(MonthScreen(day))

    def show_day(self, day: date) -> None:
        """What the dialogue of `g` chose."""
        if self.register.day and self.can_change_period:
            self._set(Period("month" if self.register.passes else "day", day))

    def has_days(self) -> bool:
        return bool(self.register.day) and self.can_change_period

    def _set(self, period: Period, at_end: bool = False) -> None:
        self.period = period
        self._forget_kept()
        self._page = 0
        self.clear_marks()
        if at_end:
            self.read()
            self._go_to_record(len(self._records) - 1)
        else:
            self._read_at_day()

    def action_back(self) -> None:
        """Back to the usual list, then to where one came from."""
        usual = listing.usual(self.register, self.office.today)
        if self._marked or self.table.marked:
            self.clear_marks()
        elif self.filters or self.order[0]:
            self.widen()
        elif self.can_change_period and self.period != usual:
            self._set(usual)
        else:
            super().action_back()


class PickedScreen(RegisterScreen):
    """A list of chosen records: what one person is late with."""

    can_change_period = False

    def __init__(
        self, register: Register, refs: Sequence[str], title: str, suggested: str = ""
    ) -> None:
        """`suggested` is the step that comes first for what is listed."""
        super().__init__(register)
        self._refs = list(refs)
        self._title = title
        self._suggested = suggested

    def suggested_step(self) -> str:
        return self._suggested

    def found(self) -> Sequence[Record]:
        office = self.office
        got = (office.get(ref) for ref in self._refs)
        return [record for record in got if record is not None and not record.trashed]

    def title_words(self) -> str:
        return self._title

    def empty_words(self) -> str:
        return _("Nothing is left here. Press Esc to go back.")
