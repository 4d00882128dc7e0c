"""The format of a line, byte for byte; offices' data depends on it."""

from __future__ import annotations

import json
from zlib import crc32

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officetui.ledger.line import (
    CAREFUL_CELLS,
    LINE_LIMIT,
    BadLine,
    Change,
    Entry,
    Header,
    Line,
    PlainLine,
    Reserved,
    decode_header,
    decode_line,
    decode_sound,
    encode_header,
    encode_line,
)
from officetui.ledger.stamp import make

T = "019a9e0f2c3d.0000032c.k7q2m9xa"
OLD = "019a9e0f2c00.0000032b.k7q2m9xa"


def framed(body: bytes) -> bytes:
    return b"%08x %b" % (crc32(body), body)


def test_the_canonical_line() -> None:
    entry = Entry("documents", f"{OLD}.0", {"owner": "赵强", "copies": 2}, {"owner": [OLD]})
    change = Change("limei", "documents.assign", [entry])
    raw = encode_line(812, T, change, change.entries, "ab" * 32)
    assert (
        raw
        == (
            'be160799 {"n":812,"t":"019a9e0f2c3d.0000032c.k7q2m9xa","u":"limei","p":"'
            + "ab" * 32
            + '","a":"documents.assign","c":[["documents","019a9e0f2c00.0000032b.k7q2m9xa.0",'
            '{"owner":"赵强","copies":2},{"owner":["019a9e0f2c00.0000032b.k7q2m9xa"]}]]}'
        ).encode()
    )


def test_the_canonical_line_of_a_group_and_of_an_undo() -> None:
    change = Change("limei", "undo", [], undoes=OLD)
    raw = encode_line(812, T, change, [], "", (T, 1, 2))
    assert raw == (
        b'b2a9dbf0 {"n":812,"t":"019a9e0f2c3d.0000032c.k7q2m9xa","u":"limei","p":"","a":"undo",'
        b'"c":[],"g":["019a9e0f2c3d.0000032c.k7q2m9xa",1,2],"z":"019a9e0f2c00.0000032b.k7q2m9xa"}'
    )


def test_the_canonical_header() -> None:
    header = Header(
        v=1, office="o1", writer="k7q2m9xa", seg=2, n=811, prev="cd" * 32,
        zone="Asia/Shanghai", app="0.1.0", reader=1,
    )  # fmt: skip
    raw = encode_header(header)
    assert raw == (
        b'6aabd64d {"v":1,"office":"o1","writer":"k7q2m9xa","seg":2,"n":811,"prev":"'
        + b"cd" * 32
        + b'","zone":"Asia/Shanghai","app":"0.1.0","reader":1}'
    )
    assert decode_header(raw) == header


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(cells=st.dictionaries(st.text(min_size=1), JSON, max_size=4), user=st.text())
def test_a_line_comes_back_as_it_was_written(cells: dict[str, object], user: str) -> None:
    change = Change(user, "x", [Entry("r", "i", cells, {"a": [OLD]})], undoes=OLD)
    raw = encode_line(812, T, change, change.entries, "p", (T, 1, 3))
    assert b"\n" not in raw
    line = decode_line(raw)
    assert isinstance(line, Line)
    assert (line.writer, line.n, line.t, line.u, line.a) == ("k7q2m9xa", 812, T, user, "x")
    assert (line.entries, line.group, line.undoes) == (change.entries, (T, 1, 3), OLD)
    assert (line.prev, line.raw) == ("p", raw)


HOSTILE = "\0\x1b[31m[bold]\u202e😀\r\n\u2028" + "长" * 20_000


def test_hostile_text_is_kept_intact() -> None:
    change = Change("limei", "x", [Entry("r", "i", {"remark": HOSTILE}, {})])
    line = decode_line(encode_line(1, make(1, 1, "aaaaaaaa"), change, change.entries, ""))
    assert isinstance(line, Line)
    assert line.entries[0].cells["remark"] == HOSTILE


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_flipped_bit_is_refused(at: int, bit: int) -> None:
    change = Change("limei", "x", [Entry("r", "i", {"copies": 11}, {})])
    raw = bytearray(encode_line(1, make(1, 1, "aaaaaaaa"), change, change.entries, ""))
    raw[at % len(raw)] ^= 1 << bit
    with pytest.raises(BadLine):
        decode_line(bytes(raw))


def test_a_changed_digit_leaves_json_but_not_the_checksum() -> None:
    change = Change("limei", "x", [Entry("r", "i", {"copies": 11}, {})])
    raw = encode_line(1, make(1, 1, "aaaaaaaa"), change, change.entries, "")
    altered = raw.replace(b'"copies":11', b'"copies":12')
    assert altered != raw and msgspec.json.decode(altered[9:])
    with pytest.raises(BadLine, match="checksum"):
        decode_line(altered)


GOOD = b'"n":1,"t":"000000000001.00000001.aaaaaaaa","u":"u","p":"","a":"a"'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b"{" + GOOD + b',"c":[["r","i",{},{"x":"y"}]]}',
        b"{" + GOOD + b',"c":[["r",1,{},{}]]}',
        b"{" + GOOD + b',"c":[["r","i",[],{}]]}',
        b"{" + GOOD + b',"c":{}}',
        b"{" + GOOD + b',"c":[],"g":["000000000001.00000001.aaaaaaaa",3,2]}',
        b"{" + GOOD + b',"c":[],"g":["000000000001.00000009.aaaaaaaa",1,2]}',
        b'{"n":2,"t":"000000000001.00000001.aaaaaaaa","u":"u","p":"","a":"a","c":[]}',
        b'{"n":"1","t":"000000000001.00000001.aaaaaaaa","u":"u","p":"","a":"a","c":[]}',
        b'{"n":1,"t":"../../../etc/passwd","u":"u","p":"","a":"a","c":[]}',
        b'{"c":[]}',
    ],
)
def test_sound_bytes_of_a_wrong_shape_are_refused(body: bytes) -> None:
    with pytest.raises(BadLine):
        decode_line(framed(body))


def test_unknown_keys_are_tolerated_and_kept() -> None:
    raw = framed(b"{" + GOOD + b',"c":[["r","i",{"new":[1]},{}]],"later":{"x":1}}')
    line = decode_line(raw)
    assert isinstance(line, Line)
    assert line.raw == raw and line.entries == [Entry("r", "i", {"new": [1]}, {})]


@pytest.mark.parametrize(
    ("body", "n"), [(b'{"sig":"x"}', None), (b"{" + GOOD + b',"e":"secret"}', 1)]
)
def test_lines_without_c_are_reserved(body: bytes, n: int | None) -> None:
    line = decode_line(framed(body))
    assert isinstance(line, Reserved)
    assert line.n == n


def test_a_line_over_1_mib_is_refused() -> None:
    body = b'{"sig":"' + b"x" * LINE_LIMIT + b'"}'
    with pytest.raises(BadLine, match="1 MiB"):
        decode_line(framed(body))


@pytest.mark.parametrize("raw", [b"", b"\0" * 50, b"00000000", b"zz", b"0000000g {}"])
def test_what_is_no_line_is_refused(raw: bytes) -> None:
    with pytest.raises(BadLine):
        decode_line(raw)


WRITER = "k7q2m9xa"
NUMBERS = (
    st.integers(-3, 3)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([-0.0, 1.0, 2**63, 2**64, -(2**63) - 1, 10**30, 1e300])
)
PLAIN = st.text(max_size=6) | NUMBERS | st.booleans()
NAMES = st.sampled_from(["title", "note", "id", "", "_s", "_x", "_d", "_del", "parent"])
CELLS = st.dictionaries(NAMES | st.text(max_size=3), PLAIN | JSON, max_size=4)
PLAIN_CELLS = st.dictionaries(st.sampled_from(["title", "note", "parent"]), PLAIN, max_size=3)
RARELY = st.sampled_from([False] * 7 + [True])


@st.composite
def raw_lines(draw: st.DrawFn) -> bytes:
    """Mostly a line as it is written, else one that is nearly that."""
    n = draw(st.integers(1, 300) | st.sampled_from([0, -1, 2**32 - 1, 2**32, 2**70]))
    number = draw(st.integers(0, 300)) if draw(RARELY) else max(n, 0)
    t = make(
        draw(st.integers(0, 1 << 48)), number, draw(st.sampled_from([WRITER] * 7 + ["other000"]))
    )
    if draw(RARELY):
        at = draw(st.integers(0, 11) | st.integers(0, len(t)))
        t = t[:at] + draw(st.sampled_from("-_+ .Fg٣")) + t[at + draw(st.integers(0, 1)) :]
    cells = PLAIN_CELLS if draw(st.booleans()) else CELLS
    entries = [["r", "i", draw(cells), {}] for _ in range(draw(st.integers(0, 3)))]
    wire: dict[str, object] = {"n": n, "t": t, "u": "u", "p": "", "a": "a", "c": entries}
    if draw(RARELY):
        group = (t, draw(st.integers(0, 3)), draw(st.integers(0, 3)))
        wire["g"] = draw(st.sampled_from([group, None, "x"]))
    if draw(RARELY):
        del wire[draw(st.sampled_from("ntupac"))]
    if draw(RARELY):
        wire["\x7fraw"] = wire["later"] = draw(JSON)
    raw = framed(json.dumps(wire, ensure_ascii=draw(st.booleans())).encode(errors="replace"))
    if draw(RARELY):
        at = draw(st.integers(0, len(raw) - 1))
        raw = raw[:at] + draw(st.binary(max_size=2)) + raw[at + draw(st.integers(0, 2)) :]
    return draw(
        st.sampled_from([raw] * 15 + [raw.upper(), raw[9:], b"", b"00000000", b"00000000 "])
    )


def same(one: object, other: object) -> bool:
    """Equal and of the same types all the way down, the sign of a zero included."""
    return one.__class__ is other.__class__ and repr(one) == repr(other)


@settings(max_examples=500)
@given(raw=raw_lines())
def test_the_quick_way_of_reading_says_what_the_careful_one_says(raw: bytes) -> None:
    try:
        line = decode_line(raw)
    except BadLine:
        line = None
    if isinstance(line, Line) and line.writer == WRITER:
        assert same(decode_sound(raw, WRITER), line)
        body = msgspec.json.decode(raw[9:])
        cells = [entry[2] for entry in body["c"]]
        assert [entry.cells for entry in line.entries] == cells
        if isinstance(line, PlainLine):
            assert all(
                isinstance(value, str | int | float) for each in cells for value in each.values()
            )
            assert not any(name in each for name in CAREFUL_CELLS for each in cells)
    else:
        assert decode_sound(raw, WRITER) is None


def test_a_written_line_of_texts_and_numbers_is_plain_until_a_cell_is_none() -> None:
    def line_of(**cells: object) -> Line | Reserved:
        change = Change("limei", "x", [Entry("r", "i", {"a": "x", **cells}, {})])
        return decode_line(encode_line(1, make(1, 1, WRITER), change, change.entries, ""))

    assert isinstance(line_of(b=1, c=0.5, d=True), PlainLine)
    for cell in ({"b": None}, {"b": [1]}, {"b": {"x": 1}}, {"_s": "x"}, {"_del": True}):
        assert line_of(**cell).__class__ is Line
