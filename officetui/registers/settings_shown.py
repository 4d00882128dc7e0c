"""Every setting as people read and write it, apart from the rows of tables."""

from __future__ import annotations

from typing import Any

from officetui.errors import Refused
from officetui.registers.checklists import SORTS
from officetui.registers.model import Field
from officetui.registers.settings import Setting, fits
from officetui.registers.settings_rows import TABLES, clock
from officetui.text.i18n import N_, _, ngettext, pgettext
from officetui.text.words import listed


def shown(setting: Setting, value: Any) -> str:
    """What a setting is, in one line."""
    if value in (None, "", [], {}):
        return _("(empty)")
    if setting.choices:
        found = next((c for c in setting.choices if c.value == value), None)
        return _(found.label) if found is not None else str(value)
    table = TABLES.get(setting.name)
    if table is not None and fits(setting, value):
        rows = table.read(value)
        if setting.name in ("rules", "messages"):
            n = len(value)
            return ngettext("{n} of the office's own", "{n} of the office's own", n).format(n=n)
        return pgettext("clauses", "; ").join(
            " ".join(part for part in table.say(row) if part) for row in rows
        )
    if setting.name == "checklists":
        named = {sort.value: _(sort.label) for sort in SORTS}
        return listed(named.get(name, name) for name in value)
    if isinstance(value, list):
        return listed(str(one) for one in value)
    return str(value)


def field_of(setting: Setting) -> Field:
    """The field in which a setting that is no table is written."""
    if setting.choices:
        return Field("value", setting.label, "choice", choices=setting.choices)
    kind = {"whole": "whole", "words": "words"}.get(setting.kind)
    if kind == "whole":
        return Field("value", setting.label, "whole", hint=setting.hint)
    if kind == "words":
        return Field("value", setting.label, "words", hint=setting.hint)
    if setting.kind == "table":
        return Field("value", setting.label, "json", hint=setting.hint)
    hint = N_("8:00") if setting.kind == "time" else setting.hint
    return Field("value", setting.label, "text", hint=hint)


def value_of(setting: Setting, typed: Any) -> Any:
    """What was written as the value of a setting; None is the default. Raises Refused."""
    if typed in (None, "", []):
        return None
    value = clock(typed, "value") if setting.kind == "time" else typed
    if not fits(setting, value):
        words = _("“{value}” does not fit the setting {name}.")
        raise Refused(words.format(value=typed, name=_(setting.label)), field="value")
    return value
