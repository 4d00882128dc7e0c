"""Hours as people write them, and the small words around a date: the other half of the grammar.

All functions take folded text (`folding.fold`) and a place in it.
"""

from __future__ import annotations

import re
from datetime import time, timedelta
from functools import cache
from typing import Final

import msgspec

from officetui.intake.folding import number

# What a part of the day means when no hour is given; "close" is left to the office's calendar.
USUAL: Final = {
    "dawn": time(6, 0),
    "morning": time(9, 0),
    "forenoon": time(12, 0),
    "noon": time(12, 0),
    "evening": time(23, 59),
}
PERIODS: Final = {
    "凌晨": "dawn", "清晨": "morning", "早晨": "morning", "早上": "morning", "早": "morning",
    "晨": "morning", "上午": "forenoon", "中午": "noon", "正午": "noon", "午间": "noon",
    "下午": "afternoon", "午后": "afternoon", "傍晚": "afternoon", "晚上": "evening",
    "晚间": "evening", "夜里": "evening", "夜间": "evening", "夜晚": "evening", "晚": "evening",
    "夜": "evening", "午": "noon", "am": "forenoon", "pm": "afternoon", "noon": "noon",
    "morning": "forenoon", "afternoon": "afternoon", "evening": "evening", "night": "evening",
}  # fmt: skip
PERIOD: Final = (
    "凌晨|清晨|早晨|早上|上午|中午|正午|午间|下午|午后|傍晚|晚上|晚间|夜里|夜间|夜晚|早|晚|夜"
)


class Hours(msgspec.Struct):
    """Hours from midnight of the day; `end` for a range."""

    start: timedelta | None  # None: a part of the day that has no usual hour
    stop: int
    end: timedelta | None = None
    guessed: bool = False
    wrong: bool = False
    part: str = ""  # only a part of the day was said: 周五上午


# --- hours ---------------------------------------------------------------------------------


@cache
def _clock() -> re.Pattern[str]:
    small = "(?:[0-9]{1,2}|[零〇一二两三四五六七八九十]{1,3})"
    return re.compile(
        f"(?P<p>{PERIOD})?的? ?(?:"
        "(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::[0-9]{2})?(?![0-9])"
        f"|(?P<ch>{small})(?:点(?!名|评|位|多|击|火|检|赞|心)|时(?!间|候|期|段))钟?"
        f"(?P<rest>半|整|[一1三3]刻|过?{small}分?(?![0-9:点个人天]))?钟?"
        "|(?P<eh>[0-9]{1,2})(?= ?[ap]\\.?m)"
        "|(?P<word>noon|midday)(?![a-z])"
        ")(?P<ap> ?(?:am|pm|a\\.m\\.|p\\.m\\.)(?![a-z]))?"
    )


@cache
def _short_range() -> re.Pattern[str]:
    """9-11点, 下午2到4点: the first hour borrows the word from the second."""
    return re.compile(
        f"(?P<p>{PERIOD})? ?(?P<a>[0-9]{{1,2}}|[一二两三四五六七八九十]{{1,3}})"
        "(?: ?[-~到至] ?)(?=(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})点)"
    )


@cache
def until() -> re.Pattern[str]:
    """What stands between the two ends of a range."""
    return re.compile(" ?(?:到|至|--?|~|to |until ) ?")


@cache
def whole_day() -> re.Pattern[str]:
    return re.compile(" ?(?:全天|整天|一整天|一天|all day)")


@cache
def _period_only() -> re.Pattern[str]:
    return re.compile(f"(?:{PERIOD})")


def match_hours(folded: str, at: int, period: str, day: bool = True) -> Hours | None:
    """An hour or a range of hours at `at`; `period` is what the day already said (今晚).

    After a `day` its part alone will do: 周五上午.
    """
    short = _short_range().match(folded, at)
    if short is not None:
        own = PERIODS.get(short["p"] or "", "") or period
        first = number(short["a"])
        second = _one(folded, short.end(), "")
        if first is not None and second is not None:
            return _range(_on_clock(first, 0, own), *second)
    one = _one(folded, at, period)
    if one is None:
        return _part_of_day(folded, at) if day else None
    start, stop, _own = one
    sep = until().match(folded, stop)
    second = _one(folded, sep.end(), "") if sep else None
    if second is None or start.wrong:
        start.stop = stop
        return start
    return _range(start, *second)


def _part_of_day(folded: str, at: int) -> Hours | None:
    """上午 or 中午 without an hour, after a day; 下午 is left to the close of business."""
    found = _period_only().match(folded, at)
    if found is None:
        return None
    period = PERIODS[found.group()]
    usual = USUAL.get(period)
    part = "" if period == "noon" else period
    if usual is None:
        return Hours(None, found.end(), part=part)
    return Hours(timedelta(hours=usual.hour, minutes=usual.minute), found.end(), part=part)


def _one(folded: str, at: int, period: str) -> tuple[Hours, int, str] | None:
    found = _clock().match(folded, at)
    if found is None:
        return None
    own = PERIODS.get(found["p"] or "", "")
    if found["ap"]:
        own = "forenoon" if "a" in found["ap"] else "afternoon"
    own = own or period
    if found["word"]:
        return Hours(timedelta(hours=12), found.end()), found.end(), "noon"
    typed = found["h"] or found["eh"] or found["ch"]
    hour = number(typed)
    minute = int(found["m"]) if found["m"] else _minutes(found["rest"])
    if hour is None or minute is None:
        return None
    if typed.startswith("0") and len(typed) == 2 and not own:
        own = "written"  # 03:00 is a clock of 24 hours, nothing to guess
    made = _on_clock(hour, minute, own)
    made.stop = found.end()
    return made, found.end(), own


def _minutes(rest: str | None) -> int | None:
    if not rest or rest == "整":
        return 0
    if rest == "半":
        return 30
    if rest.endswith("刻"):
        return 15 if rest[0] in "一1" else 45
    return number(rest.removeprefix("过").removesuffix("分"))


def _on_clock(hour: int, minute: int, period: str) -> Hours:
    """An hour with its part of the day, as a distance from midnight."""
    guessed = False
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return Hours(timedelta(), 0, wrong=True)
    if hour == 24:
        return Hours(timedelta(hours=23, minutes=59), 0)
    if period in ("afternoon", "evening") and hour < 12:
        # 今晚1点 is after midnight; 晚上6点 is not
        late = period == "evening" and 1 <= hour <= 4
        hour += 24 if late else 12
    elif period == "evening" and hour == 12:
        hour = 24
    elif period == "noon" and 1 <= hour <= 3:
        hour += 12
    elif period == "dawn" and hour == 12:
        hour = 0
    elif not period and 1 <= hour <= 6:
        hour, guessed = hour + 12, True
    return Hours(timedelta(hours=hour, minutes=minute), 0, guessed=guessed)


def _range(start: Hours, second: Hours, stop: int, own: str) -> Hours:
    """The second hour is the first one after the start that its figure can mean."""
    assert second.start is not None
    assert start.start is not None
    end = second.start
    twelve = timedelta(hours=12)
    if second.guessed:
        end -= twelve
    while not own and end <= start.start and end + twelve <= timedelta(hours=36):
        end += twelve
    wrong = start.wrong or second.wrong or end <= start.start
    return Hours(start.start, stop, end=end, guessed=start.guessed, wrong=wrong)


# --- what stands around --------------------------------------------------------------------


def skip(folded: str, at: int) -> int:
    """Past the blank, 的 and comma between a day and its hour."""
    found = _between().match(folded, at)
    return found.end() if found else at


@cache
def _between() -> re.Pattern[str]:
    return re.compile("(?:t(?=[0-9]{2}:)| ?at |[ 的,，]{0,2})")


def skip_opening(folded: str) -> int:
    """Past blanks and 于, 截至, by at the beginning of a date."""
    found = _opening().match(folded)
    return found.end() if found else 0


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(
        " *(?:(?:截止|截至|最迟|最晚|限|于|在|by|before|until|due|on|at)[到于在]?:? *)?"
    )


def skip_ending(folded: str, at: int) -> tuple[bool, int]:
    """Past 前, 之前, 截止 after a date: whether it says deadline, and where it stops."""
    found = _ending().match(folded, at)
    if found is None:
        return False, at
    return found[1] is not None, found.end()


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(
        " ?(?:(下班之?前|下班以前|之前|以前|前(?![往期来后述沿])|截止|止|为止|之内|以内"
        "|内(?![部容业外]))|左右|整|起|开始)"
    )


@cache
def _numbering() -> re.Pattern[str]:
    return re.compile("[第〔\\[【no.#()〕】\\]年.%/-]")


def numbered(folded: str, at: int) -> bool:
    """Whether the figures at `at` number a thing: 第25号, 〔2026〕12号."""
    return at > 0 and folded[at].isdigit() and bool(_numbering().match(folded[at - 1]))
