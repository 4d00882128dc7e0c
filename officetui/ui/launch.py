"""Opening the app: the environment is set before the first import of Textual, which reads it."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officetui.config import Config
    from officetui.office.office import Office


def prepare_environment() -> None:
    """What Textual must find when it is imported. The user's own wishes win."""
    # The kitty protocol drops or garbles what Chinese input methods commit.
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")
    # What a key changes in several widgets is shown within a few milliseconds, not after two
    # sixtieths of a second; nothing is painted more often than something changes.
    os.environ.setdefault("TEXTUAL_FPS", "200")
    # Over a slow line the bytes of one key may come apart.
    os.environ.setdefault("ESCDELAY", "50")


def launch(office: Office | None, config: Config, *, triage: bool = False) -> int:
    """Open the app on an office, or on the first-run dialogue when there is none; with `triage` at
    the first card of the morning.

    Returns the exit status.
    """
    # Nothing that is made while starting is ever thrown away: looking for it costs a tenth of the
    # start. The first paint lets the collector in again.
    gc.disable()
    prepare_environment()
    from officetui.ui.app import OfficeApp

    app = OfficeApp(office, config, triage=triage)
    app.run(mouse=bool(getattr(config, "mouse", False)))
    return app.return_code or 0
