"""`officetui` and `python -m officetui`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; `--version` answers without loading it."""
    if sys.argv[1:] == ["--version"]:
        from officetui import __version__

        print(f"officetui {__version__}")
        return
    from officetui.cli import main as run

    run()


if __name__ == "__main__":
    main()
