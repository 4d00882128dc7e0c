"""The catalogues: `python locales/catalogue.py extract|update|compile|check|fill FOLDER`.

extract   print the strings of the program as a .pot
update    bring both .po files up to the program: new strings come in empty, unused ones go
compile   write the .mo files that the program reads
check     exit 1 when a string is untranslated, fuzzy, unused or missing, when the {names} of a
          translation differ from the English, or when it is written in the other Chinese
fill      take translations from `*.py` files of a folder, each with a dict `ZH`:
          "English" or ("context", "English") or "{n} day|{n} days"  ->  (zh_CN, zh_TW)
          Only empty translations are filled, unless --overwrite is given.
"""

from __future__ import annotations

import argparse
import ast
import runpy
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).parent))
from hatch_build import compile_catalogues

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh_CN", "zh_TW")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "P_": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# One date for ever: a catalogue changes when its strings change, not when it is written.
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
# Characters that only one of the two ways of writing has: a catalogue mixed up shows at once.
SIMPLIFIED = frozenset(
    "办会议员发开关记录话号单时间现对经过还这个来为无没应该请说读写认证诉访设语词试误谁调听见规"
    "视览觉观门问闭阅险阴阳难电务处备复头导将层属岁币带帮库废张强归当径忆态总战扫执护报换据损择"
    "数断旧显晓权条构标样档检楼欢残毕汇沟济测满点热环确离种称稳穷竞签简类紧红级纪约纳线组细终结"
    "给统继续维绿编缓网罗职联脑节范药补装负责败货质购贴费资赶车转轮软轻载较输边达迁运进远连违选"
    "递逻邮释铁错键镇长闲队际陈静页项顺须预领频题额饭马驾验齐龙历异弃丢两东严丰临义乐习书买亏产"
    "亲仅从仓价众优传伤伦侧债储儿党兰兴养册军农决况冻减几击划则刚创删别动劳势华协卖卫厂压参双变"
    "叶启响圆图团园围国场块坏坚声够夹奖妇学宁实审宽宾寻寿尔尝尽岗拟后么于与冲让讲识译许论询详课"
    "谈谢订计讯训讨诸谓适齿销锁钟钮链铃贵贡赔赞赢龄兑隐随陆阶阵邻郑迟闻闹"
)
TRADITIONAL = frozenset(
    "辦會議員發開關記錄話號單時間現對經過還這個來為無沒應該請說讀寫認證訴訪設語詞試誤誰調聽見規"
    "視覽覺觀門問閉閱險陰陽難電務處備復頭導將層屬歲幣帶幫庫廢張強歸當徑憶態總戰掃執護報換據損擇"
    "數斷舊顯曉權條構標樣檔檢樓歡殘畢匯溝濟測滿點熱環確離種稱穩窮競簽簡類緊紅級紀約納線組細終結"
    "給統繼續維綠編緩網羅職聯腦節範藥補裝負責敗貨質購貼費資趕車轉輪軟輕載較輸邊達遷運進遠連違選"
    "遞邏郵釋鐵錯鍵鎮長閒隊際陳靜頁項順須預領頻題額飯馬駕驗齊龍曆異棄丟兩東嚴豐臨義樂習書買虧產"
    "親僅從倉價眾優傳傷倫側債儲兒黨蘭興養冊軍農決況凍減幾擊劃則剛創刪別動勞勢華協賣衛廠壓參雙變"
    "葉啟響圓圖團園圍國場塊壞堅聲夠夾獎婦學寧實審寬賓尋壽爾嘗盡崗擬後麼於與衝讓講識譯許論詢詳課"
    "談謝訂計訊訓討諸謂適齒銷鎖鐘鈕鏈鈴貴貢賠贊贏齡兌隱隨陸階陣鄰鄭遲聞鬧"
)


def po_path(language: str) -> Path:
    return ROOT / "locales" / language / "LC_MESSAGES" / "officetui.po"


def sources() -> list[Path]:
    return sorted((ROOT / "officetui").rglob("*.py"))


def extract() -> Catalog:
    """The strings of the program, with the files they stand in."""
    catalogue = Catalog(
        project="officetui",
        copyright_holder="officetui contributors",
        creation_date=NO_DATE,
        fuzzy=False,
    )
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        found = extract_from_file(
            "python", str(path), KEYWORDS, ["Translators:"], strip_comment_tags=True
        )
        for line, message, comments, context in found:
            catalogue.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalogue


def read(language: str) -> Catalog:
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, project="officetui", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, catalogue: Catalog) -> None:
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version = "officetui", ""
    catalogue.msgid_bugs_address = ""
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    catalogue.last_translator = "officetui contributors"
    catalogue.language_team = language
    catalogue.header_comment = (
        f"# {language} for officetui.\n# Copyright (C) 2026 officetui contributors\n"
        "# This file is distributed under the same license as officetui."
    )
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, catalogue, width=100, sort_output=True, include_lineno=False)
    # The version of the tool would make every catalogue differ between two machines.
    lines = written.getvalue().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(b'"Generated-By')))


def update() -> None:
    template = extract()
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        write(language, catalogue)


def key_of(message: Message) -> tuple[str | None, str]:
    """Context and English; a plural is named by both its forms, as `fill` and `check` print it."""
    english = message.id if isinstance(message.id, str) else "|".join(message.id)
    return message.context, english


def forms(message: Message) -> list[str]:
    """The translations of a message: one, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def names(text: str) -> set[str] | None:
    """The {names} a string is formatted with; None when it cannot be formatted at all."""
    try:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError:
        return None


def wrong_in(language: str, message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    if not all(forms(message)):
        yield "untranslated"
        return
    if message.fuzzy:
        yield "fuzzy"
    english = message.id if isinstance(message.id, str) else message.id[-1]
    foreign = SIMPLIFIED if language == "zh_TW" else TRADITIONAL
    for form in forms(message):
        used = names(form)
        # A date has other parts in another language; only that it can be formatted is asked.
        if used != names(english) and (used is None or message.context != "date pattern"):
            yield f"the {{names}} differ: {form}"
        if strange := foreign & set(form):
            yield f"the other Chinese ({''.join(sorted(strange))}): {form}"


def formatted_before_translation() -> Iterator[str]:
    """An f-string inside `_()` is never extracted and never found: name the place."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in KEYWORDS
                and any(isinstance(argument, ast.JoinedStr) for argument in node.args)
            ):
                yield f"{path.relative_to(ROOT)}:{node.lineno}: f-string inside {node.func.id}()"


def problems() -> list[str]:
    """Everything that keeps the catalogues from being complete; one line each."""
    found = list(formatted_before_translation())
    wanted = {key_of(message): message for message in extract() if message.id}
    for language in LANGUAGES:
        catalogue = read(language)
        present = {key_of(message): message for message in catalogue if message.id}
        for key in wanted.keys() - present.keys():
            where = wanted[key].locations[0][0]
            found.append(f"{language}: missing: {key[1]!r} ({where}); run make locales")
        for key in present.keys() - wanted.keys():
            found.append(f"{language}: unused: {key[1]!r}; run make locales")
        found += [
            f"{language}: obsolete: {message.id!r}" for message in catalogue.obsolete.values()
        ]
        for key in present.keys() & wanted.keys():
            found += [
                f"{language}: {key[1]!r}: {what}" for what in wrong_in(language, present[key])
            ]
    return sorted(found)


def translations(folder: Path) -> dict[tuple[str | None, str], tuple[str, str]]:
    """What the files of `folder` offer; the first file, by name, wins where two differ."""
    offered: dict[tuple[str | None, str], tuple[str, str]] = {}
    for path in sorted(folder.glob("*.py")):
        try:
            entries = runpy.run_path(str(path))["ZH"]
        except Exception as error:
            print(f"{path.name}: cannot be read, left out: {error!r}", file=sys.stderr)
            continue
        for english, pair in entries.items():
            key = english if isinstance(english, tuple) else (None, english)
            if "\x04" in key[1]:
                key = tuple(key[1].split("\x04", 1))
            if offered.setdefault(key, tuple(pair)) != tuple(pair):
                print(
                    f"{path.name}: {english!r}: another file says {offered[key]}", file=sys.stderr
                )
    return offered


def fill(folder: Path, overwrite: bool) -> None:
    offered = translations(folder)
    update()
    for number, language in enumerate(LANGUAGES):
        catalogue = read(language)
        filled = 0
        for message in catalogue:
            pair = offered.get(key_of(message)) if message.id else None
            if pair is None or (all(forms(message)) and not overwrite):
                continue
            text = pair[number]
            message.string = (
                text if isinstance(message.id, str) else (text,) * catalogue.num_plurals
            )
            filled += 1
        write(language, catalogue)
        left = sum(not all(forms(message)) for message in catalogue if message.id)
        print(f"{language}: {filled} filled, {left} untranslated")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("extract", "update", "compile", "check"):
        commands.add_parser(name)
    filling = commands.add_parser("fill")
    filling.add_argument("folder", type=Path)
    filling.add_argument("--overwrite", action="store_true")
    arguments = parser.parse_args()
    match arguments.command:
        case "extract":
            write_po(
                sys.stdout.buffer, extract(), width=100, sort_output=True, include_lineno=False
            )
        case "update":
            update()
        case "compile":
            compile_catalogues(ROOT)
        case "fill":
            fill(arguments.folder, arguments.overwrite)
        case "check":
            found = problems()
            print("\n".join(found) if found else "The catalogues are complete.")
            return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
