"""A day review as Markdown: what people typed is text in it, never markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from officetui.report import review
from officetui.report.review import Section
from officetui.text.i18n import _, pgettext

if TYPE_CHECKING:
    from officetui.office.day_review import DayReview

_INLINE: Final = frozenset("\\`*_[]|~<>&")
_LINE: Final = "________________"


def as_markdown(made: DayReview) -> str:
    """The document in UTF-8 Markdown (CommonMark with tables), ending with a line feed."""
    return "\n".join(_lines(made)) + "\n"


def _lines(made: DayReview) -> Iterator[str]:
    yield f"# {escape(review.title(made))}"
    yield ""
    yield escape(review.subtitle(made))
    yield ""
    for section in review.page(made):
        yield from _section(section)
    if not made.said:
        yield from _signatures(made)
        for section in review.lists(made):
            yield from _section(section)
    yield escape(review.made_words(made))


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield f"## {escape(section.title)}"
        yield ""
    if section.rows:
        yield _row(section.heads)
        yield "|" + " --- |" * len(section.heads)
        yield from (_row(row) for row in section.rows)
    else:
        yield from ("  \n".join(escape(line) for line in section.said.split("\n")),)
    yield ""


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join("<br>".join(map(escape, cell.split("\n"))) for cell in cells) + " |"


def _signatures(made: DayReview) -> Iterator[str]:
    yield f"## {escape(pgettext('review', 'Signatures'))}"
    yield ""
    yield escape(review.carried_words(made))
    yield ""
    for party in review.parties(made):
        words = _("{label} ({name}): {signature}") if party.named else _("{label}: {signature}")
        signed = escape(party.signed) or _LINE
        label, name = escape(party.label), escape(party.named)
        yield "- " + words.format(label=label, name=name, signature=signed)
    yield ""


def escape(text: str) -> str:
    """A text of one line as Markdown shows it. At its beginning more is markup than within."""
    found = "".join(f"\\{one}" if one in _INLINE else one for one in text)
    found = found.replace("://", "\\://")  # else readers make links of it
    head = found.lstrip(" ")
    if head[:1] in ("#", "+", "-", "=") or (head[:1].isdigit() and _numbered(head)):
        place = len(found) - len(head) + _digits(head)
        return f"{found[:place]}\\{found[place:]}"
    return found


def _digits(text: str) -> int:
    return len(text) - len(text.lstrip("0123456789"))


def _numbered(text: str) -> bool:
    """Whether a text would begin a numbered list: 1. or 1)."""
    return text[_digits(text) :][:1] in (".", ")")
