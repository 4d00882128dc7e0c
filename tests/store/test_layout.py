"""What desk and books are on disk: TinyDB's form, keys sorted, whatever the registers are called."""

from __future__ import annotations

from hashlib import sha256

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officetui.store import layout
from officetui.store.layout import decode, doc_id, encode, together

META = {"format": 1, "cursor": {"k7q2m9xa": {"n": 3, "holes": []}}, "as_of": "2026-11-20"}


def plain(tables, meta):
    """All of it encoded at once."""
    named = {"_meta": {"1": meta}}
    for register, docs in tables.items():
        table = {str(doc_id(register, record)): doc for record, doc in docs.items()}
        if table:
            named[f"_{register}" if register.startswith("_") else register] = table
    return msgspec.json.encode(named, order="sorted")


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
docs_by_id = st.dictionaries(
    st.text(), st.dictionaries(st.text(), values, max_size=4), max_size=8
).map(lambda docs: {record: {**doc, "id": record} for record, doc in docs.items()})
names = st.text() | st.sampled_from(["_", "_meta", "__meta", "Documents", "收文", 'a"b', "\n"])


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(names, docs_by_id, max_size=5))
def test_the_bytes_are_those_of_all_encoded_at_once(tmp_path_factory, tables):
    pieces = encode(tables, META)
    data = b"".join(pieces)
    assert data == plain(tables, META) == b"".join(together(pieces))
    meta, read = decode(data, tmp_path_factory.getbasetemp() / "desk.json")
    assert meta == META
    assert read == {register: docs for register, docs in tables.items() if docs}


def test_a_large_table_is_whole_in_few_pieces():
    tables = {"documents": {f"2024-01-01.{n}": {"id": f"2024-01-01.{n}"} for n in range(2500)}}
    pieces = encode(tables, META)
    assert b"".join(pieces) == plain(tables, META) == b"".join(together(pieces))
    assert len(list(together(pieces))) == 3


def test_half_a_character_is_refused():
    for tables in ({"documents": {"x": {"id": "x", "title": "\ud83d"}}}, {"\ud83d": {"x": {}}}):
        with pytest.raises(UnicodeEncodeError):
            encode(tables, META)


class _Poor:
    """A hash of four values."""

    def __init__(self, data):
        self._first = sha256(data).digest()[0] % 4

    def digest(self):
        return (self._first << 3).to_bytes(7, "big")


def test_two_records_of_one_number_both_stay(monkeypatch, tmp_path):
    monkeypatch.setattr(layout, "sha256", _Poor)
    docs = {record: {"id": record, "title": f"通知{record}"} for record in "gcafbed"}
    data = b"".join(encode({"documents": docs}, META))
    assert decode(data, tmp_path) == (META, {"documents": docs})
    # Whatever order they were made in.
    turned = dict(reversed(docs.items()))
    assert b"".join(encode({"documents": turned}, META)) == data
