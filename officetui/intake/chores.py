"""What is asked of the back office, by the words it is asked with: 派车, 报修, 盖章."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# Kind of errand to the words that name it, the likeliest kind first.
WORDS: Final = (
    ("vehicles", "派车|用车|派个车|要车|安排车|订车"),
    ("seals", "用印|盖章|盖个章|加盖公章|用章"),
    ("repairs", "报修|维修|坏了|修理|修一下|漏水|不亮|换灯|堵了|打不开"),
    ("lodging", "订房|住宿|订宾馆"),
    ("meals", "订餐|工作餐|用餐|盒饭|加餐|桌餐"),
    ("printing", "复印|打印|印刷|文印|装订"),
    ("mail", "收发|寄快递|邮寄|快递|订报|报刊"),
    ("overtime", "加班"),
    ("supplies", "采购|购买|买|领用|桶装水|办公用品|订水|换水"),
)
# The same in English, as words of their own.
ENGLISH: Final = (
    ("vehicles", "car|vehicle|van|drive"),
    ("seals", "seal|stamp"),
    ("repairs", "repair|fix|broken"),
    ("lodging", "lodging|hotel|rooms for"),
    ("meals", "meals?|lunch|dinner"),
    ("printing", "print|copies|printing"),
    ("mail", "mail|parcel|post"),
    ("overtime", "overtime"),
    ("supplies", "buy|order|supplies"),
)
# Words that make a line without a prefix one of these.
_ALONE: Final = (
    "报修|维修|坏了|派车|用车|采购|购买|用印|盖章|复印|订餐|工作餐|公务接待|桶装水|办公用品"
)


@cache
def chores() -> re.Pattern[str]:
    """What is an errand without saying so; 公务接待 is official guests."""
    return re.compile(_ALONE)


@cache
def _papers() -> re.Pattern[str]:
    return re.compile("关于.{2,}的(?:通知|请示|报告|函|意见|批复|决定|通报|方案|公告|纪要|申请)")


def chore_in(folded: str, begin: int) -> re.Match[str] | None:
    """The word that makes a line without a prefix an errand; a paper about one is none."""
    return None if _papers().search(folded, begin) else chores().search(folded, begin)


@cache
def kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each kind with its words, Chinese ones anywhere, English ones by themselves."""
    english = dict(ENGLISH)
    return tuple(
        (kind, re.compile(f"(?:{words})|(?<![a-z])(?:{english[kind]})(?![a-z])"))
        for kind, words in WORDS
    )
