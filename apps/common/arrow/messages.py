"""The frame of an Arrow IPC stream, checked before any Arrow library sees it.

A stream is a row of messages (length, flatbuffer metadata, body) and an end mark. Readers of Arrow take a stream that
was cut between two batches for a whole one, ignore what follows the end, and unpack whatever is compressed: so all of
that is looked at here, with every offset checked.
"""

from __future__ import annotations

import struct
from typing import NoReturn

from apps.common.errors import BadUserInput

Content = bytes | bytearray

MOST_MESSAGES = 4096
CONTINUATION = 0xFFFFFFFF
# Types of message, and slots of the flatbuffer tables Message, RecordBatch and DictionaryBatch.
SCHEMA, DICTIONARY_BATCH, RECORD_BATCH = 1, 2, 3
HEADER_TYPE, HEADER, BODY_LENGTH = 1, 2, 3
BATCH_COMPRESSION = 3
DICTIONARY_DATA = 1


def check_frame(content: Content) -> None:
    """Raise BadUserInput unless the content is exactly one whole, uncompressed stream."""
    position = 0
    for number in range(MOST_MESSAGES):
        start, size = _next_metadata(content, position)
        if size == 0:
            if start != len(content):
                raise BadUserInput(f"{len(content) - start:,} bytes follow the end of the Arrow stream.")
            return
        if start + size > len(content):
            _refuse_cut(content)
        try:
            kind, body_size = _look_at(bytes(content[start : start + size]))
        except (struct.error, IndexError) as problem:
            raise BadUserInput("This is not a valid Arrow IPC stream.") from problem
        if (kind == SCHEMA) != (number == 0):
            raise BadUserInput("This is not a valid Arrow IPC stream: it must start with its one schema.")
        position = start + size + body_size
        if position > len(content):
            _refuse_cut(content)
    raise BadUserInput(f"The Arrow stream has more than {MOST_MESSAGES:,} batches; send fewer, larger ones.")


def _next_metadata(content: Content, position: int) -> tuple[int, int]:
    """Where the next message's metadata starts, and its size; size 0 is the end mark."""
    if position + 8 > len(content):
        _refuse_cut(content)
    mark, size = struct.unpack_from("<Ii", content, position)
    if mark != CONTINUATION or size < 0:
        raise BadUserInput("This is not a valid Arrow IPC stream.")
    return position + 8, size


def _look_at(metadata: bytes) -> tuple[int, int]:
    """The type of a message and the size of its body. Refuses what is compressed."""
    message = _u32(metadata, 0)
    kind_at, header_at, length_at = (_slot(metadata, message, slot) for slot in (HEADER_TYPE, HEADER, BODY_LENGTH))
    if kind_at is None or header_at is None:
        raise IndexError
    kind = metadata[kind_at]
    if kind not in {SCHEMA, DICTIONARY_BATCH, RECORD_BATCH}:
        raise BadUserInput("The Arrow stream holds something other than a table.")
    batch: int | None = header_at + _u32(metadata, header_at)
    if kind == DICTIONARY_BATCH and batch is not None:
        data_at = _slot(metadata, batch, DICTIONARY_DATA)
        batch = None if data_at is None else data_at + _u32(metadata, data_at)
    if kind != SCHEMA and batch is not None and _slot(metadata, batch, BATCH_COMPRESSION) is not None:
        raise BadUserInput("The Arrow stream is compressed; send it without compression.")
    body_size = 0 if length_at is None else _unpack("<q", metadata, length_at)
    if body_size < 0:
        raise IndexError
    return kind, body_size


def _slot(buffer: bytes, table: int, slot: int) -> int | None:
    """Where a field of a flatbuffer table lies, or None where the table leaves it out."""
    vtable = table - _unpack("<i", buffer, table)
    entry = 4 + 2 * slot
    if entry + 2 > _unpack("<H", buffer, vtable):
        return None
    offset = _unpack("<H", buffer, vtable + entry)
    return table + offset if offset else None


def _u32(buffer: bytes, position: int) -> int:
    return _unpack("<I", buffer, position)


def _unpack(form: str, buffer: bytes, position: int) -> int:
    if position < 0:  # struct would count from the end
        raise IndexError
    value: int = struct.unpack_from(form, buffer, position)[0]
    return value


def _refuse_cut(content: Content) -> NoReturn:
    raise BadUserInput(f"The Arrow stream is cut off: it goes on after its {len(content):,} bytes. Send it again.")
