"""A day review as a file: Markdown, HTML that prints on A4, or a workbook, by its ending."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from officetui.errors import Refused
from officetui.report.files import write_whole
from officetui.text.i18n import _
from officetui.text.safe import visible

if TYPE_CHECKING:
    from officetui.office.day_review import DayReview
    from officetui.office.office import Office

FORMATS: Final = ("html", "md", "xlsx")
_MOST: Final = 999  # files of one review


def write_review(office: Office, made: DayReview, path: Path, replace: bool = False) -> None:
    """Write the document to `path`, whole. Raises Refused for another ending, or where a file is
    already (unless `replace`), and OSError."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        endings = " ".join(f".{one}" for one in FORMATS)
        words = _("{file}: the name has to end in one of {endings}.")
        raise Refused(words.format(file=visible(str(path)), endings=endings), field="out")
    write_whole(path, replace, _writer(office, made, kind))


def _writer(office: Office, made: DayReview, kind: str) -> Callable[[Path], object]:
    if kind == "xlsx":
        from officetui.report.review_workbook import write_workbook

        return lambda temp: write_workbook(temp, made)
    if kind == "md":
        from officetui.report.review_markdown import as_markdown

        text = as_markdown(made)
    else:
        text = html(office, made)
    return lambda temp: temp.write_text(text, encoding="utf-8", newline="\n")


def html(office: Office, made: DayReview) -> str:
    """The document as HTML, with the numbers of its week."""
    from datetime import date

    from officetui.office.figures import figures
    from officetui.report.review_html import as_html

    return as_html(
        made, None if made.said else figures(office, "week", date.fromisoformat(made.date))
    )


def save_review(office: Office, made: DayReview, kind: str, folder: Path) -> Path:
    """Write the document into a file of its own in `folder`, made if need be; its path. Raises
    OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in range(1, _MOST):
        ending = "" if number == 1 else f"-{number}"
        path = folder / f"{made.date}-{made.half}{ending}.{kind}"
        try:
            write_review(office, made, path)
        except Refused:
            continue  # there is one by that name
        return path
    raise FileExistsError(str(folder))
