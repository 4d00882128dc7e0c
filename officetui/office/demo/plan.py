"""What the sample office is in the middle of: who, when and how far, in no language.

Days of papers are working days from today (0); hours are the office's. A demo is looked at
at any hour, so what is still to come today keeps ahead of the clock (see `Days`).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from officetui.errors import Refused
from officetui.registers.calendar import WorkCalendar

FIRST_NUMBER = 731
CALENDAR = WorkCalendar()


@cache
def is_workday(day: date) -> bool:
    """Whether the office works; a year nobody knows yet has five days a week."""
    try:
        return CALENDAR.is_workday(day)
    except Refused:
        return day.weekday() < 5


class Days:
    """The days of the sample around `now` (naive local)."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = now.date()
        self.main = self.today if is_workday(self.today) else self.work(1)
        self.clash = self._clash_start()

    def work(self, count: int) -> date:
        """The working day `count` after today, or before it; 0 is today whatever it is."""
        day, step = self.today, timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= is_workday(day)
        return day

    def after_main(self, count: int) -> date:
        """The working day `count` after the day of the meetings."""
        return self.work(count if self.main == self.today else count + 1)

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """An hour of the calendar day `days` after today."""
        return datetime.combine(self.today + timedelta(days=days), time(hour, minute))

    def early(self, hour: int, minute: int) -> datetime:
        """An hour of this morning that has passed; before it, yesterday at the close."""
        wanted = self.at(0, hour, minute)
        if wanted <= self.now and is_workday(self.today):
            return wanted
        return datetime.combine(self.work(-1), time(17, minute % 30))

    def ahead(self, hour: int, minute: int = 0, *, lead: int = 90) -> datetime:
        """An hour of today that is at least half of `lead` minutes away, else a later half hour."""
        wanted = self.at(0, hour, minute)
        if wanted - self.now >= timedelta(minutes=lead / 2):
            return wanted
        later = self.now + timedelta(minutes=lead)
        later += timedelta(minutes=-later.minute % 30, seconds=-later.second)
        return later.replace(second=0, microsecond=0)

    def due_today(self, hour: int, minute: int = 0) -> datetime:
        """An hour of today on a working day, else of the next one."""
        return datetime.combine(self.main, time(hour, minute))

    def _clash_start(self) -> datetime:
        """When the first of the two meetings that collide begins: this afternoon, or the next."""
        for hour, minute, until in ((14, 30, 13), (16, 30, 15)):
            if self.main != self.today:
                break
            if self.now.hour < until:
                return self.at(0, hour, minute)
        day = self.main if self.main != self.today else self.after_main(1)
        return datetime.combine(day, time(14, 30))


class Paper(NamedTuple):
    """A paper of the plan; `came` and `due` are working days from today."""

    came: int
    state: str
    owner: str = ""
    due: int | None = None
    read: tuple[str, ...] = ()  # readers who gave it back
    left: tuple[str, ...] = ()  # readers who have not; the first of them has it
    urgency: str = ""
    asked: str = ""
    urged: int = -1  # which answer an urging got


_ALL = ("wang", "chen", "ma", "liu", "zhou", "sun")

# In the order of their numbers, up to yesterday's; today's come by themselves (making.py).
PAPERS: tuple[Paper, ...] = (
    Paper(-23, "all_read", read=_ALL),
    Paper(-23, "closed", "huang", -20),
    Paper(-22, "in_hand", "lin", -20),
    Paper(-22, "archived", read=_ALL),
    Paper(-21, "closed", "xu", -17),
    Paper(-21, "closed", "zhao", -18),
    Paper(-20, "in_hand", "lin", -17),
    Paper(-20, "closed", "he", -16, urgency="加急"),
    Paper(-19, "closed", "li", -15, urgency="特急"),
    Paper(-18, "all_read", read=_ALL[:4]),
    Paper(-17, "closed", "li", -14),
    Paper(-16, "in_hand", "lin", -14),
    Paper(-16, "circulating", read=("wang", "chen"), left=("zhou", "ma", "liu", "sun")),
    Paper(-15, "archived", "li", -12),
    Paper(-15, "in_hand", "he", -13, urgency="加急", urged=0),
    Paper(-14, "closed", "huang", -11),
    Paper(-14, "in_hand", "he", -10),
    Paper(-13, "closed", "he", -9, urgency="加急"),
    Paper(-12, "in_hand", "huang", -9),
    Paper(-12, "in_hand", "he", -8, urged=0),
    Paper(-11, "closed", "zhao", -8),
    Paper(-11, "closed", "xu", -7),
    Paper(-10, "in_hand", "huang", -7, urgency="加急"),
    Paper(-10, "closed", "wu", -6),
    Paper(-9, "circulating", read=("wang", "chen", "liu", "zhou"), left=("ma", "sun")),
    Paper(-9, "in_hand", "he", -6),
    Paper(-8, "closed", "li", -4),
    Paper(-8, "in_hand", "zhao", -5, urged=1),
    Paper(-7, "circulating", read=("wang",), left=("chen", "ma", "liu", "zhou")),
    Paper(-7, "in_hand", "huang", -4),
    Paper(-6, "in_hand", "wu", -3),
    Paper(-6, "in_hand", "he", -2),
    Paper(-5, "circulating", read=("wang", "liu", "chen"), left=("zhou",)),
    Paper(-5, "in_hand", "zheng", 3),
    Paper(-4, "in_hand", "xu", -1),
    Paper(-4, "in_hand", "huang", -2),
    Paper(-3, "circulating", read=("wang", "chen", "liu", "zhou", "sun"), left=("ma",)),
    Paper(-3, "in_hand", "xie", 5),
    Paper(-3, "in_hand", "wu", 0),
    Paper(-2, "proposed", "li", 2, asked="wang"),
    Paper(-2, "circulating", read=("wang", "chen", "liu"), left=("sun", "ma", "zhou")),
    Paper(-2, "in_hand", "xu", 0, urgency="加急"),
    Paper(-1, "proposed", "li", 3, urgency="加急", asked="zhou"),
)

# Who is on duty around today: days from today to the persons of each line.
DUTY: dict[int, dict[str, tuple[str, ...]]] = {
    -1: {"leader": ("chen",), "day": ("zheng",), "night": ("gao",)},
    0: {"leader": ("liu",), "day": ("he",), "night": ("luo",)},
    1: {"leader": ("zhou",), "day": ("huang",), "night": ("xie", "peng")},
    2: {"leader": ("sun", "ma"), "day": ("lin",), "night": ("han", "sima")},
    3: {"leader": ("wang",), "day": ("xu",), "night": ("cao",)},
}
LEADERS = _ALL
STAFF = (
    "zhao", "wu", "zheng", "gao", "he", "luo", "huang", "xie", "han", "xu", "cao", "ouyang",
    "peng", "sima", "li",
)  # fmt: skip


def on_duty(day: date, today: date) -> dict[str, tuple[str, ...]]:
    """The persons of each line on a day: those around today by name, others in turn."""
    distance = (day - today).days
    if distance in DUTY:
        return DUTY[distance]
    ahead = distance > 0
    turn = distance * 2 + (3 if ahead else 4)
    night = [STAFF[(turn + 1) % len(STAFF)]]
    if day.weekday() >= 5:
        night.append(STAFF[(turn + 6) % len(STAFF)])
    return {
        "leader": (LEADERS[(distance + (3 if ahead else 2)) % len(LEADERS)],),
        "day": (STAFF[turn % len(STAFF)],),
        "night": tuple(night),
    }
