"""The folder of the first start: found an office there, or join the one that lives there.

Everything that touches the folder runs in a thread that nobody waits for: Esc always answers.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from officetui.errors import OfficeError
from officetui.text.i18n import _
from officetui.text.safe import visible
from officetui.ui.modals.base import Modal

if TYPE_CHECKING:
    from officetui.office.office import Office
    from officetui.office.sync import Sync

ROUNDS: Final = 5
LOOK: Final = 0.25  # seconds between two looks at the progress


class _Left(Exception):
    """Nobody waits for this any more."""


class FolderScreen(Modal["Office | None"]):
    """Dismissed with the office, or None to go back to the form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", show=False),
        Binding("escape", "leave", show=False),
    ]

    class Known(Message):
        """Whose folder it is."""

        def __init__(self, office: str) -> None:
            super().__init__()
            self.office = office

    class Failed(Message):
        """It cannot be used, or not now."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    class Ready(Message):
        """There is an office on this machine."""

        def __init__(self, office: Office) -> None:
            super().__init__()
            self.office = office

    def __init__(self, answers: dict[str, Any]) -> None:
        super().__init__()
        self._answers = answers
        self._state = "looking"  # found, joining, failed, stopped, done
        self._left = Event()
        self._sync: Sync | None = None
        self._folded = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue"):
            yield Static(_("Shared folder"), markup=False, classes="dialogue-title")
            yield Static(
                visible(str(self._answers["folder"])), markup=False, classes="dialogue-about"
            )
            yield Static("", markup=False, id="folder-words")
            yield Static("", markup=False, id="folder-keys", classes="dialogue-keys")

    def on_mount(self) -> None:
        super().on_mount()
        self._say(_("Looking at the folder ..."), _("Esc back"))
        self.set_interval(LOOK, self._show_progress)
        self._start(self._look)

    def _say(self, words: str, keys: str) -> None:
        self.query_one("#folder-words", Static).update(visible(words, limit=800))
        self.query_one("#folder-keys", Static).update(keys)

    def _start(self, job: Callable[[], Message]) -> None:
        left = self._left = Event()

        def run() -> None:
            try:
                message = job()
            except _Left:
                return
            except (OfficeError, OSError) as error:
                message = self.Failed(getattr(error, "message", "") or str(error))
            if not left.is_set():
                self.post_message(message)

        Thread(target=run, name="folder", daemon=True).start()

    # In the thread

    def _path(self) -> Path:
        from officetui.office.folder import absolute

        return absolute(str(self._answers["folder"]))

    def _look(self) -> Message:
        """Whose it is; nobody's becomes that of a new office."""
        from officetui import config
        from officetui.office import folder as folders
        from officetui.office.office import Office
        from officetui.ui.screens.first_run import remember

        left, path = self._left, self._path()
        with folders.reached(path) as files:
            seen = folders.look(files, "")
            if seen.marker is not None:
                return self.Known(seen.marker.name or seen.marker.office)
            folders.check(files)
            name = self._answers.get("name")
            if not name:
                return self.Failed(_("No office lives there yet: a new one needs a name."))
            if left.is_set():
                raise _Left
            office = Office.found(config.home(), name=name, user=self._answers["user"])
            remember(self._answers["user"])
            folders.found(files, office.info)
        folders.attach(office.home, path)
        return self.Ready(office)

    def _join(self) -> Message:
        """Take part: the first sync, as far as it was not done before, then the desk."""
        from officetui import config
        from officetui.office import folder as folders
        from officetui.office import sync_words
        from officetui.office.office import Office
        from officetui.office.sync import Cancelled, Sync
        from officetui.ui.screens.first_run import remember

        left, home, path = self._left, config.home(), self._path()
        with folders.reached(path) as files:
            info, _begun = folders.join(home, files)
        remember(self._answers["user"])
        self._sync = sync = Sync(home, info, apart=True)
        try:
            if left.is_set():  # before there was anything to stop
                raise _Left
            for number in range(ROUNDS):
                told = sync.round(wait=10)  # of one that was stopped a moment ago
                if left.is_set():
                    raise _Left
                if not told.status.reachable:
                    return self.Failed(" ".join(sync_words.state(told.status)))
                if number and not told.news:
                    break
        except Cancelled:
            raise _Left from None
        finally:
            sync.close()

        def folded(count: int) -> None:
            self._folded = count
            if left.is_set():
                raise _Left

        office = Office.open(home, user=self._answers["user"], progress=folded)
        return self.Ready(office)

    # What it says

    def on_folder_screen_known(self, message: Known) -> None:
        self._state = "found"
        self._say(
            _("The office {name} lives there. Join it?").format(name=message.office),
            _("Enter joins  Esc back"),
        )

    def on_folder_screen_failed(self, message: Failed) -> None:
        self._state = "failed"
        self._say(message.reason, _("Enter tries again  Esc back"))

    def on_folder_screen_ready(self, message: Ready) -> None:
        self._state = "done"
        self.dismiss(message.office)

    def _show_progress(self) -> None:
        if self._state != "joining" or self._sync is None:
            return
        keys = _("Esc stops; what has come is kept")
        progress = self._sync.status().progress
        if progress is not None:
            done, of = progress
            words = _("Reading the folder: {n}% of {size} MB")
            percent = 100 * done // max(of, 1)
            self._say(words.format(n=percent, size=f"{of / (1 << 20):.1f}"), keys)
        elif self._folded:
            words = _("Putting the desk together: {n} changes")
            self._say(words.format(n=f"{self._folded:,}"), keys)

    # Keys

    def action_go_on(self) -> None:
        """Join; or try again, or go on where it stopped."""
        if self._state in ("found", "stopped"):
            self._state = "joining"
            self._say(_("Joining ..."), _("Esc stops; what has come is kept"))
            self._start(self._join)
        elif self._state == "failed":
            self._state = "looking"
            self._say(_("Looking at the folder ..."), _("Esc back"))
            self._start(self._look)

    def action_leave(self) -> None:
        """Stop the first sync; before it began, back to the form; after it was stopped, out."""
        if self._state == "done":
            return
        self._left.set()
        if self._state == "joining":
            if self._sync is not None:
                self._sync.stop()
            self._state = "stopped"
            self._say(
                _("Stopped. What has come is kept, and the next start goes on from there."),
                _("Enter goes on now  Esc leaves officetui"),
            )
        elif self._state == "stopped":
            self.app.exit()
        else:
            self.dismiss(None)
