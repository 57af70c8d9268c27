"""Reading an Arrow table that somebody sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pyarrow as pa

from apps.common.arrow.messages import Content, check_frame
from apps.common.errors import BadUserInput, UnsupportedType

MOST_COLUMNS = 1_100
LONGEST_COLUMN_NAME = 300
# What people send by mistake, by its first bytes.
LOOKS_LIKE = {
    b"\x93NUMPY": "a NumPy .npy file",
    b"PAR1": "a Parquet file",
    b"ARROW1": "an Arrow file (Feather)",
    b"PK\x03\x04": "a ZIP archive or .npz file",
    b"\x1f\x8b": "gzip",
    b"\x80\x04": "a pickle",
    b"{": "JSON",
    b"[": "JSON",
    b"<": "HTML or XML",
}


def read_table(content: Content, *, check_field: Callable[[pa.Field], None], row_count: int | None = None) -> pa.Table:
    """The table in one Arrow IPC stream, fully validated.

    `check_field` sees each field of the schema before any data is touched and raises BadUserInput for those it does not
    allow; it must let no nested or extension type pass that it does not know.
    """
    _check_form(content)
    check_frame(content)
    try:
        with pa.ipc.open_stream(pa.py_buffer(content)) as reader:
            _check_schema(reader.schema, check_field)
            table = reader.read_all()
        table.validate(full=True)
    except (pa.ArrowException, OSError, UnicodeDecodeError, OverflowError) as problem:
        raise BadUserInput("This is not a valid Arrow IPC stream: its content contradicts its schema.") from problem
    if row_count is not None and table.num_rows != row_count:
        raise BadUserInput(f"{row_count:,} rows were declared, {table.num_rows:,} are in the Arrow stream.")
    return table


def _check_form(content: Content) -> None:
    if not content:
        raise BadUserInput("The body is empty; send an Arrow IPC stream.")
    for start, name in LOOKS_LIKE.items():
        if content.startswith(start):
            raise UnsupportedType(f"This looks like {name}; send an Arrow IPC stream.")


def _check_schema(schema: pa.Schema, check_field: Callable[[pa.Field], None]) -> None:
    if len(schema) > MOST_COLUMNS:
        raise BadUserInput(f"The table has {len(schema):,} columns; at most {MOST_COLUMNS:,} are allowed.")
    twice = [name for name, count in Counter(schema.names).items() if count > 1]
    if twice:
        raise BadUserInput(f"The column {twice[0][:100]!r} is there more than once.", field=twice[0][:100])
    for field in schema:
        if len(field.name) > LONGEST_COLUMN_NAME:
            raise BadUserInput(f"A column's name may have {LONGEST_COLUMN_NAME} characters, not {len(field.name):,}.")
        check_field(field)
