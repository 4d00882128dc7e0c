"""The answers of triage: steps at once, forms, messages, urgings; each ends in the office.

What an answer did is seen by the changes it made, not told here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from officetui.office import deadlines
from officetui.office.cards import Answer, Card
from officetui.office.tables import BY_ID, Record, offers
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.ui import flows, urging

if TYPE_CHECKING:
    from officetui.office.office import Office
    from officetui.ui.app import OfficeApp


def answer(app: OfficeApp, card: Card, chosen: Answer) -> None:
    """Do what an answer says, or ask for what it needs."""
    refs = (chosen.ref,) if chosen.ref else card.refs
    records = [one for ref in refs if (one := app.office.get(ref)) is not None]
    if not records:
        app.say(_("It is no longer there."), "error")
        return
    record, do = records[0], chosen.do
    if do == "step":
        _step(app, record, chosen)
    elif do == "urge":
        urging.urge(app, records)
    elif do == "reassign":
        urging.reassign(app, records, card.title)
    elif do == "agree":
        from officetui.office import waiting

        fit = [one for one in records if waiting.takes(one, urging.URGE)]
        urging.agree(app, fit, card.title)
    elif do == "edit":
        flows.edit_record(app, record, chosen.step)
    elif do == "log":
        flows.capture(app, "duty_log")
    elif do == "message":
        _message(app, record, chosen)
    elif do == "decide":
        _decide(app, card, records)
    else:
        _open(app, card, records)


def _open(app: OfficeApp, card: Card, records: Sequence[Record]) -> None:
    if len(records) > 1:
        flows.open_overdue(app, card.refs, card.title)
    else:
        flows.open_record(app, records[0].ref)


def _decide(app: OfficeApp, card: Card, records: Sequence[Record]) -> None:
    from officetui.ui import deciding

    found = deciding.of_record(app.office, records[0])
    if found:
        deciding.open_matter(app, found[0])
    else:
        _open(app, card, records)


def _step(app: OfficeApp, record: Record, chosen: Answer) -> None:
    """Take a step at once, or ask its form with what the answer has filled in."""
    register = BY_ID[record.register]
    step = register.step(chosen.step)
    if step is None:
        return
    if chosen.quick:
        given = {**offers(register, step, record, app.office), **chosen.inputs}
        inputs = {name: value for name, value in given.items() if value not in (None, "", [])}
        app.perform(lambda: app.office.do([record], step.id, inputs))
        return
    if not chosen.inputs:
        flows.take_step(app, [record], step.id)
        return
    from officetui.ui import forms
    from officetui.ui.modals.form import FormScreen
    from officetui.ui.remarks import remarks

    entries = forms.for_step(register, step, record, app.office)
    for entry in entries:
        if entry.field.name in chosen.inputs:
            entry.value = chosen.inputs[entry.field.name]
            entry.offered = entry.value is not None

    def save(values: dict[str, Any]) -> Any:
        inputs = {name: value for name, value in values.items() if value not in (None, "", [])}
        return app.perform(lambda: app.office.do([record], step.id, inputs), raises=True)

    app.push_screen(
        FormScreen(
            _(step.label),
            entries,
            app.office,
            save,
            key=f"triage:{step.id}:{record.ref}",
            about=register.title(record),
            lines=step.shows(record, app.office) if step.shows else (),
            remarks=lambda values: remarks(register, step, record, values, app.office),
        )
    )


def _message(app: OfficeApp, record: Record, chosen: Answer) -> None:
    """A text to be sent by hand; how it was sent is noted by the step of the answer."""
    from officetui.report.messages import save
    from officetui.ui.modals.message import MessageScreen

    office = app.office
    method = BY_ID["documents.urgings"].field("method")
    methods = [_(choice.label) for choice in method.choices] if method is not None else []
    who, text, given, lacking = _letter(office, record)

    def keep(way: str) -> object:
        inputs = {name: way if value is None else value for name, value in given.items()}
        return app.perform(lambda: office.do([record], chosen.step, inputs), raises=True)

    title = _("Message to {name}").format(name=who) if who else _("Who goes?")
    app.push_screen(
        MessageScreen(
            visible(title),
            text,
            methods=methods,
            record=keep,
            save=lambda words: save(words, office.home / "messages", office.local),
            lacking=lacking,
        )
    )


def _letter(office: Office, record: Record) -> tuple[str, str, dict[str, Any], tuple[str, ...]]:
    """Whom a message is for, its text, what is noted of it (None is how it was sent), and what
    the text lacks."""
    if record.register == "duty":
        from officetui.report import notices

        notice = notices.of(office, record)
        return notice.to, notice.text, {"method": None}, tuple(notice.lacking)
    if record.register == "followups":
        from officetui.office.tables import in_charge
        from officetui.report.messages import report_up

        leader = in_charge(record, office) or ""
        letter = report_up(office, record, leader)
        given = {"told_leader": leader, "told_how": None}
        return letter.to, letter.text, given, tuple(letter.lacking)
    due = office.calendar.deadline(record.get("rsvp_due"))
    words = _("{title}, {start}: who goes? The names are due by {due}. {office}")
    text = words.format(
        title=record.text("title"),
        start=record.text("start").replace("T", " "),
        due=due.strftime("%m-%d %H:%M") if due is not None else "____",
        office=office.name,
    )
    return deadlines.holder(office, record), visible(text), {"asked_how": None}, ()
