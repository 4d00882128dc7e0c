"""The same office in traditional characters: the simplified text, character by character."""

from __future__ import annotations

from typing import Any

import msgspec

from officetui.office.demo.content import Content
from officetui.office.demo.zh import ZH

# Only the characters that the sample uses; a few words need more than one character to decide.
_SIMPLIFIED = (
    "国务办厅员党书记干陈远镇长财审计征业马刘晓访综应范涛产农孙丽华车卫赵强吴郑凯静黄伟罗谢韩"
    "阳会欧兰发号关于场监领门联“双随机开”见挥资担实导职级医绩进税区质儿园无废设试点组织药采"
    "购费贫赢脱坚战广创举学术奖励决赋构权贯彻执过录总体规划复装备转对显个专项暂条竞赛辆悬挂当"
    "后时电节粮预钩几问题则经济矿调处况报别辖湾围顿团趋势减灾县层评议烟检隐难众内扩请现验给扬"
    "温统结余驻询灯损坏纠纷疗销倾军优抚来断补偿标准证间杨爷张楼阅传达并归档单里数还没齐写桥"
    "东岭红砖厂饲运气签两什么页话负责灭论习视连谈与布响维网训参户迁"
    "铲讲稳抢热纸换饭师盖见传进时"
)
_TRADITIONAL = (
    "國務辦廳員黨書記幹陳遠鎮長財審計徵業馬劉曉訪綜應範濤產農孫麗華車衛趙強吳鄭凱靜黃偉羅謝韓"
    "陽會歐蘭發號關於場監領門聯「雙隨機開」見揮資擔實導職級醫績進稅區質兒園無廢設試點組織藥採"
    "購費貧贏脫堅戰廣創舉學術獎勵決賦構權貫徹執過錄總體規劃復裝備轉對顯個專項暫條競賽輛懸掛當"
    "後時電節糧預鉤幾問題則經濟礦調處況報別轄灣圍頓團趨勢減災縣層評議煙檢隱難眾內擴請現驗給揚"
    "溫統結餘駐詢燈損壞糾紛療銷傾軍優撫來斷補償標準證間楊爺張樓閱傳達並歸檔單裡數還沒齊寫橋"
    "東嶺紅磚廠飼運氣簽兩甚麼頁話負責滅論習視連談與佈響維網訓參戶遷"
    "鏟講穩搶熱紙換飯師蓋見傳進時"
)
_WORDS = (
    ("批復", "批覆"),
    ("答復", "答覆"),
    ("重復", "重複"),
    ("印制", "印製"),
    ("復函", "覆函"),
    ("甚麼", "什麼"),
    ("周例會", "週例會"),
    ("下周一", "下週一"),
    ("每周", "每週"),
    ("周報", "週報"),
)


def _written(value: Any, table: dict[int, int]) -> Any:
    if isinstance(value, str):
        text = value.translate(table)
        for word, right in _WORDS:
            text = text.replace(word, right)
        return text
    if isinstance(value, tuple):
        return tuple(_written(part, table) for part in value)
    if isinstance(value, dict):
        return {key: _written(part, table) for key, part in value.items()}
    if isinstance(value, msgspec.Struct):
        fields = {name: _written(getattr(value, name), table) for name in value.__struct_fields__}
        return type(value)(**fields)
    return value


def traditional() -> Content:
    """The sample office in traditional characters; genres keep the value that is stored."""
    written: Content = _written(ZH, str.maketrans(_SIMPLIFIED, _TRADITIONAL))
    papers = tuple((*new[:3], old[3]) for new, old in zip(written.papers, ZH.papers, strict=True))
    return msgspec.structs.replace(written, papers=papers)
