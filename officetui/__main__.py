"""`officetui` and `python -m officetui`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; `--version` answers without loading it."""
    if sys.argv[1:] == ["--version"]:
        from officetui import __version__

        print(f"officetui {__version__}")
        return
    try:
        from officetui.cli import main as run

        run()
    except KeyboardInterrupt:  # while starting; later the command line sees to it
        os._exit(130)


if __name__ == "__main__":
    main()
