"""Checking every row of a file by the rules that logging itself has, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from apps.common.errors import ChromaError
from apps.common.names import clean_name
from apps.curation.column_names import ModelName, model_named
from apps.curation.imports.cells import Numbers
from apps.curation.imports.passes import Pass, passes_of
from apps.curation.imports.problems import Problems
from apps.curation.imports.rows import Rows
from apps.curation.services.labelling import LONGEST_WHY
from apps.datasets.log.batch import LogBatch, Mask, as_mask, check_text
from apps.datasets.log.declaration import DIMENSIONS
from apps.datasets.log.fields import FIELDS
from apps.datasets.log.names import check_category_column
from apps.datasets.log.read import LONGEST_KEY
from apps.datasets.log.table import find_datapoints
from apps.datasets.log.target import resolve_target
from apps.datasets.models import DatapointRole, Dataset, Upload

CONTROLS = r"[\x00-\x1f\x7f]"
LARGEST_OVERSHOOT = 0.001


@dataclass(frozen=True)
class CheckedBatch(LogBatch):
    """A batch that goes on after a problem: every wrong row is told, none is raised."""

    numbers: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    problems: Problems = field(default_factory=Problems)

    def fail(self, column: str, mask: Mask, problem: str) -> None:
        for row in np.flatnonzero(mask).tolist():
            self.fail_at(column, row, problem)

    def fail_at(self, column: str, row: int, problem: str) -> Any:
        self.problems.add(int(self.numbers[row]), column, problem)


class Checker:
    """Checks batch after batch. It remembers keys and names of categories over the whole file."""

    def __init__(self, dataset: Dataset, problems: Problems, *, files: set[str]) -> None:
        self._dataset, self._problems = dataset, problems
        # The images that came along in the archive: they need not be on the server yet.
        self._files = files
        self._categories: set[str] = set()
        self._kinds: dict[ModelName, pa.DataType] = {}
        self._models: set[ModelName] = set()
        self._keys: list[pa.Array] = []
        self._numbers: list[Numbers] = []
        self._contexts: list[tuple[Numbers, pa.Array]] = []
        self._parents: list[tuple[Numbers, pa.Array]] = []

    def check(self, rows: Rows) -> None:
        self._check_keys(rows)
        for part in _parts(rows):
            for each in passes_of(part):
                places = slice(None) if each.places is None else each.places
                self._check_pass(each, part.numbers[places], are_objects=bool(part.is_object[0]))
        if rows.corrections is not None:
            self._check_corrections(rows)
        for number, tags in zip(rows.numbers.tolist(), rows.tags, strict=False):
            self._check_tags(number, tags)
        if rows.is_object.any():
            self._check_objects(rows.take(rows.is_object))

    def finish(self) -> None:
        """What only shows once all rows are known: keys that come twice, parents that are nowhere."""
        keys = pa.concat_arrays(self._keys).drop_null() if self._keys else pa.array([], type=pa.string())
        counted = pc.value_counts(keys)
        twice = pc.filter(counted.field("values"), pc.greater(counted.field("counts"), 1))
        if len(twice):
            self._tell_twice(twice)
        # Wrong rows may be left out, and then what lies in them has no place either.
        wrong = np.array(self._problems.rows, dtype=np.int64)
        right = [keys.filter(pa.array(~np.isin(numbers, wrong))) for numbers, keys in self._contexts]
        contexts = pa.concat_arrays(right) if right else pa.array([], type=pa.string())
        for numbers, parents in self._parents:
            self._check_parents(numbers, parents, contexts)

    def _check_keys(self, rows: Rows) -> None:
        keys = rows.facts["key"]
        batch = self._batch(pa.table({"key": keys}), Upload(dataset=self._dataset), rows.numbers)
        batch.fail("key", ~batch.given("key") & ~rows.is_object, "every datapoint needs a key.")
        check_text(batch, "key", at_least=1, at_most=LONGEST_KEY)
        hidden = as_mask(pc.fill_null(pc.match_substring_regex(keys, CONTROLS), False))
        batch.fail("key", hidden, "holds a control character such as a line break; leave it out.")
        self._check_roles(batch, rows)
        self._keys.append(keys)
        self._numbers.append(rows.numbers)
        self._contexts.append((rows.numbers[~rows.is_object], keys.filter(pa.array(~rows.is_object))))

    def _check_roles(self, batch: CheckedBatch, rows: Rows) -> None:
        """A key that the dataset has already stays what it is: an object or a context."""
        if self._dataset.next_row:
            given = [key for key in rows.facts["key"].to_pylist() if key is not None]
            stored = {key: role for key, role, *_ in find_datapoints(self._dataset.pk, given)}
            keys = rows.facts["key"].to_pylist()
            roles = np.where(rows.is_object, DatapointRole.OBJECT.value, DatapointRole.CONTEXT.value).tolist()
            other = [stored.get(key, role) != role for key, role in zip(keys, roles, strict=True)]
            batch.fail("key", np.array(other), "names a context here and an object in the dataset, or the reverse.")

    def _check_pass(self, each: Pass, numbers: Numbers, *, are_objects: bool) -> None:
        columns = each.columns
        if are_objects and each.places is not None:
            self._problems.add(0, "embedding", "Either all objects of a source have a vector, or none.")
        if self._files and "file" in columns:
            is_here = pc.is_in(columns["file"], pa.array(sorted(self._files), type=pa.string()))
            columns = columns | {"file": pc.if_else(is_here, None, columns["file"])}
        self._check_types(each)
        self._check_model(each.model)
        table = pa.table({name: values for name, values in columns.items() if name not in {"parent", "box"}})
        batch = self._batch(table, each.upload(self._dataset), numbers)
        target = resolve_target(batch, self._dataset)
        for checked in FIELDS:
            try:
                checked.check(batch, target)
            except ChromaError as problem:
                self._problems.add(0, problem.field or "", problem.message)

    def _check_types(self, each: Pass) -> None:
        """What holds for a column as a whole: its type and, of vectors, that all batches have the same width."""
        upload = each.upload(self._dataset)
        vectors = each.columns.get("embedding")
        if vectors is not None:
            width = vectors.type.list_size
            if width not in DIMENSIONS:
                words = f"Vectors have {DIMENSIONS[0]} to {DIMENSIONS[-1]:,} numbers, not {width:,}."
                self._problems.add(0, "embedding", words)
            if self._kinds.setdefault(each.model, vectors.type) != vectors.type:
                self._problems.add(0, "embedding", "The vectors of one layer must all have the same length.")
        for name, values in each.columns.items():
            for checked in FIELDS:
                rule = checked.rule_for(name, upload)
                if rule is not None and not rule.allows(values.type):
                    self._problems.add(0, name, f"must be {rule.words}, not {values.type}.")

    def _check_model(self, model: ModelName) -> None:
        """A trained model that a cell or a column names is called as a log could call it."""
        if model in self._models:
            return
        self._models.add(model)
        for what, name in (("model", model.model), ("version", model.version), ("layer", model.layer or "default")):
            try:
                clean_name(name, what=f"The name of a {what}, {name[:40]!r},")
            except ChromaError as problem:
                self._problems.add(0, what, problem.message)

    def _check_corrections(self, rows: Rows) -> None:
        labels = pa.array([label for label, _ in rows.corrections or ()], type=pa.string())
        whys = pa.array([why for _, why in rows.corrections or ()], type=pa.string())
        table = pa.table({"key": rows.facts["key"], "label": labels, "label_why": whys})
        batch = self._batch(table, Upload(dataset=self._dataset), rows.numbers)
        check_text(batch, "label_why", at_most=LONGEST_WHY)
        try:
            check_category_column(batch, "label")
        except ChromaError as problem:
            self._problems.add(0, "label", problem.message)

    def _check_tags(self, number: int, tags: list[str]) -> None:
        for tag in tags:
            try:
                clean_name(tag, what=f"The tag {tag[:100]!r}")
            except ChromaError as problem:
                self._problems.add(number, "tags", problem.message)

    def _check_objects(self, rows: Rows) -> None:
        batch = self._batch(
            pa.table({"key": rows.facts["key"], "parent": rows.facts["parent"]}), Upload(), rows.numbers
        )
        batch.fail("parent", ~batch.given("parent"), "every object needs the key of the datapoint that it lies in.")
        if "source" in rows.facts:
            for name in rows.facts["source"].unique().drop_null().to_pylist():
                if (model := model_named(name)) is not None:
                    self._check_model(model)
        self._parents.append((rows.numbers, rows.facts["parent"]))
        if "box" not in rows.facts:
            self._problems.add(0, "box", "Objects need a box; map the column that holds it.")
            return
        boxes = rows.facts["box"]
        batch.fail("box", as_mask(boxes.is_null()), "every object needs a box of four numbers.")
        corners = boxes.flatten().to_numpy(zero_copy_only=False).reshape(-1, 4)
        given = as_mask(boxes.is_valid())
        wrong = np.zeros(len(boxes), dtype=np.bool_)
        with np.errstate(invalid="ignore"):
            ends = corners[:, :2] + corners[:, 2:]
            inside = (corners[:, :2] >= -LARGEST_OVERSHOOT).all(axis=1) & (ends <= 1 + LARGEST_OVERSHOOT).all(axis=1)
            wrong[given] = ~(inside & (corners[:, 2:] > 0).all(axis=1))
        batch.fail("box", wrong, "must be x, y, width and height as shares of the image, 0 … 1, with an area.")

    def _check_parents(self, numbers: Numbers, parents: pa.Array, contexts: pa.Array) -> None:
        missing = as_mask(pc.invert(pc.is_in(parents, contexts))) & as_mask(parents.is_valid())
        unknown = [parents[row].as_py() for row in np.flatnonzero(missing)]
        stored = set(
            self._dataset.datapoints.filter(key__in=sorted(set(unknown)), role="context").values_list("key", flat=True)
            if unknown
            else ()
        )
        for row in np.flatnonzero(missing).tolist():
            if (key := parents[row].as_py()) not in stored:
                message = f"there is no datapoint {key[:100]!r}, neither in the file nor in the dataset."
                self._problems.add(int(numbers[row]), "parent", message)

    def _tell_twice(self, twice: pa.Array) -> None:
        first: dict[str, int] = {}
        for keys, numbers in zip(self._keys, self._numbers, strict=True):
            for place in np.flatnonzero(as_mask(pc.is_in(keys, twice))).tolist():
                key, number = keys[place].as_py(), int(numbers[place])
                if key in first:
                    self._problems.add(number, "key", f"row {first[key]:,} has the same key {key[:100]!r}.")
                first.setdefault(key, number)

    def _batch(self, table: pa.Table, upload: Upload, numbers: Numbers) -> CheckedBatch:
        return CheckedBatch(
            dataset=self._dataset,
            upload=upload,
            table=table,
            category_names=self._categories,
            numbers=numbers,
            problems=self._problems,
        )


def _parts(rows: Rows) -> Iterator[Rows]:
    """Contexts, and the objects of each source: what is logged together."""
    if not rows.is_object.any():
        yield rows
        return
    if not rows.is_object.all():
        yield rows.take(~rows.is_object)
    objects = rows.take(rows.is_object)
    sources = objects.facts["source"].to_pylist() if "source" in objects.facts else [None] * len(objects.numbers)
    for source in dict.fromkeys(sources):
        yield objects.take(np.array([each == source for each in sources]))
