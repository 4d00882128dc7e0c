"""Where the data are, and the wishes of one person: `config.toml`.

The file is the person's own: changing one wish changes that line only, so that comments, order
and keys of a newer version stay as they are.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from officetui.errors import OfficeError
from officetui.text.i18n import _

VERSION: Final = 1
NAME: Final = "config.toml"
LANGUAGES: Final = ("auto", "en", "zh_CN", "zh_TW")


class BadConfig(OfficeError):
    """config.toml cannot be understood; the file is left as it is."""

    status = 2


class Config(msgspec.Struct, kw_only=True):
    """What one person wants of the program on this machine.

    `language`: "auto" follows the locale; `user`: who acts here, "" the login; `glyphs`: "default"
    or "ascii"; `theme`: "auto" or a theme's name; `keys`: id of an action to the key it shall have.
    """

    version: int = VERSION
    language: str = "auto"
    user: str = ""
    glyphs: str = "default"
    theme: str = "auto"
    mouse: bool = False  # the app does not track the mouse unless asked to
    bell: bool = False  # a meeting's check rings the terminal's bell
    keys: dict[str, str] = {}


def home(environ: Mapping[str, str] | None = None) -> Path:
    """The folder of the office's data: $OFFICETUI_HOME, else officetui in the data directory."""
    given = (os.environ if environ is None else environ).get("OFFICETUI_HOME", "")
    if given:
        return Path(os.path.abspath(os.path.expanduser(given)))
    import platformdirs

    return platformdirs.user_data_path("officetui")


def path(environ: Mapping[str, str] | None = None) -> Path:
    """Where config.toml is: in $OFFICETUI_HOME, else in the configuration directory."""
    if (os.environ if environ is None else environ).get("OFFICETUI_HOME", ""):
        return home(environ) / NAME
    import platformdirs

    return platformdirs.user_config_path("officetui") / NAME


def load(file: Path | None = None) -> Config:
    """The wishes in `file` (default: `path()`); the defaults where there is none.

    Raises BadConfig, naming file and place, when it cannot be read or a value does not fit.
    """
    file = file or path()
    return _checked(file, _raw(file, _text(file)))


def save(config: Config, file: Path | None = None) -> None:
    """Write what differs from the file, line by line, whole or not at all.

    Raises BadConfig when the file cannot be changed that way, OSError when it cannot be written.
    """
    file = file or path()
    text = _text(file)
    raw = _raw(file, text)
    _checked(file, raw)
    wanted = {**raw, **_differing(raw, config)}
    wanted["version"] = max(VERSION, config.version, raw.get("version", VERSION))
    lines = text.splitlines()
    for key, value in wanted.items():
        if key == "keys":
            _put_table(lines, "keys", raw.get("keys", {}), value)
        elif key not in raw or raw[key] != value:
            _put(lines, key, value)
    if "version" not in _parsed(file, text):
        _put(lines, "version", wanted["version"])
    changed = "\n".join(lines) + "\n"
    if _raw(file, changed) != wanted:
        raise _bad(file, _("it is written in a way that only you can change"))
    _write(file, changed.encode())


def remember_user(name: str) -> None:
    """Let `name` be who acts here from now on. Raises BadConfig, OSError."""
    wishes = load()
    if name.strip() and name.strip() != wishes.user:
        wishes.user = name.strip()
        save(wishes)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise _bad(file, getattr(error, "strerror", None) or str(error)) from None


def _parsed(file: Path, text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _bad(file, str(error)) from None


def _raw(file: Path, text: str) -> dict[str, Any]:
    """The file's keys and values, brought up to this version's names."""
    raw = _parsed(file, text)
    version = raw.get("version", VERSION)
    if not isinstance(version, int):
        raise _bad(file, _("version is not a number"))
    # There is one version so far. A later one renames here, step by step:
    #     if version < 2: raw["new"] = raw.pop("old", default)
    return raw


def _checked(file: Path, raw: Mapping[str, Any]) -> Config:
    try:
        return msgspec.convert(raw, Config)
    except msgspec.ValidationError as error:
        raise _bad(file, str(error)) from None


def _bad(file: Path, reason: str) -> BadConfig:
    return BadConfig(
        _("{file} cannot be used: {reason}. It was left as it is; mend it or move it away.").format(
            file=file, reason=reason.rstrip(".")
        )
    )


def _differing(raw: Mapping[str, Any], config: Config) -> dict[str, Any]:
    """What the file must say: values that are no defaults, or that it says otherwise."""
    defaults = msgspec.structs.asdict(Config())
    own = msgspec.structs.asdict(config)
    return {k: v for k, v in own.items() if v != raw.get(k, defaults[k])}


def _put(lines: list[str], key: str, value: Any, start: int = 0) -> None:
    """Set `key = value` in the table whose lines begin at `start`."""
    line = f"{_key(key)} = {_value(value)}"
    last = start
    for at in range(start, len(lines)):
        stripped = lines[at].strip()
        if stripped.startswith("["):
            break
        if stripped:
            last = at + 1
        name, sep, _rest = stripped.partition("=")
        if sep and name.strip().strip("\"'") == key:
            lines[at] = line
            return
    lines.insert(last, line)


def _put_table(
    lines: list[str], name: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    if before == after:
        return
    heads = [at for at, line in enumerate(lines) if line.split("#")[0].strip() == f"[{name}]"]
    if not heads:
        lines += [*([""] if lines else []), f"[{name}]"]
        heads = [len(lines) - 1]
    start = heads[0] + 1
    for gone in before.keys() - after.keys():
        for at in range(start, len(lines)):
            if lines[at].strip().startswith("["):
                break
            if lines[at].partition("=")[0].strip().strip("\"'") == gone:
                del lines[at]
                break
    for key, value in after.items():
        if before.get(key) != value:
            _put(lines, key, value, start)


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    # A TOML basic string takes JSON's escapes; DEL is the one control character JSON leaves.
    return msgspec.json.encode(str(value)).decode().replace("\x7f", "\\u007f")


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(0o700, parents=True, exist_ok=True)
    file = Path(os.path.realpath(file))  # a link to someone's dotfiles stays a link
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(aside, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(aside, file)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
