"""Pinyin initials: slfh finds 森林防火. Loaded when somebody searches by letters, never before."""

from __future__ import annotations

import os
import re
from functools import cache
from unicodedata import normalize

_QUICK = "PYPINYIN_NO_PHRASES"  # the readings of single characters are enough, and 0.3 s less


@cache
def _by_letter() -> dict[str, str]:
    """Of each letter the characters that a reading of which begins with it, as the inside of a set
    of a pattern. A character of several readings (重) stands under each."""
    before = os.environ.get(_QUICK)
    os.environ[_QUICK] = "1"
    try:
        from pypinyin.constants import PINYIN_DICT
    finally:
        if before is None:
            os.environ.pop(_QUICK, None)
        else:
            os.environ[_QUICK] = before
    found: dict[str, set[int]] = {}
    for code, readings in PINYIN_DICT.items():
        if code > 0xFFFF:  # rare forms: with one of them a set of a pattern is no table any more
            continue
        for reading in readings.split(","):
            letter = normalize("NFD", reading)[:1]
            if "a" <= letter <= "z":
                found.setdefault(letter, set()).add(code)
    return {letter: _ranges(sorted(codes)) for letter, codes in found.items()}


def _ranges(codes: list[int]) -> str:
    """Characters as the inside of a set, neighbours as a range."""
    parts = []
    begin = end = codes[0]
    for code in [*codes[1:], -1]:
        if code == end + 1:
            end = code
            continue
        parts.append(chr(begin) if begin == end else f"{chr(begin)}-{chr(end)}")
        begin = end = code
    return "".join(parts)


@cache
def pattern(letters: str) -> str:
    """A pattern for text whose characters begin with these letters one after the other; a letter
    stands for itself, too. `letters`: ASCII letters and digits."""
    table = _by_letter()
    return "".join(
        f"[{letter}{letter.upper()}{table.get(letter, '')}]" if letter.isalpha() else letter
        for letter in letters.lower()
    )


def matcher(letters: str) -> re.Pattern[str]:
    """`pattern`, ready to be searched for."""
    return re.compile(pattern(letters))
