"""The built wheel, installed in an empty environment, is the whole program."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import officetui
from tests.window import Window, environment

# Built and installed once: all tests of this file run in one worker.
pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), "."],
        cwd=repository,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("officetui-*.whl"))


@pytest.fixture(scope="module", params=["beside", pytest.param("empty", marks=pytest.mark.e2e)])
def installed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, wheel: Path
) -> Path:
    """The folder of the commands of an environment that holds the wheel and its dependencies: those
    of this environment lie beside it; in an empty one all are fetched and installed."""
    folder = tmp_path_factory.mktemp(request.param)
    alone = request.param == "empty"
    venv.create(folder, with_pip=alone)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip"] if alone else [sys.executable, "-m", "pip", "--python", python]
    options = ["-qq", "--disable-pip-version-check", *([] if alone else ["--no-deps"])]
    done = subprocess.run(
        [*pip, "install", *options, wheel], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    if not alone:
        # A path alone: what .pth files there point to, like this repository, stays out of reach.
        (site,) = folder.glob("lib/python*/site-packages")
        (site / "beside.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin"


def run(commands: Path, *arguments: str, cwd: Path) -> str:
    """Run a command of the environment outside the repository; its standard output."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(commands / arguments[0]), *arguments[1:]],
        cwd=cwd,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_what_is_not_python(wheel: Path, repository: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for language in ("zh_CN", "zh_TW"):
        assert f"officetui/locales/{language}/LC_MESSAGES/officetui.mo" in names
    sheets = {f"officetui/styles/{path.name}" for path in (repository / "styles").glob("*.tcss")}
    assert sheets <= names
    assert "officetui/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "locales/", "styles/"))]


def test_the_installed_program_starts(installed: Path, tmp_path: Path) -> None:
    assert (
        run(installed, "officetui", "--version", cwd=tmp_path)
        == f"officetui {officetui.__version__}\n"
    )


def test_it_finds_its_styles_and_languages(
    installed: Path, tmp_path: Path, repository: Path
) -> None:
    code = (
        "from officetui.text.i18n import _, set_language\n"
        "from officetui.ui.styles import styles_dir\n"
        "set_language('zh_TW')\n"
        "print(_('yesterday'), *sorted(path.name for path in styles_dir().glob('*.tcss')))\n"
    )
    sheets = sorted(path.name for path in (repository / "styles").glob("*.tcss"))
    assert run(installed, "python", "-X", "utf8", "-c", code, cwd=tmp_path).split() == [
        "昨天",
        *sheets,
    ]


def test_the_installed_program_opens_the_board(installed: Path, tmp_path: Path) -> None:
    """In a terminal, from the wheel alone: nothing of the repository is in reach."""
    environ = environment(HOME=str(tmp_path), PATH=f"{installed}:/usr/bin:/bin")
    for name in [name for name in environ if name.startswith(("PYTHON", "OFFICETUI"))]:
        del environ[name]
    program = (str(installed / "officetui"), "demo")
    for language, words in (
        ("zh_CN", ("先办", "2 值班", "3 公文", "4 今天会议", "5 来访来电")),
        ("en", ("First ", "2 Duty", "3 Documents", "4 Meetings today", "5 Reception")),
    ):
        with Window("--lang", language, program=program, environ=environ, cwd=tmp_path) as window:
            window.until(lambda text, words=words: all(word in text for word in words))
            assert window.quit() == 0
    assert not list(tmp_path.iterdir())  # a demo leaves nothing behind
