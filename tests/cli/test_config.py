"""config.toml: one person's wishes, in a file that stays the person's own."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officetui import config
from officetui.config import BadConfig, Config


def test_without_a_file_the_defaults_count(office_home: Path) -> None:
    assert config.load() == Config()
    assert not office_home.exists()


def test_the_home_is_where_the_environment_says(tmp_path: Path) -> None:
    assert config.home({"OFFICETUI_HOME": str(tmp_path)}) == tmp_path
    assert config.home({"OFFICETUI_HOME": "here"}) == Path.cwd() / "here"
    assert config.path({"OFFICETUI_HOME": str(tmp_path)}) == tmp_path / "config.toml"
    assert config.home({"OFFICETUI_HOME": "~/x"}) == Path.home() / "x"


def test_without_it_the_directories_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OFFICETUI_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert config.home() == tmp_path / "data" / "officetui"
    assert config.path() == tmp_path / "config" / "officetui" / "config.toml"


def test_what_is_saved_is_loaded(office_home: Path) -> None:
    wishes = Config(language="zh_TW", user="李梅", mouse=True, keys={"app.undo": "ctrl+u"})
    config.save(wishes)
    assert config.load() == wishes
    assert stat.S_IMODE(config.path().stat().st_mode) == 0o600
    assert os.listdir(office_home) == ["config.toml"]


def test_comments_order_and_foreign_keys_stay(office_home: Path) -> None:
    office_home.mkdir()
    config.path().write_text(
        "# mine\nfuture = [1, 2]  # of a newer version\nlanguage = 'zh_CN'\n\n"
        "[keys]\n'app.undo' = 'x'\n'app.add' = 'b'\n\n[other]\nuser = 'somebody'\n",
        "utf-8",
    )
    wishes = config.load()
    assert (wishes.language, wishes.user) == ("zh_CN", "")
    wishes.user = "吴敏"
    wishes.keys = {"app.add": "b", "app.redo": "y"}
    config.save(wishes)
    text = config.path().read_text("utf-8")
    assert text.startswith("# mine\nfuture = [1, 2]  # of a newer version\nlanguage = 'zh_CN'\n")
    assert text.endswith("[other]\nuser = 'somebody'\n")
    assert "app.undo" not in text
    assert config.load() == wishes


@given(
    user=st.text(st.characters(exclude_categories=("Cs",)), max_size=30),
    keys=st.dictionaries(
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
        max_size=3,
    ),
)
def test_any_text_survives_or_is_refused(
    user: str, keys: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("config") / "config.toml"
    wishes = Config(user=user, keys=keys)
    try:
        config.save(wishes, file)
    except BadConfig:
        assert not file.exists()
        return
    assert config.load(file) == wishes


@pytest.mark.parametrize(
    "text", ["language = ", "theme = 3", "version = 'x'", "keys = 1", "user = '\udcff'", "[" * 9999]
)
def test_a_file_that_cannot_be_read_is_kept(office_home: Path, text: str) -> None:
    office_home.mkdir()
    data = text.encode("utf-8", "surrogateescape")
    config.path().write_bytes(data)
    with pytest.raises(BadConfig) as refused:
        config.load()
    assert str(config.path()) in refused.value.message
    with pytest.raises(BadConfig):
        config.save(Config(user="x"))
    assert config.path().read_bytes() == data


def test_a_newer_version_is_not_taken_back(office_home: Path) -> None:
    office_home.mkdir()
    config.path().write_text("version = 7\n")
    config.remember_user("李梅")
    assert config.load().version == 7
    assert config.load().user == "李梅"
    before = config.path().stat().st_ino
    config.remember_user("李梅")
    config.remember_user("  ")
    assert config.path().stat().st_ino == before


def test_a_link_to_ones_own_files_stays_a_link(office_home: Path, tmp_path: Path) -> None:
    office_home.mkdir()
    (tmp_path / "mine.toml").write_text("theme = 'auto'\n")
    config.path().symlink_to(tmp_path / "mine.toml")
    config.remember_user("李梅")
    assert config.path().is_symlink()
    assert "李梅" in (tmp_path / "mine.toml").read_text("utf-8")
