"""The log: a day of twenty years ago among 300,000 records, and searching all of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from benchmarks import offices
from benchmarks.table import Measure, median, ms
from benchmarks.world import World
from officetui.ledger.line import Entry
from officetui.ledger.spans import NAME
from officetui.office import figures, log_page, periods, search
from officetui.office.changes import New, created
from officetui.office.day_review import review
from officetui.office.office import Office

RECORDS = 300_000
LIMIT_MS = 150
RUNS = 5


def measure(world: World) -> list[Measure]:
    """An office that has lived for twenty years, each record captured alone and changed once."""
    records = int(RECORDS * world.scale)
    home = world.fresh("log")
    world.say(f"writing twenty years of {records:,} records")
    first = _write(home, records)
    office = Office.open(home, user=offices.USER)
    world.say("making desk and books")
    office.flush()
    days = [first + timedelta(days=60 + 3 * n) for n in range(RUNS)]  # of the first whole year
    once = ms(lambda: log_page.read(office, "day", days[0]))
    book = home / "books" / f"{days[0].year}.json"
    segments = office.ledger.segments(office.journal.writer)
    floor = median([ms(lambda: _bare(book, segments[0].path)) for _ in days])
    opened = median([_fresh(office, "day", day) for day in days])
    today = median([_fresh(office, "day", offices.today()) for _ in days])
    month = median([_fresh(office, "month", day) for day in days])
    rows = len(log_page.read(office, "day", days[0]).rows)
    note = f"{rows} changes, {len(segments)} segments; floor: book read, a segment decoded"
    of = f"among {records:,} records"
    shown = [
        Measure(f"a day of {first.year} {of}", opened, "ms", floor, LIMIT_MS, note=note),
        Measure(f"today {of}", today, "ms"),
        Measure(f"a month of {first.year} {of}", month, "ms"),
        Measure("the first look at all journals", once / 1000, "s", note=f"no {NAME} yet"),
        Measure(f"numbers of a month of {first.year}", _figures(office, days), "ms"),
    ]
    reviewed = median([_reviewed(office, day) for day in days])
    shown.append(
        Measure(f"the review of a day of {first.year} {of}", reviewed, "ms", limit=LIMIT_MS)
    )
    return shown + _searches(office, home, of)


def _bare(book: Path, segment: Path) -> None:
    """Nothing but the bytes of one book, and the JSON of one segment."""
    book.read_bytes()
    for raw in segment.read_bytes().split(b"\n"):
        if raw:
            msgspec.json.decode(raw[9:])


def _fresh(office: Office, kind: periods.Kind, day: date) -> float:
    """As the next process opens it: nothing is in memory."""
    office.keeps.clear()
    return ms(lambda: log_page.read(office, kind, day))


def _reviewed(office: Office, day: date) -> float:
    """A day that nobody signed: what was due that evening is unfolded from the journals."""
    office.keeps.pop("book", None)
    return ms(lambda: review(office, day, "evening"))


def _figures(office: Office, days: list[date]) -> float:
    return median([ms(lambda day=day: figures.figures(office, "month", day)) for day in days])


def _searches(office: Office, home: Path, of: str) -> list[Measure]:
    books = sorted((home / "books").glob("*.json"))
    floor = ms(lambda: [path.read_bytes() for path in books]) / 1000
    rows = []
    for name, text in (("a word", "森林防火"), ("initials", "slfh"), ("no record", "查无此词")):
        query = search.Query(text)
        took = ms(lambda query=query: _everywhere(office, query)) / 1000
        rows.append(Measure(f"search for {name} {of}", took, "s", floor))
    return rows


def _everywhere(office: Office, query: search.Query) -> int:
    found = len(search.on_desk(office, query))
    return found + sum(len(search.in_book(office, query, year)) for year in office.store.years())


def _write(home: Path, records: int) -> date:
    """The journal of an office whose records were written on their own days; the first of them."""
    office = Office.found(home, name=offices.NAME, user=offices.USER, zone=offices.ZONE)
    zone = ZoneInfo(offices.ZONE)
    first = offices.today()
    with offices.no_disk(office.journal) as lines:
        for rows in offices.old_work(records, offices.today() - timedelta(days=1)):
            for new in rows:
                day = date.fromisoformat(str(new.id)[:10])
                first = min(first, day)
                at = int(datetime(day.year, day.month, day.day, 9, tzinfo=zone).timestamp() * 1000)
                for entry in created(office, [New(new.register, new.cells, (), new.id)]):
                    born = lines.add([entry], at, action=f"{entry.register}.add")
                    cells = {"note": "答复正在办理"}
                    change = Entry(entry.register, entry.record, cells, {"note": [born]})
                    lines.add([change], at + 3_600_000, action=f"{entry.register}.set")
    return first
