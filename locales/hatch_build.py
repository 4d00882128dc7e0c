"""Build hook: compiles the catalogues into the package, and puts styles/ into the wheel.

The compiled catalogues are written into `officetui/locales/` of the source tree, so that an
editable install finds them where a wheel has them. They are git-ignored; only .po are sources.
"""

from __future__ import annotations

import os
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CataloguesAndStyles(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if self.target_name == "sdist":
            return
        compile_catalogues(root)
        if version != "editable":
            # An editable install reads the repository's own styles/, never a stale copy.
            for sheet in (root / "styles").glob("*.tcss"):
                build_data["force_include"][str(sheet)] = f"officetui/styles/{sheet.name}"


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every `locales/<lang>/LC_MESSAGES/*.po` of `root`; returns the files written.

    A file that would not change is left alone, and a new one appears whole: a program that is
    running, or a second build, never reads half a catalogue.
    """
    written = []
    for source in sorted((root / "locales").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        target = root / "officetui" / source.relative_to(root).with_suffix(".mo")
        if target.exists() and target.read_bytes() == compiled.getvalue():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, suffix=".new")
        with os.fdopen(descriptor, "wb") as file:
            file.write(compiled.getvalue())
        os.chmod(name, 0o644)
        os.replace(name, target)
        written.append(target)
    return written
