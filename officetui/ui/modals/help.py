"""Help, made from the registry of actions, the step table of the place, and the capture grammar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from officetui.office.tables import Register, registry, workflow
from officetui.text.glyphs import glyphs
from officetui.text.i18n import N_, _
from officetui.text.width import wrap
from officetui.text.words import listed
from officetui.ui import actions
from officetui.ui.modals.base import Modal
from officetui.ui.widgets.table import BlockTable, Col, Row

_TURNS = N_(
    "The same digit again: the next register of that place (3 documents, outgoing papers, drafts)."
)
_ON_CARDS = N_("Answers the card that is shown; Esc first, then a digit goes elsewhere.")
_ELSEWHERE = N_(
    "Enter shows what can be done with the selected record; in a register ? lists all its steps."
)
_GRAMMAR = (
    ("@", N_("who is responsible: @李梅")),
    ("#", N_("urgency or a tag: #特急")),
    ("^", N_("when it is due: ^周五 ^25日 ^3个工作日 ^今天17:00; …… means the same")),
    ("+", N_("where: +二楼会议室")),
)
_MANNERS = (
    N_("Enter opens a numbered menu; digits also work while a Chinese input method is on."),
    N_("Esc always goes one step back. What was typed into a form comes back with the form."),
    N_("Ctrl+T opens the capture line over a form; the form stays as it is."),
    N_("Everything recorded is on the disk before the program says so, and u takes it back."),
)


class HelpScreen(Modal[None]):
    """All keys of the place; arrows scroll, Esc or ? closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("question_mark", "close", show=False),
        Binding("q", "close", show=False),
    ]

    def __init__(self, where: str, register: Register | None = None) -> None:
        super().__init__()
        self._where = where
        self._register = register

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue help"):
            yield Static(_("Help"), markup=False, classes="dialogue-title")
            yield BlockTable((Col("", 14), Col("", grow=True)), id="help-table")
            yield Static(_("Arrows scroll  Esc back"), markup=False, classes="dialogue-keys")

    def on_mount(self) -> None:
        super().on_mount()
        table = self.query_one(BlockTable)
        room = max(30, min(100, self.app.size.width - 4) - 22)
        rows = []
        for number, (key, words, heading) in enumerate(self._lines()):
            if heading:
                rows.append(Row(f"{number}", (words,), styles=((0, "label"),)))
                continue
            for part, line in enumerate(wrap(words, room)):
                rows.append(
                    Row(f"{number}.{part}", ("" if part else key, line), styles=((0, "label"),))
                )
        table.fill(rows)
        table.focus()

    def _lines(self) -> Iterator[tuple[str, str, bool]]:
        """Key, words, whether it is a heading."""
        cards = self._where in (actions.TRIAGE, actions.REVIEW)
        for heading, members in actions.groups(self._where):
            yield "", heading, True
            if cards and any(action.id.startswith("go.") for action in members):
                yield "1 ... 9", _(_ON_CARDS), False
            for action in members:
                if cards and actions.shown_key(action).isdigit():
                    continue
                keys = " ".join(actions.key_words(key) for key in actions.keys_of(action)[:1])
                # What has no key of its own is found among all commands.
                named = keys or actions.shown_key(actions.BY_ID["app.palette"])
                yield named, action.name(), False
            if not cards and any(action.id.startswith("go.") for action in members):
                yield "", _(_TURNS), False
        if self._register is None:
            yield "", _("Steps"), True
            yield "", _(_ELSEWHERE), False
        for register in self._registers():
            if not register.steps:
                continue
            yield "", _("Steps: {register}").format(register=register.name()), True
            for step in sorted(register.steps, key=lambda step: step.first):
                asked = listed(_(f.label) for _need, f in workflow.needs(register, step))
                words = _(step.label)
                if asked:
                    words = _("{step} (asks: {fields})").format(step=words, fields=asked)
                if step.target and (state := register.state(step.target)) is not None:
                    words = f"{words}  {glyphs().right} {_(state.label)}"
                yield actions.key_words(actions.step_key(register, step)), words, False
        yield "", _("The capture line (a)"), True
        for register in registry.REGISTERS:
            if register.prefixes:
                yield register.prefixes[0], register.name(), False
        for sign, words in _GRAMMAR:
            yield sign, _(words), False
        yield "", _("Manners"), True
        for words in _MANNERS:
            yield "", _(words), False

    def _registers(self) -> Iterator[Register]:
        if self._register is not None:
            yield self._register
            yield from self._register.children

    def on_key(self, event: events.Key) -> None:
        if self.early(event):
            event.stop()
            event.prevent_default()
            return
        if event.character in ("？",):
            event.stop()
            self.dismiss(None)

    def action_move(self, by: int) -> None:
        """One line down or up."""
        table = self.query_one(BlockTable)
        if by > 0:
            table.action_cursor_down()
        else:
            table.action_cursor_up()
