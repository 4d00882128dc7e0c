"""What spares time in every test of the app, and changes nothing of what it does.

Textual's pilot sleeps 20 ms and more, three times for every key, and takes a process that got no
time for one that has nothing to do. Here the loop is asked: nothing is ready to run, nothing is to
be painted, and no timer is due soon. That is sooner where the machine is free, and surer where it
is not.

Textual paints when its clock ticks; here it paints when nothing is left to do before it, so that
nobody waits for the tick and nothing is painted half done.

The style sheets are parsed once for all the apps of a process.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Any, Final

import textual.app
import textual.pilot
import textual.screen
from textual._context import active_app
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

SOON: Final = 0.02  # seconds; what is to run so soon is waited for
_QUIET: Final = 3  # looks in a row that must find nothing to do
_TICK: Final = 1.0  # seconds until a screen is painted that nobody waits for


async def at_rest(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Stands in for `textual._wait.wait_for_idle`. `min_sleep` and `max_sleep` in seconds."""
    loop: Any = asyncio.get_running_loop()
    begin = monotonic()
    quiet = 0
    while quiet < _QUIET and monotonic() - begin < max_sleep:
        await asyncio.sleep(0)
        if loop._ready:
            quiet = 0
            continue
        if _paint():
            quiet = 0
            continue
        now = loop.time()
        due = [each._when for each in loop._scheduled if not each._cancelled]
        soon = min((when for when in due if when < now + SOON), default=None)
        if soon is None:
            quiet += 1
        else:
            quiet = 0
            await asyncio.sleep(max(0.0, soon - now))
    if (rest := min_sleep - (monotonic() - begin)) > 0:
        await asyncio.sleep(rest)


def _paint() -> bool:
    """Paint the screen on top when it is to be, and call what waits for that."""
    app = active_app.get(None)
    if app is None or not app._screen_stack:
        return False
    screen = app.screen
    if not (screen._update_timer._active.is_set() or screen._callbacks):
        return False
    screen._on_timer_update()
    return True


_parse = Stylesheet._parse_rules
_parsed: dict[object, list[RuleSet]] = {}


def _parse_once(sheet: Stylesheet, *what: Any, **more: Any) -> list[RuleSet]:
    key = (what, frozenset(more.items()), frozenset(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *what, **more)
    return _parsed[key]


def use() -> None:
    """Let every app of this process be tested so."""
    textual.app.wait_for_idle = at_rest  # type: ignore[attr-defined]
    textual.pilot.wait_for_idle = at_rest  # type: ignore[attr-defined]
    textual.screen.UPDATE_PERIOD = _TICK  # type: ignore[misc]
    Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign]
