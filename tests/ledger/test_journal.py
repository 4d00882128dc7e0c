"""The own journal on a real disk: whole after every accident, and only ever appended to."""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from officetui.errors import NotKept, Refused
from officetui.ledger.cursor import Cursor
from officetui.ledger.journal import Damage, Journal, Ledger
from officetui.ledger.line import Change, Entry, Line, New, decode_header
from officetui.ledger.segments import SEGMENT_LIMIT
from tests.ledger.world import Replica, shown

W, OTHER = "k7q2m9xa", "zzzzzzzz"
NOW = 1_763_600_000_000


def journal(home: Path, writer: str = W) -> Journal:
    return Journal(home, writer, "office-1", "Asia/Shanghai", "0.1.0")


def note(text: str = "x", **cells: object) -> Change:
    return Change(
        "limei", "documents.note", [Entry("documents", "#0", {"text": text, **cells}, {})]
    )


def everything(home: Path) -> list[Line]:
    return list(Ledger(home).read_since(Cursor()))


def texts(home: Path) -> list[object]:
    return [line.entries[0].cells["text"] for line in everything(home)]


def segment(home: Path, number: int = 1, writer: str = W) -> Path:
    return home / "journals" / writer / f"{number:06d}.jsonl"


def fill(own: Journal, until: int) -> int:
    """Append until this many segments exist; the last number."""
    n = 0
    while not segment(own.home, until, own.writer).exists():
        n = own.append(note("长" * 9_000), NOW).lines[-1].n
    return n


# what is written


def test_a_change_is_one_line_after_a_header(tmp_path: Path) -> None:
    kept = journal(tmp_path).append(note("第一"), NOW)
    header, line, rest = segment(tmp_path).read_bytes().split(b"\n")
    assert rest == b"" and line == kept.lines[0].raw
    assert json.loads(header[9:]) == {
        "v": 1, "office": "office-1", "writer": W, "seg": 1, "n": 0, "prev": "",
        "zone": "Asia/Shanghai", "app": "0.1.0", "reader": 1,
    }  # fmt: skip
    assert kept.lines[0].n == 1 and kept.lines[0].prev == ""
    assert kept.ids == {"#0": f"{kept.lines[0].t}.0"}


def test_every_line_carries_the_hash_of_the_bytes_before(tmp_path: Path) -> None:
    own = journal(tmp_path)
    for at in range(5):
        own.append(note(str(at)), NOW)
    journal(tmp_path).append(note("another process"), NOW)
    raws = segment(tmp_path).read_bytes().splitlines()[1:]
    lines = everything(tmp_path)
    assert [line.n for line in lines] == [1, 2, 3, 4, 5, 6]
    assert [line.prev for line in lines[1:]] == [sha256(raw).hexdigest() for raw in raws[:-1]]


def test_placeholders_become_ids_but_a_text_stays_a_text(tmp_path: Path) -> None:
    entries = [
        Entry("meetings", "#0", {"title": "#1"}, {}),
        Entry("items", "#1", {"parent": "#0", "text": "#0", "link": New("#0")}, {}),
        Entry("items", "duty:1", {"parent": "#9"}, {}),
    ]
    kept = journal(tmp_path).append(Change("limei", "x", entries), NOW)
    t = kept.lines[0].t
    first, second, third = kept.lines[0].entries
    assert kept.ids == {"#0": f"{t}.0", "#1": f"{t}.1"}
    assert (first.record, first.cells) == (f"{t}.0", {"title": "#1"})
    assert second.cells == {"parent": f"{t}.0", "text": "#0", "link": f"{t}.0"}
    assert (third.record, third.cells) == ("duty:1", {"parent": "#9"})


def test_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        journal(tmp_path / "home").append(note(), NOW)
    finally:
        os.umask(old)
    home = tmp_path / "home"
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (home, *home.rglob("*"))}
    assert {path.is_dir(): mode for path, mode in modes.items()} == {True: 0o700, False: 0o600}
    assert all(mode in (0o700, 0o600) for mode in modes.values())


def test_the_number_grows_though_the_clock_goes_back(tmp_path: Path) -> None:
    journal(tmp_path).append(note(), NOW)
    kept = journal(tmp_path).append(note(), NOW - 86_400_000)
    assert kept.lines[0].n == 2
    assert int(kept.lines[0].t[:12], 16) == NOW - 86_400_000


def test_segments_are_closed_and_chained(tmp_path: Path) -> None:
    own = journal(tmp_path)
    fill(own, 4)
    sizes = [segment(tmp_path, k).stat().st_size for k in (1, 2, 3)]
    assert all(SEGMENT_LIMIT - 40_000 < size <= SEGMENT_LIMIT for size in sizes)
    for k in (2, 3, 4):
        before = segment(tmp_path, k - 1).read_bytes()
        header = decode_header(segment(tmp_path, k).read_bytes().partition(b"\n")[0])
        assert (header.seg, header.prev) == (k, sha256(before).hexdigest())
        assert header.n == decode_header(before.partition(b"\n")[0]).n + before.count(b"\n") - 1
    lines = everything(tmp_path)
    assert [line.n for line in lines] == list(range(1, len(lines) + 1))
    assert Ledger(tmp_path).verify() == []


def test_a_change_over_1_mib_is_a_group_folded_whole(tmp_path: Path) -> None:
    own = journal(tmp_path)
    own.append(note("before"), NOW)
    entries = [Entry("documents", f"#{k}", {"text": "长" * 2_000}, {}) for k in range(400)]
    kept = own.append(Change("limei", "documents.import", entries), NOW)
    own.append(note("after"), NOW)
    first = kept.lines[0].t
    size = len(kept.lines)
    assert size > 1 and [line.group for line in kept.lines] == [
        (first, k, size) for k in range(1, size + 1)
    ]
    assert kept.ids["#399"] == f"{first}.399"
    replica = Replica()
    replica.hear(everything(tmp_path))
    assert len(replica.memory.docs) == 402
    ledger = Ledger(tmp_path)
    assert ledger.verify() == []
    assert [line.n for line in ledger.change(kept.lines[2])] == [line.n for line in kept.lines]
    assert [line.t for line in ledger.history(("documents", f"{first}.399"))] == [kept.lines[-1].t]


def test_one_record_over_1_mib_is_parted_by_cells(tmp_path: Path) -> None:
    cells = {f"cell{k}": "长" * 60_000 for k in range(10)}
    kept = journal(tmp_path).append(Change("u", "x", [Entry("r", "i", cells, {})]), NOW)
    assert len(kept.lines) > 1
    replica = Replica()
    replica.hear(everything(tmp_path))
    assert shown(replica.memory.doc("r", "i")) == cells


@pytest.mark.parametrize("value", ["x" * (1 << 20), "\ud800", object(), float("nan")])
def test_what_no_line_can_hold_is_refused_and_nothing_changed(
    tmp_path: Path, value: object
) -> None:
    own = journal(tmp_path)
    own.append(note(), NOW)
    before = segment(tmp_path).read_bytes()
    with pytest.raises(Refused):
        own.append(note("x", big=value), NOW)
    assert segment(tmp_path).read_bytes() == before
    assert own.append(note(), NOW).lines[0].n == 2


# accidents


@pytest.mark.parametrize("cut", range(1, 201))
def test_the_last_segment_cut_loses_only_the_cut(tmp_path: Path, cut: int) -> None:
    own = journal(tmp_path)
    for k in range(4):
        own.append(note(f"{k}" * (k * 17 % 60)), NOW)
    path = segment(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[:-cut])
    # a line that only lacks its LF is complete: nothing of it is lost
    whole = data[: len(data) - cut + (1 if cut == 1 else 0)].count(b"\n") - 1
    assert len(everything(tmp_path)) == data[:-cut].count(b"\n") - 1
    kept = journal(tmp_path).append(note("new"), NOW)
    assert kept.lines[0].n == whole + 1
    assert path.read_bytes().startswith(data[: data.rfind(b"\n", 0, len(data) - cut) + 1])
    assert texts(tmp_path)[-1] == "new" and len(everything(tmp_path)) == whole + 1
    assert Ledger(tmp_path).verify() == []


def test_what_was_cut_off_is_kept_beside(tmp_path: Path) -> None:
    own = journal(tmp_path)
    own.append(note(), NOW)
    with segment(tmp_path).open("ab") as file:
        file.write(b"1234abcd {half a li")
    own.append(note(), NOW)
    assert (segment(tmp_path).parent / "000001.torn").read_bytes() == b"1234abcd {half a li\n"
    assert [line.n for line in everything(tmp_path)] == [1, 2]


def test_a_tail_of_nul_bytes_is_cut(tmp_path: Path) -> None:
    own = journal(tmp_path)
    own.append(note("a"), NOW)
    with segment(tmp_path).open("ab") as file:
        file.write(b"\0" * 4096)
    assert texts(tmp_path) == ["a"]
    own.append(note("b"), NOW)
    assert texts(tmp_path) == ["a", "b"] and b"\0" not in segment(tmp_path).read_bytes()


@pytest.mark.parametrize("left", [0, 1, 8, 60, "header"])
def test_a_new_segment_that_was_only_begun_is_begun_again(tmp_path: Path, left: int | str) -> None:
    n = fill(journal(tmp_path), 2)
    path = segment(tmp_path, 2)
    data = path.read_bytes()
    header = data.index(b"\n") + 1
    path.write_bytes(data[: header if left == "header" else int(left)])
    assert [line.n for line in everything(tmp_path)] == list(range(1, n))
    kept = journal(tmp_path).append(note("new"), NOW)
    assert kept.lines[0].n == n
    assert len(everything(tmp_path)) == n and Ledger(tmp_path).verify() == []


@pytest.mark.parametrize("left", [0, 30])
def test_a_first_segment_that_was_only_begun_is_begun_again(tmp_path: Path, left: int) -> None:
    own = journal(tmp_path)
    own.append(note(), NOW)
    path = segment(tmp_path)
    path.write_bytes(path.read_bytes()[:left])
    assert own.append(note("b"), NOW).lines[0].n == 1
    assert texts(tmp_path) == ["b"] and Ledger(tmp_path).verify() == []


def test_a_damaged_last_line_keeps_its_number(tmp_path: Path) -> None:
    own = journal(tmp_path)
    for k in range(3):
        own.append(note(str(k)), NOW)
    path = segment(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"text":"2"', b'"text":"7"'))
    kept = journal(tmp_path).append(note("new"), NOW)
    assert kept.lines[0].n == 4
    assert texts(tmp_path) == ["0", "1", "new"]
    reason = "the checksum does not match"
    assert Ledger(tmp_path).damage() == [Damage(W, "000001.jsonl", 4, reason)]


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """No file may grow over `size` bytes: what a full disk looks like to a writer."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("room", [0, 1, 9, 100, 700])
def test_a_full_disk_refuses_the_change_and_leaves_the_journal_whole(
    tmp_path: Path, room: int
) -> None:
    own = journal(tmp_path)
    own.append(note("a"), NOW)
    before = segment(tmp_path).read_bytes()
    with file_size_limit(len(before) + room), pytest.raises(NotKept, match="disk is full"):
        own.append(note("x" * 1_000), NOW)
    assert segment(tmp_path).read_bytes() == before
    assert own.append(note("b"), NOW).lines[0].n == 2
    assert texts(tmp_path) == ["a", "b"] and Ledger(tmp_path).verify() == []


def test_a_full_disk_takes_a_half_written_group_back(tmp_path: Path) -> None:
    own = journal(tmp_path)
    own.append(note("a"), NOW)
    before = segment(tmp_path).read_bytes()
    small = [Entry("r", f"#{k}", {"text": "x" * 1_000}, {}) for k in range(100)]
    large = [Entry("r", f"#1{k}", {"text": "x" * 200_000}, {}) for k in range(6)]
    with file_size_limit(150_000), pytest.raises(NotKept):
        own.append(Change("limei", "x", small + large), NOW)
    assert segment(tmp_path).read_bytes() == before
    assert sorted(path.name for path in own.directory.iterdir()) == ["000001.jsonl"]
    assert own.append(note("b"), NOW).lines[0].n == 2


def test_a_directory_that_cannot_be_written_refuses_the_change(tmp_path: Path) -> None:
    (tmp_path / "journals").write_text("a file where a directory belongs")
    with pytest.raises(NotKept, match="not kept"):
        journal(tmp_path).append(note(), NOW)


# several processes


def run(home: Path, writer: str, *more: object) -> subprocess.Popen[bytes]:
    script = Path(__file__).with_name("keep_writing.py")
    root = script.parent.parent.parent
    command = [sys.executable, str(script), str(home), writer, *map(str, more)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(root)}
    )


def test_two_processes_of_one_user_share_a_journal(tmp_path: Path) -> None:
    running = [run(tmp_path, W, 150, 70) for _ in range(2)]
    said = [process.communicate(timeout=60)[0].split(b"\n")[:-1] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    confirmed = sorted(int(line.split()[0]) for each in said for line in each)
    assert len(set(confirmed)) == 300
    lines = everything(tmp_path)
    assert [line.n for line in lines] == list(range(1, len(lines) + 1))
    heads = [line.n for line in lines if line.group is None or line.group[1] == 1]
    assert heads == confirmed
    assert Ledger(tmp_path).verify() == []


def test_a_process_sees_what_another_appended(tmp_path: Path) -> None:
    one, two = journal(tmp_path), journal(tmp_path)
    ledger, cursor = Ledger(tmp_path), Cursor()
    seen: list[int] = []
    for at in range(60):
        (one if at % 3 else two).append(note("长" * 5_000), NOW)
        for line in ledger.read_since(cursor):
            cursor.add(line.t)
            seen.append(line.n)
        assert list(ledger.read_since(cursor)) == []
    assert seen == list(range(1, 61))


def test_kill_9_at_any_moment_loses_no_confirmed_change(tmp_path: Path) -> None:
    """As many kills as OFFICETUI_KILLS says (40), of one writer after another."""
    rng = random.Random(20261120)
    confirmed: dict[int, int] = {}
    for kill in range(int(os.environ.get("OFFICETUI_KILLS", "40"))):
        process = run(tmp_path, W, 1 << 40, 8 if kill % 2 else 40)
        assert process.stdout is not None
        for _ in range(rng.randrange(1, 12)):
            first, size = map(int, process.stdout.readline().split())
            confirmed[first] = size
        until = rng.random() * 0.02
        with subprocess.Popen(["sleep", f"{until:.4f}"]) as pause:
            pause.wait()
        process.kill()
        for line in process.stdout.read().split(b"\n")[:-1]:
            first, size = map(int, line.split())
            confirmed[first] = size
        process.stdout.close()
        process.wait()
    journal(tmp_path).append(note("the end"), NOW)
    lines = {line.n: line for line in everything(tmp_path)}
    assert sorted(lines) == list(range(1, len(lines) + 1))
    assert Ledger(tmp_path).verify() == []
    replica = Replica()
    replica.hear(lines.values())
    for first, size in confirmed.items():
        assert replica.fold.cursor.has(lines[first].t)
        assert (lines[first].group or (0, 0, 1))[2] == size
        assert replica.memory.doc("documents", f"{lines[first].t}.0") is not None
    for (register, record), doc in replica.memory.docs.items():
        twin = replica.memory.doc("items" if register == "documents" else "documents",
                                  f"{record[:-1]}{'1' if register == 'documents' else '0'}")  # fmt: skip
        assert shown(twin) == shown(doc) or shown(doc) == {"text": "the end"}


# reading


def test_reading_goes_on_where_the_cursor_stands(tmp_path: Path) -> None:
    own, other = journal(tmp_path), journal(tmp_path, OTHER)
    n = fill(own, 4)
    for _ in range(3):
        other.append(note("y"), NOW)
    cursor = Cursor()
    for k in range(1, n - 1):
        cursor.add_number(W, k)
    cursor.add_number(OTHER, 1)
    cursor.add_number(OTHER, 3)
    found = [(line.writer, line.n) for line in Ledger(tmp_path).read_since(cursor)]
    assert sorted(found) == sorted([(W, n - 1), (W, n), (OTHER, 2)])


def test_every_line_is_found_by_its_stamp(tmp_path: Path) -> None:
    own = journal(tmp_path)
    fill(own, 4)
    ledger = Ledger(tmp_path)
    for line in everything(tmp_path):
        assert ledger.line(line.t) == line
    assert ledger.line("000000000001.00000001.k7q2m9xa") is None
    assert ledger.line("000000000001.0000ffff.k7q2m9xa") is None
    assert ledger.line("000000000001.00000001.nobodyxx") is None
    assert ledger.line("what is this?") is None


def test_packed_mirrors_are_read_like_plain_ones(tmp_path: Path) -> None:
    own = journal(tmp_path)
    fill(own, 4)
    lines = everything(tmp_path)
    for k in (1, 2):
        path = segment(tmp_path, k)
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    assert everything(tmp_path) == lines
    ledger = Ledger(tmp_path)
    assert ledger.verify() == [] and ledger.line(lines[3].t) == lines[3]
    assert journal(tmp_path).append(note(), NOW).lines[0].n == len(lines) + 1


def test_the_last_segment_packed_is_closed(tmp_path: Path) -> None:
    journal(tmp_path).append(note("a"), NOW)
    path = segment(tmp_path)
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    journal(tmp_path).append(note("b"), NOW)
    assert segment(tmp_path, 2).exists() and texts(tmp_path) == ["a", "b"]
    assert Ledger(tmp_path).verify() == []


def test_stray_files_are_ignored(tmp_path: Path) -> None:
    own = journal(tmp_path)
    own.append(note("a"), NOW)
    for name in (".syncthing.000001.jsonl.tmp", "000001.jsonl~", "notes.txt", "000002.jsonl.part",
                 "1.jsonl", "000001.sync-conflict-20261120.jsonl"):  # fmt: skip
        (own.directory / name).write_bytes(b"stray\n")
    (tmp_path / "journals" / "README").write_text("stray")
    (tmp_path / "journals" / "not-a-writer").mkdir()
    own.append(note("b"), NOW)
    assert texts(tmp_path) == ["a", "b"] and Ledger(tmp_path).damage() == []


def test_a_damaged_line_is_named_and_the_rest_reads(tmp_path: Path) -> None:
    own = journal(tmp_path)
    for k in range(6):
        own.append(note(str(k)), NOW)
    path = segment(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"text":"2"', b'"text":"\x00"'))
    cursor, ledger = Cursor(), Ledger(tmp_path)
    for line in ledger.read_since(cursor):
        cursor.add(line.t)
    assert cursor.to_json() == {W: {"n": 6, "holes": [[3, 3]]}}
    assert texts(tmp_path) == ["0", "1", "3", "4", "5"]
    assert ledger.damage() == [Damage(W, "000001.jsonl", 4, "the checksum does not match")]
    own.append(note("6"), NOW)
    assert [line.n for line in ledger.read_since(cursor)] == [7]


def test_a_hole_is_filled_when_the_line_is_healed(tmp_path: Path) -> None:
    own = journal(tmp_path)
    n = fill(own, 3)
    path = segment(tmp_path, 1)
    sound = path.read_bytes()
    path.write_bytes(sound[:40_000] + b"\0" * 100 + sound[40_100:])
    ledger, cursor = Ledger(tmp_path), Cursor()
    for line in ledger.read_since(cursor):
        cursor.add(line.t)
    assert cursor.holes(W) == [(2, 2)]
    assert list(ledger.read_since(cursor)) == []
    path.write_bytes(sound)
    assert [line.n for line in ledger.read_since(cursor)] == [2]
    cursor.add_number(W, 2)
    assert cursor.to_json() == {W: {"n": n, "holes": []}}


def test_two_lines_glued_by_damage_do_not_hide_the_others(tmp_path: Path) -> None:
    own = journal(tmp_path)
    for k in range(8):
        own.append(note(str(k)), NOW)
    path = segment(tmp_path)
    raws = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*raws[:2], raws[2] + b"?" + raws[3], *raws[4:]]))
    cursor = Cursor()
    for k in range(1, 6):
        cursor.add_number(W, k)
    assert [line.n for line in Ledger(tmp_path).read_since(cursor)] == [6, 7, 8]
    assert [line.n for line in everything(tmp_path)] == [1, 4, 5, 6, 7, 8]
    assert journal(tmp_path).append(note(), NOW).lines[0].n == 9


def test_a_damaged_header_does_not_hide_its_lines(tmp_path: Path) -> None:
    own = journal(tmp_path)
    n = fill(own, 3)
    for k in (2, 3):
        path = segment(tmp_path, k)
        path.write_bytes(b"f" + path.read_bytes())
    assert [line.n for line in everything(tmp_path)] == list(range(1, n + 1))
    ledger = Ledger(tmp_path)
    assert [(d.segment, d.line) for d in ledger.damage()] == [
        ("000002.jsonl", 1), ("000003.jsonl", 1),
    ]  # fmt: skip
    assert ledger.numbered(W, n - 1) is not None
    assert journal(tmp_path).append(note(), NOW).lines[0].n == n + 1


def test_verify_names_a_line_altered_on_purpose(tmp_path: Path) -> None:
    from zlib import crc32

    own = journal(tmp_path)
    fill(own, 2)
    for k in range(5):
        own.append(note(str(k)), NOW)
    path = segment(tmp_path, 2)
    raws = path.read_bytes().split(b"\n")
    body = raws[3][9:].replace(b'"u":"limei"', b'"u":"wangw"')
    raws[3] = b"%08x " % crc32(body) + body
    path.write_bytes(b"\n".join(raws))
    assert Ledger(tmp_path).damage() == []
    assert [(d.writer, d.segment, d.line) for d in Ledger(tmp_path).verify()] == [
        (W, "000002.jsonl", 4)
    ]


def test_verify_names_a_closed_segment_that_was_altered(tmp_path: Path) -> None:
    own = journal(tmp_path)
    fill(own, 3)
    segment(tmp_path, 2).unlink()
    found = Ledger(tmp_path).damage()
    assert [(d.segment, d.line) for d in found] == [("000003.jsonl", 0)]


def test_the_history_of_a_record(tmp_path: Path) -> None:
    own, other = journal(tmp_path), journal(tmp_path, OTHER)
    fill(own, 2)
    kept = own.append(note("a"), NOW + 1)
    record = kept.ids["#0"]
    for k in range(3):
        change = Change(
            "zhao", "documents.edit", [Entry("documents", record, {"text": str(k)}, {})]
        )
        other.append(change, NOW + 10 + k)
        own.append(note(f"about {record}"), NOW)
    found = Ledger(tmp_path).history(("documents", record))
    assert [line.entries[0].cells["text"] for line in found] == ["a", "0", "1", "2"]
    assert Ledger(tmp_path).history(("items", record)) == []


def test_the_lines_of_a_user_newest_first(tmp_path: Path) -> None:
    own = journal(tmp_path)
    for k in range(5):
        own.append(Change("李梅" if k % 2 else "x", "a", [Entry("r", "i", {"k": k}, {})]), NOW)
    assert [line.n for line in Ledger(tmp_path).lines_of("李梅", W)] == [4, 2]


def test_an_empty_home_is_an_empty_ledger(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "nowhere")
    assert ledger.writers() == [] and ledger.damage() == []
    assert list(ledger.read_since(Cursor())) == []


def test_appending_does_not_grow_slower_with_history(tmp_path: Path) -> None:
    """Counted in system calls that open files, not in seconds: the same first append to a short
    journal and to a long one."""

    def opened(home: Path) -> int:
        seen = 0

        def hook(event: str, _: object) -> None:
            nonlocal seen
            seen += watching and event == "open"

        watching = False
        sys.addaudithook(hook)
        own = journal(home)
        watching = True
        own.append(note(), NOW)
        watching = False
        return seen

    short, long = tmp_path / "short", tmp_path / "long"
    journal(short).append(note(), NOW)
    fill(journal(long), 12)
    assert opened(long) == opened(short)
