"""Telling people: the messages one after the other, how each was sent, what was answered.

Of a duty one message for each person, and the answer confirms; of a meeting one for all, or one
for each attendee. What was not sent is not recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from officetui.office.tables import BY_ID, Record
from officetui.office.telling import to_tell
from officetui.text.i18n import _, ngettext
from officetui.ui import menus
from officetui.ui.menus import Item

if TYPE_CHECKING:
    from officetui.office.committing import Done
    from officetui.report.messages import Letter
    from officetui.ui.app import OfficeApp

_NOTIFY: Final = {
    "duty": "notify",
    "meetings": "notify",
    "meetings.attendees": "tell",
    "incidents": "report",
}
_ALL, _EACH, _AGAIN, _NAMES = "all", "each", "again", "names"
_YES, _NO, _LATER, _NOTHING = "yes", "no", "later", "nothing"
_COMES, _EXCUSED = "参会", "请假"


def tells(records: Sequence[Record]) -> bool:
    """Whether there is a message that tells these records, all of one register."""
    if not records or records[0].register not in _NOTIFY:
        return False
    register = records[0].register
    if register == "duty":
        return all(one.register == register and _can_be_told(one) for one in records)
    if register == "incidents":
        return len(records) == 1 and records[0].state in ("noted", "approved", "reported")
    if register == "meetings":
        return len(records) == 1 and records[0].state in ("fixed", "notified", "cancelled")
    return all(one.register == register for one in records)


def _can_be_told(seat: Record) -> bool:
    return seat.state in ("planned", "notified")


def tell_here(app: OfficeApp, records: Sequence[Record], marked: bool) -> None:
    """What is marked, or the meeting or the attendee under the cursor; else who is on duty today
    and tomorrow."""
    if tells(records) and (marked or records[0].register != "duty"):
        tell(app, records)
        return
    if marked or (records and records[0].register in _NOTIFY and records[0].register != "duty"):
        app.say(_("There is no message for what is selected as it is now."), "error")
        return
    seats = to_tell(app.office)
    if not seats:
        app.say(_("Everybody on duty today and tomorrow has been told and has answered."))
        return
    tell(app, seats)


def tell(app: OfficeApp, records: Sequence[Record]) -> None:
    """The messages for these records, of which `tells` says that there are some."""
    from officetui.report import notices

    if records[0].register == "meetings":
        _tell_of_meeting(app, records[0])
        return
    _Round(app, [notices.of(app.office, one) for one in records]).next()


def _tell_of_meeting(app: OfficeApp, meeting: Record) -> None:
    """One message for all, or one for each attendee; those with a void notice by themselves."""
    from officetui.report import notices
    from officetui.ui.modals.menu import StepMenu

    office = app.office
    people = office.children(meeting, "attendees")
    waiting = [one for one in people if one.state in ("listed", "notified", "unreachable", "")]
    void = [one for one in people if one.get("void")]

    def chosen(item: str | None) -> None:
        if item == _ALL:
            _Round(app, [notices.of(office, meeting)]).next()
        elif item == _NAMES:
            _Round(app, [notices.names_of(office, meeting)]).next()
        elif item is not None:
            some = void if item == _AGAIN else waiting
            _Round(app, [notices.of(office, one) for one in some]).next()

    upwards = any(step.id == "give_names" for step in office.steps(meeting))
    if not waiting and not upwards:
        chosen(_ALL)
        return
    n = ngettext("{n} person or unit", "{n} people or units", len(waiting))
    hint = n.format(n=len(waiting)) if waiting else ""
    items = [Item(_ALL, _("One message for all"), hint=hint)]
    if upwards:
        due = BY_ID["meetings"].field("rsvp_due")
        by = due.show(meeting.get("rsvp_due")) if due is not None else ""
        items.insert(0, Item(_NAMES, _("The list of names, to be given upwards"), hint=by))
    if waiting:
        words = _("One for each who has not answered")
        items.append(Item(_EACH, words, hint=str(len(waiting))))
    if void:
        words = _("One for each whose notice is void")
        items.append(Item(_AGAIN, words, hint=menus.names(void)))
    about = BY_ID["meetings"].title(meeting)
    app.push_screen(StepMenu(_("Message about the meeting"), [items], about=about), chosen)


class _Round:
    """The messages of one telling, and how far they have come."""

    def __init__(self, app: OfficeApp, letters: Sequence[Letter]) -> None:
        self._app = app
        self._letters = letters
        self._at = -1
        self._sent = 0

    def next(self) -> None:
        """The next message; after the last one what came of all of them."""
        self._at += 1
        if self._at < len(self._letters):
            self._show(self._letters[self._at])
        else:
            self._over()

    def _show(self, message: Letter) -> None:
        from officetui.report.messages import save
        from officetui.ui.modals.message import MessageScreen

        app, total = self._app, len(self._letters)
        field = BY_ID["duty.notices"].field("method")
        folder = app.office.home / "messages"
        app.push_screen(
            MessageScreen(
                _("Message to {name}").format(name=_called(message)),
                message.text,
                methods=[_(choice.label) for choice in field.choices] if field else [],
                record=lambda way: self._record(message, way),
                save=lambda text: save(text, folder, app.office.local),
                lacking=message.lacking,
                place=_("{n} of {total}").format(n=self._at + 1, total=total) if total > 1 else "",
            ),
            lambda result: self._closed(message, result),
        )

    def _of(self, message: Letter) -> Record | None:
        return self._app.office.get(message.refs[0])

    def _record(self, message: Letter, way: str) -> Done | None:
        """Keep that somebody was told, and how. Raises OfficeError."""
        office, record = self._app.office, self._of(message)
        if record is None:
            return None
        given = {"method": way}
        if message.template == _NAMES:
            done = self._app.perform(lambda: office.do([record], "give_names"), raises=True)
        elif record.register == "meetings" and record.state == "cancelled":
            people = [(one, "tell", given) for one in office.children(record, "attendees")]
            done = self._app.perform(lambda: office.do_all(people), raises=True)
        elif record.register == "incidents":
            step = _report_of(record, way)
            said = {"content": message.text}
            done = self._app.perform(lambda: office.do([record], step, said), raises=True)
        else:
            step = _NOTIFY[record.register]
            done = self._app.perform(lambda: office.do([record], step, given), raises=True)
        self._sent += 1
        return done

    def _closed(self, message: Letter, result: str | None) -> None:
        from officetui.ui.modals.message import SPOKEN

        record = self._of(message)
        if result is None:
            self._over()
        elif (
            result == SPOKEN
            and record is not None
            and record.register not in ("meetings", "incidents")
        ):
            self._ask(message, record)
        else:
            self.next()

    def _ask(self, message: Letter, record: Record) -> None:
        """What was answered, by one digit: who confirms has confirmed."""
        from officetui.ui.modals.menu import StepMenu

        if record.register == "duty":
            items = [
                Item(_YES, _("Confirmed")),
                Item(_NO, _("No answer")),
                Item(_LATER, _("Will call back")),
            ]
        else:
            items = [
                Item(_YES, _("Comes")),
                Item(_EXCUSED, _("Excused")),
                Item(_NO, _("Not reached")),
            ]
        items.append(Item(_NOTHING, _("Told, no answer yet")))

        def chosen(answer: str | None) -> None:
            self._answered(record, answer or _NOTHING)
            self.next()

        title = _("What did {name} answer?").format(name=_called(message))
        app = self._app
        app.push_screen(
            StepMenu(title, [items], about=BY_ID[record.register].title(record)), chosen
        )

    def _answered(self, record: Record, answer: str) -> None:
        office = self._app.office
        if record.register == "duty":
            taken: dict[str, tuple[str, dict[str, Any]]] = {_YES: ("confirm", {})}
            words = {_NO: _("no answer"), _LATER: _("will call back")}
            notices = office.children(record, "notices")
            if answer in words and notices:
                self._app.perform(lambda: office.set(notices[-1], {"answer": words[answer]}))
                return
        else:
            taken = {
                _YES: ("answer", {"reply": _COMES}),
                _EXCUSED: ("answer", {"reply": _EXCUSED}),
                _NO: ("unreached", {}),
            }
        if answer in taken:
            step, inputs = taken[answer]
            self._app.perform(lambda: office.do([record], step, inputs))

    def _over(self) -> None:
        from officetui.ui import flows

        app, rest = self._app, len(self._letters) - self._sent
        if self._sent:
            flows.unmark_here(app)
        said = []
        if self._sent:
            words = ngettext("{n} message sent.", "{n} messages sent.", self._sent)
            said.append(words.format(n=self._sent))
        if rest and len(self._letters) == 1:
            said.append(_("Not sent: nothing is recorded."))
        elif rest:
            words = ngettext(
                "{n} not sent, nothing recorded for it.",
                "{n} not sent, nothing recorded for them.",
                rest,
            )
            said.append(words.format(n=rest))
        app.say(" ".join(said))


def _report_of(record: Record, way: str) -> str:
    """The step by which an emergency was reported: by phone, in writing, or again."""
    if way == "phone":
        return "report_phone"
    return "report_again" if record.state == "reported" else "report"


def _called(message: Letter) -> str:
    return message.to
