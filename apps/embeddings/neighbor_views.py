"""All stored neighbours of an embedding set, as Arrow."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pyarrow as pa
from django.http import HttpResponseBase

from apps.common.arrow import arrow_response, not_modified
from apps.common.errors import NotFound
from apps.common.http import ApiRequest, api_view
from apps.datasets.columns import ColumnReader, iter_column
from apps.datasets.models import Datapoint
from apps.embeddings.models import EmbeddingSet, Metric, NeighborGraph
from apps.embeddings.neighbors import stored_graph
from apps.embeddings.services import checked_metric
from apps.projects import access


@api_view(methods={"GET", "HEAD"})
def neighbors(request: ApiRequest, id: str) -> HttpResponseBase:
    """The lists of the datapoints that exist, in row order, with the version of the vectors that they are right for."""
    rows = EmbeddingSet.objects.select_related("vectors", "dataset")
    embedding_set = access.get(request.actor, EmbeddingSet, id, rows=rows)
    metric = checked_metric(request.GET.get("metric", Metric.COSINE))
    graph = stored_graph(embedding_set, metric)
    if graph is None:
        raise NotFound(
            f"There are no {metric.value} neighbours of this embedding set yet.",
            field="metric",
            hint="Ask for them with the mutation computeNeighbors.",
        )
    alive = zlib.crc32(bytes(embedding_set.dataset.alive))
    etag = f"{graph.pk}.{graph.rows.version}.{graph.vectors_version}.{embedding_set.vectors.version}.{alive:x}"
    schema = _schema(graph, embedding_set)
    answer = not_modified(request, etag)
    return answer or arrow_response(request, schema, _batches(graph, embedding_set, schema), etag=etag)


def _schema(graph: NeighborGraph, embedding_set: EmbeddingSet) -> pa.Schema:
    fields = [
        pa.field("row", pa.uint32()),
        pa.field("key", pa.string()),
        pa.field("neighbors", pa.list_(pa.uint32(), graph.rows.width)),
        pa.field("distances", pa.list_(pa.float32(), graph.distances.width)),
    ]
    facts = {
        "metric": graph.metric,
        "recall": str(graph.recall),
        "vectors_version": str(graph.vectors_version),
        "is_fresh": str(graph.vectors_version == embedding_set.vectors.version).lower(),
    }
    return pa.schema(fields, metadata=facts)


def _batches(graph: NeighborGraph, embedding_set: EmbeddingSet, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Blocks of the lists of datapoints that exist, beside their keys, in row order."""
    distances = ColumnReader(graph.distances)
    for rows, near in iter_column(graph.rows, version=graph.rows.version):
        here = Datapoint.objects.filter(dataset=embedding_set.dataset_id, row__range=(int(rows[0]), int(rows[-1])))
        keys = dict(here.order_by().values_list("row", "key"))
        found = [keys.get(row) for row in rows.tolist()]
        batch = pa.record_batch(
            [
                pa.array(rows),
                pa.array(found, type=pa.string()),
                pa.FixedSizeListArray.from_arrays(pa.array(near.reshape(-1)), graph.rows.width),
                pa.FixedSizeListArray.from_arrays(
                    pa.array(distances.read(rows).values.reshape(-1)), graph.distances.width
                ),
            ],
            schema=schema,
        )
        yield batch if None not in found else batch.filter(batch.column("key").is_valid())
