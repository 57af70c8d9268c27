"""From the bytes of an upload to a batch whose form is right."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from apps.common.arrow import read_table
from apps.common.errors import BadUserInput
from apps.datasets.log.batch import SHOWN, LogBatch, as_mask, check_keys_differ, check_text
from apps.datasets.log.columns import PLAIN_TEXT, TEXT_LIST, ColumnRule
from apps.datasets.log.fields import FIELDS
from apps.datasets.log.roles import why_not_logged
from apps.datasets.models import DatapointRole, Dataset, Upload

LONGEST_KEY = 200
CLEARABLE = "label, resource, inference, embedding, metadata and metadata:<name>"


def read_batch(content: bytes | bytearray, *, dataset: Dataset, upload: Upload) -> LogBatch:
    """Read and check everything that concerns no field in particular: types, rows, keys, clearings."""
    table = read_table(content, check_field=lambda field: _check_type(field, upload), row_count=upload.row_count)
    batch = LogBatch(dataset=dataset, upload=upload, table=table)
    for name in ("parent", "box") if upload.role == DatapointRole.OBJECT else ("key",):
        if not batch.has(name):
            raise BadUserInput(f"The column {name!r} is missing.", field=name)
    _check_keys(batch)
    _check_clearings(batch)
    return batch


def _check_type(field: pa.Field, upload: Upload) -> None:
    rule = _rule_for(field.name, upload)
    if rule is None:
        raise BadUserInput(
            f"A log has no column {field.name[:100]!r}.",
            field=field.name[:100],
            hint="Metadata is named 'metadata:<name>'.",
        )
    if not rule.allows(field.type):
        name, found = field.name[:100], str(field.type)[:100]
        raise BadUserInput(f"The column {name!r} must be {rule.words}, not {found}.", field=name)


def _rule_for(name: str, upload: Upload) -> ColumnRule | None:
    reason = why_not_logged(name, upload)
    if reason is not None:
        raise BadUserInput(f"The column {name!r} {reason}", field=name)
    if name == "key":
        return PLAIN_TEXT
    if name == "clear":
        return TEXT_LIST
    rules = (field.rule_for(name, upload) for field in FIELDS)
    return next((rule for rule in rules if rule is not None), None)


def _check_keys(batch: LogBatch) -> None:
    """Objects may come without: they get theirs when it is known where they are."""
    if not batch.has("key"):
        return
    check_text(batch, "key", at_least=1, at_most=LONGEST_KEY)
    hidden = as_mask(pc.fill_null(pc.match_substring_regex(batch.keys, r"[\x00-\x1f\x7f]"), False))
    batch.fail("key", hidden, "holds a control character such as a line break; leave it out.")
    if batch.upload.role == DatapointRole.CONTEXT:
        batch.fail("key", ~batch.given("key"), "every datapoint needs a key.")
        check_keys_differ(batch)


def _check_clearings(batch: LogBatch) -> None:
    for row, word in batch.clearings:
        reason = why_not_logged(word, batch.upload)
        if reason is not None:
            batch.fail_at("clear", row, f"{word!r} {reason}")
        if not any(field.clears(word) for field in FIELDS):
            batch.fail_at("clear", row, f"{word[:SHOWN]!r} cannot be removed; allowed are {CLEARABLE}.")
