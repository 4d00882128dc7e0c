"""Years of a colleague's journal come in: keys are answered between the slices."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hands import Hands, at_work
from textual import events

from officetui.ledger.identity import Office as Info
from officetui.ledger.line import Change, Entry, Header, encode_header, encode_line
from officetui.ledger.stamp import make
from officetui.office.office import Office

LINES = 900
WRITER = "zzzzzzzz"


def colleague(home: Path, info: Info) -> None:
    """A journal that a first sync has brought."""
    directory = home / "journals" / WRITER
    directory.mkdir(parents=True)
    raws = [encode_header(Header(1, info.id, WRITER, 1, 0, ""))]
    prev = ""
    for n in range(1, LINES + 1):
        t = make(1_700_000_000_000 + n * 1000, n, WRITER)
        entry = Entry("people", f"{t}.0", {"name": f"同事{n}"}, {})
        raws.append(encode_line(n, t, Change("吴敏", "people.add", [entry]), [entry], prev))
        prev = sha256(raws[-1]).hexdigest()
    (directory / "000001.jsonl").write_bytes(b"\n".join(raws) + b"\n")


async def test_keys_are_answered_between_the_slices_of_a_big_journal(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("officetui.office.committing.SLICE", 2048)
    async with at_work(office) as hands:
        steps = await all_of_it(hands)
    assert steps.count("slice") > 50
    assert steps[-1] == "end"
    assert steps.index("answered") < steps.index("end")
    assert steps[steps.index("pressed") : steps.index("answered")].count("slice") < 20, steps


async def all_of_it(hands: Hands) -> list[str]:
    """What happened in which order while the journal came in: slices, a key, its answer."""
    app, office = hands.app, hands.office
    steps: list[str] = []
    refresh = office.refresh
    screen = app.screen

    def counted(*, at_once: bool = True) -> set[str]:
        refs = refresh(at_once=at_once)
        if office.behind or "slice" in steps:
            steps.append("slice" if office.behind else "end")
        if steps.count("slice") == 3 and "pressed" not in steps:
            steps.append("pressed")
            app.post_message(events.Key("question_mark", "?"))
        if app.screen is not screen and "answered" not in steps:
            steps.append("answered")
        return refs

    office.refresh = counted  # type: ignore[method-assign]
    before = len(office.list("people"))
    colleague(office.home, office.info)
    app._poll()
    for _ in range(2000):
        if "end" in steps:
            break
        await hands.pilot.pause(0.01)
    assert len(office.list("people")) == LINES + before
    return steps
