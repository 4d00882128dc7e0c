"""A day review as a workbook: the page that both sides sign, and the lists, each a sheet.

What people typed is written as text: a cell that begins with "=" is no formula.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from officetui.report import review
from officetui.report.review import Section
from officetui.report.sheet import OPTIONS, plain_name, to_errors
from officetui.text.i18n import _, pgettext
from officetui.text.width import cell_width

if TYPE_CHECKING:
    from officetui.office.day_review import DayReview

_COLUMNS: Final = 12
_WIDTH: Final = 7.4  # characters of one of the twelve
_LINE: Final = 14.5  # points
_MOST_TEXT: Final = 32_767  # characters of a cell in xlsx (ECMA-376, 18.3.1)


def write_workbook(path: Path, made: DayReview) -> None:
    """Write the document to `path`. Raises OSError."""
    import xlsxwriter

    with to_errors(), xlsxwriter.Workbook(str(path), OPTIONS) as book:
        _Page(book, made).write()
        for section in review.lists(made) if not made.said else ():
            _list(book, section)


class _Page:
    """The sheet that is signed: twelve narrow columns, sections one below the other."""

    def __init__(self, book: Any, made: DayReview) -> None:
        self._made = made
        self._sheet = book.add_worksheet(plain_name(_("Handover")))
        text = {"text_wrap": True, "valign": "top", "num_format": "@", "font_size": 9}
        self._looks = {
            "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
            "middle": book.add_format({"align": "center", "font_size": 9}),
            "section": book.add_format({"bold": True, "font_size": 10}),
            "head": book.add_format({**text, "bold": True, "bg_color": "#EEEEEE", "border": 1}),
            "text": book.add_format({**text, "border": 1}),
            "said": book.add_format(text),
            "right": book.add_format({"align": "right", "font_size": 8}),
        }
        self._row = 0

    def write(self) -> None:
        made, sheet = self._made, self._sheet
        sheet.set_column(0, _COLUMNS - 1, _WIDTH)
        self._line(review.title(made), "title", 24)
        self._line(review.subtitle(made), "middle")
        for section in review.page(made):
            self._section(section)
        if not made.said:
            self._signatures()
        self._line(review.made_words(made), "right")
        sheet.set_paper(9)  # A4
        sheet.set_portrait()
        sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, self._row - 1, _COLUMNS - 1)
        sheet.set_footer("&C&P / &N")

    def _line(self, text: str, look: str, height: float = _LINE) -> None:
        self._cells([text], (_COLUMNS,), look)
        self._sheet.set_row(self._row - 1, height)

    def _section(self, section: Section) -> None:
        if section.title:
            self._line(section.title, "section")
        if not section.rows:
            self._cells([section.said], (_COLUMNS,), "text" if section.id == "note" else "said")
            return
        self._cells(section.heads, section.widths, "head")
        for row in section.rows:
            self._cells(row, section.widths, "text")

    def _signatures(self) -> None:
        name = pgettext("review", "Signatures")
        words = _("{label}: {what}")
        self._line(words.format(label=name, what=review.carried_words(self._made)), "section")
        sides = review.parties(self._made)
        self._cells([f"{one.label} {one.named}".strip() for one in sides], (6, 6), "head")
        ink = pgettext("on paper", "Signature"), pgettext("on paper", "Time")
        under = "        ".join(f"{word}: " for word in ink)
        self._cells([f"{one.signed}\n\n\n{under}" for one in sides], (6, 6), "text")

    def _cells(self, texts: Any, widths: tuple[float, ...], look: str) -> None:
        """One row of cells, each as wide as its share of the twelve columns."""
        column, lines = 0, 1
        spans = _spans(widths)
        for text, span in zip(texts, spans, strict=True):
            room = span * _WIDTH * 1.05
            lines = max(lines, sum(1 + int(cell_width(one) / room) for one in text.split("\n")))
            style, cut = self._looks[look], text[:_MOST_TEXT]
            if span > 1:
                last = column + span - 1
                self._sheet.merge_range(self._row, column, self._row, last, "", style)
            self._sheet.write_string(self._row, column, cut, style)
            column += span
        self._sheet.set_row(self._row, min(400, max(1, lines) * _LINE))
        self._row += 1


def _spans(widths: tuple[float, ...]) -> list[int]:
    """Shares as whole columns that fill the page; the widest takes what is left over."""
    spans = [max(1, round(one)) for one in widths]
    spans[spans.index(max(spans))] += _COLUMNS - sum(spans)
    return spans


def _list(book: Any, section: Section) -> None:
    sheet = book.add_worksheet(plain_name(section.title))
    text = {"text_wrap": True, "valign": "top", "num_format": "@", "border": 1}
    head = book.add_format({"bold": True, "bg_color": "#EEEEEE", "border": 1})
    style = book.add_format(text)
    for x, name in enumerate(section.heads):
        sheet.write_string(0, x, name, head)
    for y, row in enumerate(section.rows, 1):
        for x, value in enumerate(row):
            sheet.write_string(y, x, value[:_MOST_TEXT], style)
    for x, width in enumerate(section.widths):
        sheet.set_column(x, x, width * 8)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, len(section.rows), len(section.heads) - 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
