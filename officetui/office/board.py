"""The board: what an office needs to see at 8:00, as data. Screens and tables only lay it out.

Every row names its record by `ref` ("register/id"); `mark` means: this needs someone.
Times are naive local moments of the office.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec


class Attention(msgspec.Struct):
    """One thing that wants a decision, and the step that deals with it."""

    # handover, incident, unconfirmed duty, due, overdue, clash, unanswered, not_ready, names_due,
    # unreported, unapproved, unreached, to tell again, conflict;
    # and of follow-ups: extension, milestone, unverified, incomplete
    kind: str
    text: str  # without the time: "收774 特急 低温雨雪防范 待批示 在刘晓燕手上1小时"
    refs: tuple[str, ...]
    at: datetime | None = None  # when it goes wrong
    word: str = ""  # what it is called at the head of the line: 值班, 收774, 会议
    step: str = ""  # the suggested step; "" opens the record
    action: str = ""  # what enter does, in words: 记电话
    basis: str = ""  # how the deadline is counted: "15 calendar days"
    short: str = ""  # the few words of the one-line summary: "今夜罗丹未回"
    group: int = 0  # 0 within two hours, 1 today, 2 newly overdue, 3 old overdue
    person: str = ""  # who holds it
    titles: tuple[str, ...] = ()  # the parts of `text` that may be shortened where room is short


class Seat(msgspec.Struct):
    """One seat of the duty block."""

    ref: str
    label: str  # 带班, 白班, 夜班, 昨夜, 明天, 明夜
    line: str
    day: date
    person: str
    about: str  # post or unit
    phone: str
    status: str
    mark: bool = False
    running: bool = False  # on duty at this hour
    note: str = ""
    name: str = ""  # of the line, whatever the day: 带班, 白班, 夜班
    red: bool = False  # not confirmed though the hour for it has passed, on leave, not taken over


class DueItem(msgspec.Struct):
    """One paper or matter with a deadline."""

    ref: str
    at: datetime
    when: str  # 10:00 today, 11-19 otherwise
    badge: str
    urgency: str
    title: str
    next: str
    holder: str
    held: str
    mark: bool = False
    basis: str = ""
    step: str = ""  # the suggested step


class PaperRow(msgspec.Struct):
    """One paper in hand without a deadline today."""

    ref: str
    badge: str
    source: str
    title: str
    next: str
    holder: str
    held: str
    mark: bool = False


class MeetingRow(msgspec.Struct):
    """One meeting of today, or a later one that must be prepared today."""

    ref: str
    when: str
    title: str
    room: str
    answered: tuple[int, int]
    prepared: tuple[int, int]
    lacks: str  # the first thing missing from its checklist
    clash: str  # with what and by what it clashes; "" when it does not
    mark: bool = False
    start: datetime | None = None
    names: str = ""  # when the names for it are due, if they are
    brief: str = ""  # that, and the clash in few words


class Where(msgspec.Struct):
    """Where one leader is."""

    ref: str  # what says so, else what comes next, else the person
    person: str
    about: str  # the post
    where: str  # 在镇, 县里, 请假
    words: str  # 开会 12:00回 车1; 09:30党委会; 14:30与15:00撞
    mark: bool = False
    short: str = ""  # in one line with the others: 陈县里12:00回
    refs: tuple[str, ...] = ()  # what clashes


class VisitorRow(msgspec.Struct):
    """One visitor who waits for an answer."""

    ref: str
    when: str
    channel: str
    name: str
    matter: str
    owner: str
    due: str
    mark: bool = False


class FollowupRow(msgspec.Struct):
    """One open follow-up."""

    ref: str
    badge: str
    source: str  # 王书记批示
    title: str
    colour: str  # red, yellow, green; "" without a deadline
    left: str  # 红 逾2天
    owner: str
    next: str  # what it waits for: 缺7村
    tried: str  # 催3次
    mark: bool = False
    step: str = ""  # the suggested step


class VehicleRow(msgspec.Struct):
    """One vehicle of the office now."""

    name: str
    words: str  # 陈志远 县里 12:00回; 空; 空至14:00 周海涛
    ref: str = ""  # the trip, running or next
    busy: bool = False
    mark: bool = False


class ErrandRow(msgspec.Struct):
    """One errand to be seen to, or guests of today."""

    ref: str
    kind: str
    label: str  # 用印, 维修
    words: str
    when: str  # 11:40, 今天, 11-25
    next: str
    holder: str
    at: datetime | None = None
    mark: bool = False
    step: str = ""  # the suggested step


class Holder(msgspec.Struct):
    """What one person is late with: one line per person, not per item."""

    person: str
    refs: tuple[str, ...]
    oldest: int  # days
    tried: str  # urged yesterday, answers Monday
    mark: bool = False
    away: str = ""  # on leave until


class DayAhead(msgspec.Struct):
    """One of the next days: its duty and meetings in one line."""

    day: date
    words: str
    mark: bool = False
    refs: tuple[str, ...] = ()


class Board(msgspec.Struct):
    """Everything on Today, for one office day seen at one moment."""

    office: str
    user: str
    now: datetime
    day: date
    day_type: str  # in words; "" when the year is not known
    lunar: str
    first: list[Attention]  # up to five, the worst first
    attention: list[Attention]  # all of them, in order
    seats: list[Seat]
    shifts: str  # 8:00 / 17:30 / 次日8:00
    due: list[DueItem]  # due today
    papers: list[PaperRow]
    counts: dict[
        str, int
    ]  # open, to_propose, to_instruct, circulating, overdue, waiting, new_visitors,
    # followups, followups_red, followups_yellow, followups_green, errands, errands_to_approve,
    # information_sent, _adopted, _writing, _lacking (with a quota), drafts_writing
    meetings: list[MeetingRow]
    visitors: list[VisitorRow]
    followups: list[FollowupRow]  # all that are open, the red ones first
    overdue: list[Holder]
    ahead: list[DayAhead]
    whereabouts: list[Where] = []  # of the leaders, where the directory has some
    vehicles: list[VehicleRow] = []  # where the office has set some
    errands: list[ErrandRow] = []
    today: date | None = None  # the day it really is, where that is not the day shown
    uncovered: date | None = None  # the first of the days ahead for which nobody is on the roster
    untouched: bool = False  # nothing has been recorded in this office yet

    @property
    def past(self) -> bool:
        """Whether the day shown is over: its records are shown as they are now."""
        return self.today is not None and self.day < self.today
