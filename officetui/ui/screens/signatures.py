"""The days of a month by their signatures: which were signed, by whom, with what carried; and
which were not. Enter reads the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from officetui.office.tables import BY_ID, EVENING, Record, review_key
from officetui.text.i18n import _
from officetui.ui import listing
from officetui.ui.listing import Period
from officetui.ui.screens.register import RegisterScreen
from officetui.ui.screens.review import ReviewScreen


class SignaturesScreen(RegisterScreen):
    """Nothing is acted on here: a day is signed where it is shown."""

    def __init__(self, day: date) -> None:
        super().__init__(BY_ID["reviews"])
        self.period = Period("month", day)

    def found(self) -> Sequence[Record]:
        """What is signed, and the evenings between that nobody signed."""
        assert self.period is not None
        signed = listing.records(self.office, self.register, self.period)
        if self.period.kind != "month":
            return signed
        known = {one.text("date") for one in signed if one.text("half") == EVENING}
        gaps = [_unsigned(day) for day in self._days() if day.isoformat() not in known]
        return sorted([*signed, *gaps], key=lambda one: (one.text("date"), one.text("half")))

    def _days(self) -> Iterator[date]:
        """The days of the month that are over and of which the journals tell."""
        from officetui.office import log, periods

        assert self.period is not None
        began = log.written_since(self.office)
        day, last = periods.days_of("month", self.period.day)
        while began is not None and day <= last and day < self.office.today:
            if day >= began:
                yield day
            day += timedelta(days=1)

    def selected(self) -> list[Record]:
        return []

    def action_menu(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """The review of the day under the cursor."""
        row = self.table.current
        record = next((one for one in self._records if row and one.ref == row.ref), None)
        day = record.day("date") if record is not None else None
        if record is None or day is None:
            return
        self.app.pop_screen()
        below = self.app.screen
        if isinstance(below, ReviewScreen):
            below.show_day(day, record.text("half"))

    def action_mark(self) -> None:
        self.say(_("Enter reads the day; nothing is marked here."))

    def action_mark_all(self) -> None:
        self.action_mark()

    def action_back(self) -> None:
        if self.filters or self.order[0]:
            self.widen()
        else:
            self.app.pop_screen()


def _unsigned(day: date) -> Record:
    cells = {"date": day.isoformat(), "half": EVENING}
    return Record("reviews", {"id": review_key(cells), **cells})
