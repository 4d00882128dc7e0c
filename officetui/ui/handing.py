"""The document that both sides of a handover sign, as a file: offered after the signature, and at
any time from the review."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from officetui.text.i18n import _, pgettext
from officetui.text.safe import visible
from officetui.ui.menus import Item

if TYPE_CHECKING:
    from officetui.ui.app import OfficeApp

FOLDER: Final = "handovers"
_NONE: Final = "none"


def offer(app: OfficeApp, day: date, half: str) -> None:
    """Ask for the kind of file, the one that prints first."""
    from officetui.ui.modals.menu import StepMenu

    kinds = (
        ("html", _("To print"), _("HTML, one page of A4")),
        ("xlsx", _("As a workbook"), _("Excel, WPS")),
        ("md", _("As text"), _("Markdown")),
    )
    items = [Item(kind, label, hint=hint) for kind, label, hint in kinds]
    items.append(Item(_NONE, pgettext("document", "No file")))

    def chosen(kind: str | None) -> None:
        if kind not in (None, _NONE):
            work = partial(_write, app, day, half, str(kind))
            app.run_worker(work, thread=True, group="handing", exit_on_error=False)

    about = _("Both sides sign it on paper, or keep it as it was signed here.")
    app.push_screen(StepMenu(_("The handover as a file"), [items], about=about), chosen)


def _write(app: OfficeApp, day: date, half: str, kind: str) -> None:
    """In a thread: the numbers of the week may lie in books."""
    from officetui.errors import OfficeError
    from officetui.office.day_review import review
    from officetui.report.review_files import save_review

    office = app.office
    try:
        path = save_review(office, review(office, day, half), kind, office.home / FOLDER)
    except OSError as error:
        words = _("The file could not be written: {why}")
        said, look = words.format(why=error.strerror or str(error)), "error"
    except OfficeError as error:
        said, look = error.message, "error"
    else:
        said, look = _("Saved: {path}").format(path=path), "info"
    app.call_from_thread(app.say, visible(said), look)
