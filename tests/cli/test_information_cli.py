"""Information on the command line, and a ledger of it imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Shell


def test_a_month_against_its_quota(office: Shell, tmp_path: Path) -> None:
    office.good("set", "settings:information_quota", 'value={"应急办":3}')
    piece = office.good("add", "信息", "石桥村冬季防火做法").strip()
    office.good("set", piece, "unit=应急办")
    office.good("do", piece, "send", "sent_to=县委办")
    office.good("do", piece, "adopt", "adopted_by=县委办")
    [month] = office.json("list", "counts", "--register", "information")
    assert month["groups"] == [{"group": "应急办", "sent": 1, "adopted": 1, "quota": 3, "lacks": 2}]
    printed = office.good("today")
    assert "sent this month 1" in printed and "lacking 2" in printed
    assert office.json("today")["counts"]["information_lacking"] == 2
    sheet = tmp_path / "信息报送台账.csv"
    sheet.write_text(
        "报送日期,标题,撰稿人,报送单位,采用单位,采用时间\n"
        "2026-03-02,春季防火,何静,县委办,县委办,2026-03-05\n2026-03-09,春耕,何静,县委办,,\n",
        encoding="utf-8",
    )
    office.good("import", str(sheet))
    found = {one["title"]: one["state"] for one in office.json("list", "information")}
    assert found["春季防火"] == "adopted"
    assert found["春耕"] == "not_adopted"
    [march] = office.json("list", "counts", "--register", "information", "--date", "2026-03")
    assert (march["total"]["sent"], march["total"]["adopted"]) == (2, 1)
