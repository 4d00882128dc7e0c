"""English source strings, shown in the language of the office.

`_` translates now; `N_` and `P_` only mark a string of a table, to be translated by `_` when it
is shown. A marked string with a context carries it inside (`"context\\x04English"`, as gettext
itself keeps it), so one call, `_(label)`, serves both kinds.

Nothing is read from disk before the first string is asked for, and English never reads any file.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gettext import GNUTranslations

LANGUAGES: Final = ("en", "zh_CN", "zh_TW")
DOMAIN: Final = "officetui"
_CONTEXT_END: Final = "\x04"
_TRADITIONAL: Final = frozenset({"tw", "hk", "mo", "hant", "cht"})


class _State:
    """The language in force, and its catalogue once it was needed."""

    __slots__ = ("catalogue", "language", "loaded")

    def __init__(self) -> None:
        self.language = "en"
        self.loaded = True
        self.catalogue: GNUTranslations | None = None


_state = _State()


def set_language(tag: str) -> None:
    """Show everything from now on in `tag`: one of `LANGUAGES`, or any tag `match` understands.

    A tag nobody has a catalogue for means English.
    """
    language = tag if tag in LANGUAGES else match(tag) or "en"
    if language == _state.language:
        return
    _state.language = language
    _state.catalogue = None
    _state.loaded = language == "en"


def language() -> str:
    """The tag in force: "en", "zh_CN" or "zh_TW"."""
    return _state.language


def match(tag: str) -> str | None:
    """The catalogue for a locale or language tag ("zh_HK.UTF-8", "zh-Hant", "en"), or None.

    "C" and "POSIX" say nothing about the language: None.
    """
    words = tag.split(".")[0].split("@")[0].replace("-", "_").lower().split("_")
    if words[0] == "zh":
        return "zh_TW" if _TRADITIONAL & set(words[1:]) else "zh_CN"
    return "en" if words[0] == "en" else None


def negotiate(config: str | None, environ: Mapping[str, str]) -> str:
    """The language to use: the configured one, else that of the locale, else English.

    `config` is the user's setting (None, "" and "auto" mean: not set). Of the environment the
    usual names count in their usual order: LANGUAGE (a list), LC_ALL, LC_MESSAGES, LANG.
    """
    if config and config != "auto" and (chosen := match(config)):
        return chosen
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    # As in gettext: a C locale switches translation off, LANGUAGE or not.
    if locale.split(".")[0] in {"C", "POSIX"}:
        return "en"
    for tag in environ.get("LANGUAGE", "").split(":"):
        if chosen := match(tag):
            return chosen
    return match(locale) or "en"


def catalogue_path(tag: str) -> Path:
    """Where the compiled catalogue of `tag` is, in a wheel and in an editable install alike."""
    return Path(__file__).parent.parent / "locales" / tag / "LC_MESSAGES" / f"{DOMAIN}.mo"


def _catalogue() -> GNUTranslations | None:
    if not _state.loaded:
        _state.loaded = True
        from gettext import GNUTranslations

        try:
            with catalogue_path(_state.language).open("rb") as file:
                _state.catalogue = GNUTranslations(file)
        except OSError:
            # A missing catalogue must not keep an office from its data: English is shown.
            _state.catalogue = None
    return _state.catalogue


def _(message: str) -> str:
    """`message` in the language in force; also a string marked by `N_` or `P_`."""
    if not message:
        return message
    catalogue = _catalogue()
    shown = message if catalogue is None else catalogue.gettext(message)
    if shown is message or shown == message:
        return message.rpartition(_CONTEXT_END)[2]
    return shown


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form for `n` things; format it with `.format(n=n)`."""
    catalogue = _catalogue()
    if catalogue is None:
        return singular if n == 1 else plural
    return catalogue.ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """`message` as it is meant in `context`, where one English word has two translations."""
    return _(P_(context, message))


def npgettext(context: str, singular: str, plural: str, n: int) -> str:
    """`ngettext` with a context."""
    catalogue = _catalogue()
    if catalogue is None:
        return singular if n == 1 else plural
    return catalogue.npgettext(context, singular, plural, n)


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools and people know
    """Mark `message` for the catalogues; `_` translates it when it is shown."""
    return message


def P_(context: str, message: str) -> str:  # noqa: N802
    """Mark `message` with its context; `_` translates it when it is shown.

    Interned, because such labels are compared and looked up often.
    """
    return sys.intern(f"{context}{_CONTEXT_END}{message}")
