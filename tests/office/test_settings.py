"""What the tables of the settings ask is what the settings hold."""

from __future__ import annotations

import pytest

from officetui.office.office import Office
from officetui.registers.rule import SEVERITIES
from officetui.registers.settings import SETTINGS, Setting, fits
from officetui.registers.settings_rows import TABLES
from officetui.registers.settings_shown import field_of, shown, value_of


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.name)
def test_every_setting_is_shown_and_written_back_as_it_is(setting: Setting) -> None:
    assert shown(setting, setting.default)
    table = TABLES.get(setting.name)
    if table is None:
        assert field_of(setting).name == "value"
        written = value_of(setting, setting.default)
        assert written in (None, setting.default)
        return
    value = setting.default
    for row in table.read(setting.default):
        cells = {name: cell for name, cell in row.items() if name != "key"}
        value = table.write(value, str(row["key"]), cells)
        assert all(table.say(row)) or table.say(row)[0]
    assert fits(setting, value)
    assert [table.say(row) for row in table.read(value)] == [
        table.say(row) for row in table.read(setting.default)
    ]


def test_the_tables_know_every_name(office: Office) -> None:
    (severity,) = TABLES["rules"].fields
    assert tuple(choice.value for choice in severity.choices) == SEVERITIES
    (minutes,) = TABLES["incident_minutes"].read(office.setting("incident_minutes"))
    named = {field.name: field.label for field in TABLES["incident_minutes"].fields}
    assert set(named) == set(minutes) - {"key"}
    assert all(label != name for name, label in named.items())
