"""The format of a line, byte for byte; offices' data depends on it."""

from __future__ import annotations

from zlib import crc32

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from officetui.ledger.line import (
    LINE_LIMIT,
    BadLine,
    Change,
    Entry,
    Header,
    Line,
    Reserved,
    decode_header,
    decode_line,
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
