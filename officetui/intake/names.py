"""Who and where: people, units and rooms as the office knows them, by what they are called.

刘书记 is found by family name and the end of the post. Nobody is guessed: several candidates
are all named, and someone unknown stays as typed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from officetui.intake.folding import fold
from officetui.registers.people import CALLED, family_name
from officetui.registers.view import View

if TYPE_CHECKING:
    from officetui.registers.record import Record

_POLITE: Final = ("同志", "老师")
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴"
    "莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关焦左柳甘祝包宁尚符舒阮柯纪梅童凌"
    "毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连"
    "芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲"
    "虞敖巩明佘池查麻苑迟邝"
)


_UNIT_ENDS: Final = ("办", "局", "所", "站", "科", "中心", "股", "队", "委", "村", "社区", "大队")


class Named(msgspec.Struct, frozen=True):
    """Who a word means: kind "person", "unit", "ask" (candidates), "some unit" (by its ending,
    not in the directory) or "unknown"."""

    kind: str
    name: str
    candidates: tuple[str, ...] = ()


class Known:
    """One person of the directory, folded once for all the words of a line."""

    __slots__ = ("family", "folded", "name", "own", "post")

    def __init__(self, person: Record) -> None:
        self.name = person.text("name")
        self.folded = fold(self.name)
        self.family = fold(family_name(self.name))
        self.post = fold(person.text("post"))
        self.own = fold(person.text("title_short"))

    def is_called(self, folded: str) -> bool:
        """周镇长, 海涛镇长, 周海涛副镇长, or the post itself."""
        if self.own and folded == self.own:
            return True
        if not self.post:
            return False
        if folded == self.post:
            return True
        given = self.folded[len(self.family) :]
        for part in (self.folded, self.family, given if len(given) > 1 else ""):
            # One given character is no name to call somebody by.
            if part and folded.startswith(part) and len(folded) >= len(part) + 2:
                rest = folded[len(part) :]
                if self.post.endswith(rest) and rest.endswith(_called()):
                    return True
        return False

    def spoken(self) -> list[str]:
        """How this person may be named in a sentence."""
        words = [self.own] if self.own else []
        for title in _called():
            if self.post.endswith(title):
                words += [self.family + title, self.family + "副" + title]
        return words


@cache
def _called() -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(title) for title in CALLED))


class Directory:
    """The people, units and rooms of a view, read once for one line."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.people: list[Record] = [p for p in view.records("people") if p.text("name")]
        self.names = {fold(p.text("name")): p.text("name") for p in self.people}
        self.known = [Known(p) for p in self.people]
        units = [p.text("unit") for p in self.people] + list(view.setting("units") or [])
        self.units = {fold(str(unit)): str(unit) for unit in units if unit}
        self._rooms: dict[str, str] | None = None

    @property
    def rooms(self) -> dict[str, str]:
        """Folded to stored names: the settings' rooms, then those meetings were held in."""
        if self._rooms is None:
            rooms = [str(room) for room in self.view.setting("rooms") or []]
            if not rooms:
                rooms = [m.text("room") for m in self.view.records("meetings")]
            self._rooms = {fold(room): room for room in rooms if room}
        return self._rooms

    def resolve(self, word: str) -> Named:
        """Who or which unit a whole word means; unknown keeps the word."""
        typed = word.strip()
        folded = fold(typed)
        if folded in self.names:
            return Named("person", self.names[folded])
        if folded in self.units:
            return Named("unit", self.units[folded])
        for polite in _POLITE:
            if folded.endswith(polite) and folded.removesuffix(polite) in self.names:
                return Named("person", self.names[folded.removesuffix(polite)])
        found = list(dict.fromkeys(one.name for one in self.known if one.is_called(folded)))
        if len(found) == 1:
            return Named("person", found[0])
        if found:
            return Named("ask", typed, tuple(found))
        if len(folded) >= 3 and folded.endswith(_UNIT_ENDS):
            return Named("some unit", typed)
        return Named("unknown", typed, tuple(self._akin(folded)))

    def _akin(self, folded: str) -> list[str]:
        """People of that family name, for the question who was meant: 小李, 李主任."""
        word = folded[1:] if folded[:1] in "小老" else folded
        if not word or word[0] not in _SURNAMES or len(folded) > 4:
            return []
        titled = folded[:1] in "小老" or any(word.endswith(title) for title in CALLED)
        return [n for f, n in self.names.items() if titled and f.startswith(word[0])][:5]

    def person(self, word: str) -> str:
        """The one person a whole word means, or ""."""
        found = self.resolve(word) if 1 < len(word) <= 12 else None
        return found.name if found is not None and found.kind == "person" else ""

    def head(self, text: str) -> tuple[Named, int]:
        """Who the beginning of `text` names, and how long that is; the longest name wins.

        A single character left over would make another name (何静静), so that is no match.
        """
        for length in range(min(len(text), 12), 1, -1):
            left = len(text) - length
            if left == 1 or text[:length] != text[:length].strip():
                continue
            found = self.resolve(text[:length])
            if found.kind in ("person", "unit"):
                return found, length
        return Named("unknown", text), 0

    def inside(self, text: str) -> list[tuple[int, int, str]]:
        """The people named in running text: (start, stop, name), by full name or as called."""
        folded = fold(text)
        found: list[tuple[int, int, str]] = []
        keys = dict(self.names)
        for person in self.known:
            for word in person.spoken():
                # Only what stands in the text is worth asking who it is.
                if word in folded and (name := self.person(word)):
                    keys[word] = name
        for key, name in keys.items():
            at = folded.find(key)
            if at >= 0:
                found.append((at, at + len(key), name))
        found.sort(key=lambda one: (one[0], -one[1]))
        kept: list[tuple[int, int, str]] = []
        for one in found:
            if not kept or one[0] >= kept[-1][1]:
                kept.append(one)
        return kept

    def room(self, word: str) -> tuple[str, ...]:
        """The rooms a word can mean: its name, or what only one of them begins with or holds."""
        folded = fold(word.strip())
        if folded in self.rooms:
            return (self.rooms[folded],)
        if len(folded) < 2:
            return ()
        begins = [room for key, room in self.rooms.items() if key.startswith(folded)]
        if begins:
            return tuple(begins)
        if len(folded) >= 3:
            return tuple(room for key, room in self.rooms.items() if folded in key)
        return ()


@cache
def _honorific() -> re.Pattern[str]:
    return re.compile(
        "[\u4e00-\u9fff]{1,3}(?:大爷|大娘|大妈|大叔|大婶|大哥|大姐|阿姨|叔叔|女士|先生|某某|某|师傅|老师"
        "|奶奶|爷爷|婆婆|老汉|同志|老板|经理|书记|主任|队长|组长|律师|医生|嫂)"
    )


def looks_like_name(folded: str) -> int:
    """How many characters at the head are somebody's name (杨大爷, 张某, 李秀英); 0 for none."""
    found = _honorific().match(folded)
    if found and found.group()[0] in _SURNAMES:
        return found.end()
    if 2 <= len(folded) <= 3 and folded[0] in _SURNAMES and all(_chinese(c) for c in folded):
        return len(folded)
    return 0


def _chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


@cache
def _office() -> re.Pattern[str]:
    return re.compile(
        "(?:中共|国务院|国家|中央|省|市|县|区|镇|乡|街道|党|教育|[\u4e00-\u9fff]{2,8}(?:省|市|县|区|镇|乡))"
        "[\u4e00-\u9fff]{0,16}?"
        "(?:委办公室|政府办公室|府办公室|办公厅|办公室|委办|府办|政府|纪委|监委|法院|检察院|人大|政协|督查室"
        "|委员会|党委|局|委|厅|部|院|办|组|会|中心|公司|支队|大队|银行|联社|室|站|所)"
    )


def is_office(folded: str) -> bool:
    """Whether the whole text is an office's name, or several: 县委组织部, 国务院、中央军委."""
    return all(
        part == "国务院" or _office().fullmatch(part) is not None for part in folded.split("、")
    )


def office_ahead(folded: str) -> int:
    """How many characters at the head are an office's name (县应急局); 0 for none."""
    if folded.startswith("国务院") and not _office().match(folded):
        return 3
    found = _office().match(folded)
    return found.end() if found else 0
