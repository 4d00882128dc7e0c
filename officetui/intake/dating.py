"""When a row is: the day that its cells mean, with the year that titles and other rows give it."""

from __future__ import annotations

from datetime import date, timedelta

from officetui.intake.cells import When
from officetui.intake.rows import WEEKDAYS, Context, Row, field_of
from officetui.text.i18n import _


def settle(
    found: When, ctx: Context, *, weekday: int = -1, base: date | None = None
) -> date | None:
    """The calendar day a cell means. Without a year it is that of the title, of the rows before,
    or, with neither, the last one that has been (what has happened), else the nearest one that
    fits the weekday; `base` is the date of the same row,
    which a second date (due, answered) follows. None when no such day exists."""
    month = found.month or ctx.month or (base.month if base else 0)
    if not month or not found.day:
        return None
    if found.year:
        return _date(found.year, month, found.day)
    if base is not None:
        same = _date(base.year, month, found.day)
        if same is not None and same < base - timedelta(days=180):
            return _date(base.year + 1, month, found.day)
        return same or _date(base.year + 1, month, found.day)
    weekday = found.weekday if found.weekday >= 0 else weekday
    if ctx.year:
        day = _date(ctx.year, month, found.day)
        later = _date(ctx.year + 1, month, found.day)
        turned = ctx.last is not None and day is not None and day < ctx.last - timedelta(days=180)
        if later is not None and (day is None or turned):
            return later
        if weekday >= 0 and day and later and day.weekday() != weekday == later.weekday():
            # A roster "2026年12月" that runs into January.
            return later if month <= 2 else day
        return day
    today: date = ctx.view.today
    near = ctx.last or today
    days = [d for y in (-1, 0, 1) if (d := _date(near.year + y, month, found.day)) is not None]
    if ctx.happened and not ctx.dated:
        past = [_date(today.year - y, month, found.day) for y in (0, 1)]
        return next((d for d in past if d and d <= today + timedelta(days=7)), None)
    if weekday >= 0 and ctx.last is None:
        days = [day for day in days if day.weekday() == weekday] or days
    return min(days, key=lambda day: abs(day - near), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def main_date(row: Row, ctx: Context, name: str, register: str) -> date | None:
    """The date a row is about, into its cell; None when the row must be refused (`row.refused`)."""
    found = row.whens.get(name)
    if found is not None and not found.dated and ctx.last and name + "?" not in row.raw:
        # Where the file cannot say "merged" (csv, ods), an hour without a date is of the day above.
        found = found.merged(When(ctx.last.year, ctx.last.month, ctx.last.day))
        row.whens[name] = found
        row.remarks.append(_("The date is that of the row above."))
    if found is None or not found.dated:
        bad = row.raw.get(name + "?")
        label = _(field_of(register, name).label)
        if bad:
            row.refused = _("“{text}” is not a date ({field}).").format(text=bad, field=label)
        else:
            row.refused = _("Missing: {field}.").format(field=label)
        return None
    day = settle(found, ctx, weekday=row.weekday)
    if day is None:
        row.refused = _("“{text}” is not a date ({field}).").format(
            text=row.raw[name], field=_(field_of(register, name).label)
        )
        return None
    ctx.last = day
    ctx.dated = ctx.dated or bool(found.year)
    kind = field_of(register, name).kind
    row.cells[name] = day.isoformat() if kind == "day" else stamp(day, found)
    weekday = found.weekday if found.weekday >= 0 else row.weekday
    if weekday >= 0 and day.weekday() != weekday:
        row.remarks.append(
            _("{date} is not the weekday that the sheet says ({text}).").format(
                date=day.isoformat(), text="星期" + WEEKDAYS[weekday]
            )
        )
    return day


def stamp(day: date, found: When) -> str:
    """The canonical moment: a day, or a day and an hour."""
    return f"{day.isoformat()}T{found.start:%H:%M}" if found.start else day.isoformat()


def other_date(row: Row, ctx: Context, name: str, base: date, register: str) -> None:
    """A second date of the row, into its cell; one that cannot be settled goes into the note."""
    found = row.whens.get(name)
    if found is None:
        return
    field = field_of(register, name)
    day = settle(found, ctx, base=base) if found.dated else (base if found.start else None)
    if day is None:
        row.keep(_(field.label), row.raw[name])
    else:
        row.cells[name] = day.isoformat() if field.kind == "day" else stamp(day, found)
