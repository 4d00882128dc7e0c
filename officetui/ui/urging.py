"""Urging: the messages one after the other, how each was sent, what was answered.

One message for each holder; what one message is about is one change. A message that was not sent
is not recorded, and of those that were left nothing is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from officetui.office import waiting
from officetui.office.tables import BY_ID, Record
from officetui.text.i18n import _, ngettext, pgettext
from officetui.text.safe import visible
from officetui.ui import actions, menus
from officetui.ui.menus import Item

if TYPE_CHECKING:
    from officetui.office.committing import Done
    from officetui.office.office import Office
    from officetui.report.messages import Letter
    from officetui.ui.app import OfficeApp

URGE: Final = "urge"
ANSWERED: Final = "note_answer"
_ALL, _EACH, _REASSIGN, _AGREED, _LIST, _UNMARK = (
    "all",
    "each",
    "reassign",
    "agreed",
    "list",
    "unmark",
)


def letter() -> str:
    """The letter that urges, as the user has it."""
    register = BY_ID["documents"]
    step = register.step(URGE)
    return actions.step_key(register, step) if step is not None else ""


def urge(app: OfficeApp, records: Sequence[Record], *, each: bool = False) -> None:
    """The messages for these records, one for each holder (`each`: one for each record)."""
    from officetui.report.messages import letters

    office = app.office
    if not records:
        app.say(_("Nothing is selected."), "error")
        return
    fit = [record for record in records if waiting.takes(record, URGE)]
    held = [record for record in fit if waiting.holder(office, record)]
    if not held:
        app.say(_why_not(office, records, fit), "error")
        return
    found = letters(office, held, each=each)
    _Round(app, found, left=len(records) - len(held)).next()


def _why_not(office: Office, records: Sequence[Record], fit: Sequence[Record]) -> str:
    if fit:
        return _("Nobody holds it: give it to somebody first.")
    register = BY_ID[records[0].register]
    step = register.step(URGE)
    if step is None:
        words = _("{title}: what waits here is not urged, it is answered: press Enter.")
        return visible(words.format(title=register.title(records[0])), limit=200)
    return menus.why_not(office, records[:1], step) or _("It cannot be urged now.")


class _Round:
    """The messages of one urging, and how far they have come."""

    def __init__(self, app: OfficeApp, letters: Sequence[Letter], left: int) -> None:
        """`left`: records that cannot be urged, or that nobody holds."""
        self._app = app
        self._letters = letters
        self._left = left
        self._at = -1
        self._sent = 0
        self._sentence = ""

    def next(self) -> None:
        """The next message; after the last one what came of all of them."""
        self._at += 1
        if self._at < len(self._letters):
            self._show(self._letters[self._at])
        else:
            self._over(stopped=False)

    def _show(self, message: Letter) -> None:
        from officetui.report.messages import save
        from officetui.ui.modals.message import MessageScreen

        app, total = self._app, len(self._letters)
        place = _("{n} of {total}").format(n=self._at + 1, total=total) if total > 1 else ""
        method = BY_ID["documents.urgings"].field("method")
        methods = [_(choice.label) for choice in method.choices] if method is not None else []
        folder: Path = app.office.home / "messages"
        app.push_screen(
            MessageScreen(
                _("Message to {name}").format(name=_called(message)),
                message.text,
                methods=methods,
                record=lambda way: self._record(message, URGE, {"method": way}),
                save=lambda text: save(text, folder, app.office.local),
                lacking=message.lacking,
                place=place,
            ),
            lambda result: self._closed(message, result),
        )

    def _record(self, message: Letter, step: str, inputs: dict[str, Any]) -> Done | None:
        """Keep an urging, or its answer. Raises OfficeError."""
        office = self._app.office
        records = [one for ref in message.refs if (one := office.get(ref)) is not None]
        if step == ANSWERED:
            records = [one for one in records if BY_ID[one.register].step(ANSWERED) is not None]
        done = self._app.perform(lambda: waiting.take(office, records, step, inputs), raises=True)
        if step == URGE:
            self._sent += 1
        self._sentence = done.sentence if done is not None else ""
        return done

    def _closed(self, message: Letter, result: str | None) -> None:
        from officetui.ui.modals.message import SPOKEN

        if result is None:
            self._over(stopped=True)
        elif result == SPOKEN:
            self._write_answer(message)
        else:
            self.next()

    def _write_answer(self, message: Letter) -> None:
        """The form of the answer; what stays empty is for later."""
        from officetui.ui import forms
        from officetui.ui.modals.form import FormScreen

        app = self._app
        record = app.office.get(message.refs[0])
        register = BY_ID[record.register] if record is not None else None
        step = register.step(ANSWERED) if register is not None else None
        if record is None or register is None or step is None:
            self.next()
            return

        def save(values: dict[str, Any]) -> Any:
            inputs = {name: value for name, value in values.items() if value not in (None, "", [])}
            return self._record(message, ANSWERED, inputs) if inputs else None

        app.push_screen(
            FormScreen(
                _("What was answered? It may stay empty"),
                forms.for_step(register, step, record, app.office),
                app.office,
                save,
                key=f"{ANSWERED}:{','.join(message.refs)}",
                about=_called(message),
            ),
            lambda _saved: self.next(),
        )

    def _over(self, *, stopped: bool) -> None:
        from officetui.ui import flows

        app, total = self._app, len(self._letters)
        said = []
        if self._sent and not stopped:
            flows.unmark_here(app)
        if self._sent and total == 1:
            said.append(self._sentence)
        elif self._sent:
            words = ngettext("{n} message sent.", "{n} messages sent.", self._sent)
            said.append(words.format(n=self._sent))
        rest = total - self._sent
        if rest and total == 1:
            said.append(_("Not sent: nothing is recorded."))
        elif rest:
            words = ngettext(
                "{n} not sent, nothing recorded for it.",
                "{n} not sent, nothing recorded for them.",
                rest,
            )
            said.append(words.format(n=rest))
        if self._left:
            words = ngettext(
                "{n} cannot be urged, or nobody holds it.",
                "{n} cannot be urged, or nobody holds them.",
                self._left,
            )
            said.append(words.format(n=self._left))
        app.say(" ".join(said))


def _called(message: Letter) -> str:
    """Whom the message is for: as it addresses them, and by name where that is another."""
    if not message.person or message.person in message.to:
        return message.to
    return pgettext("to", "{to} ({person})").format(to=message.to, person=message.person)


# Several records at once, of one person or of many, of one register or of many


def open_group(app: OfficeApp, records: Sequence[Record], title: str, suggested: str = "") -> None:
    """The numbered menu of several records: urge all, one by one, reassign, agreed until."""
    from officetui.ui.modals.menu import StepMenu

    office = app.office
    holders = dict.fromkeys(waiting.holder(office, record) for record in records)
    urgeable = [one for one in records if waiting.takes(one, URGE) and waiting.holder(office, one)]
    items = []
    if urgeable:
        people = sum(1 for name in holders if name)
        one_message = _("one message for all of them")
        each = ngettext("{n} message, one for each person", "{n} messages, one for each person", 2)
        hint = one_message if people == 1 else each.format(n=people)
        items.append(Item(_ALL, _("Urge all"), letter(), hint))
        items.append(Item(_EACH, _("Urge one by one"), hint=_("a message for each")))
    if all(waiting.reassigning(record) is not None for record in records):
        label = _("Reassign all") if any(holders) else _("Give them to somebody")
        items.append(Item(_REASSIGN, label, hint=_("Owner")))
    if urgeable:
        hint = _("noted as an urging with its promise")
        items.append(Item(_AGREED, _("Agreed until ..."), hint=hint))
    if suggested == "assign":
        items.sort(key=lambda item: item.id != _REASSIGN)
    if marked_here(app):
        items.append(Item(_UNMARK, _("Take the marks away"), digit=menus.EDIT_DIGIT))
    items.append(Item(_LIST, _("Show them as a list"), digit=menus.OPEN_DIGIT))

    def chosen(item: str | None) -> None:
        if item is not None:
            _choose(app, records, urgeable, title, item)

    app.push_screen(StepMenu(title, [items], about=menus.names(records)), chosen)


def marked_here(app: OfficeApp) -> bool:
    """Whether something is marked on the screen below."""
    marks = getattr(app.screen, "marks", None)
    return bool(marks()) if callable(marks) else False


def _choose(
    app: OfficeApp, records: Sequence[Record], urgeable: Sequence[Record], title: str, item: str
) -> None:
    from officetui.ui import flows

    if item == _ALL:
        urge(app, records)
    elif item == _EACH:
        urge(app, records, each=True)
    elif item == _REASSIGN:
        reassign(app, records, title)
    elif item == _AGREED:
        agree(app, urgeable, title)
    elif item == _UNMARK:
        flows.unmark_here(app)
    elif item == _LIST:
        flows.open_overdue(app, [record.ref for record in records], title)


def reassign(app: OfficeApp, records: Sequence[Record], title: str) -> None:
    """One form for the new owner of all of them."""
    step = waiting.reassigning(records[0])
    if step is None:
        return

    def change(inputs: dict[str, Any]) -> Done:
        return waiting.reassign(app.office, records, str(inputs["owner"]))

    _form(app, records, step.id, ("owner",), ("owner",), _("Reassign all"), title, change)


def agree(app: OfficeApp, records: Sequence[Record], title: str) -> None:
    """A promise for all of them: they do not come back before that day."""

    def change(inputs: dict[str, Any]) -> Done:
        return waiting.take(app.office, records, URGE, inputs)

    asked = ("promised", "method", "answer")
    _form(app, records, URGE, asked, ("promised", "method"), _("Agreed until ..."), title, change)


def _form(
    app: OfficeApp,
    records: Sequence[Record],
    step_id: str,
    asked: Sequence[str],
    required: Sequence[str],
    heading: str,
    title: str,
    change: Callable[[dict[str, Any]], Done],
) -> None:
    """A form of some inputs of a step, in the order of `asked`."""
    from officetui.ui import flows, forms
    from officetui.ui.modals.form import FormScreen

    register = BY_ID[records[0].register]
    step = register.step(step_id)
    if step is None:
        return
    entries = {
        entry.field.name: entry
        for entry in forms.for_step(register, step, records[0], app.office, several=True)
    }
    for name in asked:
        entries[name].required = name in required

    def save(values: dict[str, Any]) -> Any:
        inputs = {name: value for name, value in values.items() if value not in (None, "", [])}
        done = app.perform(lambda: change(inputs), raises=True)
        if done is not None:
            flows.unmark_here(app)
        return done

    refs = ",".join(record.ref for record in records)
    key = f"{step_id}:{','.join(asked)}:{refs}"
    ordered = [entries[name] for name in asked]
    app.push_screen(FormScreen(heading, ordered, app.office, save, key=key, about=title))
