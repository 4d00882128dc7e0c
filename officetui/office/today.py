"""Making the board: the panels of Today from the desk, at one moment."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from officetui.office import (
    clashes,
    deadlines,
    errands,
    followups,
    information,
    numbers,
    triage,
    whereabouts,
)
from officetui.office.board import (
    Attention,
    Board,
    DueItem,
    MeetingRow,
    PaperRow,
    VisitorRow,
)
from officetui.office.look import Look
from officetui.office.seats import ahead, seats, shifts
from officetui.registers import documents, meetings, reception, schedule, spans
from officetui.registers.calendar import UnknownYear, day_type_words, lunar_words
from officetui.registers.people import away_until
from officetui.registers.record import Record
from officetui.registers.registry import BY_ID, REGISTERS
from officetui.text.i18n import _, pgettext
from officetui.text.words import due_words, gist, listed, overdue_words

FIRST = 5
AHEAD = 3  # days that are looked ahead
_ROSTERED = 2  # days ahead for which somebody must be on the roster
_CLASHES = 5  # told of one meeting; more would not fit anywhere


def make_board(look: Look, office: str, today: date | None = None) -> Board:
    """The board of the moment that `look` stands at; `today` is the day that it really is.

    Of a day that is over nothing is pressing any more, so nothing stands first; `attention` says
    what there was to look after, as far as the desk knows it now.
    """
    items = deadlines.deadlines(look)
    now = look.local
    past = today is not None and now.date() < today
    attention = triage.attention(look, items)
    return Board(
        office=office,
        user=look.user,
        now=now,
        day=now.date(),
        day_type=_day_type(look, now.date()),
        lunar=lunar_words(now.date()),
        first=[] if past else _first(attention),
        attention=attention,
        seats=seats(look, past),
        shifts=shifts(look),
        due=_due_today(look, items),
        # what is due today or late stands in blocks of its own
        papers=_papers(look, {i.record.ref for i in items if i.at.date() <= now.date()}),
        counts=_counts(look, items),
        meetings=_meetings(look),
        visitors=_visitors(look),
        followups=followups.rows(look),
        overdue=deadlines.by_person(look, [i for i in items if i.at < now]),
        ahead=[ahead(look, now.date() + timedelta(days=n)) for n in range(1, AHEAD + 1)],
        whereabouts=whereabouts.whereabouts(look),
        vehicles=errands.vehicles(look),
        errands=errands.rows(look),
        today=today if today != now.date() else None,
        uncovered=None if past else _uncovered(look),
        untouched=_untouched(look),
    )


def _uncovered(look: Look) -> date | None:
    """The first of the next days without anybody on duty, where there is a roster at all."""
    rostered = {seat.day("date") for seat in look.records("duty")}
    days = [look.today + timedelta(days=n) for n in range(1, _ROSTERED + 1)]
    return next((day for day in days if rostered and day not in rostered), None)


def _untouched(look: Look) -> bool:
    """Whether an office holds nothing yet but its settings."""
    tables = ("people", *(table.id for table in REGISTERS if table.id != "settings"))
    return not any(look.records(table) for table in tables) and not look.store.years()


def _first(attention: list[Attention]) -> list[Attention]:
    """Up to five: the next hours, then today, then what is newly or long overdue."""
    return [a for a in attention if a.group < deadlines.LATER][:FIRST]


def _day_type(look: Look, day: date) -> str:
    try:
        return day_type_words(look.calendar.day_type(day))
    except UnknownYear:
        return _("calendar not known")


# papers


def _due_today(look: Look, items: list[deadlines.Deadline]) -> list[DueItem]:
    """What must be handed in today, by the hour: papers, visitors' matters, names for a meeting."""
    today = look.today
    rows = [_due(look, item) for item in items if item.at.date() == today]
    for record, at in meetings.names_due(look):
        if at.date() == today:
            rows.append(_names(look, record, at))
    rows.sort(key=lambda row: row.at)
    return rows


def _names(look: Look, record: Record, at: datetime) -> DueItem:
    holder = record.text("owner") or record.text("lead_unit")
    soon = at - look.local <= timedelta(minutes=look.setting("soon_minutes"))
    return DueItem(
        ref=record.ref,
        at=at,
        when=at.strftime("%H:%M"),
        badge=pgettext("word", "names"),
        urgency="",
        title=_("names for {title}").format(title=record.text("title")),
        step="give_names",
        next=pgettext("names", "to give"),
        holder=holder,
        held="",
        mark=soon or not holder,
    )


def _due(look: Look, item: deadlines.Deadline) -> DueItem:
    record = item.record
    holder = deadlines.holder(look, record)
    return DueItem(
        ref=record.ref,
        at=item.at,
        when=item.at.strftime("%H:%M"),
        badge=numbers.badge(look, record) or _(BY_ID[record.register].word),
        urgency=deadlines.pressing_words(record),
        title=deadlines.headline(look, record),
        step=triage.step_for(look, record, holder),
        next=deadlines.next_words(look, record),
        holder=holder,
        held=deadlines.held(look, record),
        mark=item.group in (deadlines.SOON, deadlines.NEWLY) or not holder,
        basis=deadlines.basis(look, record, item.at),
    )


def _papers(look: Look, shown: set[str]) -> list[PaperRow]:
    """Papers in hand that are not due today: what waits for the office itself comes first."""
    finished = documents.DOCUMENTS.finished
    rank = {"signed_for": 0, "registered": 1, "checked": 1, "proposed": 2, "instructed": 3}
    rows = []
    for record in look.records("documents"):
        if record.state in finished or record.ref in shown:
            continue
        holder = documents.holder(record, look)
        person = look.person(holder)
        away = away_until(person, look.today) if person else ""
        order = (
            rank.get(record.state, 5),
            deadlines.urgency(record),
            record.text("due") or "9",
            record.text("recv_at"),
        )
        row = PaperRow(
            ref=record.ref,
            badge=numbers.badge(look, record),
            source=record.text("from_org"),
            title=gist(record.text("title"), record.text("from_org")),
            next=documents.progress(record, look),
            holder=holder or _("nobody"),
            held=_("on leave") if away else deadlines.held(look, record),
            mark=bool(away) or not holder,
        )
        rows.append((order, row))
    rows.sort(key=lambda one: one[0])
    return [row for _order, row in rows]


def _counts(look: Look, items: list[deadlines.Deadline]) -> dict[str, int]:
    counts = dict.fromkeys(
        ("open", "to_propose", "to_instruct", "circulating", "overdue", "waiting", "new_visitors"),
        0,
    )
    finished = documents.DOCUMENTS.finished
    for record in look.records("documents"):
        if record.state in finished:
            continue
        counts["open"] += 1
        waits = record.state in ("signed_for", "registered", "checked")
        reads = documents.to_read(record)
        counts["to_propose"] += waits and not reads
        counts["to_instruct"] += record.state == "proposed"
        counts["circulating"] += record.state in ("readers_set", "circulating") or (waits and reads)
    counts["overdue"] = sum(
        1 for i in items if i.at < look.local and i.record.register == "documents"
    )
    done = reception.RECEPTION.finished
    for record in look.records("reception"):
        counts["waiting"] += record.state not in done
        counts["new_visitors"] += record.day("at") == look.today
    return counts | followups.counts(look) | errands.counts(look) | information.counts(look)


# meetings and visitors


def _meetings(look: Look) -> list[MeetingRow]:
    """Today's meetings, and later ones that something is due for today."""
    today = look.today
    since = datetime.combine(today, time.min)
    found: dict[str, list[clashes.Clash]] = {}
    for clash in clashes.among(look, since, since + timedelta(days=1)):
        for ref in {side.ref for side in (clash.first, clash.second) if side is not None}:
            found.setdefault(ref, []).append(clash)
    rows = []
    for record in look.records("meetings"):
        hours = meetings.span(record)
        if hours is None or record.state in ("cancelled", "excused", "closed"):
            continue
        start, end = hours
        rsvp = look.calendar.deadline(record.get("rsvp_due"))
        names = rsvp is not None and not record.get("rsvp_sent_at") and rsvp.date() <= today
        on_today = start < since + timedelta(days=1) and end > since
        if not on_today and not (names and start > since):
            continue
        rows.append(
            (start, _meeting(look, record, found.get(record.ref, []), rsvp if names else None))
        )
    rows.sort(key=lambda one: one[0])
    found_rows = [row for _start, row in rows]
    before = ""
    for row in found_rows:
        row.brief = _brief(look, row, found.get(row.ref, []), before)
        before = row.ref
    return found_rows


def _brief(look: Look, row: MeetingRow, found: list[clashes.Clash], before: str) -> str:
    """With what a meeting clashes, in few words: the row above is not named again."""
    parts = [row.names] if row.names else []
    for clash in found[:_CLASHES]:
        side = clash.first if clash.first.ref == row.ref else clash.second
        other = clash.other(side)
        if other is None or other.register == "duty" or schedule.is_leave(other):
            parts.append(clash.words(side))
            continue
        by = listed(_("room") if name == other.text("room") else name for name in clash.by)
        if other.ref == before:
            parts.append(_("clashes with the one before: {by}").format(by=by))
        else:
            when = clashes.when(other, look.today) or clashes.named(other)
            parts.append(pgettext("clash", "clashes with {when}: {by}").format(when=when, by=by))
    return pgettext("clashes", "; ").join(parts)


def _meeting(
    look: Look, record: Record, found: list[clashes.Clash], rsvp: datetime | None
) -> MeetingRow:
    lacking = meetings.missing(record, look)
    start = record.moment("start")
    day = record.day("start")
    names = ""
    if rsvp is not None:
        names = _("names due {when}").format(when=due_words(rsvp, look.local))
    clash = pgettext("clashes", "; ").join(
        part for part in (names, *(c.words(record) for c in found[:_CLASHES])) if part
    )
    days = spans.days(record)
    on_today = days is not None and days[0] <= look.today <= days[1]
    when = meetings.hours_words(record, look.today).split("-")[0] if on_today else ""
    soon = start is not None and timedelta(0) <= start - look.local <= timedelta(hours=2)
    return MeetingRow(
        ref=record.ref,
        when=when or (triage.day_words(day) if day else ""),
        title=record.text("title"),
        room=record.text("room"),
        answered=meetings.answered(record, look),
        prepared=meetings.prepared(record, look),
        lacks=lacking[0].text("what") if lacking else "",
        clash=clash,
        mark=bool(clash) or (soon and bool(lacking)),
        start=start,
        names=names,
    )


def _visitors(look: Look) -> list[VisitorRow]:
    """Who waits for an answer, the next deadline first."""
    channel = reception.RECEPTION.field("channel")
    assert channel is not None
    done = reception.RECEPTION.finished
    rows = []
    for record in look.records("reception"):
        if record.state in done:
            continue
        cell = reception.deadline_cell(record)
        due = look.calendar.deadline(record.get(cell))
        at, day = record.moment("at"), record.day("at")
        when = at.strftime("%H:%M") if at and day == look.today else record.text("at")[5:10]
        row = VisitorRow(
            ref=record.ref,
            when=when,
            channel=channel.show(record.get("channel")),
            name=record.text("name"),
            matter=record.text("matter"),
            owner=record.text("owner") or record.text("receiver"),
            due=_due_words(look, due, cell),
            mark=due is not None and due.date() <= look.today,
        )
        rows.append(((due or datetime.max, record.text("at")), row))
    rows.sort(key=lambda one: one[0])
    return [row for _due, row in rows]


def _due_words(look: Look, due: datetime | None, cell: str) -> str:
    if due is None:
        return ""
    if due < look.local and due.date() < look.today:
        return overdue_words(due.date(), look.local)
    when = due.strftime("%H:%M") if due.date() == look.today else due.strftime("%m-%d")
    if cell == "notify_due":
        return _("tell by {when}").format(when=when)
    if cell == "sign_due":
        return _("sign for it by {when}").format(when=when)
    return _("answer by {when}").format(when=when)
