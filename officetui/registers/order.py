"""Places in a list that always leave room between two neighbours (fractional index)."""

from __future__ import annotations

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def between(before: str, after: str) -> str:
    """A text that sorts after `before` and before `after`; "" is an open end.

    Raises ValueError when they are not in order.
    """
    if after and before >= after:
        raise ValueError(f"no place between {before!r} and {after!r}")
    found = ""
    low_open = before
    for place in range(len(before) + len(after) + 2):
        low = _DIGITS.find(low_open[place]) if place < len(low_open) else 0
        high = _DIGITS.find(after[place]) if place < len(after) else len(_DIGITS)
        if high - low > 1:
            return found + _DIGITS[(low + high) // 2]
        found += _DIGITS[low]
        if high > low:
            after = ""
    raise ValueError(f"no place between {before!r} and {after!r}")


def after(last: str) -> str:
    """The next place at the end of a list whose last place this is; "" for an empty one."""
    return _next(last) if last else row(1)[0]


def counted_on(text: str, by: int) -> str:
    """A text with the number at its end counted on: WS-0009 by 2 is WS-0011; else as it is."""
    head = text.rstrip("0123456789")
    digits = text[len(head) :]
    return f"{head}{int(digits) + by:0{len(digits)}d}" if digits else text


def row(count: int, last: str = "") -> list[str]:
    """`count` places in order, all after `last`; short even for long lists."""
    if not count:
        return []
    if not last:
        width = max(2, len(_number(count)))
        return [_number((n + 1), width) + "V" for n in range(count)]
    places = []
    for _ in range(count):
        last = _next(last)
        places.append(last)
    return places


def _number(value: int, width: int = 1) -> str:
    text = ""
    while value or len(text) < width:
        value, digit = divmod(value, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text


def _next(last: str) -> str:
    """The next place at the end: counts up the head, so that appending stays short."""
    head = last.rstrip("z")
    if not head or not all(c in _DIGITS for c in last):
        return last + "V"
    digit = _DIGITS.index(head[-1])
    return head[:-1] + _DIGITS[digit + 1]
