"""More lines of the same kinds, sigils in every dress, and lines that are no lines."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officetui.intake.capture import Captured, understand
from officetui.registers.registry import BY_ID
from tests.intake.fake_view import FakeView, office


def of(line: str, register: str | None = None, view: FakeView | None = None) -> Captured:
    return understand(line, view or office(), register)


def hints(captured: Captured, field: str) -> str:
    return " ".join(hint.text for hint in captured.hints if hint.field == field)


DOCUMENTS: list[tuple[str, dict[str, Any]]] = [
    (
        "收 县应急局《关于低温雨雪防范的通知》特急 周五10:00",
        {"from_org": "县应急局", "title": "关于低温雨雪防范的通知", "genre": "通知",
         "urgency": "特急", "due": "2026-11-20T10:00"},
    ),
    (
        "收 国务院办公厅《关于印发〈规则〉的通知》#加急 @李梅",
        {"from_org": "国务院办公厅", "title": "关于印发〈规则〉的通知", "urgency": "加急"},
    ),
    (
        "收 县委办 关于印发《规则》的通知",
        {"from_org": "县委办", "title": "关于印发《规则》的通知", "genre": "通知"},
    ),
    (
        "收县应急局 关于做好森林防火工作的通知 #加急 @徐磊 ^25日",
        {"from_org": "县应急局", "urgency": "加急", "owner": "徐磊", "due": "2026-11-25T17:30"},
    ),
    (
        "收文 县教育局 关于开展校车安全整治的函 周五前报 @何静",
        {"from_org": "县教育局", "genre": "函", "title": "关于开展校车安全整治的函",
         "due": "2026-11-20T17:30"},
    ),
    (
        "收 县委组织部关于报送党员统计年报的通知@赵强^月底",
        {"from_org": "县委组织部", "title": "关于报送党员统计年报的通知", "owner": "赵强",
         "due": "2026-11-30T17:30"},
    ),
    (
        "收 县委办县办发〔2026〕13号 关于森林防火的紧急通知",
        {"from_org": "县委办", "doc_no": "县办发〔2026〕13号", "title": "关于森林防火的紧急通知"},
    ),
    (
        "收 县办发〔2026〕14号 关于冬季值班的通知 @李梅",
        {"from_org": "县委办", "doc_no": "县办发〔2026〕14号"},
    ),
    (
        "收 国办发[2026]8号 国务院办公厅关于加强基层治理的意见 阅 @吴敏",
        {"from_org": "国务院办公厅", "doc_no": "国办发〔2026〕8号", "kind": "read",
         "genre": "意见"},
    ),
    (
        "收 县府办 清政办函（2026）15号 关于征求《实施方案（征求意见稿）》意见的函 ^3个工作日",
        {"doc_no": "清政办函〔2026〕15号", "due": "2026-11-25T17:30", "genre": "函",
         "title": "关于征求《实施方案（征求意见稿）》意见的函"},
    ),
    (
        "收 县纪委 典型问题通报 传阅 传真",
        {"kind": "read", "channel": "fax", "genre": "通报", "title": "典型问题通报"},
    ),
    (
        "收 县财政局 预算调整的批复 2份 @吴敏 @赵强",
        {"copies": 2, "genre": "批复", "owner": "吴敏", "note": "@赵强"},
    ),
    (
        "收 县委办 关于……的通知……今天10点@李梅",
        {"title": "关于……的通知", "due": "2026-11-20T10:00", "owner": "李梅"},
    ),
    (
        "收 縣應急局 關於低溫雨雪防範的通知 ＠李梅 ……後天",
        {"from_org": "縣應急局", "title": "關於低溫雨雪防範的通知", "genre": "通知",
         "due": "2026-11-22T17:30"},
    ),
    (
        "收 县委办 关于2026年11月25日召开会议的通知 11月24日前报名单 @李梅",
        {"title": "关于2026年11月25日召开会议的通知", "due": "2026-11-24T17:30",
         "note": "11月24日前报名单"},
    ),
    (
        "收 县委办 关于防火的意见 ^明天 ^后天",
        {"due": "2026-11-22T17:30", "note": "^明天"},
    ),
    (
        "收 县农业局 关于春耕的报告（试行） @城建办",
        {"genre": "报告", "lead_unit": "城建办", "owner": None},
    ),
    (
        "收 县委宣传部 关于学习《中华人民共和国保守国家秘密法》的通知 @吴敏",
        {"from_org": "县委宣传部", "owner": "吴敏", "secrecy": None},
    ),
    (
        "in 县财政局 Budget notice #urgent @李梅 ^fri 5pm",
        {"urgency": "加急", "due": "2026-11-20T17:00", "title": "Budget notice"},
    ),
]  # fmt: skip

MEETINGS: list[tuple[str, dict[str, Any]]] = [
    (
        "会25号下午3点党委会 王书记主持",
        {"title": "党委会", "start": "2026-11-25T15:00", "host": "王建国"},
    ),
    (
        "会 党委会 26日全天 三楼 全体班子成员参加",
        {"start": "2026-11-26", "end": None, "room": "三楼大会议室", "leaders": ["全体班子成员"]},
    ),
    (
        "会 村级换届推进会 28日9:00-11:30 +镇政府大礼堂 周镇长主持 各村书记参加",
        {"start": "2026-11-28T09:00", "end": "2026-11-28T11:30", "room": "镇政府大礼堂",
         "host": "周海涛", "scope": "各村书记"},
    ),
    (
        "会 征地协调会 明天3点 2小时 二楼会议室 孙副镇长主持 @曹阳",
        {"start": "2026-11-21T15:00", "end": "2026-11-21T17:00", "host": "孙丽华"},
    ),
    (
        "会 县经济工作会 周二上午9点 县政府会议室 王书记、陈镇长参加 ^周一12点 @李梅",
        {"kind": "upper", "start": "2026-11-24T09:00", "room": "县政府会议室",
         "leaders": ["王建国", "陈志远"], "rsvp_due": "2026-11-23T12:00"},
    ),
    (
        "会 民主生活会 11.25下午3点到5点半 二楼 海涛镇长主持",
        {"start": "2026-11-25T15:00", "end": "2026-11-25T17:30", "host": "周海涛"},
    ),
    (
        "會 安全生產例會 明天下午3點 二樓會議室 劉書記主持",
        {"title": "安全生產例會", "start": "2026-11-21T15:00", "room": "二楼会议室",
         "host": "刘晓燕"},
    ),
    (
        "会议 县委巡察组座谈 26号全天 二楼 王书记主持",
        {"kind": "own", "start": "2026-11-26", "title": "县委巡察组座谈"},
    ),
    (
        "会 视频会 省防汛视频调度会 今晚7点 二楼 周镇长参加",
        {"kind": "branch", "start": "2026-11-20T19:00", "leaders": ["周海涛"]},
    ),
    (
        "会 周一例会 下周一8点半 二楼",
        {"title": "周一例会", "start": "2026-11-23T08:30"},
    ),
    (
        "meet budget review nov 25 9am-11am +二楼会议室",
        {"title": "budget review", "start": "2026-11-25T09:00", "end": "2026-11-25T11:00"},
    ),
]  # fmt: skip

RECEPTION: list[tuple[str, dict[str, Any]]] = [
    (
        "访 石桥村张大爷 13900001111 低保问题 @吴敏",
        {"unit": "石桥村", "name": "张大爷", "matter": "低保问题"},
    ),
    (
        "访 李秀英 宅基地纠纷 13900004444 要求书面答复 @曹阳",
        {"name": "李秀英", "phone": "13900004444", "matter": "宅基地纠纷 要求书面答复"},
    ),
    (
        "访杨大爷 13900000283 又来问低保",
        {"name": "杨大爷", "repeat": "重复", "matter": "又来问低保"},
    ),
    (
        "访 王女士等6人 13900002222 拖欠工资 #急 @司马兰",
        {"name": "王女士", "headcount": 6, "group": "集体访", "owner": "司马兰"},
    ),
    (
        "访 清河小区业主二十余人 物业费",
        {"unit": "清河小区", "headcount": 20, "matter": "物业费"},
    ),
    (
        "访 石桥村 停水3天没人管 @赵强",
        {"matter": "停水3天没人管", "due": None, "unit": "石桥村"},
    ),
    (
        "访 两人打架要求调解 @高翔",
        {"headcount": 1, "matter": "两人打架要求调解"},
    ),
    (
        "访 3#楼漏水 物业不管 来信a@b.com @赵强",
        {"matter": "3#楼漏水 物业不管 来信a@b.com", "owner": "赵强", "tags": None},
    ),
    (
        "访 电话13900001234 李某 投诉噪音 昨晚10点",
        {"name": "李某", "at": "2026-11-20T08:10", "matter": "投诉噪音 昨晚10点"},
    ),
    (
        "12345 20261120000999 餐馆油烟 李先生 13900006666 5个工作日内回复 @综治办 @高翔",
        {"ticket": "20261120000999", "name": "李先生", "matter": "餐馆油烟",
         "due": "2026-11-27T17:30", "owner": "高翔"},
    ),
    (
        "信 张某 反映宅基地问题 @赵强 ^15天",
        {"channel": "letter", "name": "张某", "due": "2026-12-05T17:30"},
    ),
    (
        "来访 刘某某 昨天 咨询养老认证 @韩雪",
        {"name": "刘某某", "at": "2026-11-19", "notify_due": "2026-12-04"},
    ),
    (
        "12345工单2026112001234 路灯不亮 13900005555 @城建办",
        {"channel": "hotline", "ticket": "2026112001234", "matter": "路灯不亮",
         "phone": "13900005555", "transferred_to": "城建办"},
    ),
    (
        "12345 工单编号：2026112000999 医保报销比例 回复时限3个工作日 @郑凯 @社会事务办",
        {"ticket": "2026112000999", "matter": "医保报销比例", "owner": "郑凯",
         "due": "2026-11-25T17:30", "transferred_to": "社会事务办"},
    ),
    (
        "visit Mr Yang 13900000283 pension not approved @吴敏",
        {"name": "Mr Yang", "matter": "pension not approved"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("line", "cells"), DOCUMENTS)
def test_papers(line: str, cells: dict[str, Any]) -> None:
    check(line, "documents", cells)


@pytest.mark.parametrize(("line", "cells"), MEETINGS)
def test_meetings(line: str, cells: dict[str, Any]) -> None:
    check(line, "meetings", cells)


@pytest.mark.parametrize(("line", "cells"), RECEPTION)
def test_visitors(line: str, cells: dict[str, Any]) -> None:
    check(line, "reception", cells)


def check(line: str, register: str, cells: dict[str, Any]) -> None:
    found = of(line)
    assert (found.register, found.problems, found.line) == (register, [], line)
    assert {name: found.cells.get(name) for name in cells} == cells


DUTY = [
    ("值 谢宇替罗丹今晚夜班 家里有事", "20:night:1", "cover", {"person": "谢宇", "reason": "家里有事"}),
    ("值 罗丹请高翔代今晚夜班，发烧", "20:night:1", "cover", {"person": "高翔", "reason": "发烧"}),
    ("值 25日白班高翔替罗丹 出差", "25:day:1", "cover", {"person": "高翔", "reason": "出差"}),
    ("值 周镇长替刘书记明天带班 下乡", "21:leader:1", "cover", {"person": "周海涛", "reason": "下乡"}),
    ("值 何静已到岗", "20:day:1", "arrive", {}),
    ("值 罗丹打电话没人接", "20:night:1", "notify", {"method": "phone", "answer": "没人接"}),
    ("值 彭博确认", "21:night:2", "confirm", {}),
    ("值罗丹收到", "20:night:1", "confirm", {}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "seat", "step", "inputs"), DUTY)
def test_duty_steps(line: str, seat: str, step: str, inputs: dict[str, str]) -> None:
    found = of(line)
    assert found.problems == []
    assert found.ready
    assert [(s.ref, s.step, s.inputs) for s in found.steps] == [
        (f"duty/duty:2026-11-{seat}", step, inputs)
    ]


def test_an_exchange_of_two_named_days() -> None:
    found = of("值 罗丹 20号跟彭博 25号换班 孩子高考")
    assert [(s.ref[-18:], s.inputs["person"], s.inputs["exchange_day"]) for s in found.steps] == [
        ("2026-11-20:night:1", "彭博", "2026-11-25"),
    ]


def test_an_exchange_that_would_double_somebody_is_refused() -> None:
    # 罗丹 has the day shift of the 25th already and cannot take its day line twice.
    view = office()
    view.docs["duty"] = [
        *view.docs["duty"],
        {"id": "x", "date": "2026-11-25", "line": "night", "seat": 3, "person": "罗丹",
         "state": "planned"},
    ]  # fmt: skip
    found = of("值 罗丹 20号夜班和彭博 25号夜班换一下 有事", view=view)
    assert found.steps == []
    assert "罗丹" in found.refusal


def test_a_cover_without_a_reason_asks_for_it() -> None:
    found = of("值 今晚夜班改成韩雪")
    assert found.missing == ["reason"]
    assert not found.ready


def test_two_people_share_the_night_and_one_must_be_named() -> None:
    assert "谢宇, 彭博" in of("值 明晚夜班改成韩雪").refusal


@pytest.mark.parametrize("line", ["值 今晚谁值班", "值 20号夜班 罗丹", "值 22号夜班 郑凯有事要走"])
def test_a_duty_line_that_says_too_little_changes_nothing(line: str) -> None:
    found = of(line)
    assert found.refusal
    assert not found.ready
    assert found.steps == []


def test_nobody_has_that_turn() -> None:
    assert "罗丹" in of("值 谢宇替罗丹 22号夜班 有事").refusal


def test_a_new_seat_says_who_is_there() -> None:
    found = of("值 25日 白班 李梅")
    assert found.cells == {
        "date": "2026-11-25",
        "line": "day",
        "seat": 2,
        "person": "李梅",
        "phone": "13916946985",
    }
    assert "罗丹" in hints(found, "person")


# --- who -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "owner", "hint"),
    [
        ("@周镇长", "周海涛", ""),
        ("@周副镇长", "周海涛", ""),
        ("@孙镇长", "孙丽华", ""),
        ("@海涛镇长", "周海涛", ""),
        ("@王书记", "王建国", ""),
        ("@刘书记", "刘晓燕", ""),
        ("@刘晓燕书记", "刘晓燕", ""),
        ("@马主席", "马文斌", ""),
        ("@镇长", "陈志远", ""),
        ("@李梅同志", "李梅", ""),
        ("＠欧阳晨", "欧阳晨", ""),
        ("@李主任", "李主任", "李梅"),
        ("@小李", "小李", "李梅"),
        ("@何静静", "何静静", "not in the directory"),
        ("@张三", "张三", "not in the directory"),
        ("@副镇长", "副镇长", "周海涛, 孙丽华"),
    ],
)
def test_owners(typed: str, owner: str, hint: str) -> None:
    found = of(f"收 县委办 关于防火的通知 {typed}")
    assert found.cells["owner"] == owner
    assert hint in hints(found, "owner")
    assert bool(hint) == bool(hints(found, "owner"))


def test_text_attached_to_a_known_owner_stays_text() -> None:
    found = of("访 张某 低保问题@李梅尽快回复")
    assert found.cells["owner"] == "李梅"
    assert found.cells["matter"] == "低保问题 尽快回复"


def test_two_leaders_of_one_name_and_post_are_asked_about() -> None:
    view = office()
    view.docs["people"].append({"id": "z", "name": "周建军", "post": "副镇长", "rank": 7})
    found = of("会 例会 周一9点 周镇长主持", view=view)
    assert found.cells["host"] == "周镇长"
    assert "周海涛, 周建军" in hints(found, "host")


# --- what is no line -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "会议纪要没写完",
        "值班表打印一下",
        "访客登记表没了",
        "信访局来人了",
        "督促一下",
        "收到",
        "meeting",
    ],
)
def test_a_word_that_only_begins_like_a_prefix(line: str) -> None:
    found = of(line)
    assert (found.register, found.cells) == ("", {})
    assert found.line == line
    assert "收" in found.refusal


def test_the_prefix_may_be_left_out_where_the_register_is_named() -> None:
    bare = of("县应急局 关于低温雨雪防范的通知 #特急 @李梅 ^今天10点", "documents")
    full = of("收 县应急局 关于低温雨雪防范的通知 #特急 @李梅 ^今天10点", "documents")
    assert bare.cells == full.cells
    assert bare.cells["from_org"] == "县应急局"
    assert of("工单2026112000317 夜间施工噪音", "reception").cells["channel"] == "hotline"
    assert of("来电 王女士 13900002222 问社保", "reception").cells["channel"] == "call"
    assert of("罗丹和谢宇今晚换一下 罗丹发烧", "duty").ready


def test_a_line_of_another_register_is_not_taken() -> None:
    assert "Meetings" in of("会 党委会 周一9点", "documents").refusal
    assert "Follow-ups" in of("督 补报总结", "documents").refusal
    assert "Errands" in of("勤 派车", "documents").refusal
    assert of("anything", "nonsense").refusal


@pytest.mark.parametrize(
    "line",
    [
        "收 县委机要局 绝密★1年 关于xx",
        "收 县委办 关于某事 【秘密】 @李梅",
        "收 县委办 特急机密 关于某事",
        "收 县委办 #机密 关于某事",
        "收 某局 关于某事的通知（机密）",
        "in 县委办 #confidential some matter",
        "机密 关于某事的通知",
        "发 机密 关于某事的请示",
    ],
)
def test_no_classified_line_is_kept(line: str) -> None:
    found = of(line)
    assert found.blocked
    assert found.line == ""
    assert "某事" not in repr(found)
    assert set(found.cells) <= {"direction", "recv_at", "drafted_at", "secrecy", "from_org"}


def test_the_office_may_set_the_rule_for_classified_papers() -> None:
    view = office()
    view.settings["rules"] = {"documents.classified": "warn"}
    found = of("收 县委办 机密 关于某某事项的通知", view=view)
    assert not found.blocked
    assert (found.cells["secrecy"], found.cells["title"]) == ("机密", "关于某某事项的通知")


def test_a_paper_registered_twice_is_noticed() -> None:
    found = of("收 县委办 县办发〔2026〕9号 关于做好冬季值班工作的通知 @李梅")
    assert "770" in hints(found, "doc_no")


def test_an_urgent_paper_without_a_due_time_is_noticed() -> None:
    assert hints(of("收 县委办 关于防火的通知 #特急"), "due")


def test_deadlines_that_cannot_be() -> None:
    for typed in ("^尽快", "^11-19", "^2月30日", "^25:00", "……2月30日", "^"):
        found = of(f"收 县委办 关于防火的通知 {typed}")
        assert [problem.field for problem in found.problems] == ["due"], typed
        assert "due" not in found.cells
        assert found.cells["title"] == "关于防火的通知"


def test_the_preview_shows_where_each_part_stands() -> None:
    line = "会 信访联席会议 今天15：00－16：30 ＋二楼会议室 刘书记主持 周镇长参加"
    parts = {part.field: line[part.start : part.stop] for part in of(line).parts}
    assert parts == {
        "title": "信访联席会议",
        "start": "今天15：00－16：30",
        "end": "今天15：00－16：30",
        "room": "＋二楼会议室",
        "host": "刘书记主持",
        "leaders": "周镇长参加",
    }


def test_the_text_stays_as_typed() -> None:
    found = of("访 张某 １２号楼　漏水（３层）：没人管！ @吴敏")
    assert found.cells["matter"] == "１２号楼　漏水（３层）：没人管！"


def test_hostile_text_is_kept() -> None:
    nasty = "[bold \x1b[31m \u202e [/nope] 😀"
    found = of(f"访 张某 {nasty} @吴敏")
    assert found.cells["matter"] == nasty


# --- properties ----------------------------------------------------------------------------

TOKENS = st.sampled_from(
    ["收 ", "会 ", "访 ", "值 ", "12345 ", "督 ", "收", "会", "值", "@", "＠", "#", "^", "……", "+", " ", "　",
     "李梅", "周镇长", "罗丹", "谢宇", "换", "替", "今晚", "周五前", "2月30日", "3天", "二楼", "县委办",
     "县办发【2026】12号", "关于", "的通知", "机密", "13900000283", "12人", "石桥村", "主持", "参加",
     "报名单", "夜班", "确认", "阅", "\x00", "\n", "x"]
)  # fmt: skip
LINES = st.one_of(st.text(max_size=60), st.lists(TOKENS, max_size=12).map("".join))
VIEW = office()


@given(
    LINES,
    st.sampled_from(
        [None, "documents", "meetings", "reception", "duty", "duty_log", "hospitality"]
    ),
)
def test_any_line_is_understood_or_refused_but_never_lost(line: str, register: str | None) -> None:
    found = understand(line, VIEW, register)
    assert found.line == ("" if found.blocked else line)
    for part in found.parts:
        assert 0 <= part.start <= part.stop <= len(line)
    if found.register:
        fields = {field.name for field in BY_ID[found.register].fields}
        assert set(found.cells) <= fields
        assert None not in (found.cells.get(name, "") for name in found.required)
    else:
        assert found.refusal


@given(st.text(alphabet="甲乙丙丁戊 abc，。（）", min_size=1, max_size=40))
def test_plain_words_of_a_visit_stay_in_the_matter(words: str) -> None:
    found = understand(f"访 13900000283 {words}", VIEW)
    kept = str(found.cells.get("name", "")) + str(found.cells.get("matter", ""))
    assert kept.replace(" ", "") == words.replace(" ", "")


def test_a_line_of_twenty_thousand_characters() -> None:
    long = "低保" * 10_000
    assert of(f"访 张某 {long} @吴敏").cells["matter"] == long


def english_office() -> FakeView:
    view = FakeView(rooms=["Room 2", "Great Hall"])
    view.docs["people"] = [
        {"id": "a", "name": "Anna Reed", "unit": "Front Office", "phone": "5550101"},
        {"id": "b", "name": "Tom Hale", "post": "Deputy", "rank": 1},
    ]
    view.docs["duty"] = [
        {"id": "d1", "date": "2026-11-20", "line": "night", "seat": 1, "person": "Anna Reed",
         "state": "planned"},
        {"id": "d2", "date": "2026-11-21", "line": "night", "seat": 1, "person": "Tom Hale",
         "state": "planned"},
    ]  # fmt: skip
    return view


def test_an_office_that_types_english() -> None:
    view = english_office()
    found = of("meet budget review next wed 3pm +Room 2 #urgent", view=view)
    assert (found.cells["room"], found.cells["title"]) == ("Room 2", "budget review")
    assert found.cells["start"] == "2026-11-25T15:00"
    swap = of("duty Anna Reed and Tom Hale swap tonight fever", view=view)
    assert [(s.ref, s.step, s.inputs["person"]) for s in swap.steps] == [
        ("duty/d1", "exchange", "Tom Hale"),
    ]
    told = of("duty Anna Reed no answer", view=view)
    assert [(s.step, s.inputs.get("answer")) for s in told.steps] == [("notify", "no answer")]
    cover = of("duty Tom Hale covers Anna Reed tonight because of fever", view=view)
    assert [s.inputs["person"] for s in cover.steps] == ["Tom Hale"]


def test_an_office_that_types_traditional_characters() -> None:
    found = of("值 羅丹和謝宇今晚換一下 羅丹發燒")
    assert [s.inputs["person"] for s in found.steps] == ["谢宇"]
    found = of("訪 楊大爺 13900000777 低保沒批下來 ＠吳敏")
    assert (found.cells["name"], found.cells["owner"]) == ("楊大爺", "吴敏")
    assert of("會議室空調壞了 報修").register == "errands"


def test_a_hundred_real_papers_by_their_lines() -> None:
    """Issuer, number, title, urgency and copies of each, also of issuers nobody has seen before."""
    from tests.ui.hundred_papers import PAPERS

    wrong = []
    for org, number, title, urgency, copies in PAPERS:
        mark = f" #{urgency}" if urgency else ""
        found = of(f"收 {org} {number} {title} {copies}份{mark} @吴敏 ^17:30")
        got = [found.cells.get(n) for n in ("from_org", "doc_no", "title", "urgency", "copies")]
        if got != [org, number, title, urgency or None, copies] or found.cells["owner"] != "吴敏":
            wrong.append((got, (org, number, title, urgency, copies)))
    assert wrong == []
