"""Closing the day from the keyboard: the answers of its matters, the note, the signatures.

Each ends in the office, and in one change; what was done is seen by the changes it made.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from officetui.office import review_asked, review_signing
from officetui.office.cards import Answer, Card
from officetui.office.day_review import Asked, DayReview, record_of
from officetui.office.tables import BY_ID, Record
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.text.words import listed
from officetui.ui import answering, handing
from officetui.ui.menus import Item

if TYPE_CHECKING:
    from officetui.ui.app import OfficeApp

_HERE: Final = ("screen", "phone", "paper")
_LATER, _OTHER, _BACK = "later", "other", "back"
_NAMED: Final = 4  # matters that the question names


def answer(app: OfficeApp, card: Card, chosen: Answer, asked: Asked, day: date, half: str) -> None:
    """Do what an answer says, or ask for what it needs."""
    office = app.office
    if chosen.do == "carry":
        app.perform(lambda: review_signing.carry(office, day, half, asked))
    elif chosen.do == "report":
        _report(app, card, asked, day, half)
    elif chosen.do == "menu":
        from officetui.ui import flows

        record = office.get(asked.ref)
        if record is not None:
            flows.open_menu(app, [record])
    else:
        answering.answer(app, card, chosen)


def _report(app: OfficeApp, card: Card, asked: Asked, day: date, half: str) -> None:
    """The message to the leader; when it was sent, it is noted with the day."""
    from officetui.report.messages import report_day, report_up, save
    from officetui.ui.modals.message import MessageScreen

    office = app.office
    record = office.get(asked.ref)
    if record is None:
        app.say(_("It is no longer there."), "error")
        return
    leader = review_asked.leader_of(office, record)
    if record.register == "followups":
        letter = report_up(office, record, leader)
    else:
        letter = report_day(office, record, leader, card.why)
    method = BY_ID["reviews.carried"].field("method")
    app.push_screen(
        MessageScreen(
            visible(_("Message to {name}").format(name=letter.to or leader)),
            letter.text,
            methods=[_(choice.label) for choice in method.choices] if method else [],
            record=lambda way: app.perform(
                lambda: review_signing.report(office, day, half, asked, leader, way), raises=True
            ),
            save=lambda text: save(text, office.home / "messages", office.local),
            lacking=letter.lacking,
        )
    )


def note(app: OfficeApp, day: date, half: str) -> None:
    """The note for who comes, in a form of one field."""
    from officetui.ui import flows

    flows.take_step(app, [record_of(app.office, day, half)], "write_note")


def sign(app: OfficeApp, made: DayReview, day: date, half: str) -> None:
    """One question: who accepts; it names what has no answer and is carried with the signature."""
    from officetui.errors import Refused
    from officetui.ui.modals.menu import StepMenu

    office = app.office
    record = record_of(office, day, half)
    try:
        review_signing.refuse_unfit(office, record, day)
    except Refused as refused:
        app.say(refused.message, "error")
        return
    about = ""
    if made.asked:
        names = listed(one.name for one in made.asked[:_NAMED])
        if len(made.asked) > _NAMED:
            names = _("{names} and others").format(names=names)
        about = f"{review_signing.unanswered_words(made)} {names}"
    items = [*_takers(app, record), Item(_LATER, _("Sign; it is accepted later"))]
    if made.asked:
        items.append(Item(_BACK, _("Do not sign yet: go on answering")))

    def chosen(item: str | None) -> None:
        if item is None or item == _BACK:
            return
        if item == _OTHER:
            _ask_who(app, record, "sign", day, half)
            return
        inputs = {} if item == _LATER else _taken(item)
        app.take_in()  # another window may have signed meanwhile
        done = app.perform(lambda: review_signing.sign(office, day, half, inputs, carry=True))
        if done is not None:
            handing.offer(app, day, half)

    title = _("Sign: {what}").format(what=BY_ID["reviews"].title(record))
    app.push_screen(StepMenu(title, [items], about=about), chosen)


def accept(app: OfficeApp, day: date, half: str) -> None:
    """Who accepts what was signed, and how."""
    from officetui.ui.modals.menu import StepMenu

    office = app.office
    record = record_of(office, day, half)
    if record.state != "signed":
        words = {
            "accepted": _("It was accepted already."),
        }
        app.say(words.get(record.state, _("It is not signed yet: sign it first.")), "error")
        return

    def chosen(item: str | None) -> None:
        if item == _OTHER:
            _ask_who(app, record, "accept", day, half)
        elif item is not None:
            inputs = _taken(item)
            app.take_in()
            app.perform(lambda: review_signing.accept(office, day, half, inputs))

    title = _("Accept: {what}").format(what=BY_ID["reviews"].title(record))
    app.push_screen(StepMenu(title, [_takers(app, record)]), chosen)


def _takers(app: OfficeApp, record: Record) -> list[Item]:
    """Who comes on duty, by the three ways of accepting; and somebody else."""
    from officetui.office.tables import receivers

    signer = record.text("signed_by") or app.office.user
    names = [name for name in receivers(record, app.office) if name != signer]
    words = {
        "screen": _("{name} takes over, here"),
        "phone": _("{name} took over by phone"),
        "paper": _("{name} took over on paper"),
    }
    items = [
        Item(f"{how}:{name}", words[how].format(name=visible(name, limit=20)))
        for name in names[:1]
        for how in _HERE
    ]
    return [*items, Item(_OTHER, _("somebody else takes over"))]


def _taken(item: str) -> Mapping[str, Any]:
    how, _sep, name = item.partition(":")
    return {"accepted_by": name, "accepted_how": how}


def _ask_who(app: OfficeApp, record: Record, step_id: str, day: date, half: str) -> None:
    """The form of who accepts, and how."""
    from officetui.ui import forms
    from officetui.ui.modals.form import FormScreen

    office, register = app.office, BY_ID["reviews"]
    step = register.step(step_id)
    if step is None:
        return
    entries = [
        entry
        for entry in forms.for_step(register, step, record, office)
        if entry.field.name in ("accepted_by", "accepted_how")
    ]
    for entry in entries:
        entry.required = True
        if entry.field.name == "accepted_how":
            entry.value = "screen"

    def save(values: dict[str, Any]) -> Any:
        inputs = {name: value for name, value in values.items() if value not in (None, "", [])}
        app.take_in()
        if step_id == "sign":
            return app.perform(
                lambda: review_signing.sign(office, day, half, inputs, carry=True), raises=True
            )
        return app.perform(lambda: review_signing.accept(office, day, half, inputs), raises=True)

    title = _(step.label)
    about = register.title(record)
    app.push_screen(
        FormScreen(title, entries, office, save, key=f"{step_id}:{record.ref}", about=about),
        lambda _saved: _signed(app, step_id, day, half),
    )


def _signed(app: OfficeApp, step_id: str, day: date, half: str) -> None:
    """The form is left: what was signed is offered as a file."""
    if step_id == "sign" and record_of(app.office, day, half).state in ("signed", "accepted"):
        handing.offer(app, day, half)
