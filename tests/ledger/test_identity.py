"""Who writes here, and for which office."""

from __future__ import annotations

import json
import random
import stat
from pathlib import Path

import pytest

from officetui.errors import DataDamaged
from officetui.ledger.identity import Office, read_office, write_office, writer_for
from officetui.ledger.stamp import is_writer


def test_a_machine_keeps_its_writer(tmp_path: Path) -> None:
    writer = writer_for(tmp_path, "machine-1")
    assert is_writer(writer)
    before = (tmp_path / "device.json").read_bytes()
    for _ in range(20):
        assert writer_for(tmp_path, "machine-1") == writer
    assert (tmp_path / "device.json").read_bytes() == before
    assert stat.S_IMODE((tmp_path / "device.json").stat().st_mode) == 0o600


def test_another_machine_gets_a_new_writer_and_the_first_finds_its_own_again(
    tmp_path: Path,
) -> None:
    first = writer_for(tmp_path, "machine-1")
    second = writer_for(tmp_path, "machine-2")
    assert first != second
    assert writer_for(tmp_path, "machine-1") == first
    assert writer_for(tmp_path, "machine-2") == second


def test_an_absent_machine_id_counts_as_unchanged(tmp_path: Path) -> None:
    first = writer_for(tmp_path, None)
    assert writer_for(tmp_path, None) == first
    assert writer_for(tmp_path, "machine-1") == first
    assert writer_for(tmp_path, None) == first
    assert writer_for(tmp_path, "machine-2") != first


def test_a_writer_that_has_a_journal_here_is_not_taken_twice(tmp_path: Path) -> None:
    taken = writer_for(tmp_path / "a", "m", random.Random(1))
    (tmp_path / "b" / "journals" / taken).mkdir(parents=True)
    assert writer_for(tmp_path / "b", "m", random.Random(1)) != taken


@pytest.mark.parametrize("data", [b"", b"{", b"\0" * 30, b'{"writers":{"m":"../../x"}}', b"[]"])
def test_a_damaged_device_file_is_never_guessed(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "device.json").write_bytes(data)
    with pytest.raises(DataDamaged, match=r"device\.json"):
        writer_for(tmp_path, "m")
    assert (tmp_path / "device.json").read_bytes() == data


def test_the_office_comes_back_as_written(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert read_office(home) is None
    office = Office("o-1", "综合办公室", "Asia/Shanghai")
    write_office(home, office)
    assert read_office(home) == office
    assert json.loads((home / "office.json").read_text("utf-8")) == {
        "id": "o-1", "name": "综合办公室", "zone": "Asia/Shanghai", "format": 1,
    }  # fmt: skip
    assert [path.name for path in home.iterdir()] == ["office.json"]


def test_a_damaged_office_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "office.json").write_bytes(b'{"id":1}')
    with pytest.raises(DataDamaged, match=r"office\.json"):
        read_office(tmp_path)
