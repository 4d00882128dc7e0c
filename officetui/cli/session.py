"""What every command needs: the person's wishes, the office, and where words and data go."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from officetui import config
from officetui.errors import Refused
from officetui.text.glyphs import use_glyphs
from officetui.text.i18n import LANGUAGES, _, negotiate, set_language
from officetui.text.safe import visible

if TYPE_CHECKING:
    from officetui.office.committing import Done
    from officetui.office.office import Office


def read_config(wanted: str | None = None) -> config.Config:
    """The wishes of config.toml, put in force; `wanted` is the language of `--lang`."""
    found = config.load()
    language = negotiate(wanted or found.language, os.environ)
    set_language(language)
    if wanted:
        found.language = language if language in LANGUAGES else "auto"
    if found.glyphs == "ascii" or not _writes_signs():
        use_glyphs("ascii")
    return found


def _writes_signs() -> bool:
    """Whether the output takes the signs of the default set at all."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        "✓▪␦".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


@contextmanager
def opened() -> Iterator[Office]:
    """The office of this home, for the person of the configuration."""
    from officetui.office.office import Office

    office = Office.open(config.home(), user=the_user() or None)
    for words in office.notices:
        say(words)
    yield office
    try:
        office.close()
    except OSError as error:
        from officetui.report.words import reason

        words = _("Nothing is lost, but the desk could not be written: {reason}")
        say(words.format(reason=reason(error)))


def the_user() -> str:
    """Who acts, if config.toml says so."""
    return read.user


read = config.Config()
"""The configuration in force; set once, by `use`."""


def use(found: config.Config) -> None:
    """Let commands act under this configuration."""
    global read
    read = found


# words to people go to standard error, data to standard output


def say(words: str) -> None:
    """Narrate: one line on standard error."""
    if words:
        print(visible(words), file=sys.stderr)


def told(done: Done) -> None:
    """Narrate what a change did."""
    say(done.sentence)
    for hint in done.hints:
        say(hint)


def give(text: str) -> None:
    """Print data. The text must be fit for a terminal already."""
    if text:
        print(text)


def give_json(value: Any) -> None:
    """Print data as JSON: one line, or indented for people who look at it."""
    import msgspec

    data = _harmless(msgspec.json.encode(value))
    if sys.stdout.isatty():
        data = msgspec.json.format(data, indent=2)
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        print(data.decode())
    else:
        binary.write(data + b"\n")


def _harmless(data: bytes) -> bytes:
    """JSON in which what could drive a terminal, or turn its line around, is spelled out."""
    import re

    commands = rb"\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]"
    return re.sub(commands, lambda found: b"\\u%04x" % ord(found.group().decode()), data)


def done_object(office: Office, done: Done, **more: Any) -> dict[str, Any]:
    """A change as an object: what was said, and the records it touched."""
    records = [record for ref in done.refs if (record := office.get(ref)) is not None]
    return {
        "sentence": done.sentence,
        "ids": [record.id for record in records],
        "refs": [record.ref for record in records],
        "hints": list(done.hints),
        **more,
    }


def width() -> int | None:
    """The cells of a line of standard output; None when no terminal limits it."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (OSError, ValueError, AttributeError):
        return None


def clean(words: Sequence[str]) -> list[str]:
    """Arguments as text. Raises Refused for bytes that are no text in this locale."""
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError:
            raise Refused(
                _("This is no text in the encoding of the terminal: {words}").format(
                    words=visible(word)
                )
            ) from None
    return list(words)
