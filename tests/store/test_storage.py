"""DurableJSONStorage as a TinyDB storage, and what it does better than TinyDB's own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage

from officetui.errors import DataDamaged
from officetui.store import DurableJSONStorage


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "db.json"


@pytest.fixture(params=[DurableJSONStorage, JSONStorage])
def storage_class(request: pytest.FixtureRequest) -> type:
    """TinyDB's own storage runs the same tests: what holds for it holds for ours."""
    return request.param


def test_what_is_written_is_read(path, storage_class):
    storage = storage_class(path)
    assert storage.read() is None
    tables = {"_default": {"1": {"none": [None, True, 1.5, -3, "会议 😀", {"a": {}}]}}}
    storage.write(tables)
    assert storage.read() == tables
    storage.close()


def test_create_update_upsert_remove_truncate(path, storage_class):
    with TinyDB(path, storage=storage_class) as db:
        ids = db.insert_multiple({"n": n, "char": "收"} for n in range(12))
        assert ids == list(range(1, 13))
        assert [doc["n"] for doc in db] == list(range(12))
        assert db.update({"char": "发"}, where("n") < 2) == [1, 2]
        assert db.count(where("char") == "发") == 2
        assert db.upsert({"n": 99, "char": "会"}, where("n") == 99) == [13]
        assert db.upsert({"char": "访"}, where("n") == 99) == [13]
        assert db.get(where("n") == 99) == {"n": 99, "char": "访"}
        assert db.remove(where("n") > 5) == [7, 8, 9, 10, 11, 12, 13]
        assert len(db) == 6
    with TinyDB(path, storage=storage_class) as db:
        assert [doc["n"] for doc in db.all()] == list(range(6))
        db.truncate()
        assert db.all() == []
    assert len(path.read_bytes()) < 40


def test_several_tables(path, storage_class):
    with TinyDB(path, storage=storage_class) as db:
        db.table("documents").insert({"title": "通知"})
        db.table("meetings").insert_multiple([{"title": "例会"}, {"title": "推进会"}])
        assert db.tables() == {"documents", "meetings"}
        db.drop_table("documents")
        assert db.tables() == {"meetings"}
    with TinyDB(path, storage=storage_class) as db:
        assert len(db.table("meetings")) == 2
        db.drop_tables()
        assert db.tables() == set()


def test_ids_go_on_after_reopening(path, storage_class):
    with TinyDB(path, storage=storage_class) as db:
        assert db.insert({"a": 1}) == 1
    with TinyDB(path, storage=storage_class) as db:
        assert db.insert({"a": 2}) == 2


def test_a_refused_document_leaves_the_database_as_it_was(path, storage_class):
    with TinyDB(path, storage=storage_class) as db:
        db.insert({"n": 1})
        for bad in (object(), {1, 2}):
            with pytest.raises(TypeError):
                db.insert({"bad": bad})
    with TinyDB(path, storage=storage_class) as db:
        assert db.all() == [{"n": 1}]
    assert [p.name for p in path.parent.iterdir()] == ["db.json"]


def test_caching_middleware(path, storage_class):
    with TinyDB(path, storage=CachingMiddleware(storage_class)) as db:
        db.insert({"n": 1})
        db.insert({"n": 2})
        assert path.read_bytes() == b""
    with TinyDB(path, storage=storage_class) as db:
        assert len(db) == 2


def test_json_options_go_through(path, storage_class):
    with TinyDB(
        path, storage=storage_class, sort_keys=True, indent=4, separators=(",", ": ")
    ) as db:
        db.insert({"b": 1, "a": "会"})
    expected = {"_default": {"1": {"a": "会", "b": 1}}}
    assert path.read_text() == json.dumps(expected, indent=4)


def test_create_dirs(tmp_path, storage_class):
    deep = tmp_path / "a" / "b" / "db.json"
    with pytest.raises(OSError):
        storage_class(deep)
    storage_class(deep, create_dirs=True).close()
    storage_class(deep, create_dirs=True).close()
    assert deep.exists()


def test_reading_only(path, storage_class):
    with pytest.raises(FileNotFoundError):
        TinyDB(path, storage=storage_class, access_mode="r")
    with TinyDB(path, storage=storage_class) as db:
        db.insert({"a": 1})
    with TinyDB(path, storage=storage_class, access_mode="r") as db:
        assert db.get(where("a") == 1) == {"a": 1}
        with pytest.raises(OSError):
            db.insert({"a": 2})
    with TinyDB(path, storage=storage_class, access_mode="r") as db:
        assert len(db) == 1


def test_encoding(path, storage_class):
    tables = {"t": {"1": {"text": "こんにちは 😀 \ud800"}}}
    with closing(storage_class(path, encoding="cp936")) as storage:
        storage.write(tables)
    with closing(storage_class(path, encoding="cp936")) as storage:
        assert storage.read() == tables
    with closing(storage_class(path, encoding="cp037")) as storage, pytest.raises(ValueError):
        storage.read()


def test_closed_is_closed(path, storage_class):
    storage = storage_class(path)
    storage.close()
    with pytest.raises(ValueError):
        storage.read()
    with pytest.raises(ValueError):
        storage.write({})


def test_an_odd_access_mode_warns(path, storage_class):
    with pytest.warns(UserWarning, match="access_mode"):
        storage_class(path, access_mode="w+").close()


# What TinyDB's own storage does not do.


def test_half_a_surrogate_pair_is_kept(path):
    storage = DurableJSONStorage(path)
    storage.write({"t": {"1": {"text": "\ud800"}}})
    assert storage.read() == {"t": {"1": {"text": "\ud800"}}}


def test_modes_hold_whatever_the_umask(tmp_path):
    old = os.umask(0)
    try:
        path = tmp_path / "a" / "b" / "db.json"
        storage = DurableJSONStorage(path, create_dirs=True)
        assert path.stat().st_mode & 0o777 == 0o600
        storage.write({})
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert path.parent.parent.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(old)


def test_a_file_replaced_by_rename_is_seen_and_written(path):
    with TinyDB(path, storage=DurableJSONStorage) as db:
        db.insert({"who": "me"})
        other = path.with_name("synced.json")
        other.write_text('{"_default":{"7":{"who":"the sync tool"}}}')
        os.replace(other, path)
        assert db.all() == [{"who": "the sync tool"}]
        db.insert({"who": "me again"})
    tables = json.loads(path.read_text())
    assert [doc["who"] for doc in tables["_default"].values()] == ["the sync tool", "me again"]


def test_a_link_stays_a_link(tmp_path):
    real = tmp_path / "real.json"
    link = tmp_path / "link.json"
    link.symlink_to(real)
    DurableJSONStorage(link).write({"t": {}})
    assert link.is_symlink()
    assert json.loads(real.read_text()) == {"t": {}}


def test_a_reader_holding_the_old_file_reads_it_to_its_end(path):
    storage = DurableJSONStorage(path)
    storage.write({"t": {"1": {"text": "x" * 10_000}}})
    with path.open() as held:
        storage.write({"t": {}})
        assert json.loads(held.read())["t"]["1"]


@pytest.mark.parametrize(
    "damage",
    [b'{"t": {"1": {"a', b"\0" * 64, b"[]", b"[" * 100_000, b"\xff\xfe{}"],
    ids=["half", "zeros", "array", "deep", "no utf-8"],
)
def test_damage_is_told_and_the_file_kept(path, damage):
    path.write_bytes(damage)
    with TinyDB(path, storage=DurableJSONStorage) as db:
        with pytest.raises(DataDamaged) as told:
            db.all()
        assert str(path) in told.value.message
        with pytest.raises(DataDamaged):
            db.insert({"a": 1})
    assert path.read_bytes() == damage


def test_a_full_disk_leaves_the_old_file_and_no_litter(path):
    # A file size limit fails in the middle of write(), as a full disk does.
    storage = DurableJSONStorage(path)
    storage.write({"t": {"1": {"a": 1}}})
    script = (
        "import resource, signal, sys\n"
        "from officetui.store import DurableJSONStorage\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try: DurableJSONStorage(sys.argv[1]).write({'t': {'1': {'a': 'x' * 99999}}})\n"
        "except OSError: sys.exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert done.returncode == 7
    assert storage.read() == {"t": {"1": {"a": 1}}}
    assert [p.name for p in path.parent.iterdir()] == ["db.json"]


def test_a_writer_killed_in_the_middle_leaves_a_whole_file(path):
    # Each version names itself in every document: a mixture of two would show.
    script = (
        "import sys\n"
        "from officetui.store import DurableJSONStorage\n"
        "storage = DurableJSONStorage(sys.argv[1])\n"
        "version = 0\n"
        "while True:\n"
        "    version += 1\n"
        "    size = 2000 if version % 2 else 1\n"
        "    storage.write({'t': {str(i): {'version': version} for i in range(size)}})\n"
        "    print(version, flush=True)\n"
    )
    for kill_after in (1, 2, 5, 8):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            last = 0
            for line in writer.stdout:
                last = int(line)
                if last >= kill_after:
                    break
            writer.send_signal(signal.SIGKILL)
        table = DurableJSONStorage(path).read()["t"]
        versions = {doc["version"] for doc in table.values()}
        assert len(versions) == 1
        assert versions.pop() >= last
        assert len(table) in (1, 2000)


def test_importing_the_store_does_not_import_tinydb():
    script = "import sys; from officetui.store import Store; print('tinydb' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_unknown_names_are_refused():
    import officetui.store

    for name in officetui.store.__all__:
        assert getattr(officetui.store, name).__name__ == name
    with pytest.raises(AttributeError):
        officetui.store.nothing  # noqa: B018
