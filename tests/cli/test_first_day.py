"""What an office reads on its first day, when its own sheets have just been brought in."""

from __future__ import annotations

from tests.cli.conftest import Shell
from tests.sheets import SHEETS


def test_an_import_is_one_line_of_the_log(office: Shell) -> None:
    office.good("import", str(SHEETS / "通讯录.xlsx"))
    office.good("add", "documents", "收 县委办 关于报送总结的通知 @李梅")
    rows = office.json("log")["changes"]
    assert [(row["register"], row.get("count", 1)) for row in rows[-2:]] == [
        ("people", 22),
        ("documents", 1),
    ]
    printed = office.good("log")
    assert "22" in printed and "欧阳晨" not in printed


def test_lines_of_duty_are_called_as_people_call_them(office: Shell) -> None:
    seat = office.good("add", "duty", "值 11-21 夜班 罗丹").strip()
    assert "night" not in office.good("show", seat).split("duty:")[1].split("\n", 1)[1]
    sheet = office.good("export", "duty", "--out", "-")
    assert ",Night," in sheet, sheet


def test_a_number_finds_its_paper_before_the_phones_that_hold_it(office: Shell) -> None:
    for line in ("罗丹 17749461774", "吴敏 17774461493"):
        office.good("add", "people", line)
    office.good("add", "documents", "收 县委办 关于报送总结的通知 @李梅")
    paper = office.json("list", "documents")[0]
    office.good("set", f"documents/{paper['id']}", "recv_no=774")
    for asked in ("774", "收774"):
        assert office.json("search", asked)[0]["register"] == "documents"
    assert office.good("search", "774").splitlines()[0] == "Documents"
    assert office.json("search", "1774")[0]["register"] == "people"


def test_what_is_done_again_is_named(office: Shell) -> None:
    office.good("add", "incidents", "石桥村山体滑坡 2人被困")
    assert "石桥村" in office("undo").stderr
    assert "石桥村 山体滑坡" in office("redo").stderr
    again = office("undo").stderr
    assert "recorded 石桥村" in again and "redid" not in again


def test_a_refusal_says_first_what_is_wrong_and_then_what_to_do(office: Shell) -> None:
    guests = office.good("add", "hospitality", "接待 市应急局6人 周二中午 陪3人").strip()
    said = office("do", guests, "hold").stderr
    assert said.index("approve") < said.index("early=…") if "approve" in said else "early=…" in said
    assert len(said.strip().splitlines()) == 1, said
    wrong = office("add", "documents", "会 安全生产例会 25号下午2点半到4点").stderr
    assert "Give it to that register" in wrong and "会 安全生产例会" in wrong


def test_how_a_command_is_used_is_said_in_chinese(office: Shell) -> None:
    assert "officetui [选项] 命令 [参数]..." in office("--lang", "zh_CN", "--help").stdout
    assert "officetui add [选项]" in office("--lang", "zh_CN", "add", "--help").stdout
    assert "officetui add [OPTIONS]" in office("--lang", "en", "add", "--help").stdout


def test_a_setting_is_called_by_its_label(office: Shell) -> None:
    done = office("set", "settings:duty_phone", "value=5551234")
    assert "Phone of the duty room" in done.stderr and "duty_phone" not in done.stderr


def test_the_advice_about_glyphs_can_be_copied(office: Shell) -> None:
    assert 'glyphs = "ascii"' in office("doctor").stdout + office("doctor").stderr
