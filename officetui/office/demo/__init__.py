"""The sample office of `officetui demo`, dated around today, in the language asked for."""

from __future__ import annotations

import os
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


def local_zone(default: str = "Asia/Shanghai") -> str:
    """The zone of this machine by its name, so that the sample's hours are those of the reader.

    `default` when the machine does not tell.
    """
    from zoneinfo import ZoneInfo

    parts = Path(os.path.realpath("/etc/localtime")).parts
    linked = "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else ""
    for name in (os.environ.get("TZ", "").lstrip(":"), linked):
        try:
            if name:
                return ZoneInfo(name).key
        except (ValueError, OSError, KeyError):
            continue
    return default
