"""Registers without a grammar of their own yet: people, and any new one."""

from __future__ import annotations

from officetui.intake.draft import Draft
from officetui.intake.lines.reception import phone_of
from officetui.text.i18n import _


def understand(draft: Draft, prefix: str) -> None:
    """Name, phone and unit for people; else the text is the first required text."""
    if draft.register.id == "settings":
        draft.problem("", _("Settings are changed with “set”, one by one."))
        return
    if draft.register.id == "people":
        _person(draft)
    else:
        _first_text(draft)
    if draft.due is not None and draft.register.due:
        draft.deadline(draft.register.due, draft.due)
    if draft.register.field("owner") and draft.register.id != "people":
        draft.owner()
    if draft.register.field("tags"):
        draft.set_tags()


def _first_text(draft: Draft) -> None:
    words = draft.words()
    for field in draft.register.fields:
        if words and field.required and field.kind in ("text", "long"):
            draft.cells[field.name] = draft.text()
            draft.part(field.name, draft.text(), words[0].start, words[-1].stop)
            return


def _person(draft: Draft) -> None:
    """人 name unit post phone."""
    phone_of(draft)
    words = draft.words()
    if not words:
        return
    draft.put("name", words[0].typed, words[0].start, words[0].stop)
    if draft.view.person(words[0].typed) is not None:
        draft.hint(
            "name", _("{name} is in the directory already.").format(name=words[0].typed), "warn"
        )
    for word in words[1:]:
        unit = draft.names.units.get(word.text)
        if unit or word.text.endswith(("办", "局", "所", "站", "中心", "科")):
            draft.put("unit", unit or word.typed, word.start, word.stop)
            break
    post = draft.words()
    if post:
        draft.put("post", draft.text(), post[0].start, post[-1].stop)
