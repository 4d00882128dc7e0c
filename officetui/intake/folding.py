"""Folding a typed text for reading: same length, so that every place in it keeps its number.

Full-width digits, letters, colons and sigils become half-width, traditional characters of the
grammar's own words become simplified. What is stored is always the text as it was typed.
"""

from __future__ import annotations

from functools import cache
from typing import Final

# Characters of the words the grammar knows; names and titles are compared folded on both sides.
_TRADITIONAL: Final = (
    "點点號号週周後后禮礼個个鐘钟時时間间內内兩两這这來来開开參参議议樓楼訪访會会電电長长書书"
    "記记發发閱阅辦办員员單单領领導导縣县鎮镇鄉乡務务處处務务離离請请換换調调緊紧機机絕绝"
    "關关於于報报審审簽签級级類类號号線线廳厅國国東东羅罗謝谢劉刘陳陈馬马孫孙趙赵吳吴鄭郑"
    "黃黄韓韩歐欧陽阳應应綜综會会備备產产標标準准總总結结決决議议條条壓压進进達达連连續续過过"
    "還还複复復复熱热夠够萬万億亿體体團团隊队歲岁婦妇聯联網网傳传紙纸質质齊齐鬧闹爺爷師师"
    "傅傅說说話话認认確确實实難难車车門门對对頂顶並并"
)
_SIGILS: Final = "＃#＠@＋+＾^：:／/．.～~（(）)，,　 ；;"
_DASHES: Final = "－—–―〜"


@cache
def _table() -> dict[int, str]:
    table = {ord(a): b for a, b in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)}
    table.update({ord(a): b for a, b in zip(_SIGILS[::2], _SIGILS[1::2], strict=True)})
    table.update({ord(dash): "-" for dash in _DASHES})
    table[ord("〜")] = "~"
    for code in range(0x21, 0x5F):
        full = 0xFEE0 + code
        if chr(code).isalnum():
            table[full] = chr(code).lower()
    table.update({0xFEE0 + code: chr(code) for code in range(ord("a"), ord("z") + 1)})
    table.update({code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
    table.update({ord(space): " " for space in "\t\n\r\x0b\x0c\x85\u2028\u2029\xa0\u2002\u2003"})
    return table


def fold(text: str) -> str:
    """`text` as the grammar reads it; always of the same length."""
    return text.translate(_table())


_DIGITS: Final = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
NUMBER: Final = "(?:[0-9]{1,4}|[零〇一二两三四五六七八九十廿卅百]{1,5})"


def number(text: str) -> int | None:
    """A whole number in figures or in Chinese up to 999 (二十五, 廿五, 十, 两); else None."""
    if text.isascii() and text.isdigit():
        return int(text[:9])
    text = text.replace("廿", "二十").replace("卅", "三十")
    total, digit = 0, -1
    for char in text:
        if char in _DIGITS:
            if digit > 0:
                return None
            digit = _DIGITS[char]
        elif char in "十百":
            unit = 10 if char == "十" else 100
            if digit == 0 and unit == 100:
                return None
            total += (digit if digit > 0 else 1) * unit
            digit = -1
        else:
            return None
    return total + max(digit, 0) if text else None
