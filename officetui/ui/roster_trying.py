"""Another setting of a line, tried beside the one that stands: asked, shown, and kept or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from officetui.office import roster as generator
from officetui.office.roster import Cell, Overrides, Plan
from officetui.office.roster_words import line_words, reason
from officetui.office.setting_tables import TABLES
from officetui.report.roster import compared_words
from officetui.text.i18n import _, pgettext
from officetui.text.safe import visible
from officetui.text.words import listed
from officetui.ui import menus
from officetui.ui.widgets.line import Piece
from officetui.ui.widgets.table import Col, Row

if TYPE_CHECKING:
    from officetui.ui.app import OfficeApp

# What a roster depends on, with what it is when nothing is said of it.
_PARTS: Final[Mapping[str, Any]] = {
    "seats": 1,
    "leaders": False,
    "groups": [],
    "units": [],
    "without": [],
    "sunday_as_saturday": False,
    "free_next_day": False,
    "by_day_type": False,
}


def ask(app: OfficeApp, then: Callable[[Overrides, Any], object]) -> None:
    """Which line, then its setting otherwise; `then` gets what to try, and the whole setting."""
    from officetui.ui.modals.menu import StepMenu

    rows = TABLES["duty_lines"].read(app.office.setting("duty_lines"))
    items = []
    for row in rows:
        label, hint = TABLES["duty_lines"].say(row)
        items.append(menus.Item(str(row["key"]), visible(label), hint=visible(hint)))

    def chosen(key: str | None) -> None:
        if key is not None:
            _form(app, next(row for row in rows if row["key"] == key), then)

    app.push_screen(StepMenu(_("Try which line otherwise?"), [items[:9]]), chosen)


def _form(app: OfficeApp, row: dict[str, Any], then: Callable[[Overrides, Any], object]) -> None:
    from officetui.ui.modals.form import FormScreen
    from officetui.ui.settings import entries

    table, office = TABLES["duty_lines"], app.office
    asked = [one for one in entries(app, table, row) if one.field.name not in _FIXED]
    kept = {name: value for name, value in row.items() if name != "key"}

    def read(values: dict[str, Any]) -> Any:
        given = {**kept, **values}
        full = {cell: value for cell, value in given.items() if value not in (None, "", [])}
        value = table.write(office.setting("duty_lines"), str(row["key"]), full)
        line = next(one for one in value if one["id"] == row["key"])
        tried = {row["key"]: {name: line.get(name, usual) for name, usual in _PARTS.items()}}
        generator.lines_of(office, tried)  # refused here, at the form
        return tried, value

    def closed(result: Any) -> None:
        if result is not None:
            then(*result)

    title = _("{line}: try it otherwise").format(line=_(str(row["label"])))
    app.push_screen(
        FormScreen(title, asked, office, read, key=f"try:{row['key']}", start="seats"), closed
    )


_FIXED: Final = ("label", "start", "end")


class Compared:
    """Two plans of one period, side by side."""

    def __init__(self, made: Plan, tried: Plan, value: Any) -> None:
        """`value`: the setting of the lines that was tried."""
        self.made, self.tried, self.value = made, tried, value
        self._before = {_place(cell): cell for cell in made.roster.cells}
        self._after = {_place(cell): cell for cell in tried.roster.cells}

    def names(self, day: date, line: str, current: Cell | None) -> tuple[str, bool]:
        """The people of a line on a day, those as set and those tried, and whether they differ."""
        one = [cell.person or _("nobody") for cell in self._of(self._before, day, line)]
        two = [cell.person or _("nobody") for cell in self._of(self._after, day, line)]
        here = current is not None and (current.day, current.line) == (day, line)
        words = listed(one) if one == two else f"{listed(one)} -> {listed(two)}"
        return (">" if here else "") + words, one != two

    @staticmethod
    def _of(cells: Mapping[Any, Cell], day: date, line: str) -> list[Cell]:
        found = [cell for cell in cells.values() if (cell.day, cell.line) == (day, line)]
        return sorted(found, key=lambda cell: cell.seat)

    def why(self, cell: Cell) -> list[str]:
        """Why this person as set, and why that one when tried."""
        lines = []
        for words, plan, cells in (
            (_("as set"), self.made, self._before),
            (_("tried"), self.tried, self._after),
        ):
            found = cells.get(_place(cell))
            if found is not None:
                about = f"{words} {_person(found)}"
                said = reason(plan, found)
                lines.append(_("{label}: {what}").format(label=about, what=said))
        return [visible(line, limit=400) for line in lines]

    def words(self) -> Piece:
        """How many seats differ, and how far each line is apart, in one line."""
        return ("  " + "".join(compared_words(self.made, self.tried)[:1]), "warn")

    def spreads(self, line: str) -> str:
        """How far a line is apart, as set and tried."""
        label = line_words(self.tried, line)
        found = compared_words(self.made, self.tried)[1:]
        return next((words for words in found if words.startswith(label + ":")), "") or next(
            (words for words in found if words.startswith(label)), ""
        )

    def balance(self, line: str) -> list[Row]:
        """Who has how many turns of a line, as set and tried, the most first."""
        ours = {one.person: one for one in self.made.roster.balance if one.line == line}
        theirs = {one.person: one for one in self.tried.roster.balance if one.line == line}
        names = dict.fromkeys([*ours, *theirs])

        def turns(found: Mapping[str, Any], name: str) -> tuple[str, int]:
            one = found.get(name)
            return (f"{one.before}+{one.turns}", one.before + one.turns) if one else ("", -1)

        ordered = sorted(names, key=lambda name: -turns(theirs, name)[1])
        rows = []
        for name in ordered:
            one, two = turns(ours, name), turns(theirs, name)
            gap = two[1] - one[1] if one[1] >= 0 and two[1] >= 0 else 0
            rows.append(
                Row(
                    f"{line}/{name}",
                    (name, one[0], two[0], f"{gap:+d}" if gap else ""),
                    styles=((3, "warn"),) if gap else (),
                )
            )
        return rows

    def columns(self, line: str) -> list[Col]:
        """The heads of the balance."""
        label = line_words(self.tried, line)
        gap = pgettext("turns", "apart (before+new)")
        return [Col(label, 8), Col(_("as set"), 8), Col(_("tried"), 8), Col(gap, grow=True)]


def _place(cell: Cell) -> tuple[date, str, int]:
    return cell.day, cell.line, cell.seat


def _person(cell: Cell) -> str:
    return cell.person or _("nobody")
