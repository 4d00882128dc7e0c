"""Days as people write them, Chinese and English: one half of the date grammar.

All functions take folded text (`folding.fold`) and a place in it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Final

import msgspec

from officetui.intake.folding import NUMBER, number
from officetui.intake.moment_hours import PERIOD, PERIODS

_NEAR: Final = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "本": 0, "当": 0, "明": 1, "后": 2, "大后": 3,
}  # fmt: skip
_MONTHS: Final = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
]  # fmt: skip
_WEEKDAYS: Final = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_NOT_A_COUNT: Final = "(?![0-9点时:人个天名位户楼号份万亿元亩%])"


class Day(msgspec.Struct):
    """A day that was named; `day` None when there is no such day."""

    day: date | None
    stop: int
    period: str = ""  # 今晚 names a part of the day with the day
    last: date | None = None  # 今明两天
    named: bool = True
    relative: bool = False  # today and tomorrow need no remark
    bare_weekday: bool = False
    weekday_said: int | None = None
    with_year: bool = False
    english: bool = False
    word: str = ""


@cache
def beginnings() -> re.Pattern[str]:
    """Where a moment could begin in running text; keeps the scan linear."""
    return re.compile(
        "(?<![0-9a-z])[0-9]|(?<![零〇一二两三四五六七八九十廿卅百])[零〇一二两三四五六七八九十廿卅]"
        "|半(?=个?小时|个月)|[今明后昨前本当下上这周星礼月年季凌清早晨中正午傍晚夜大]"
        "|(?<![a-z])[a-z]"
    )


@cache
def _days() -> dict[str, str]:
    """Every form of a day, by its name."""
    n, two = NUMBER, "[0-9]{1,2}"
    month = "(?P<month>" + "|".join(_MONTHS) + ")[a-z]{0,6}\\.?"
    week = (
        "(?P<weekday>" + "|".join(_WEEKDAYS) + ")(?:day|sday|nesday|rsday|urday|s|rs)?\\.?(?![a-z])"
    )
    year = "(?:,? (?P<y>20[0-9]{2}))?"
    nth = f"(?P<d>{two})(?:st|nd|rd|th)?"
    this = "本|这个?|当|下下|下个?|次|上个?"
    figure = "[0-9](?![0-9]?[:点时~-])"  # 28日9:00, but not 28号302
    end = f"(?:[日号](?!{figure})|(?![0-9日号]))"
    places = "楼文院线令机车门桌码公店地宗台厅坑井柜炉房病区馆"
    forms = (
        ("full", f"(?P<y>[0-9]{{4}})(?:年|[-/.])(?P<m>{n})(?:月|[-/.])(?P<d>{n}){end}"),
        ("eightdigits", "(?P<y>20[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?![0-9])"),
        ("nextyear", f"(?P<w>今年|明年|后年|去年)的?(?P<m>{n})月(?P<d>{n}){end}"),
        ("monthday", f"(?P<m>{n})月(?P<d>{n})(?!份){end}"),
        ("ofmonth", f"(?P<w>{this})月(?P<d>{n})[日号]"),
        (
            "dash",
            f"(?P<m>{two})[-/.](?P<d>{two}){_NOT_A_COUNT}(?![-/.小工月年公斤平吨米kmw])",
        ),
        ("both", "(?P<a>今明|明后)(?:两天|2天|两日)"),
        (
            "near",
            "(?P<w>大前|大后|前|昨|今|本|当|明|后)(?P<p>[天日](?:之内|内)?)"
            f"(?:的?(?P<q>{PERIOD}))?(?!.?常)",
        ),
        (
            "nearpart",
            "(?P<w>昨|今|明|当|后)(?P<q>早上|早|晨|晚上|晚|夜里|夜|午)(?!报|会|课|期)",
        ),
        (
            "week",
            "(?P<w>本|这个?|上上|上个?|下下个?|下个?)?(?:周|星期|礼拜)"
            "(?P<d>[一二三四五六日天1-7]|末)(?![0-9]?[个至次期年届])",
        ),
        ("monthend", f"(?P<w>{this}|{two}|[一二三四五六七八九十]{{1,2}})?月(?P<d>底|末|中旬?|初)"),
        ("yearend", "(?P<w>本|今|明)?年(?P<d>底|末)|(?P<e>本)?季度?[底末]"),
        ("monthonlyday", f"(?P<d>{n})(?P<h>[日号])(?![{places}]|{figure}|之?内|以内|常)"),
        ("days", f"(?P<a>{two}) ?[-~到至] ?(?P<b>{two})[日号](?!楼)"),
        ("allday", "(?:全天|整天|all day)"),
        ("close", "(?P<c>今天|明天|后天)?下班(?=之?前|以前|$| )"),
        ("enmonth", f"{month} ?{nth}(?![0-9:]){year}"),
        ("endaymonth", f"{nth} (?:of )?{month}(?![a-z]){year}"),
        ("enweek", f"(?P<w>next |this |last )?{week}"),
        (
            "ennear",
            "(?P<w>day after tomorrow|today|tonight|tomorrow|tmr|yesterday|eom|eod)(?![a-z])",
        ),
    )
    return dict(forms)


@cache
def _form(name: str) -> re.Pattern[str]:
    """Compiled only when a text begins like it: a captured line needs few of them."""
    return re.compile(_days()[name])


_FIGURES: Final = (
    "full", "eightdigits", "monthday", "dash", "monthend", "monthonlyday", "days", "endaymonth",
)  # fmt: skip
_NUMERALS: Final = ("monthday", "monthend", "monthonlyday")
_ENGLISH: Final = ("enmonth", "enweek", "ennear", "allday")
_CHINESE: Final = (
    "nextyear", "ofmonth", "both", "near", "nearpart", "week", "monthend", "yearend", "allday",
    "close",
)  # fmt: skip


def _forms_at(char: str) -> tuple[str, ...]:
    """The forms that can begin with this character."""
    if "0" <= char <= "9":
        return _FIGURES
    if char in "零〇一二两三四五六七八九十廿卅百":
        return _NUMERALS
    if "a" <= char <= "z":
        return _ENGLISH
    return _CHINESE


def match_day(folded: str, at: int, today: date, strict: bool) -> Day | None:
    """The day named at `at`, seen from `today`: the longest form wins."""
    best: Day | None = None
    for name in _forms_at(folded[at : at + 1]):
        found = _form(name).match(folded, at)
        if found is None or (strict and name == "eightdigits"):
            continue
        if strict and name == "dash" and not _plain_dash(folded, found):
            continue
        day = _day(name, found, today)
        if day is not None and (best is None or day.stop > best.stop):
            best = day
    if best is not None:
        said = _said_weekday().match(folded, best.stop)
        if said:
            best.stop = said.end()
            best.weekday_said = "一二三四五六日".index(said[1].replace("天", "日"))
    return best


def _plain_dash(folded: str, found: re.Match[str]) -> bool:
    """In running text 11.25 is a date only as a word of its own, and 98.5 never is."""
    try:
        date(2028, int(found["m"]), int(found["d"]))
    except ValueError:
        return False
    if "." not in found.group():
        return True
    start, stop = found.span()
    after = folded[stop : stop + 1]
    return (start == 0 or folded[start - 1] == " ") and (not after or after in " (上下中早晚@#^+")


@cache
def _said_weekday() -> re.Pattern[str]:
    return re.compile(r" ?\( ?(?:周|星期|礼拜)([一二三四五六日天]) ?\)")


def _day(name: str, found: re.Match[str], today: date) -> Day | None:
    stop = found.end()
    made = _READERS[name](found, today)
    if made is None:
        return None
    made.stop = stop
    made.word = found.group().strip()
    made.english = name.startswith("en")
    return made


def _dated(year: int, month: int | None, day: int | None, with_year: bool = False) -> Day | None:
    if month is None or day is None:
        return None
    try:
        return Day(date(year, month, day), 0, with_year=with_year)
    except (ValueError, OverflowError):
        return Day(None, 0)


def _read_full(found: re.Match[str], today: date) -> Day | None:
    return _dated(int(found["y"]), number(found["m"]), number(found["d"]), True)


def _read_next_year(found: re.Match[str], today: date) -> Day | None:
    year = today.year + {"去年": -1, "今年": 0, "明年": 1, "后年": 2}[found["w"]]
    return _dated(year, number(found["m"]), number(found["d"]), True)


def _read_month_day(found: re.Match[str], today: date) -> Day | None:
    return _dated(today.year, number(found["m"]), number(found["d"]))


def _read_of_month(found: re.Match[str], today: date) -> Day | None:
    first = add_months(today.replace(day=1), _months(found["w"]))
    return _dated(first.year, first.month, number(found["d"]))


def _months(word: str | None) -> int:
    return {"下下": 2, "下": 1, "下个": 1, "次": 1, "上": -1, "上个": -1}.get(word or "", 0)


def _read_day_only(found: re.Match[str], today: date) -> Day | None:
    return _dated(today.year, today.month, number(found["d"]))


def _read_days(found: re.Match[str], today: date) -> Day | None:
    first = _dated(today.year, today.month, int(found["a"]))
    last = _dated(today.year, today.month, int(found["b"]))
    if first is None or last is None or first.day is None or last.day is None:
        return Day(None, 0)
    first.last = last.day
    return first


def _read_all_day(found: re.Match[str], today: date) -> Day | None:
    return Day(today, 0, period="all", relative=True)


def _read_both(found: re.Match[str], today: date) -> Day | None:
    first = today + timedelta(days=1 if found["a"] == "明后" else 0)
    last = today + timedelta(days=1 if found["a"] == "今明" else 2)
    return Day(first, 0, last=last, relative=True)


def _read_near(found: re.Match[str], today: date) -> Day | None:
    period = PERIODS.get(found["q"] or "", "")
    return Day(
        today + timedelta(days=_NEAR[found["w"]]), 0, period=period, relative=_NEAR[found["w"]] == 0
    )


def _read_week(found: re.Match[str], today: date) -> Day | None:
    name = found["d"]
    weekday = 5 if name == "末" else "一二三四五六日".find(name.replace("天", "日"))
    if weekday < 0:
        weekday = int(name) - 1
    word = found["w"]
    weeks = {"上上": -2, "上": -1, "上个": -1, "下": 1, "下个": 1, "下下": 2, "下下个": 2}
    return _in_week(today, weekday, None if word is None else weeks.get(word, 0))


def _in_week(today: date, weekday: int, weeks: int | None) -> Day:
    """The weekday of the week so many weeks on; with None the next one, today included."""
    ahead = weekday - today.weekday()
    bare = weeks is None
    ahead += (7 if ahead < 0 else 0) if weeks is None else 7 * weeks
    return Day(today + timedelta(days=ahead), 0, bare_weekday=bare)


def _read_month_end(found: re.Match[str], today: date) -> Day | None:
    word = found["w"]
    if word and (named := number(word)) is not None:
        if not 1 <= named <= 12:
            return Day(None, 0)
        first = date(today.year, named, 1)
    else:
        first = add_months(today.replace(day=1), _months(word))
    if found["d"] == "初":
        return Day(first, 0) if word else None
    if found["d"].startswith("中"):
        return Day(first.replace(day=15), 0) if word else None
    return Day(first.replace(day=monthrange(first.year, first.month)[1]), 0)


def _read_year_end(found: re.Match[str], today: date) -> Day | None:
    if found["d"] is None:
        last = (today.month + 2) // 3 * 3
        return Day(date(today.year, last, monthrange(today.year, last)[1]), 0)
    return Day(date(today.year + (found["w"] == "明"), 12, 31), 0)


def _read_close(found: re.Match[str], today: date) -> Day | None:
    ahead = {"明天": 1, "后天": 2}.get(found["c"] or "", 0)
    return Day(today + timedelta(days=ahead), 0, period="close", relative=True)


def _read_english_month(found: re.Match[str], today: date) -> Day | None:
    year = int(found["y"]) if found["y"] else today.year
    return _dated(year, _MONTHS.index(found["month"]) + 1, int(found["d"]), bool(found["y"]))


def _read_english_week(found: re.Match[str], today: date) -> Day | None:
    weeks = {"next": 1, "this": 0, "last": -1}.get((found["w"] or "").strip())
    return _in_week(today, _WEEKDAYS.index(found["weekday"]), weeks)


def _read_english_near(found: re.Match[str], today: date) -> Day | None:
    word = found["w"]
    if word == "eom":
        return Day(today.replace(day=monthrange(today.year, today.month)[1]), 0)
    if word == "eod":
        return Day(today, 0, period="close", relative=True)
    ahead = {"yesterday": -1, "tomorrow": 1, "tmr": 1, "day after tomorrow": 2}.get(word, 0)
    period = "evening" if word == "tonight" else ""
    return Day(today + timedelta(days=ahead), 0, period=period, relative=ahead == 0)


def _read_near_part(found: re.Match[str], today: date) -> Day | None:
    ahead = _NEAR[found["w"]]
    return Day(today + timedelta(days=ahead), 0, period=PERIODS[found["q"]], relative=ahead == 0)


_READERS: Final = {
    "full": _read_full,
    "eightdigits": _read_full,
    "nextyear": _read_next_year,
    "monthday": _read_month_day,
    "ofmonth": _read_of_month,
    "dash": _read_month_day,
    "both": _read_both,
    "days": _read_days,
    "allday": _read_all_day,
    "near": _read_near,
    "nearpart": _read_near_part,
    "week": _read_week,
    "monthend": _read_month_end,
    "yearend": _read_year_end,
    "monthonlyday": _read_day_only,
    "close": _read_close,
    "enmonth": _read_english_month,
    "endaymonth": _read_english_month,
    "enweek": _read_english_week,
    "ennear": _read_english_near,
}


def add_months(day: date, count: int) -> date:
    """The same day so many months on, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
