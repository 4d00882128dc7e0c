"""What one cell of an office's sheet says: a day, hours, a number, a phone, names.

Sheets write one date in many ways (2026.10.26, 10月26日, 11/27, a date of Excel's, text with a
weekday). Nothing is guessed silently: what is not understood is None, and the caller says so.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Final

import msgspec

from officetui.intake.sheets import Cell

_EPOCH: Final = date(1899, 12, 30)  # day 0 of a spreadsheet's serial dates
_DIGITS: Final = {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_DIGITS.update({"六": 6, "七": 7, "八": 8, "九": 9})
_WEEKDAYS: Final = "一二三四五六日"
_HALF_DAY: Final = "(?:上午|下午|中午|晚上|早上|傍晚|凌晨|晚|待定)"
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)


class When(msgspec.Struct, frozen=True):
    """What a cell says of time. `year`, `month`, `day` are 0 where it says nothing; `weekday` is
    0 (Monday) to 6, or -1; `end_day` is the (month, day) a span of days ends on."""

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    start: time | None = None
    end: time | None = None
    all_day: bool = False
    end_day: tuple[int, int] | None = None
    rest: str = ""  # words that were not understood: about, 上午, 左右

    @property
    def dated(self) -> bool:
        """It names at least a day."""
        return self.day > 0

    def merged(self, other: When) -> When:
        """This with what only the other says: a date and a time of two columns."""
        dated = self if self.dated else other
        timed = self if self.start or self.all_day else other
        return When(
            year=dated.year,
            month=dated.month,
            day=dated.day,
            weekday=self.weekday if self.weekday >= 0 else other.weekday,
            start=timed.start,
            end=timed.end,
            all_day=timed.all_day,
            end_day=dated.end_day,
            rest=" ".join(part for part in (self.rest, other.rest) if part),
        )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    year = r"(?:(?P<y>\d{4})|(?P<yy>'?\d{2})|民国(?P<roc>\d{2,3}))"
    month_day = r"(?P<m>\d{1,2})\s*月\s*(?:份\s*)?(?P<d>\d{1,2})\s*[日号號]?"
    part = r"(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|早|am|pm)"
    # A pattern for one time of day; {n} keeps the two ends of a span apart.
    clock = (
        rf"(?P<{{n}}p>{part})?\s*(?P<{{n}}h>\d{{{{1,2}}}})\s*"
        r"(?::\s*(?P<{n}m>\d{{2}})(?::\d{{2}}(?:\.\d+)?)?"
        r"|[点时點時]\s*(?:(?P<{n}n>\d{{1,2}})\s*分?|(?P<{n}half>半)|整)?)"
        r"\s*(?P<{n}q>am|pm)?"
    )
    flags = re.IGNORECASE
    return {
        "ymd": re.compile(rf"{year}\s*年\s*{month_day}", flags),
        "iso": re.compile(r"(?P<y>\d{4})\s*[-./]\s*(?P<m>\d{1,2})\s*[-./]\s*(?P<d>\d{1,2})(?!\d)"),
        "roc": re.compile(
            r"(?P<roc>1\d{2})\s*[-./]\s*(?P<m>\d{1,2})\s*[-./]\s*(?P<d>\d{1,2})(?!\d)"
        ),
        "short": re.compile(
            r"(?P<yy>\d{2})\s*[-./]\s*(?P<m>\d{1,2})\s*[-./]\s*(?P<d>\d{1,2})(?!\d)"
        ),
        "us": re.compile(r"(?P<m>\d{1,2})\s*[-./]\s*(?P<d>\d{1,2})\s*[-./]\s*(?P<y>\d{4})"),
        "md": re.compile(month_day),
        "slash": re.compile(r"(?<![\d:])(?P<m>\d{1,2})\s*[-./]\s*(?P<d>\d{1,2})(?![\d:])"),
        "month_end": re.compile(r"(?:(?P<y>\d{4})\s*年\s*)?(?P<m>\d{1,2})\s*月\s*(?:底|末)"),
        "dom": re.compile(r"^\s*(?P<d>\d{1,2})\s*[日号號]"),
        "english": re.compile(
            r"(?:(?P<d>\d{1,2})\s+)?(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
            r"(?:\s+(?P<dd>\d{1,2})(?!\d))?(?:,?\s+(?P<y>\d{4}))?",
            flags,
        ),
        "until": re.compile(
            r"^\s*(?:[-—–~～至到]+)\s*(?:(?P<y>\d{4})\s*年\s*)?(?:(?P<m>\d{1,2})\s*[月./-]\s*)?"
            r"(?P<d>\d{1,2})\s*[日号號](?!\d)"
        ),
        "weekday": re.compile(
            r"[（(\[]?\s*(?:星期|周|週|礼拜|禮拜)\s*(?P<w>[一二三四五六日天1-7])\s*[）)\]]?"
        ),
        "span": re.compile(
            clock.format(n="a") + r"\s*(?:[-—–~～至到]+)\s*" + clock.format(n="b"), flags
        ),
        "clock": re.compile(clock.format(n="a"), flags),
        "compact": re.compile(r"^\s*(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})\s*$"),
    }


def when(value: Cell, *, bare_day: bool = False) -> When | None:
    """What a cell of a date or time column says; None when it says nothing of time.

    With `bare_day` a plain number from 1 to 31 is a day of the month (rosters).
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, datetime):
        return _from_datetime(value)
    if isinstance(value, date):
        return When(value.year, value.month, value.day)
    if isinstance(value, time):
        return When(start=value.replace(second=0, microsecond=0))
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return When(start=time(minutes // 60, minutes % 60)) if 0 <= minutes < 1440 else None
    if isinstance(value, int | float):
        return _from_number(float(value), bare_day)
    return _from_text(value, bare_day)


def _from_datetime(value: datetime) -> When:
    start = time(value.hour, value.minute)
    if value.year < 1905:  # a time of day that the file keeps as a date near its day 0
        return When(start=start)
    return When(value.year, value.month, value.day, start=start if start != time() else None)


def _from_number(number: float, bare_day: bool) -> When | None:
    if number != number or abs(number) > 1e9:
        return None
    if 0 < number < 1:
        minutes = round(number * 1440)
        return When(start=time(minutes // 60, minutes % 60)) if minutes < 1440 else None
    if bare_day and number == int(number) and 1 <= number <= 31:
        return When(day=int(number))
    if 20000 <= number < 80000:
        day = _EPOCH + timedelta(days=int(number))
        minutes = round((number % 1) * 1440) % 1440
        start = time(minutes // 60, minutes % 60) if minutes else None
        return When(day.year, day.month, day.day, start=start)
    if number == int(number) and 19000101 <= number <= 21001231:
        return _from_text(str(int(number)), False)
    return None


@lru_cache(maxsize=65536)
def _from_text(raw: str, bare_day: bool) -> When | None:
    text = _folded(raw)
    if not text or len(text) > 80:
        return None
    if text.isascii() and text.replace(".", "", 1).isdigit():
        found = _patterns()["compact"].match(text)
        if found and _real(int(found["y"]), int(found["m"]), int(found["d"])):
            return When(int(found["y"]), int(found["m"]), int(found["d"]))
        if "." not in text:
            return _from_number(float(text), bare_day)
    day, rest = _day(text)
    weekday = -1
    found = _patterns()["weekday"].search(rest)
    if found:
        mark = found["w"]
        weekday = int(mark) - 1 if mark.isdigit() else _WEEKDAYS.index(mark.replace("天", "日"))
        rest = rest[: found.start()] + " " + rest[found.end() :]
    start, end, all_day, rest = _hours(rest)
    rest = re.sub(r"[\s,，、;；()（）\[\]T]+", " ", rest).strip(" -—~至到起止Z")
    if not day.dated and start is None and not all_day:
        # Half a day says no hour, but it says that this is about time.
        return When(weekday=weekday, rest=rest) if re.fullmatch(_HALF_DAY, rest) else None
    return When(day.year, day.month, day.day, weekday, start, end, all_day, day.end_day, rest)


def _folded(text: str) -> str:
    """Half-width digits and signs, Chinese numerals of dates as digits; words stay."""
    if not text.isascii():
        text = text.translate(_HALF)
        if re.search("[〇零○一二三四五六七八九十廿]+[年月日号]", text):
            text = re.sub("[〇零○一二三四五六七八九十廿]+(?=[年月日号])", _numeral, text)
    return text.strip()


_HALF: Final[dict[int, str | int]] = {
    **{0xFF10 + n: 0x30 + n for n in range(10)},
    ord("："): ":", ord("．"): ".", ord("／"): "/", ord("－"): "-", ord("　"): " ", ord("國"): "国",
    ord("\u00a0"): " ", ord("∶"): ":",
}  # fmt: skip


def _numeral(found: re.Match[str]) -> str:
    text = found.group().replace("廿", "二十")
    if "十" not in text:
        return "".join(str(_DIGITS[char]) for char in text)
    tens, _sep, ones = text.partition("十")
    if any(len(part) > 1 or (part and part not in _DIGITS) for part in (tens, ones)):
        return found.group()
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))


def _real(year: int, month: int, day: int) -> bool:
    if not year:  # 29 February is possible in some year
        year = 2024
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _day(text: str) -> tuple[When, str]:
    """The day a text names, and the text without it; nothing that no calendar has."""
    for name in ("ymd", "iso", "us", "roc", "short", "md", "english", "slash", "month_end", "dom"):
        found = _patterns()[name].search(text)
        if found is None:
            continue
        parts = found.groupdict()
        year, month, day = _year(parts), int(parts.get("m") or 0), int(parts.get("d") or 0)
        if parts.get("mon"):
            month = _MONTHS.index(parts["mon"].lower()) + 1
            day = day or int(parts.get("dd") or 0)
        if name == "us" and month > 12:
            month, day = day, month
        if name == "month_end":
            # The last day; of February the 28th, which every year has.
            day = 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
        if name == "dom":
            if not 1 <= day <= 31:
                continue
        elif not _real(year, month, day):
            if name in ("iso", "ymd", "md"):  # 2月30日 is a mistake, not another notation
                return When(), text
            continue
        rest = text[found.end() :]
        until = _patterns()["until"].match(rest)
        end_day = None
        if until and _real(year, int(until["m"] or month or 1), int(until["d"])):
            end_day = (int(until["m"] or month), int(until["d"]))
            rest = rest[until.end() :]
        return When(year, month, day, end_day=end_day), text[: found.start()] + " " + rest
    return When(), text


def _year(parts: dict[str, str | None]) -> int:
    if parts.get("y"):
        return int(parts["y"] or 0)
    if parts.get("roc"):
        return int(parts["roc"] or 0) + 1911
    if parts.get("yy"):
        return 2000 + int((parts["yy"] or "").strip("'"))
    return 0


def _hours(text: str) -> tuple[time | None, time | None, bool, str]:
    """Start, end, whole day, and what is left of the text."""
    for word in ("全天", "整天", "一天", "终日", "全日", "all day"):
        if word in text.lower():
            at = text.lower().index(word)
            return None, None, True, text[:at] + " " + text[at + len(word) :]
    found = _patterns()["span"].search(text)
    if found:
        first, half = _clock(found, "a", None)
        last, _half = _clock(found, "b", half)
        if first and last:
            return first, last, False, text[: found.start()] + " " + text[found.end() :]
    found = _patterns()["clock"].search(text)
    if found:
        first, _half = _clock(found, "a", None)
        if first:
            return first, None, False, text[: found.start()] + " " + text[found.end() :]
    return None, None, False, text


def _clock(found: re.Match[str], n: str, half_before: str | None) -> tuple[time | None, str | None]:
    """A time of day; 下午2:30-4:00 says 下午 for both ends."""
    hour = int(found[f"{n}h"])
    minute = int(found[f"{n}m"] or found[f"{n}n"] or (30 if found[f"{n}half"] else 0))
    half = found[f"{n}p"] or found[f"{n}q"] or half_before
    if half and hour < 12:
        lowered = half.lower()
        if lowered in ("下午", "傍晚", "晚上", "晚", "pm") or (lowered == "中午" and hour < 11):
            hour += 12
    if half and half.lower() in ("凌晨", "am") and hour == 12:
        hour = 0
    if hour == 24 and minute == 0:
        return time(23, 59), half
    return (time(hour, minute), half) if hour < 24 and minute < 60 else (None, half)


# --- other cells ---------------------------------------------------------------------------------


def text_of(value: Cell) -> str:
    """A cell as text, as it was typed but for blanks at its ends; 3.0 is 3, a phone is a phone."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip(" \t\r\n\u3000\u00a0")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return (
            str(int(value))
            if value == value and abs(value) < 1e16 and value == int(value)
            else repr(value)
        )
    if isinstance(value, datetime):
        return (
            value.strftime("%Y-%m-%d")
            if value.time() == time()
            else value.isoformat(" ", "minutes")
        )
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)


def whole_of(value: Cell) -> int | None:
    """A whole number: 3.0, "3", "3份", "12人"; None for anything else."""
    found = re.fullmatch(
        r"(?:约|共)?\s*(-?\d{1,15})(?:\.0+)?\s*[^\d\s.,-]{0,3}", text_of(value).translate(_HALF)
    )
    return int(found[1]) if found else None


_PHONE: Final = (
    r"(?<!\d)(?:\+?\d{1,3}[- ])?"
    r"(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|\d{7,8})(?:-\d{1,6})?(?!\d)"
)


def phones_of(value: Cell) -> list[str]:
    """The phone numbers of a cell, as typed; a cell without a mark between them is one."""
    text = text_of(value)
    parts = [part.strip() for part in re.split(r"[、，,;；/\n\r]+", text) if part.strip()]
    return (
        parts
        if len(parts) > 1 and all(re.search(r"\d{3}", part) for part in parts)
        else ([text] if text else [])
    )


def people_of(value: Cell) -> list[tuple[str, str, str]]:
    """The people of a cell: (name, phone, remark in brackets). 李　梅 is one name."""
    found: list[tuple[str, str, str]] = []
    text = text_of(value)
    for part in _split_names(text):
        phone = ""
        match = re.search(_PHONE, part)
        if match:
            phone = match.group().strip()
            part = (part[: match.start()] + part[match.end() :]).strip(" :：\t-")
        remark = ""
        match = re.search(r"[（(]([^（）()]*)[）)]", part)
        if match:
            remark = match[1].strip()
            part = part[: match.start()] + part[match.end() :]
        name = _one_name(part.strip(" \t\u3000:："))
        if not name and found:
            # A number or remark on a line of its own belongs to the name before it.
            last = found[-1]
            found[-1] = (last[0], last[1] or phone, last[2] or remark)
        elif name or phone:
            found.append((name, phone, remark))
    return [person for person in found if person[0]]


def _split_names(text: str) -> list[str]:
    parts = [
        part
        for part in re.split(r"[、，,;；/／\n\r]+|和(?=[\u4e00-\u9fff]{2})", text)
        if part.strip()
    ]
    names: list[str] = []
    for part in parts:
        words = part.split()
        chinese = [word for word in words if re.fullmatch(r"[\u4e00-\u9fff·]{2,}", word)]
        if len(words) > 1 and len(chinese) == len(words):
            names.extend(words)
        else:
            names.append(part)
    return names


def _one_name(text: str) -> str:
    """张 三 and 李　梅 are written apart to fill the column: one name each."""
    words = text.split()
    if len(words) > 1 and all(re.fullmatch(r"[\u4e00-\u9fff]", word) for word in words):
        return "".join(words)
    return text


def words_of(value: Cell) -> list[str]:
    """A short list of plain words or units."""
    return [part.strip() for part in re.split(r"[、，,;；\n\r]+", text_of(value)) if part.strip()]
