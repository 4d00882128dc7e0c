"""The command line: `main` runs it and turns every outcome into an exit status, never a traceback.

Nothing heavy is loaded here: the app starts without click, `--lang` is known before any text is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from officetui.errors import OfficeError
from officetui.text.i18n import _, match, negotiate, set_language

DONE, REFUSED, USAGE, DAMAGED, UNREACHABLE = range(5)
INTERRUPTED = 130
NO_READER = 141  # what a shell reports for a program that SIGPIPE ended


def main() -> None:
    """Run `sys.argv` and exit, at once: what is confirmed is on the disk already."""
    status = run(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        pass  # said before, or nobody is there to be told
    os._exit(status)  # taking the interpreter down in order would cost as much as the command


def run(argv: list[str]) -> int:
    """Run a command; the exit status. Nothing is left unwritten, nothing is raised."""
    try:
        prepare_streams()
        return _finished(lambda: _dispatch(argv))
    except KeyboardInterrupt:
        return INTERRUPTED


def prepare_streams() -> None:
    """Whatever the locale, a character the terminal does not know is no reason to stop."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _finished(work: Callable[[], int]) -> int:
    """Do the work, then write out what it printed; every error as words and a status."""
    try:
        status = work()
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        _drop_output()
        return NO_READER
    except OfficeError as error:
        from officetui.report.words import told

        return _failed(told(error), error.status)
    except OSError as error:
        from officetui.report.words import reason

        words = _("The system refused: {reason}. What was confirmed before is kept.")
        return _failed(words.format(reason=reason(error)), REFUSED)
    except (KeyboardInterrupt, SystemExit):
        raise
    except Exception as error:
        return _failed(_unexpected(error), REFUSED)


def _failed(words: str, status: int) -> int:
    from officetui.text.safe import visible_block

    _drop_unwritable()
    try:
        print("officetui: " + visible_block(words), file=sys.stderr, flush=True)
    except OSError:
        pass  # there is nobody left to tell
    return status


def _unexpected(error: Exception) -> str:
    if os.environ.get("OFFICETUI_DEBUG"):
        import traceback

        return traceback.format_exc()
    return _(
        "Something went wrong that should not: {error}. What was confirmed before is kept. "
        "OFFICETUI_DEBUG=1 shows more; please report it."
    ).format(error=f"{type(error).__name__}: {error}")


def _drop_unwritable() -> None:
    """What is still in the buffer is given one more chance, then dropped (full disk)."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        _drop_output()


def _drop_output() -> None:
    """Let the last flush, at exit, go nowhere instead of complaining."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError):
        pass


def _dispatch(argv: list[str]) -> int:
    argv, wanted = language_asked(argv)
    if wanted is not None and match(wanted) is None:
        words = _("There is no language “{tag}”. There are: en, zh_CN, zh_TW.")
        return _failed(words.format(tag=wanted), USAGE)
    set_language(negotiate(wanted, os.environ))
    if argv in ([], ["demo"], ["triage"]):
        if not (sys.__stdin__ and sys.__stdin__.isatty()):
            words = _("There is no terminal here for the app: “officetui today” prints the board.")
            if argv == ["triage"]:
                words = _(
                    "There is no terminal here for the cards: “officetui today” prints what needs "
                    "a decision, “officetui do ID STEP” answers it."
                )
            return _failed(words, USAGE)
        from officetui.cli.session import read_config
        from officetui.cli.start import open_app

        return open_app(read_config(wanted), demo=argv == ["demo"], triage=argv == ["triage"])
    import gc

    from officetui.cli.group import invoke

    gc.disable()  # a command is over before there is anything to collect
    return invoke(argv, wanted)


def language_asked(argv: list[str]) -> tuple[list[str], str | None]:
    """The arguments without `--lang L`, which may stand anywhere before `--`; and L."""
    left: list[str] = []
    wanted = None
    rest = iter(argv)
    for word in rest:
        if word == "--":
            return [*left, word, *rest], wanted
        if word == "--lang":
            wanted = next(rest, "")
        elif word.startswith("--lang="):
            wanted = word.partition("=")[2]
        else:
            left.append(word)
    return left, wanted
