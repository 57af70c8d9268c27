"""All vectors of an embedding set, as Arrow."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pyarrow as pa
from django.http import HttpResponseBase

from apps.common.arrow import arrow_response, not_modified
from apps.common.http import ApiRequest, api_view
from apps.datasets.columns import iter_column
from apps.datasets.models import Datapoint
from apps.embeddings.models import EmbeddingSet
from apps.projects import access


@api_view(methods={"GET", "HEAD"})
def vectors(request: ApiRequest, id: str) -> HttpResponseBase:
    rows = EmbeddingSet.objects.select_related("vectors", "dataset")
    embedding_set = access.get(request.actor, EmbeddingSet, id, rows=rows)
    version = embedding_set.vectors.version
    etag = f"{embedding_set.pk}.{version}.{zlib.crc32(bytes(embedding_set.dataset.alive)):x}"
    schema = _schema(embedding_set)
    return not_modified(request, etag) or arrow_response(request, schema, _batches(embedding_set, schema), etag=etag)


def _schema(embedding_set: EmbeddingSet) -> pa.Schema:
    column = embedding_set.vectors
    fields = [
        pa.field("row", pa.uint32()),
        pa.field("key", pa.string()),
        pa.field("embedding", pa.list_(pa.from_numpy_dtype(column.dtype), column.width)),
    ]
    return pa.schema(fields, metadata={"version": str(column.version)})


def _batches(embedding_set: EmbeddingSet, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Blocks of the vectors of datapoints that exist, beside their keys, in row order."""
    column = embedding_set.vectors
    for rows, values in iter_column(column, version=column.version):
        here = Datapoint.objects.filter(dataset=embedding_set.dataset_id, row__range=(int(rows[0]), int(rows[-1])))
        keys = dict(here.order_by().values_list("row", "key"))
        found = [keys.get(row) for row in rows.tolist()]
        batch = pa.record_batch(
            [
                pa.array(rows),
                pa.array(found, type=pa.string()),
                pa.FixedSizeListArray.from_arrays(pa.array(values.reshape(-1)), column.width),
            ],
            schema=schema,
        )
        yield batch if None not in found else batch.filter(batch.column("key").is_valid())
