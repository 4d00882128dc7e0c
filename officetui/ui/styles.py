"""Where the style sheets are: beside the package in a wheel, in the repository's `styles/` in an
editable install."""

from __future__ import annotations

from pathlib import Path


def styles_dir() -> Path:
    """The folder of the `.tcss` files."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "styles"
    return installed if installed.is_dir() else package.parent / "styles"
