"""Reading a stream that somebody sent ends in a table or in a clear refusal, whatever its bytes are."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.common.arrow import read_table
from apps.common.errors import BadUserInput, UnsupportedType
from tests.logging.upload import stream_of

TABLE = pa.table(
    {
        "key": [f"key {row}" for row in range(30)],
        "label": pa.array(["cat", "dog", None] * 10).dictionary_encode(),
        "clear": pa.array([["label"], [], None] * 10),
        "embedding": pa.FixedSizeListArray.from_arrays(pa.array(np.arange(90, dtype=np.float32)), 3),
    }
)
CONTENT = stream_of(pa.Table.from_batches(TABLE.to_batches(max_chunksize=10)))


def read(content, **options):
    return read_table(content, check_field=lambda field: None, **options)


def test_a_whole_stream_is_read():
    assert read(CONTENT, row_count=30).to_pydict() == TABLE.to_pydict()


@pytest.mark.holds(26)
def test_a_stream_that_is_cut_anywhere_is_refused():
    for end in range(len(CONTENT)):
        with pytest.raises((BadUserInput, UnsupportedType)):
            read(CONTENT[:end])


@settings(max_examples=400, deadline=None)
@given(flips=st.lists(st.tuples(st.integers(0, len(CONTENT) - 1), st.integers(0, 7)), min_size=1, max_size=4))
@pytest.mark.holds(26)
def test_flipped_bits_are_refused_or_read_as_a_valid_table(flips):
    damaged = bytearray(CONTENT)
    for position, bit in flips:
        damaged[position] ^= 1 << bit
    with suppress(BadUserInput, UnsupportedType):
        read(bytes(damaged)).to_pydict()


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=300))
def test_random_bytes_are_refused(content):
    with pytest.raises((BadUserInput, UnsupportedType)):
        read(content)


@pytest.mark.parametrize("size", [-5, 2**31 - 1])
@pytest.mark.holds(26)
def test_a_message_that_lies_about_its_size_is_refused(size):
    lying = CONTENT[:4] + size.to_bytes(4, "little", signed=True) + CONTENT[8:]
    with pytest.raises(BadUserInput):
        read(lying)


def test_a_flood_of_empty_batches_is_refused():
    flood = stream_of(pa.Table.from_batches([TABLE.select(["key"]).to_batches()[0].slice(0, 1)] * 5000))
    with pytest.raises(BadUserInput, match="more than 4,096 batches"):
        read(flood)


def test_extension_types_are_seen_by_the_schema_check():
    seen = []
    content = stream_of(pa.table({"key": pa.array([b"0" * 16], type=pa.uuid())}))
    read_table(content, check_field=lambda field: seen.append(str(field.type)))
    assert seen == ["extension<arrow.uuid>"]
