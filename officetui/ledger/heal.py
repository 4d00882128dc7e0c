"""Damaged lines of the own journal, put back from what the folder holds.

Somebody may have written under the same name, so that the folder holds several lines of one
number. The chain says which was ours: the next sound line names the hash of the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from officetui.ledger.raw import Unit, read_unit


def healed(segments: Sequence[bytes], units: Iterable[Unit], writer: str) -> dict[int, bytes]:
    """The segments (places in `segments`, which are in order) that can be mended, and how they
    read then. `units`: what the folder holds; of those alike the first is taken."""
    offered: dict[int, list[Unit]] = {}
    for unit in units:
        offered.setdefault(unit.n, []).append(unit)
    parts = [segment.split(b"\n") for segment in segments]
    read: list[list[Unit | None]] = [
        [read_unit(raw, writer) for raw in part[1:-1]] for part in parts
    ]
    found: dict[int, bytes] = {}
    before = Unit(0, "", None, b"")
    for place, part in enumerate(parts):
        lines: list[bytes] = []
        at = 0
        while at < len(read[place]):
            sound = read[place][at]
            if sound is not None:
                lines.append(sound.raw)
                before = sound if sound.n else before
                at += 1
                continue
            end = at
            while end < len(read[place]) and read[place][end] is None:
                end += 1
            bad = part[1 + at : 1 + end]
            run = _mended(bad, before, _after(read, place, end), offered)
            lines += [line.raw if isinstance(line, Unit) else line for line in run]
            last = run[-1] if run else before
            # behind what stays damaged nothing is known to follow
            before = last if isinstance(last, Unit) else Unit(-1, "", None, b"")
            at = end
        if lines != part[1:-1]:
            found[place] = b"\n".join([part[0], *lines, part[-1]])
    return found


def _after(read: list[list[Unit | None]], place: int, at: int) -> Unit | None:
    """The numbered line that comes next, None when it is damaged, too, or there is none."""
    rest = [*read[place][at:], *(unit for part in read[place + 1 :] for unit in part[:1])]
    return next((unit for unit in rest if unit is None or unit.n), None)


def _mended(
    bad: list[bytes], before: Unit, after: Unit | None, offered: dict[int, list[Unit]]
) -> list[Unit | bytes]:
    """What belongs in place of a run of damaged lines: all of it where the chain leads from the
    line after it to the one before; else each in its place, as far as it is known."""
    if after is not None:
        chain: list[Unit] = []
        named, n = after.p, after.n - 1
        while named and (unit := _of_hash(offered.get(n, ()), named)) is not None:
            chain.insert(0, unit)
            named, n = unit.p, n - 1
        whole = [unit for unit in chain if unit.n > before.n >= 0]
        if whole and whole[0].n == before.n + 1 and whole[0].p == before.hash:
            return [*whole]
        if before.n >= 0 and after.n - before.n - 1 != len(bad):
            return [*bad]  # lines were glued together: their places are not known
        run: list[Unit | bytes] = [*bad]
        for place, unit in zip(range(len(bad) - 1, -1, -1), reversed(chain), strict=False):
            run[place] = unit
        return _led(run, bad, before, offered, named=after.p)
    exact = _exact(sum(len(raw) + 1 for raw in bad), before, offered) if before.n >= 0 else []
    if exact:
        torn = b"\n".join(bad)
        return [*max(exact, key=lambda run: _likeness(b"\n".join(u.raw for u in run), torn))]
    return _led([*bad], bad, before, offered)


def _exact(size: int, before: Unit, offered: dict[int, list[Unit]]) -> list[list[Unit]]:
    """The runs that follow `before` and are `size` bytes long: what glued lines together, or cut
    one in two, left their bytes in number."""
    if size <= 0:
        return [[]] if not size else []
    return [
        [unit, *rest]
        for unit in offered.get(before.n + 1, ())
        if unit.p == before.hash
        for rest in _exact(size - len(unit.raw) - 1, unit, offered)
    ]


def _led(
    run: list[Unit | bytes],
    bad: list[bytes],
    before: Unit,
    offered: dict[int, list[Unit]],
    named: str | None = None,
) -> list[Unit | bytes]:
    """Follow the chain forward from `before`. Of several that follow, the one most like what is
    damaged; `named`: the hash that the last of them must have."""
    for place, raw in enumerate(bad):
        if before.n < 0 or isinstance(run[place], Unit):
            break
        fitting = [unit for unit in offered.get(before.n + 1, ()) if unit.p == before.hash]
        if named is not None and place == len(bad) - 1:
            fitting = [unit for unit in fitting if unit.hash == named]
        if not fitting:
            break
        before = max(fitting, key=lambda unit: _likeness(unit.raw, raw))
        run[place] = before
    return run


def _of_hash(units: Iterable[Unit], hash: str) -> Unit | None:
    return next((unit for unit in units if unit.hash == hash), None)


def _likeness(one: bytes, other: bytes) -> int:
    """How many bytes are the same; of another length, those of the beginning."""
    if len(one) == len(other):
        return sum(map(int.__eq__, one, other))
    pairs = zip(one, other, strict=False)
    return next((at for at, (x, y) in enumerate(pairs) if x != y), min(len(one), len(other)))
