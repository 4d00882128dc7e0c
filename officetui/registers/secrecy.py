"""Words that say that a paper is classified (秘密 and above)."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

_TRADITIONAL = str.maketrans({"機": "机", "絕": "绝"})


@cache
def level_pattern() -> re.Pattern[str]:
    """Finds a level standing by itself: 机密, [机密★1年], #秘密. Not 国家秘密 or 商业秘密.

    For half-width text in simplified characters.
    """
    return re.compile(
        "(?:^|[ \\[【(〔<《#@,、:;。!急\n\t]|密级:?)(绝密|机密|秘密)(?:级|件|电报|文件|材料)?"
        "(?:[★*☆·]?[0-9长]*[年月期]*)?"
        "(?=$|[ \\]】)〕>》@#^+,、:;。!\n\t]|关于|特急|加急|[0-9])"
        "|#(top[- ]?secret|secret|confidential)(?![a-z])"
    )


def classified(text: str) -> bool:
    """Whether a text says by itself that it is of a classified paper."""
    if "密" not in text and "#" not in text and "＃" not in text:
        return False
    plain = normalize("NFKC", text).translate(_TRADITIONAL).lower()
    return level_pattern().search(plain) is not None
