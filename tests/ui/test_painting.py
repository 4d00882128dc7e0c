"""What reaches the terminal: only lines that differ, and never anything wrong."""

from __future__ import annotations

import io

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from officetui.text.width import pad
from officetui.ui.painting import Painted

WIDTH, HEIGHT = 12, 4
TEXTS = st.text(alphabet="ab 值班", max_size=WIDTH)
FRAMES = st.lists(TEXTS, min_size=HEIGHT, max_size=HEIGHT)
# What happens to the screen: a whole frame, whole lines, part of a line, or it is lost.
EVENTS = st.tuples(st.sampled_from(["frame", "lines", "part", "lost"]), FRAMES)


def _console() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", width=WIDTH)


def _strip(text: str) -> Strip:
    return Strip([Segment(pad(text, WIDTH), Style(bold=True))], WIDTH)


def _write(screen: pyte.Screen, update: object) -> int:
    text = update.render_segments(_console())  # type: ignore[attr-defined]
    pyte.Stream(screen).feed(text)
    return len(text)


def _frame(lines: list[str]) -> LayoutUpdate:
    return LayoutUpdate([[_strip(line)] for line in lines], Region(0, 0, WIDTH, HEIGHT))


@given(st.lists(EVENTS, min_size=1, max_size=12))
def test_the_terminal_shows_what_was_drawn(events: list[tuple[str, list[str]]]) -> None:
    painted, screen = Painted(), pyte.Screen(WIDTH, HEIGHT)
    shown = [" " * WIDTH] * HEIGHT
    _write(screen, painted.reduced(_frame([""] * HEIGHT)))
    for kind, lines in events:
        if kind == "frame":
            _write(screen, painted.reduced(_frame(lines)))
            shown = [pad(line, WIDTH) for line in lines]
        elif kind == "lost":
            screen.reset()
            painted.forget()
            _write(screen, painted.reduced(_frame(lines)))
            shown = [pad(line, WIDTH) for line in lines]
        else:
            # Half lines at an even place, so that no wide sign is cut.
            end = WIDTH if kind == "lines" else 6
            texts = {y: pad(lines[y], end) for y in (1, 2)}
            rest = {y: shown[y] for y in (1, 2)}
            if kind == "part":
                texts = {y: pad("ab" * 3, end) for y in (1, 2)}
                rest = dict.fromkeys((1, 2), "xyxyxy")
            chops = []
            for y in range(HEIGHT):
                line: dict[int, Strip | None] = {0: None, end: None} if end < WIDTH else {0: None}
                if y in texts:
                    line[0] = Strip([Segment(texts[y], Style(bold=True))], end)
                    if end < WIDTH:
                        line[end] = Strip([Segment(rest[y], Style())], WIDTH - end)
                chops.append(line)
            ends = [[end, WIDTH] if end < WIDTH else [WIDTH]] * HEIGHT
            spans = [(y, 0, WIDTH) for y in texts]
            _write(screen, painted.reduced(ChopsUpdate(chops, spans, ends)))
            for y in texts:
                shown[y] = texts[y] + (rest[y] if end < WIDTH else "")
        direct = pyte.Screen(WIDTH, HEIGHT)
        for y, line_text in enumerate(shown):
            pyte.Stream(direct).feed(f"\x1b[{y + 1};1H{line_text}")
        assert screen.display == direct.display


def test_a_frame_that_is_there_writes_nothing() -> None:
    painted, screen = Painted(), pyte.Screen(WIDTH, HEIGHT)
    lines = ["值班", "a", "b", "c"]
    assert _write(screen, painted.reduced(_frame(lines))) > 0
    assert _write(screen, painted.reduced(_frame(lines))) == 0
    assert painted.reduced(None) is None
    assert _write(screen, painted.reduced(_frame(lines))) == 0
    painted.forget()
    assert _write(screen, painted.reduced(_frame(lines))) > 0


def test_a_line_painted_in_part_is_painted_again() -> None:
    painted, screen = Painted(), pyte.Screen(WIDTH, HEIGHT)
    lines = ["aaaa", "b", "c", "d"]
    _write(screen, painted.reduced(_frame(lines)))
    chops: list[dict[int, Strip | None]] = [{0: Strip([Segment("zz")], 2), 2: None}]
    chops += [{0: None} for _ in range(HEIGHT - 1)]
    part = ChopsUpdate(chops, [(0, 0, 2)], [[2, WIDTH], *([[WIDTH]] * (HEIGHT - 1))])
    _write(screen, painted.reduced(part))
    assert screen.display[0].startswith("zzaa")
    assert _write(screen, painted.reduced(_frame(lines))) > 0
    assert screen.display[0].startswith("aaaa")
