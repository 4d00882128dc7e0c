"""The sample office of `officetui demo`, dated around today, in the language asked for."""

from __future__ import annotations

from pathlib import Path

from officetui.office.clock import Clock
from officetui.office.office import Office


def make_demo(
    home: Path, clock: Clock, language: str = "en", *, zone: str = "Asia/Shanghai"
) -> Office:
    """Found the sample office in `home` and open it with `clock`.

    `language`: "zh_CN", "zh_TW", else English. Raises Refused when there is an office already.
    """
    from officetui.office.demo.making import make

    return make(home, clock, language, zone)
