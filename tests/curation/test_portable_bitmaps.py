"""Bitmaps that somebody sends are read without trusting them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from apps.common.errors import BadUserInput
from apps.datasets.portable_bitmap import parse_bitmap

ROWS = st.lists(st.integers(0, 2**22), max_size=50)
RANGES = st.lists(st.tuples(st.integers(0, 2**22), st.integers(1, 70_000)), max_size=4)


@given(rows=ROWS, ranges=RANGES, runs=st.booleans())
def test_every_bitmap_reads_back_as_it_was_written(rows, ranges, runs):
    bitmap = BitMap(rows)
    for start, length in ranges:
        bitmap.add_range(start, start + length)
    if runs:
        bitmap.run_optimize()
    assert parse_bitmap(bitmap.serialize(), next_row=2**23) == bitmap


@given(noise=st.binary(max_size=60), at=st.integers(0, 60), cut=st.integers(0, 60))
def test_damaged_bitmaps_are_refused_or_read_as_rows_below_the_limit(noise, at, cut):
    blob = bytearray(BitMap([1, 5, 70_000, *range(200, 300)]).serialize())
    blob[at : at + len(noise)] = noise
    try:
        rows = parse_bitmap(bytes(blob[: len(blob) - cut]), next_row=100_000)
    except BadUserInput:
        return
    assert list(rows) == sorted(set(rows))
    assert not rows or rows.max() < 100_000


@pytest.mark.parametrize("blob", [b"", b"\x00", b"\x3a\x30\x00\x00", b"\x3a\x30\x00\x00\xff\xff\xff\xff"])
def test_what_is_too_short_is_refused(blob):
    with pytest.raises(BadUserInput):
        parse_bitmap(blob, next_row=10)
