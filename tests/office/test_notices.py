"""The messages that tell people, word for word as offices send them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from officetui.office.office import Office
from officetui.registers.record import Record
from officetui.report import notices
from officetui.text.i18n import set_language

Add = Callable[..., Record]


@pytest.fixture
def chinese(office: Office) -> Iterator[Office]:
    office.set_setting("duty_phone", "0000-5551234")
    office.set_setting("signature", "党政办")
    for name, phone in (
        ("刘晓燕", "15096478029"),
        ("何静", "18688222527"),
        ("罗丹", "17749461493"),
    ):
        person = office.person(name)
        assert person is not None
        office.set(person, {"phone": phone})
    set_language("zh_CN")
    yield office
    set_language("en")


def test_duty_word_for_word(chinese: Office, add: Add) -> None:
    leader = add("duty", line="leader", person="刘晓燕")
    add("duty", line="day", person="何静")
    night = add("duty")
    told = notices.of(chinese, night)
    assert told.lacking == ()
    assert told.text == (
        "【值班通知】罗丹同志：您于11月20日（星期五）17:30至11月21日8:00值夜班，带班领导刘晓燕"
        "（15096478029）。请提前10分钟到值班室与何静交接，手机保持24小时畅通，不得擅自离岗；遇突发情况"
        "立即报带班领导和值班室0000-5551234。收到请回复“姓名+收到”；调班须经同意并提前报党政办备案。"
        "清河镇党政办 李梅"
    )
    assert notices.of(chinese, leader).text == (
        "刘书记您好！今天（11月20日）8:00至明天8:00由您带班，白班何静18688222527，夜班罗丹17749461493。"
        "如有变动请告知，我们及时调整。党政办 李梅"
    )


def test_a_meeting_word_for_word(chinese: Office, add: Add) -> None:
    meeting = add(
        "meetings",
        title="安全生产例会",
        start="2026-11-25T14:30",
        end="2026-11-25T16:00",
        room="镇政府二楼会议室",
        host="周海涛",
        scope="企业负责人、各村安全员",
        rsvp_due="2026-11-24T12:00",
    )
    assert notices.of(chinese, meeting).text == (
        "【会议通知】定于11月25日（星期三）14:30在镇政府二楼会议室召开安全生产例会，时间约1.5小时，周海涛"
        "副镇长主持。参会：企业负责人、各村安全员。请于11月24日12:00前报参会人员姓名、职务、电话；提前"
        "10分钟签到，手机静音；请假、替会须经主持领导同意并报党政办。收到请回复。清河镇党政办 李梅 "
        "0000-5551234"
    )
    chinese.do([meeting], "move", {"start": "2026-11-26T09:00", "room": "三楼大会议室"})
    moved = chinese.get(meeting.ref)
    assert moved is not None
    assert notices.of(chinese, moved).text == (
        "【会议改期】原定11月25日14:30的安全生产例会改为11月26日9:00，地点改为三楼大会议室，以本通知为准，"
        "原回执作废，请重新回复能否参会。清河镇党政办 李梅"
    )


def test_what_is_not_known_is_said(office: Office, add: Add) -> None:
    told = notices.of(office, add("duty"))
    assert "____" in told.text
    assert "the leader on duty" in told.lacking and "who is on duty before" in told.lacking
