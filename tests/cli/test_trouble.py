"""What must not break it: hostile text, full disks, damage, other processes, no reader."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.conftest import PROGRAM

HOSTILE = [
    "[bold]x[/nope] [link=file:///etc]y[/]",
    "\x1b[31mred\x1b[0m\x1b]0;title\x07\x9b2J",
    "\u202egnp.exe \u2066x\u2069 \u200b\ufeff",
    "👩‍👩‍👧 é́́́́́́́ 🇨🇳",
    "tab\tand\nnew\r\nline\x0b",
    "长" * 20_000,
    "%s {0} {name} $HOME `id`",
]


UNFIT = set("\x00\x07\x08\x0b\r\x1b\x9b\u202e\u2066")


def test_hostile_text_is_kept_and_shown_harmlessly(office: Any) -> None:
    office.good("add", "people", "吴敏 财政所")
    for text in HOSTILE:
        short = office.good("add", "documents", "县应急局 标题 @李梅").strip()
        office.good("set", short, f"title={text}", f"note={text}", "due=明天")
        kept = office.record(short)
        assert kept["title"].split() == kept["note"].split() == text.split()
        shown = office.good("show", short, "--history") + office("do", short, "check").stderr
        assert not set(shown) & UNFIT
    assert not set(office.good("list", "documents") + office.good("today")) & UNFIT


def test_text_in_no_encoding_is_refused(office: Any) -> None:
    run = office("add", "documents", os.fsdecode(b"\xff\xfe\xfd"))
    assert run.returncode == 1
    assert office.json("list", "documents") == []


def test_chinese_in_any_locale(office: Any, paper: str) -> None:
    for env in (
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gb18030"},
        {"LANG": "zz_ZZ.nonsense"},
    ):
        for command in (("today",), ("doctor",)):
            run = subprocess.run(
                [*PROGRAM, *command], env=office.env | env, capture_output=True, check=False
            )
            assert run.returncode == 0, (env, command, run.stderr)
        run = subprocess.run(
            [*PROGRAM, "list", "documents", "--json"],
            env=office.env | env,
            capture_output=True,
            check=True,
        )
        assert json.loads(run.stdout.decode())[0]["from_org"] == "县应急局"


def test_the_language_of_errors(office: Any) -> None:
    for tag in ("zh_CN", "zh_TW"):
        usage = office("--lang", tag, "list")
        assert usage.returncode == 2
        assert "Usage" not in usage.stderr
        assert "Error" not in usage.stderr
        assert "Missing" not in usage.stderr
        assert "Commands" not in office.good("--help", "--lang", tag)
        assert not office("show", "zzzzz", "--lang", tag).stderr.replace("zzzzz", "").isascii()
    assert office("show", "zzzzz", LANG="zh_CN.UTF-8").stderr != office("show", "zzzzz").stderr
    (office.home / "config.toml").write_text('language = "zh_CN"\n')
    assert not office("undo").stderr.isascii()


def test_the_app_needs_a_terminal(office: Any) -> None:
    for command in ((), ("demo",), ("--lang", "zh_CN", "demo")):
        run = office(*command)
        assert run.returncode == 2
        assert "officetui today" in run.stderr


def test_a_full_disk_refuses_and_keeps_the_journal(
    office: Any, paper: str, limited: Callable[[int], tuple[str, ...]]
) -> None:
    (journal,) = office.home.glob("journals/*/*.jsonl")
    before = journal.read_bytes()
    run = office("add", "documents", "县委办 报送材料", wrap=limited(len(before) + 50))
    assert run.returncode == 1
    assert run.stdout == ""
    assert "disk is full" in run.stderr
    assert "县委办 报送材料" in run.stderr
    assert journal.read_bytes() == before
    office.good("add", "documents", "县委办 报送材料")
    assert len(office.json("list", "documents")) == 2
    assert office("doctor").returncode == 0


def test_a_full_disk_while_founding(shell: Any, limited: Callable[[int], tuple[str, ...]]) -> None:
    run = shell("init", "--name", "x", wrap=limited(1))
    assert run.returncode == 1
    assert run.stderr.strip()
    assert not (shell.home / "office.json").exists()
    shell.good("init", "--name", "x")


def test_a_read_only_home_can_be_read(office: Any, paper: str, powerless: tuple[str, ...]) -> None:
    folders = [office.home, *(path for path in office.home.rglob("*") if path.is_dir())]
    files = [path for path in office.home.rglob("*") if path.is_file()]
    for path in files:
        path.chmod(0o400)
    for path in folders:
        path.chmod(0o500)
    try:
        for command in (("today",), ("list", "documents"), ("show", paper)):
            run = office(*command, wrap=powerless)
            assert run.returncode == 0, run.stderr
            assert "县应急局" in run.stdout
        refused = office("add", "documents", "县委办 报送材料", wrap=powerless)
        assert refused.returncode == 1
        assert "县委办 报送材料" in refused.stderr
        doctor = office("doctor", wrap=powerless)
        assert doctor.returncode == 0
        assert "cannot be written" in doctor.stdout
    finally:
        for path in folders:
            path.chmod(0o700)
    assert len(office.json("list", "documents")) == 1


def test_a_home_that_cannot_be(shell: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for home in ("/proc/nowhere", str(tmp_path / "file" / "below")):
        for command in (("init", "--name", "x"), ("today",), ("doctor",), ("add", "people", "x")):
            run = shell(*command, OFFICETUI_HOME=home)
            assert run.returncode in (1, 2), (home, command, run.stderr)
            assert run.stderr.strip() or run.stdout.strip()


def test_a_damaged_line_is_named_and_the_rest_opens(office: Any, paper: str) -> None:
    second = office.good("add", "documents", "县委办 报送材料").strip()
    third = office.good("add", "documents", "县委办 第三件").strip()
    (journal,) = office.home.glob("journals/*/*.jsonl")
    lines = journal.read_bytes().split(b"\n")
    lines[2] = lines[2].replace("报送".encode(), "抱送".encode())
    journal.write_bytes(b"\n".join(lines))
    (office.home / "desk.json").unlink(missing_ok=True)
    run = office("doctor")
    assert run.returncode == 3
    assert f"{journal}, line 3" in run.stdout
    (found,) = [f for f in json.loads(office("doctor", "--json").stdout)["findings"] if f["line"]]
    assert (found["severity"], found["file"], found["line"]) == ("damage", str(journal), 3)
    assert found["advice"]
    assert {r["short"] for r in office.json("list", "documents")} == {paper, third}
    assert office("show", second).returncode == 1
    fourth = office.good("add", "documents", "县委办 第四件").strip()
    assert {r["short"] for r in office.json("list", "documents")} == {paper, third, fourth}
    assert office("doctor", "--rebuild").returncode == 3
    assert {r["short"] for r in office.json("list", "documents")} == {paper, third, fourth}


def test_a_torn_end_is_kept_aside_and_told(office: Any, paper: str) -> None:
    (journal,) = office.home.glob("journals/*/*.jsonl")
    with journal.open("ab") as file:
        file.write(b'0badc0de {"n":2,"t":"half')
    office.good("add", "documents", "县委办 报送材料")
    doctor = office("doctor")
    assert doctor.returncode == 0
    assert ".torn" in doctor.stdout
    assert len(office.json("list", "documents")) == 2


def test_a_damaged_desk_is_made_again(office: Any, paper: str) -> None:
    office.good("doctor", "--rebuild")
    desk = office.home / "desk.json"
    good = desk.read_bytes()
    desk.write_bytes(good[: len(good) // 2])
    run = office("list", "documents", "--json")
    assert run.returncode == 0
    assert "desk.json" in run.stderr
    assert json.loads(run.stdout)[0]["short"] == paper
    assert desk.read_bytes() == good
    assert "damaged-1" in office.good("doctor")


def test_damaged_identity_is_status_three(office: Any) -> None:
    (office.home / "office.json").write_text("{")
    for command in (("today",), ("doctor",)):
        run = office(*command)
        assert run.returncode == 3
        assert "office.json" in run.stderr + run.stdout


def test_doctor_says_what_is_where(office: Any, paper: str) -> None:
    told = office.json("doctor")
    assert told["home"] == str(office.home)
    assert told["office"]["name"] == "清河镇党政办"
    assert told["records"]["documents"] == {"desk": 1, "books": 0}
    assert len(told["writers"]) == 1
    assert told["calendar"]
    assert told["findings"] == []
    assert "Everything is sound" in office("doctor").stderr


def test_doctor_before_there_is_an_office(shell: Any) -> None:
    run = shell("doctor")
    assert run.returncode == 2
    assert str(shell.home) in run.stdout
    assert "officetui init" in run.stdout


def test_a_config_that_cannot_be_read_is_a_clear_error(office: Any) -> None:
    file = office.home / "config.toml"
    file.write_text('language = "zh_CN\n')
    run = office("today")
    assert run.returncode == 2
    assert str(file) in run.stderr
    assert file.read_text() == 'language = "zh_CN\n'
    doctor = office("doctor")
    assert doctor.returncode == 0
    assert str(file) in doctor.stdout


def test_processes_side_by_side(office: Any) -> None:
    running = [
        subprocess.Popen(
            [*PROGRAM, "add", "documents", f"县委办 第{n}件材料"],
            env=office.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for n in range(6)
    ]
    shorts = set()
    for process in running:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        shorts.add(out.strip())
    assert len(shorts) == 6
    assert {record["short"] for record in office.json("list", "documents")} == shorts
    assert office("doctor").returncode == 0
    for n in range(6):
        office.good("undo")
        assert len(office.json("list", "documents")) == 5 - n


def test_a_conflict_is_listed_and_settled(office: Any, paper: str) -> None:
    from officetui.ledger import identity
    from officetui.ledger.journal import Journal
    from officetui.ledger.line import Change, Entry

    record = office.record(paper)["id"]
    office.good("set", paper, "owner=吴敏")
    info = identity.read_office(office.home)
    assert info is not None
    colleague = Journal(office.home, "colleag1", info.id, info.zone, "0.1.0")
    first = office.json("show", paper, "--history")["history"][0]
    seen = next(
        json.loads(line[9:])["t"]
        for line in next(office.home.glob("journals/*/000001.jsonl")).read_bytes().splitlines()
        if b"documents.add" in line
    )
    assert first["action"] == "documents.add"
    entry = Entry("documents", record, {"owner": "赵强"}, {"owner": [seen]})
    colleague.append(Change("zhaoqiang", "documents.set", [entry]), 1_700_000_000_000)
    (found,) = office.json("list", "conflicts")
    assert (found["register"], found["id"], found["cell"]) == ("documents", record, "owner")
    values = {value["value"]: value for value in found["values"]}
    assert values.keys() == {"吴敏", "赵强"}
    assert values["赵强"] == {
        "value": "赵强",
        "user": "zhaoqiang",
        "at": "2023-11-14T22:13:20Z",
        "writer": "colleag1",
    }
    assert "赵强" in office.good("list", "conflicts")
    assert "赵强" in office.good("show", paper)
    assert any(one["kind"] == "conflict" for one in office.json("today")["attention"])
    office.good("set", paper, "owner=郑凯")
    assert office.json("list", "conflicts") == []


def test_nobody_reads_the_output(office: Any, paper: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    for command in (("list", "documents"), ("today", "--json"), ("--help",)):
        run = subprocess.run(
            [*PROGRAM, *command],
            env=office.env,
            stdout=writing,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
        assert run.returncode == 141
        assert run.stderr.count("\n") <= 1
        assert "BrokenPipe" not in run.stderr
    os.close(writing)


def test_the_output_has_no_room_or_no_place(office: Any, paper: str) -> None:
    for command in ("list documents", "list documents --json", "today", "--help", "doctor"):
        program = " ".join([*PROGRAM, command])
        full = subprocess.run(
            ["sh", "-c", f"exec {program} >/dev/full"],
            env=office.env,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert full.returncode == 1, command
        assert "No space left" in full.stderr
        assert "Traceback" not in full.stderr
        assert "Exception" not in full.stderr
        closed = subprocess.run(
            ["sh", "-c", f"exec {program} >&- 2>&-"], env=office.env, check=False
        )
        assert closed.returncode == 0, command


def test_ctrl_c_ends_it_quietly(office: Any, paper: str) -> None:
    import fcntl

    with (office.home / "journal.lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = subprocess.Popen(
            [*PROGRAM, "add", "documents", "县委办 报送材料"],
            env=office.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        until = time.monotonic() + 30
        while f" {process.pid} " not in Path("/proc/locks").read_text():
            assert time.monotonic() < until, "it never waited for the lock"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert len(office.json("list", "documents")) == 1


def test_an_unexpected_fault_is_words_not_a_traceback(office: Any) -> None:
    code = (
        "import sys; from officetui.office import office;"
        "office.Office.board = lambda *_: 1 / 0;"
        "from officetui.cli import run; sys.exit(run(['today']))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=office.env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert "ZeroDivisionError" in run.stderr
