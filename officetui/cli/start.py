"""Opening the app; nothing is loaded that it does not need."""

from __future__ import annotations

from officetui import config


def open_app(found: config.Config, demo: bool = False) -> int:
    """Open the app on the office of this home, or on a throwaway sample. The exit status."""
    from officetui.ui.launch import run

    return run(config.home(), found, demo=demo)
