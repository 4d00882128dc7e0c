"""Who is offered for a place: present people, the likeliest first."""

from __future__ import annotations

from officetui.registers.people import away_until, leads
from officetui.registers.record import Record
from officetui.registers.view import View


def _present(view: View, *, leaders: bool | None = None) -> list[Record]:
    """The people who are there today, by precedence, staff in the order of the directory."""
    people = [
        person
        for person in view.records("people")
        if person.text("name")
        and not away_until(person, view.today)
        and (leaders is None or leads(person) is leaders)
    ]
    people.sort(key=lambda person: (person.whole("rank") or 999, person.text("unit")))
    return people


def leaders(record: Record, view: View) -> list[str]:
    """The leaders who are there, by precedence."""
    return [person.text("name") for person in _present(view, leaders=True)]


def staff(record: Record, view: View) -> list[str]:
    """Who can take a matter in hand: of the lead unit first, then staff, then leaders."""
    unit = record.text("lead_unit")
    names = [*_present(view, leaders=False), *_present(view, leaders=True)]
    names.sort(key=lambda person: not unit or person.text("unit") != unit)
    return [person.text("name") for person in names]


def reviewers(record: Record, view: View) -> list[str]:
    """Who can review a draft: staff, then leaders; who drafted it last of all."""
    own = {record.text("drafter"), record.text("owner")}
    return sorted(staff(record, view), key=lambda name: name in own)


def readers(record: Record, view: View) -> list[str]:
    """Who can be added to a circulation: leaders, then the others, without its readers."""
    have = {reader.text("person") for reader in view.children(record, "readers")}
    names = [person.text("name") for person in _present(view)]
    return [name for name in names if name not in have]


def units(record: Record, view: View) -> list[str]:
    """The units of the settings and of the directory; leadership is none."""
    found = dict.fromkeys(str(unit) for unit in view.setting("units"))
    found.update(dict.fromkeys(p.text("unit") for p in view.records("people") if not leads(p)))
    return [unit for unit in found if unit]
