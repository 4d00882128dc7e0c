"""Every command once, as people and scripts use it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from officetui import __version__
from officetui.text.width import cell_width

DAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
TODAY = DAY.isoformat()
TOMORROW = (DAY + timedelta(days=1)).isoformat()


def test_the_version(shell: Any) -> None:
    assert shell.good("--version").strip() == f"officetui {__version__}"
    assert shell.good("--lang", "zh_TW", "--version").strip() == f"officetui {__version__}"


def test_help_names_every_command_and_status(shell: Any) -> None:
    told = shell.good("--help")
    for name in [
        "demo",
        "init",
        "today",
        "add",
        "list",
        "show",
        "do",
        "set",
        "steps",
        "undo",
        "redo",
        "import",
        "doctor",
    ]:
        assert f"\n  {name} " in told
        assert shell.good(name, "--help").startswith(f"Usage: officetui {name}")
    assert "3 data damaged" in told


def test_the_help_of_a_list_names_the_registers(shell: Any) -> None:
    from officetui.registers.registry import REGISTERS

    for command in ("list", "add", "steps", "export"):
        words = shell.good(command, "--help").split()
        assert [one.id for one in REGISTERS if one.id not in words] == []


def test_founding_an_office(shell: Any) -> None:
    assert not shell.home.exists()
    run = shell("init", "--name", "清河镇党政办", "--user", "李梅")
    assert run.returncode == 0
    assert run.stdout == ""
    assert str(shell.home) in run.stderr
    assert shell.json("today")["office"] == "清河镇党政办"
    assert shell.json("today")["user"] == "李梅"
    assert shell("init", "--name", "another").returncode == 1
    assert shell.json("today")["office"] == "清河镇党政办"


def test_founding_asks_for_a_name_and_a_zone_that_is_one(shell: Any) -> None:
    assert shell("init").returncode == 2
    assert shell("init", "--name", " ").returncode == 1
    refused = shell("init", "--name", "x", "--zone", "Mars/Olympus")
    assert refused.returncode == 1
    assert "Mars/Olympus" in refused.stderr
    assert not (shell.home / "office.json").exists()


def test_without_an_office_the_way_to_one_is_told(shell: Any) -> None:
    for command in (("today",), ("list", "documents"), ("add", "documents", "x"), ("undo",)):
        run = shell(*command)
        assert run.returncode == 2
        assert "officetui init" in run.stderr
        assert run.stdout == ""


def test_adding_prints_the_short_id_and_narrates_elsewhere(office: Any) -> None:
    run = office("add", "documents", "县应急局 关于低温雨雪防范的通知 ＃特急 ＠李梅 ……明天10点")
    assert run.returncode == 0
    short = run.stdout.strip()
    assert short.isalnum()
    assert "In 1" in run.stderr
    record = office.record(short)
    assert record["from_org"] == "县应急局"
    assert record["title"] == "关于低温雨雪防范的通知"
    assert record["urgency"] == "特急"
    assert record["owner"] == "李梅"
    assert record["due"] == f"{TOMORROW}T10:00"


def test_adding_says_what_is_missing_and_what_was_not_understood(office: Any) -> None:
    found = office.json("add", "documents", "县统计局 年报会材料 ^2月30日")
    assert found["register"] == "documents"
    assert found["missing"] == ["owner"]
    assert [p["field"] for p in found["problems"]] == ["due"]
    assert office.record(found["id"])["short"] == found["short"]
    assert "due" not in office.record(found["id"])


def test_a_line_of_several_words_needs_no_quotes(office: Any) -> None:
    short = office.good("add", "reception", "访", "杨大爷", "13900000283", "低保没批下来").strip()
    assert office.record(short)["phone"] == "13900000283"


def test_a_refused_line_comes_back(office: Any) -> None:
    line = "勤 派车 明天7点半 去县委开会 陈镇长"
    for register in ("documents", "nothing"):
        run = office("add", register, line)
        assert run.returncode == 1
        assert line in run.stderr
        assert run.stdout == ""
    assert office.json("list", "documents") == []


def test_a_classified_line_comes_back_nowhere(office: Any) -> None:
    run = office("add", "documents", "县委办 机密 关于某某事项的通知")
    assert run.returncode == 1
    assert "某某" not in run.stderr + run.stdout
    assert "某某" not in office("add", "errands", "县委办 机密 关于某某事项").stderr
    for file in office.home.rglob("*"):
        assert file.is_dir() or "某某".encode() not in file.read_bytes()


def test_a_paper_found_to_be_classified_is_emptied_when_asked(office: Any, paper: str) -> None:
    before = office.record(paper)
    run = office("set", paper, "secrecy=机密")
    assert run.returncode == 1 and "--empty" in run.stderr
    assert "Title" in run.stderr and "journals of every device" in run.stderr
    assert office.record(paper) == before
    run = office("set", paper, "secrecy=机密", "--empty")
    assert run.returncode == 0 and "stays in the journals" in run.stderr + run.stdout
    assert before["title"] not in run.stderr + run.stdout
    now = office.record(paper)
    assert (now["title"], now["secrecy"]) == ("密件", "机密") and "due" not in now
    office.good("undo")
    assert office.record(paper) == before
    assert office("set", paper, "owner=吴敏", "--empty").returncode == 0
    assert office.record(paper)["title"] == before["title"], "no classified paper: nothing goes"


def test_a_list_is_an_array_of_records(office: Any, paper: str) -> None:
    found = office.json("list", "documents")
    assert len(found) == 1
    record = found[0]
    assert {"id", "state", "register", "short", "title", "recv_at"} <= record.keys()
    assert record["state"] == "registered"
    assert record["short"] == paper
    assert record["recv_at"].startswith(TODAY)
    assert not any(key.startswith("_") for key in record)


def test_lists_by_openness_day_and_year(office: Any, paper: str) -> None:
    year = DAY.year
    assert len(office.json("list", "documents", "--date", TODAY)) == 1
    assert len(office.json("list", "documents", "--date", "today")) == 1
    assert office.json("list", "documents", "--date", "tomorrow") == []
    assert len(office.json("list", "documents", "--year", str(year))) == 1
    assert office.json("list", "documents", "--year", str(year - 1)) == []
    office.good("do", paper, "close", "result=done")
    assert office.json("list", "documents", "--open") == []
    assert len(office.json("list", "documents")) == 1


def test_a_printed_list_masks_visitors_only(office: Any) -> None:
    office.good("add", "reception", "访 杨大爷 13900000283 低保没批下来")
    office.good("add", "people", "吴敏 财政所 13900000284")
    printed = office.good("list", "reception")
    assert "13900000283" not in printed
    assert "139****0283" in printed
    assert "13900000283" in office.good("list", "reception", "--phones")
    assert "13900000284" in office.good("list", "people")


def test_a_narrow_list_keeps_the_ids_whole(office: Any, paper: str) -> None:
    for columns in ("20", "40", "80"):
        printed = office.good("list", "documents", COLUMNS=columns)
        assert printed.splitlines()[1].startswith(paper)
        assert all(cell_width(line) <= int(columns) for line in printed.splitlines())


def test_children_are_not_added_by_themselves(office: Any) -> None:
    assert office("add", "meetings.items", "茶水").returncode == 1
    assert office.json("list", "meetings.items") == []


def test_registers_by_other_names(office: Any, paper: str) -> None:
    assert office.json("list", "收文")[0]["short"] == paper
    office.good("add", "勤", "派车", "明天7点半", "去县委")
    assert len(office.json("list", "后勤")) == 1
    assert office("list", "nonsense").returncode == 1


def test_a_rule_is_said_once_and_lists_are_set_as_the_language_sets_them(office: Any) -> None:
    run = office("add", "documents", "县委办 关于乙的通知 #加急")
    assert run.stderr.count("An urgent paper needs a time") == 1
    wrong = office("set", run.stdout.strip(), "nothing=1").stderr
    assert "title, " in wrong
    assert "、" not in wrong
    assert "title、" in office("--lang", "zh_CN", "set", run.stdout.strip(), "nothing=1").stderr


def test_showing_a_record_with_its_steps(office: Any, paper: str) -> None:
    found = office.record(paper)
    steps = {step["step"]: step for step in found["steps"]}
    assert steps["close"]["to"] == "closed"
    assert steps["close"]["needs"][0] == {
        "field": "result",
        "label": "Result",
        "kind": "long",
        "required": True,
    }
    assert "archive" not in steps
    assert found["children"]["readers"] == []
    assert found["conflicts"] == []
    assert "history" not in found
    printed = office.good("show", paper)
    assert "关于低温雨雪防范的通知" in printed
    assert "result=" in printed


def test_showing_its_history(office: Any, paper: str) -> None:
    office.good("set", paper, "owner=吴敏")
    told = office.json("show", paper, "--history")["history"]
    assert [event["action"] for event in told] == ["documents.add", "documents.set"]
    assert told[1]["user"] == "李梅"
    assert told[1]["changes"] == [{"field": "Owner", "before": "李梅", "after": "吴敏"}]
    assert "吴敏" in office.good("show", paper, "--history")


def test_records_are_found_by_every_name(office: Any, paper: str) -> None:
    found = office.record(paper)
    for name in (found["id"], f"documents/{found['id']}", "收1", "In 1", "in1", paper.upper()):
        assert office.record(name)["id"] == found["id"]
    missing = office("show", "zzzzz")
    assert missing.returncode == 1
    assert "zzzzz" in missing.stderr


def test_a_step_needs_what_it_needs(office: Any, paper: str) -> None:
    refused = office("do", paper, "close")
    assert refused.returncode == 1
    assert "result=" in refused.stderr
    assert office.record(paper)["state"] == "registered"
    office.good("do", paper, "close", "result=报送完毕")
    closed = office.record(paper)
    assert (closed["state"], closed["result"]) == ("closed", "报送完毕")
    again = office("do", paper, "close", "result=x")
    assert again.returncode == 1
    assert office.record(paper)["result"] == "报送完毕"


def test_steps_and_fields_by_label_and_choices_by_alias(office: Any, paper: str) -> None:
    done = office.json("do", paper, "Urge", "method=打电话", "promised=明天")
    assert office.record(paper)["id"] == done["id"]
    urging = office.record(paper)["children"]["urgings"][0]
    assert urging["method"] == "phone"
    assert urging["promised"][:10] == TOMORROW
    assert office("do", paper, "urge", "method=pigeon").returncode == 1
    assert office("do", paper, "urge", "nonsense=1").returncode == 1
    assert office("do", paper, "urge", "nonsense").returncode == 1
    assert office("do", paper, "fly").returncode == 1


def test_writing_fields(office: Any, paper: str) -> None:
    office.good("set", paper, "owner=吴敏", "due=明天", "copies=3")
    found = office.record(paper)
    assert found["owner"] == "吴敏"
    assert found["copies"] == 3
    office.good("set", paper, "copies=")
    assert "copies" not in office.record(paper)
    for wrong in ("title=", "state=closed", "nonsense=1", "copies=many", "due=2月30日"):
        assert office("set", paper, wrong).returncode == 1, wrong
    assert office.record(paper)["title"] == "关于低温雨雪防范的通知"
    assert office("set", paper).returncode == 2


def test_writing_settings(office: Any) -> None:
    office.good("set", "settings:rooms", "value=二楼会议室、三楼大会议室")
    office.good("set", "settings:close", "value=18:00")
    office.good("set", "settings:soon_minutes", "value=90")
    found = {r["name"]: r["value"] for r in office.json("list", "settings")}
    assert found == {"rooms": ["二楼会议室", "三楼大会议室"], "close": "18:00", "soon_minutes": 90}
    assert office("set", "settings:close", "value=late").returncode == 1
    assert office("set", "settings:duty_lines", "value={").returncode == 1


def test_the_workflow_as_a_table(shell: Any) -> None:
    steps = {step["step"]: step for step in shell.json("steps", "documents")}
    assert steps["close"].keys() == {"step", "label", "from", "to", "needs", "who", "key"}
    assert "in_hand" in steps["close"]["from"]
    assert "closed" not in steps["urge"]["from"]
    assert steps["urge"]["to"] is None
    printed = shell.good("steps", "duty")
    assert "confirm" in printed
    assert shell("steps", "people").returncode == 0
    assert shell("steps", "nonsense").returncode == 1


def test_undo_and_redo(office: Any, paper: str) -> None:
    office.good("do", paper, "close", "result=x")
    told = office("undo")
    assert told.returncode == 0
    assert "Close" in told.stderr
    assert office.record(paper)["state"] == "registered"
    office.good("redo")
    assert office.record(paper)["state"] == "closed"
    office.good("undo")
    assert office.json("undo")["sentence"]
    assert office.json("list", "documents") == []
    nothing = office("undo")
    assert nothing.returncode == 1
    assert "nothing to undo" in nothing.stderr


def test_the_board_as_an_object(office: Any, paper: str) -> None:
    board = office.json("today")
    parts = {"date", "duty", "documents", "meetings", "reception", "attention"}
    assert parts <= board.keys()
    assert board["date"] == TODAY
    assert board["documents"][0]["short"] == paper
    assert board["documents"][0]["state"] == "registered"
    for one in board["attention"]:
        assert {"kind", "text", "ids"} <= one.keys()


def test_the_board_says_what_needs_attention(office: Any) -> None:
    office.good("add", "documents", "县委办 报送材料 @吴敏 ^今天23:59")
    attention = office.json("today")["attention"]
    mine = next(one for one in attention if one["kind"] == "due")
    assert "报送材料" in mine["text"]
    assert office.record(mine["ids"][0])["title"] == "报送材料"


def test_the_board_of_another_day(office: Any) -> None:
    assert office.json("today", "--date", TOMORROW)["date"] == TOMORROW
    assert office.json("today", "--date", "tomorrow")["date"] == TOMORROW
    assert office("today", "--date", "2月30日").returncode == 1


def test_the_board_printed(office: Any, paper: str) -> None:
    for columns in ("40", "80", "200"):
        printed = office.good("today", COLUMNS=columns)
        assert "清河镇党政办" in printed
        assert "In 1" in printed
    assert all(len(line) <= 40 for line in office.good("today", COLUMNS="40").splitlines())


def test_importing(office: Any, tmp_path: Any) -> None:
    file = tmp_path / "来访.csv"
    file.write_text(
        "来访接待登记\n序号,日期,方式,姓名,联系电话,反映事项\n"
        "1,2026-11-05,来访,杨大爷,13900000283,低保\n2,昨天吧,来访,张某,,宅基地\n",
        "utf-8",
    )
    dry = office.json("import", str(file), "--dry-run")
    assert dry["dry_run"] is True
    fates = [row["fate"] for row in dry["sheets"][0]["rows"]]
    assert fates == ["new", "refused"]
    assert dry["sheets"][0]["columns"][1]["field"] == "at"
    assert office.json("list", "reception") == []
    printed = office.good("import", str(file), "--dry-run", COLUMNS="60")
    assert "反映事项" in printed
    run = office("import", str(file))
    assert run.returncode == 0
    assert len(office.json("list", "reception")) == 1
    assert office.json("import", str(file))["counts"].get("new") is None
    assert len(office.json("list", "reception")) == 1
    office.good("undo")
    assert office.json("list", "reception") == []


def test_a_file_that_cannot_be_imported_is_a_clear_error(office: Any, tmp_path: Any) -> None:
    missing = office("import", str(tmp_path / "none.xlsx"))
    assert missing.returncode == 1
    assert "none.xlsx" in missing.stderr
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    for file in (broken, tmp_path):
        refused = office("import", str(file))
        assert refused.returncode == 1
        assert refused.stderr.strip()


def test_usage_errors_are_status_two(office: Any) -> None:
    for wrong in (
        ("nonsense",),
        ("list",),
        ("list", "documents", "--nonsense"),
        ("list", "documents", "--year", "soon"),
        ("add", "documents"),
        ("do", "x"),
        ("today", "now"),
        ("--lang", "tlh", "today"),
    ):
        run = office(*wrong)
        assert run.returncode == 2, wrong
        assert run.stdout == ""
        assert run.stderr.strip()


def test_json_is_one_line_for_programs(office: Any, paper: str) -> None:
    assert json.loads(office.good("list", "documents", "--json").splitlines()[-1])
