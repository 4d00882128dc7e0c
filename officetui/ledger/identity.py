"""Who writes here: `device.json` (machine-id → writer), and which office this is: `office.json`.

A writer must never write from two machines, so a home that wakes up under another machine-id
(a clone, a copied disk) gets a new writer, durably on disk before its first line. A home on a
network disk that returns to a machine it knows finds that machine's writer again.
"""

from __future__ import annotations

import random
from pathlib import Path

import msgspec

from officetui.errors import DataDamaged
from officetui.ledger.disk import locked, make_dir, replace_durably
from officetui.ledger.line import FORMAT
from officetui.ledger.stamp import Rng, is_writer, new_writer

_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


class Office(msgspec.Struct):
    """What `office.json` holds. `zone`: IANA name, fixed at founding; `format` of the journals."""

    id: str
    name: str
    zone: str
    format: int = FORMAT


class _Device(msgspec.Struct):
    """`writers`: machine-id → writer ("" while no machine-id is known); `last`: the last one."""

    writers: dict[str, str]
    last: str = ""


def machine_id() -> str | None:
    """The id of this machine, None when it has none (containers)."""
    for path in _MACHINE_IDS:
        try:
            text = path.read_text("ascii").strip()
        except (OSError, ValueError):
            continue
        if text and text != "uninitialized":
            return text
    return None


def read_office(home: Path) -> Office | None:
    """The office of this replica, None when there is none yet. Raises DataDamaged."""
    path = home / "office.json"
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return msgspec.json.decode(data, type=Office)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DataDamaged(f"office.json cannot be read: {error}") from error


def write_office(home: Path, office: Office) -> None:
    """Write `office.json`, durably. Raises OSError."""
    make_dir(home)
    replace_durably(home / "office.json", msgspec.json.encode(office) + b"\n")


def writer_for(home: Path, machine: str | None, rng: Rng | None = None) -> str:
    """The writer of this home on this machine, made and kept durably when it is new.

    An absent machine-id counts as unchanged. Raises OSError, or DataDamaged when `device.json`
    cannot be read (guessing might let two machines write one journal).
    """
    device = _read_device(home)
    if device is not None:
        writer = device.writers.get(machine if machine is not None else device.last)
        if writer is not None and (machine is None or machine == device.last):
            return writer
    make_dir(home)
    with locked(home):
        device = _read_device(home) or _Device({})
        key = device.last if machine is None else machine
        writer = device.writers.get(key)
        if writer is None and "" in device.writers:
            writer = device.writers.pop("")  # the machine-id only became known
        if writer is None:
            writer = _unused(home, device, rng or random.SystemRandom())
        device.writers[key] = writer
        device.last = key
        replace_durably(home / "device.json", msgspec.json.encode(device, order="sorted") + b"\n")
    return writer


def known_writer(home: Path, machine: str | None) -> str | None:
    """The writer of this home on this machine, None when it has none yet. Writes nothing."""
    device = _read_device(home)
    if device is None:
        return None
    return device.writers.get(device.last if machine is None else machine)


def unused(home: Path, rng: Rng) -> str:
    """A random writer that nobody here has ever been."""
    return _unused(home, _read_device(home) or _Device({}), rng)


def hand_over(home: Path, old: str, new: str) -> None:
    """Let `new` stand in `device.json` wherever `old` did. The journal lock must be held."""
    device = _read_device(home)
    if device is None or old not in device.writers.values():
        return
    device.writers = {key: new if w == old else w for key, w in device.writers.items()}
    replace_durably(home / "device.json", msgspec.json.encode(device, order="sorted") + b"\n")


def _unused(home: Path, device: _Device, rng: Rng) -> str:
    while True:
        writer = new_writer(rng)
        if writer not in device.writers.values() and not (home / "journals" / writer).exists():
            return writer


def _read_device(home: Path) -> _Device | None:
    try:
        data = (home / "device.json").read_bytes()
    except FileNotFoundError:
        return None
    try:
        device = msgspec.json.decode(data, type=_Device)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DataDamaged(f"device.json cannot be read: {error}") from error
    if not all(is_writer(writer) for writer in device.writers.values()):
        raise DataDamaged("device.json cannot be read: it names no writer")
    return device
