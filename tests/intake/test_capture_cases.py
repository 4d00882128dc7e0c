"""Lines as they are typed in a hurry, with their meaning: one test a line.

Now is Friday 2026-11-20 08:10, the user is 李梅, business closes at 17:30.
"""

from __future__ import annotations

from typing import Any

from officetui.intake.capture import Captured, understand
from tests.intake.fake_view import office


def of(line: str, register: str | None = None) -> Captured:
    return understand(line, office(), register)


def says(captured: Captured, **cells: Any) -> None:
    """The cells named have these values; what is given as None is absent."""
    for name, value in cells.items():
        assert captured.cells.get(name) == value, name


def hints(captured: Captured, field: str) -> str:
    return " ".join(hint.text for hint in captured.hints if hint.field == field)


# --- documents -----------------------------------------------------------------------------


def test_an_urgent_notice_with_full_width_sigils() -> None:
    line = "收 县应急局 关于低温雨雪防范的通知 ＃特急 ＠李梅 ……今天10点"
    found = of(line)
    assert found.register == "documents"
    assert found.line == line
    assert found.ready
    assert (found.missing, found.problems, found.hints) == ([], [], [])
    says(
        found,
        direction="incoming",
        kind="act",
        from_org="县应急局",
        title="关于低温雨雪防范的通知",
        genre="通知",
        urgency="特急",
        owner="李梅",
        due="2026-11-20T10:00",
        recv_at="2026-11-20T08:10",
    )


def test_a_number_in_other_brackets_and_a_sigil_attached_to_the_title() -> None:
    line = "收县委办 县办发【2026】12号 关于报送2026年度考核材料的通知@吴敏 ^周五前"
    found = of(line)
    says(
        found,
        from_org="县委办",
        doc_no="县办发〔2026〕12号",
        title="关于报送2026年度考核材料的通知",
        owner="吴敏",
        due="2026-11-20T17:30",
    )
    assert "县办发〔2026〕12号" in hints(found, "doc_no")
    assert "周五 is today" in hints(found, "due")
    assert found.problems == []


def test_an_order_of_the_state_council_to_be_read() -> None:
    found = of("收 国令第707号 个人所得税法实施条例 阅")
    says(
        found,
        doc_no="国令第707号",
        kind="read",
        from_org="国务院",
        title="个人所得税法实施条例",
        genre=None,
    )
    assert "国务院" in hints(found, "from_org")
    assert hints(found, "doc_no") == ""
    assert found.missing == ["owner"]


def test_a_classified_paper_is_kept_nowhere() -> None:
    found = of("收 县委办 机密 关于某某事项的通知 #特急")
    assert found.blocked
    assert not found.ready
    assert found.line == ""
    assert found.cells == {
        "direction": "incoming",
        "from_org": "县委办",
        "secrecy": "机密",
        "recv_at": "2026-11-20T08:10",
    }
    assert "某某事项" not in repr(found)
    assert found.refusal


def test_a_day_that_does_not_exist() -> None:
    line = "收 县统计局 年报会材料 ^2月30日"
    found = of(line)
    says(found, from_org="县统计局", title="年报会材料", due=None, note="^2月30日")
    assert [(problem.field, problem.text) for problem in found.problems] == [
        ("due", "There is no such day: 2月30日.")
    ]
    assert found.line == line


# --- meetings ------------------------------------------------------------------------------


def test_a_meeting_with_hours_and_half_a_room_name() -> None:
    found = of("会 安全生产例会 25号下午2点半到4点 二楼 @何静")
    says(
        found,
        title="安全生产例会",
        kind="own",
        start="2026-11-25T14:30",
        end="2026-11-25T16:00",
        room="二楼会议室",
        owner="何静",
    )
    assert found.missing == ["host"]
    assert found.ready


def test_a_meeting_that_clashes_by_room_and_by_leader() -> None:
    found = of("会 信访联席会议 今天15：00－16：30 ＋二楼会议室 刘书记主持 周镇长参加")
    says(
        found,
        title="信访联席会议",
        start="2026-11-20T15:00",
        end="2026-11-20T16:30",
        room="二楼会议室",
        host="刘晓燕",
        leaders=["刘晓燕", "周海涛"],
    )
    clash = [hint.text for hint in found.hints if hint.severity == "warn"]
    assert len(clash) == 1
    for word in ("14:30", "安全生产例会", "二楼会议室", "周海涛"):
        assert word in clash[0]
    assert found.missing == []


def test_the_air_conditioning_of_a_meeting_room_is_no_meeting() -> None:
    line = "会议室空调坏了 报修 @赵强"
    found = of(line)
    assert (found.register, found.line) == ("errands", line)
    assert found.cells["kind"] == "repairs"
    assert found.cells["owner"] == "赵强"
    assert found.cells["content"] == "会议室空调坏了"
    assert found.ready


def test_the_local_end_of_a_video_conference() -> None:
    found = of("会 县征兵视频会 周一下午三点 +三楼 陈镇长 马主席 12点前报名单")
    says(
        found,
        title="县征兵视频会",
        kind="branch",
        start="2026-11-23T15:00",
        room="三楼大会议室",
        leaders=["陈志远", "马文斌"],
        rsvp_due="2026-11-20T12:00",
    )
    assert found.missing == []


# --- reception -----------------------------------------------------------------------------


def test_a_visitor_who_came_before() -> None:
    found = of("访 杨大爷 13900000283 低保没批下来 @吴敏")
    says(
        found,
        channel="visit",
        name="杨大爷",
        phone="13900000283",
        matter="低保没批下来",
        headcount=1,
        group="个访",
        repeat="重复",
        owner="吴敏",
        notify_due="2026-12-05",
        at="2026-11-20T08:10",
        receiver="李梅",
    )
    assert "低保待遇咨询" in hints(found, "repeat")
    assert found.missing == []


def test_the_first_visit_of_somebody_with_the_same_name() -> None:
    says(of("访 杨大爷 13900000999 低保没批下来 @吴敏"), repeat="初次")


def test_a_group_of_twelve() -> None:
    found = of("访 石桥村12人 征地补偿标准 情绪激动 #急")
    says(
        found,
        unit="石桥村",
        headcount=12,
        group="集体访",
        tags=["急"],
        matter="征地补偿标准 情绪激动",
        name=None,
    )
    assert found.missing == ["representatives", "owner"]
    assert found.ready


def test_a_ticket_of_the_hotline() -> None:
    found = of("12345 工单2026112000317 夜间施工噪音 3个工作日 @综治办")
    says(
        found,
        channel="hotline",
        ticket="2026112000317",
        matter="夜间施工噪音",
        due="2026-11-25T17:30",
        unit="综治办",
        transferred_to="综治办",
    )
    assert found.missing == ["owner"]
    assert "working days" in hints(found, "due")


# --- duty ----------------------------------------------------------------------------------


def test_an_exchange_of_two_nights() -> None:
    found = of("值 罗丹和谢宇今晚换一下 罗丹发烧")
    assert found.register == "duty"
    assert found.ready
    assert [(s.ref, s.step, s.inputs) for s in found.steps] == [
        (
            "duty/duty:2026-11-20:night:1",
            "exchange",
            {"person": "谢宇", "reason": "罗丹发烧", "exchange_day": "2026-11-21"},
        )
    ]
    assert "confirm again" in hints(found, "")
    assert found.cells == {}


def test_a_cover_by_somebody_on_leave() -> None:
    line = "值 林芳替罗丹 20号夜班"
    found = of(line)
    assert found.steps == []
    assert found.line == line
    assert "林芳" in found.refusal
    assert "2026-12-31" in found.refusal
    assert not found.ready


# --- the back office -----------------------------------------------------------------------


def test_a_vehicle_for_tomorrow_morning() -> None:
    found = of("勤 派车 明天7点半 去县委开会 陈镇长 3人")
    assert found.register == "errands"
    assert found.ready
    says(
        found,
        kind="vehicles",
        at="2026-11-21T07:30",
        for_whom="陈志远",
        headcount=3,
        place="县委",
        content="去县委开会",
    )
    assert found.missing == ["approver", "vehicle"]
    assert any("Saturday" in hint.text for hint in found.hints)
