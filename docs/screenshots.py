"""The pictures of the README, drawn by the program itself: `make screenshots`.

    python docs/screenshots.py [FOLDER]

The sample office on a Friday, 2026-11-20 at 7:58, as SVG into docs/images (or FOLDER). The same
program draws the same bytes every time.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple

from officetui.office.clock import FixedClock
from officetui.office.demo import make_demo
from officetui.office.office import Office
from officetui.text.i18n import set_language
from officetui.text.width import cell_width
from officetui.ui.launch import prepare_environment

MORNING = datetime(2026, 11, 19, 23, 58, tzinfo=UTC)
LANGUAGES = ("en", "zh_CN")
CELL = 12.2  # the width of one column in the pictures of Rich, in their unit
FONTS = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace"


class Picture(NamedTuple):
    """What to press, and how large the terminal is."""

    name: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 40)


PICTURES = (
    Picture("today"),
    Picture("today-80x24", size=(80, 24)),
    Picture("documents", ("3",), (120, 30)),
    Picture("menu", ("3", "enter"), (120, 30)),
)


def main() -> None:
    """Draw all pictures."""
    images = Path(sys.argv[1] if sys.argv[1:] else Path(__file__).parent / "images")
    images.mkdir(parents=True, exist_ok=True)
    prepare_environment()
    for language in LANGUAGES:
        set_language(language)
        for picture in PICTURES:
            with tempfile.TemporaryDirectory() as folder:
                office = make_demo(Path(folder) / "office", FixedClock(MORNING), language)
                drawn = asyncio.run(draw(office, picture))
            path = images / f"{picture.name}.{language}.svg"
            path.write_text(standing_alone(drawn), encoding="utf-8")
            print(path)


async def draw(office: Office, picture: Picture) -> str:
    """The screen after the keys, as Textual draws it."""
    from officetui.ui.app import OfficeApp

    app = OfficeApp(office)
    async with app.run_test(size=picture.size) as pilot:
        for key in picture.keys:
            await pilot.press(key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        return app.export_screenshot(title=f"officetui  {office.name}")


def standing_alone(svg: str) -> str:
    """The picture without anything fetched from elsewhere, its columns straight in any font."""
    svg = re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code, monospace;", f"font-family: {FONTS};")
    svg = svg.replace("font-family: arial;", "font-family: sans-serif;")
    svg = re.sub(
        r'(<text class="[^"]*-r\d+" )x="([\d.]+)"(.*?) textLength="[\d.]+"(.*?)>(.*?)</text>',
        _apart,
        svg,
        flags=re.DOTALL,
    )
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def _apart(found: re.Match[str]) -> str:
    """One run of text as several: no font has letters of exactly half the width of its ideographs.

    Each run is put into the cells it takes in a terminal; those of blanks are left out.
    """
    head, left, middle, tail, inner = found.groups()
    cells = round(float(left) / CELL)
    drawn = []
    for part in _runs(unescape(inner).replace("\xa0", " ")):
        width = cell_width(part)
        if part.strip():
            text = escape(part, quote=False)
            drawn.append(
                f'{head}x="{_number(cells * CELL)}"{middle} textLength="{_number(width * CELL)}"'
                f"{tail}>{text}</text>"
            )
        cells += width
    return "".join(drawn)


def _runs(text: str) -> Iterator[str]:
    """Pieces of `text`: wide throughout, blank throughout, or words with single blanks between."""
    wide = r"\u1100-\uffff"
    yield from re.findall(rf"[{wide}]+| +|[^ {wide}]+(?: [^ {wide}]+)*", text)


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


if __name__ == "__main__":
    main()
