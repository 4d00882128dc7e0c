"""Keys as they arrive while a Chinese input method is on."""

from __future__ import annotations

from typing import Final
from unicodedata import normalize

# What input methods make of the keys the program uses; NFKC knows the rest (１ ？ ＠ ａ).
_PUNCTUATION: Final = {
    "、": "/",
    "。": ".",
    "，": ",",
    "【": "[",
    "】": "]",
    "「": "[",
    "」": "]",
    "『": "[",
    "』": "]",
    "；": ";",
    "：": ":",
    "？": "?",
    "！": "!",
    "　": " ",
    "＠": "@",
    "｀": "`",
    "·": "`",
}


def folded(character: str) -> str | None:
    """The ASCII character that was meant, or None: it is text, not a key."""
    if character.isascii():
        return character
    plain = _PUNCTUATION.get(character) or normalize("NFKC", character)
    return plain if len(plain) == 1 and plain.isascii() and plain.isprintable() else None
