"""Sheets as other offices keep them, and files that are no sheets at all."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from officetui.errors import Refused
from officetui.intake.importer import Plan, plan
from officetui.office.clock import FixedClock
from officetui.office.office import Office
from tests.sheets import SHEETS

Rows = list[list[object]]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    clock = FixedClock(datetime(2026, 11, 20, 0, 0, tzinfo=UTC))
    return Office.found(tmp_path / "office", name="办公室", user="李梅", clock=clock)


def column(n: int) -> str:
    return chr(65 + n) if n < 26 else chr(64 + n // 26) + chr(65 + n % 26)


def xlsx(path: Path, rows: Rows, *, merged: str = "", name: str = "Sheet1") -> Path:
    """A small spreadsheet: numbers as numbers, all else as inline text."""
    body = []
    for r, row in enumerate(rows, 1):
        cells = []
        for c, value in enumerate(row):
            if value in (None, ""):
                continue
            if isinstance(value, int | float):
                cells.append(f'<c r="{column(c)}{r}"><v>{value}</v></c>')
            else:
                cells.append(
                    f'<c r="{column(c)}{r}" t="inlineStr"><is><t xml:space="preserve">'
                    f"{escape(str(value))}</t></is></c>"
                )
        body.append(f'<row r="{r}">{"".join(cells)}</row>')
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged.split())
    merges = f"<mergeCells>{merges}</mergeCells>" if merges else ""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        )
        out.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        out.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        out.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        out.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{"".join(body)}</sheetData>{merges}</worksheet>',
        )
    return path


def ods(path: Path, rows: Rows, name: str = "表1") -> Path:
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(v))}</text:p></table:table-cell>'
            if v not in (None, "")
            else "<table:table-cell/>"
            for v in row
        )
        + "</table:table-row>"
        for row in rows
    )
    ns = " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"'
        for p in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ns} office:version="1.2"><office:body><office:spreadsheet>'
            f'<table:table table:name="{name}">{body}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
        out.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def table(path: Path, rows: Rows, mark: str, encoding: str) -> Path:
    text = "\r\n".join(mark.join("" if v is None else str(v) for v in row) for row in rows)
    path.write_bytes(text.encode(encoding))
    return path


def cells(a: Plan) -> list[dict[str, object]]:
    return [new.cells for new in a.new()]


TRADITIONAL: Rows = [
    ["收文日期", "來文機關", "發文字號", "主旨", "承辦人員", "辦理期限", "備註"],
    [
        "115/11/18",
        "教育局",
        "北教中字第1150012345號",
        "檢送研習計畫，請鼓勵教師參加",
        "林小姐",
        "115/11/25",
        "",
    ],
    ["115/11/19", "衛生局", "北衛疾字第1150054321號", "流感疫苗接種期程", "", "", "速件"],
]


@pytest.mark.parametrize(
    ("name", "mark", "encoding"),
    [
        ("big5.csv", ",", "big5hkscs"),
        ("bom.csv", ",", "utf-8-sig"),
        ("plain.csv", ";", "utf-8"),
        ("tab.tsv", "\t", "utf-16"),
        ("tab.txt", "\t", "gb18030"),
        ("bare.txt", "\t", "utf-16-le"),
    ],
)
def test_traditional_words_in_every_encoding(
    office: Office, tmp_path: Path, name: str, mark: str, encoding: str
) -> None:
    rows = [[str(v).replace(",", "，") for v in row] for row in TRADITIONAL]
    got = cells(plan(table(tmp_path / name, rows, mark, encoding), office))
    assert [row["from_org"] for row in got] == ["教育局", "衛生局"]
    assert got[0]["recv_at"] == "2026-11-18" and got[0]["due"] == "2026-11-25"
    assert got[0]["title"] == "檢送研習計畫，請鼓勵教師參加" and got[0]["owner"] == "林小姐"
    assert got[1]["note"] == "速件" and got[1]["doc_no"] == "北衛疾字第1150054321號"


def test_an_ods_and_its_dates_without_merging(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["2026年11月會議一覽"],
        ["會議時間", "會議名稱", "會議地點", "主持人"],
        ["11月24日 上午9:30", "校務會議", "視聽教室", "王主任"],
        ["下午2:00", "課發會", "會議室", "李主任"],
    ]
    got = cells(plan(ods(tmp_path / "会.ods", rows), office))
    assert [row["start"] for row in got] == ["2026-11-24T09:30", "2026-11-24T14:00"]
    assert [row["room"] for row in got] == ["視聽教室", "會議室"]


def test_a_header_in_row_seven_with_remarks_and_line_breaks(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["某某学校"], [], ["收文登记表"], ["填表说明：请按实填写"], ["部门：办公室"], [],
        ["序号", "来文\n日期（必填）", "来文单位\n（全称）", "文号", "标 题", "责任领导", "办理\n期限"],
        [1.0, 46340.0, "市教育局", "市教发〔2026〕8号", "关于冬季防火的通知", "王校长", "12月1日"],
        [2.0, "11.18", "区应急局", "", "关于开展演练的函", "", "尽快"],
    ]  # fmt: skip
    path = xlsx(tmp_path / "收文2026.xlsx", rows)
    (sheet,) = plan(path, office).sheets
    assert (sheet.register, sheet.header_row) == ("documents", 7)
    got = [row.new.cells for row in sheet.rows if row.new]
    assert got[0]["recv_at"] == "2026-11-14" and got[0]["due"] == "2026-12-01"
    assert got[0]["note"] == "责任领导：王校长"  # not understood, not dropped
    assert got[1]["recv_at"] == "2026-11-18" and got[1]["note"] == "办理 期限：尽快"
    assert got[1]["genre"] == "函"


def test_a_header_of_two_rows(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["2026年12月值班表"],
        ["日期", "星期", "带班领导", "", "白班", "", "夜班", ""],
        ["", "", "姓名", "电话", "姓名", "电话", "姓名", "电话"],
        ["1日", "二", "王 刚", "13900000001", "李四", "13900000002", "赵 六", 13900000003.0],
        ["2日", "三", "钱七", "13900000004", "孙八\n周九", "13900000005\n13900000006", "", ""],
    ]
    path = xlsx(tmp_path / "a.xlsx", rows, merged="A2:A3 B2:B3 C2:D2 E2:F2 G2:H2")
    got = cells(plan(path, office))
    assert [(r["date"], r["line"], r["seat"], r["person"], r["phone"]) for r in got] == [
        ("2026-12-01", "leader", 1, "王刚", "13900000001"),
        ("2026-12-01", "day", 1, "李四", "13900000002"),
        ("2026-12-01", "night", 1, "赵六", "13900000003"),
        ("2026-12-02", "leader", 1, "钱七", "13900000004"),
        ("2026-12-02", "day", 1, "孙八", "13900000005"),
        ("2026-12-02", "day", 2, "周九", "13900000006"),
    ]


def test_days_across_with_a_row_for_each_line(office: Office, tmp_path: Path) -> None:
    days = list(range(1, 31))
    rows: Rows = [
        ["2026年11月值班安排"],
        ["日期", *days],
        ["星期", *["日一二三四五六"[(n - 1) % 7] for n in days]],
        ["带班领导", *[f"领导{n % 6}" for n in days]],
        ["白班", *[f"甲{n}、乙{n}" if n % 7 == 1 else f"甲{n}" for n in days]],
        ["夜班", *[f"丙{n}" for n in days]],
        ["注：请准时到岗"],
    ]
    got = cells(plan(xlsx(tmp_path / "11月.xlsx", rows), office))
    assert len({(r["date"], r["line"], r["seat"]) for r in got}) == len(got) == 90 + 5
    assert {str(r["date"]) for r in got} == {f"2026-11-{n:02d}" for n in days}
    assert next(r for r in got if r["date"] == "2026-11-08" and r["seat"] == 2)["person"] == "乙8"


def test_days_across_with_a_row_for_each_person(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["信息中心排班表（2026年12月）"],
        ["序号", "姓名", *[f"{n}日" for n in range(1, 8)]],
        [1, "张三", "白", "夜", "休", "", "白", "夜", "休"],
        [2, "李四", "夜", "休", "白", "夜", "休", "白", "√"],
        [3, "王五", "", "白", "夜", "?!", "", "", ""],
    ]
    made = plan(xlsx(tmp_path / "b.xlsx", rows), office)
    got = {(r["date"], r["line"]): r["person"] for r in cells(made)}
    assert got["2026-12-01", "day"] == "张三" and got["2026-12-01", "night"] == "李四"
    assert got["2026-12-07", "day"] == got["2026-12-07", "night"] == "李四"
    assert made.counts()["refused"] == 1  # a mark that nobody knows, and only that


def test_one_row_for_each_seat(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["值班日期", "班次", "值班人员", "联系电话"],
        ["2026-11-20", "白班", "张三", "13900000001"],
        ["2026-11-20", "夜班", "李四", "13900000002"],
        ["2026-11-20", "夜班", "王五", "13900000003"],
        ["2026-11-20", "机动", "赵六", ""],
    ]
    made = plan(table(tmp_path / "值班.csv", rows, ",", "utf-8"), office)
    assert [new.id for new in made.new()] == [
        "duty:2026-11-20:day:1",
        "duty:2026-11-20:night:1",
        "duty:2026-11-20:night:2",
        "duty:2026-11-20:机动:1",
    ]
    assert "机动" in made.sheets[0].rows[-1].reason  # its hours are not known


def test_one_column_of_staff_is_on_duty_at_every_hour(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["国庆值班表（2026年10月）"],
        ["日期", "带班领导", "值班人员", "联系电话"],
        ["10月1日", "王局", "张三", "13900000001"],
    ]
    got = cells(plan(xlsx(tmp_path / "c.xlsx", rows), office))
    assert [(r["line"], r["person"]) for r in got] == [
        ("leader", "王局"), ("day", "张三"), ("night", "张三"),
    ]  # fmt: skip


def test_two_halves_of_a_month_side_by_side(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["2026年11月值班表"],
        ["日期", "带班领导", "白班", "夜班", "日期", "带班领导", "白班", "夜班"],
        *[
            [f"11月{n}日", "甲", "乙", "丙", f"11月{n + 15}日", "丁", "戊", "己"]
            for n in range(1, 16)
        ],
    ]
    got = cells(plan(xlsx(tmp_path / "d.xlsx", rows), office))
    assert len({r["date"] for r in got}) == 30 and len(got) == 90


def test_people_side_by_side(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["某局通讯录"],
        ["姓名", "职务", "手机", "姓名", "职务", "手机"],
        ["张三", "科长", 13900000001.0, "李四", "科员", "13900000002"],
        ["王 五", "主任", "13900000003", "", "", ""],
    ]
    got = cells(plan(xlsx(tmp_path / "e.xlsx", rows), office))
    assert [(r["name"], r["phone"]) for r in got] == [
        ("张三", "13900000001"), ("李四", "13900000002"), ("王五", "13900000003"),
    ]  # fmt: skip


def test_a_bad_row_does_not_stop_the_others(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["收文号", "收文日期", "来文单位", "标题"],
        ["1", "2026-11-18", "县政府", "好的"],
        ["2", "2月30日", "县政府", "没有这一天"],
        ["3", "2026-11-18", "县政府", ""],
        ["4", "", "县政府", "没有日期"],
        ["5", "", "", ""],
        ["收文号", "收文日期", "来文单位", "标题"],
        ["6", "2026-11-19", "", "县政府办公室关于放假的通知"],
        ["7", "昨天", "县政府", "说不清"],
        ["", "", "", "合计：7件"],
        ["制表人：李梅"],
    ]
    made = plan(table(tmp_path / "收文.csv", rows, ",", "gb18030"), office)
    fates = [(row.row, row.fate) for row in made.sheets[0].rows]
    assert fates == [
        (2, "new"), (3, "refused"), (4, "refused"), (5, "refused"), (6, "skipped"),
        (7, "skipped"), (8, "new"), (9, "refused"), (10, "skipped"), (11, "skipped"),
    ]  # fmt: skip
    reasons = {row.row: row.reason for row in made.sheets[0].rows}
    assert "2月30日" in reasons[3] and "Title" in reasons[4] and "Received" in reasons[5]
    assert cells(made)[1]["from_org"] == "县政府办公室" and "县政府办公室" in reasons[8]
    office.create_many(made.new())
    assert len(office.list("documents")) == 2


def test_a_classified_paper_is_refused_and_nothing_of_it_is_shown(
    office: Office, tmp_path: Path
) -> None:
    rows: Rows = [
        ["收文日期", "来文单位", "标题", "密级"],
        ["2026-11-18", "县委", "公开的事", "无"],
        ["2026-11-18", "县委", "不该写在这里的事", "机密★10年"],
        ["2026-11-18", "县委", "【秘密】另一件事", ""],
    ]
    path = xlsx(tmp_path / "f.xlsx", rows)
    made = plan(path, office)
    assert [row["title"] for row in cells(made)] == ["公开的事"]
    said = repr(made.sheets[0])
    assert "不该写在这里的事" not in said and "另一件事" not in said and "classified" in said
    office.set_setting("rules", {"documents.classified": "warn"})
    assert len(plan(path, office).new()) == 3  # the office decides


def test_hostile_cells_are_kept_as_they_are(office: Office, tmp_path: Path) -> None:
    titles = [
        "[bold]粗",
        "[/nope]",
        "\x1b[31m红\x07",
        "长" * 20000,
        "\u202eabc\u202c",
        "👩‍👩‍👧‍👦会",
        "=1+1",
        "a\x00b",
    ]
    rows: Rows = [["收文日期", "来文单位", "标题"], *[["2026-11-18", "县委", t] for t in titles]]
    made = plan(table(tmp_path / "g.csv", rows, ",", "utf-8"), office)
    assert [row["title"] for row in cells(made)] == titles
    office.create_many(made.new())
    assert Counter(r.text("title") for r in office.list("documents")) == Counter(titles)
    assert plan(tmp_path / "g.csv", office).new() == []


def test_every_text_of_a_row_is_kept_somewhere(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["日期", "方式", "姓名", "电话", "事项", "陪同", "", "人数"],
        [
            "2026-11-18 9:30",
            "托人带话",
            "张三、李四",
            "13900000001",
            "修路",
            "村支书",
            "无标题的",
            "好几个",
        ],
    ]
    (got,) = cells(plan(table(tmp_path / "来访.csv", rows, ",", "utf-8"), office))
    everything = " ".join(str(value) for value in got.values())
    for text in ("托人带话", "张三、李四", "修路", "陪同：村支书", "无标题的", "人数：好几个"):
        assert text in everything


def test_the_register_can_be_named(office: Office, tmp_path: Path) -> None:
    rows: Rows = [["名称", "时间", "地点"], ["动员会", "2026-11-25 9:00", "礼堂"]]
    path = table(tmp_path / "h.csv", rows, ",", "utf-8")
    assert plan(path, office, "meetings").new()[0].register == "meetings"
    with pytest.raises(Refused, match="Title"):
        plan(path, office, "documents")
    with pytest.raises(Refused):
        plan(path, office, "settings")


def test_papers_going_out_do_not_become_papers_coming_in(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["发文登记簿"],
        ["文号", "日期", "标题", "主送机关"],
        ["清政〔2026〕1号", "2026-1-5", "通知", "各村"],
    ]
    (sheet,) = plan(xlsx(tmp_path / "i.xlsx", rows), office).sheets
    assert sheet.register == "outgoing"


def test_a_paper_already_here_under_another_id_is_mentioned(office: Office, tmp_path: Path) -> None:
    office.create(
        "documents",
        {
            "recv_at": "2026-11-18",
            "from_org": "县政府",
            "doc_no": "县政发〔2026〕9号",
            "title": "通知",
            "kind": "act",
        },
    )
    rows: Rows = [
        ["收文日期", "来文单位", "文号", "标题"],
        ["2026-11-18", "县政府", "县政发〔2026〕9号", "关于放假的通知"],
    ]
    (row,) = plan(xlsx(tmp_path / "j.xlsx", rows), office).sheets[0].rows
    assert row.fate == "new" and "same issuer" in row.reason


def test_a_person_entered_by_hand_is_not_made_twice(office: Office, tmp_path: Path) -> None:
    office.create("people", {"name": "张三", "unit": "党政办", "phone": "13900000001"})
    rows: Rows = [
        ["姓名", "部门", "手机"],
        ["张三", "党政办", "13900000001"],
        ["张三", "城建办", "13900000009"],
    ]
    made = plan(xlsx(tmp_path / "k.xlsx", rows), office)
    assert [row.fate for row in made.sheets[0].rows] == ["same", "new"]


# --- files that are no sheets --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.xlsx", b"", "empty"),
        ("空.csv", b"\xef\xbb\xbf\r\n", "empty"),
        ("照片.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
        ("扫描.xls", b"%PDF-1.7\n" + bytes(50), "PDF"),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("坏.xlsx", b"PK\x03\x04" + b"junk" * 50, "cannot be read"),
        ("坏.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 900, "cannot be read"),
        ("二进制.csv", bytes(range(1, 32)) * 40, "encoding"),
        (
            "加密.xlsx",
            bytes.fromhex("d0cf11e0a1b11ae1")
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le")
            + bytes(100),
            "password",
        ),
        ("别的.csv", "商品,单价,库存\n苹果,3,4\n梨,5,6\n".encode(), "No header"),
        ("信.txt", "同志们：\n\n大家好。\n".encode(), "No header"),
    ],
)
def test_a_file_that_is_no_sheet_is_a_clear_refusal(
    office: Office, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refused) as refusal:
        plan(path, office)
    assert said in str(refusal.value) and "\n" not in str(refusal.value)


def test_no_file_and_a_folder(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no file"):
        plan(tmp_path / "没有.xlsx", office)
    with pytest.raises(Refused, match="folder"):
        plan(tmp_path, office)


def test_a_word_document_under_a_spreadsheets_name(office: Office, tmp_path: Path) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as out:
        out.writestr("word/document.xml", "<w/>")
    (tmp_path / "w.xlsx").write_bytes(raw.getvalue())
    with pytest.raises(Refused, match="cannot be read"):
        plan(tmp_path / "w.xlsx", office)


def test_a_sheet_used_to_its_far_corner_is_refused_not_loaded(
    office: Office, tmp_path: Path
) -> None:
    path = xlsx(tmp_path / "x.xlsx", [["收文日期"]])
    with zipfile.ZipFile(path) as old:
        parts = {info: old.read(info) for info in old.namelist()}
    key = "xl/worksheets/sheet1.xml"
    parts[key] = parts[key].replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    with zipfile.ZipFile(path, "w") as new:
        for part, data in parts.items():
            new.writestr(part, data)
    with pytest.raises(Refused, match="XFD1048576"):
        plan(path, office)


def test_one_unknown_sheet_does_not_stop_the_others(office: Office) -> None:
    path = SHEETS / "通讯录.xlsx"
    made = plan(path, office)
    assert [sheet.register for sheet in made.sheets] == ["people", "people"]


def test_a_week_of_meetings_with_half_days_and_spans(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["一周会议（活动）安排表"],
        ["日期", "星期", "时间", "会议（活动）名称", "地点", "参加领导", "备注"],
        ["11月24日", "二", "上午9:00", "全县经济工作会", "县会议中心", "王书记、陈镇长", "着正装"],
        ["", "", "下午", "调研", "工业园", "周海涛", ""],
        ["11月25-26日", "三", "全天", "干部培训", "党校", "", ""],
    ]
    office.create("people", {"name": "王建国", "post": "党委书记", "rank": 1})
    made = plan(table(tmp_path / "会.tsv", rows, "\t", "utf-8"), office)
    got = cells(made)
    assert [(r["start"], r.get("end")) for r in got] == [
        ("2026-11-24T09:00", None),
        ("2026-11-24", None),
        ("2026-11-25", "2026-11-26"),
    ]
    assert got[0]["leaders"] == ["王建国", "陈镇长"]  # whom the directory knows, by name
    assert got[1]["note"] == "时间：下午" and "row above" in made.sheets[0].rows[1].reason


def test_a_register_of_what_has_happened_is_not_dated_ahead(office: Office, tmp_path: Path) -> None:
    rows: Rows = [["来文日期", "来文单位", "文件名称", "领导批示", "承办科室"]]
    rows += [
        ["1.5", "市委办", "关于会议的通知", "请阅", "综合科"],
        ["11.19", "市委办", "函", "", ""],
    ]
    got = cells(plan(table(tmp_path / "来文.csv", rows, ",", "utf-8"), office))
    assert [r["recv_at"] for r in got] == ["2026-01-05", "2026-11-19"]
    assert got[0]["state"] == "instructed" and got[0]["lead_unit"] == "综合科"


def test_one_row_of_a_roster_for_several_days_and_columns_without_heading(
    office: Office, tmp_path: Path
) -> None:
    rows: Rows = [
        ["2026年国庆节值班表"],
        ["日期", "带班领导", "白班", "", "夜班"],
        ["10月1日-3日", "王刚", "张三", "李四", "赵六"],
        ["10月4日", "王刚", "张三", "", ""],
    ]
    got = cells(plan(xlsx(tmp_path / "l.xlsx", rows), office))
    assert Counter(r["date"] for r in got) == {
        "2026-10-01": 4,
        "2026-10-02": 4,
        "2026-10-03": 4,
        "2026-10-04": 2,
    }
    assert [(r["seat"], r["person"]) for r in got if r["line"] == "day"][:2] == [
        (1, "张三"),
        (2, "李四"),
    ]


def test_a_unit_that_stands_once_above_its_people(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["部门", "姓名", "办公电话", "手机"],
        ["办公室", "王一", "0571-88888888", "13900000001"],
        ["", "王二", "", "13900000002"],
        ["财务科", "王三", "", "13900000003"],
    ]
    got = cells(plan(ods(tmp_path / "通讯录.ods", rows), office))
    assert [r["unit"] for r in got] == ["办公室", "办公室", "财务科"]
