"""Opening the app; nothing is loaded that it does not need."""

from __future__ import annotations

from pathlib import Path

from officetui import config
from officetui.errors import NoOffice
from officetui.office.office import Office


def open_app(found: config.Config, demo: bool = False, triage: bool = False) -> int:
    """Open the app on the office of this home, or on a throwaway sample. The exit status.

    `triage`: at the first card of the morning.

    Without an office the app begins with the first-run dialogue.
    """
    if demo:
        return _on_sample(found)
    from officetui.ui.launch import launch  # the command line knows the screens only to open them

    try:
        office = Office.open(config.home(), user=found.user or None)
    except NoOffice:
        return launch(None, found)
    return launch(office, found, triage=triage)


def _on_sample(found: config.Config) -> int:
    import tempfile

    from officetui.office.clock import SystemClock
    from officetui.office.demo import local_zone, make_demo
    from officetui.text.i18n import language
    from officetui.ui.launch import launch

    with tempfile.TemporaryDirectory(prefix="officetui-demo-") as folder:
        home = Path(folder) / "office"
        office = make_demo(home, SystemClock(), language(), zone=local_zone())
        return launch(office, found)
