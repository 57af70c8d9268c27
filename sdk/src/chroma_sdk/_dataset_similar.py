"""What is near what, by the embeddings of a dataset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from chroma_sdk._dataset_curation import DatasetCuration
from chroma_sdk._dataset_part import KEYS_IN_A_SELECTION
from chroma_sdk._documents.similar import COMPUTE_NEIGHBORS, FIND_SIMILAR
from chroma_sdk._embedding_set import EmbeddingSet, choose, embedding_sets_of
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._job import Job
from chroma_sdk._neighbors import MOST_SIMILAR, Neighbors, Similar, as_vector, check_metric, read_neighbors
from chroma_sdk._strings import as_keys

if TYPE_CHECKING:
    from chroma_sdk._dataset import Dataset


class DatasetSimilar(DatasetCuration):
    """Find similar, and the graph of neighbours."""

    def find_similar(
        self,
        key: str | None = None,
        *,
        keys: Iterable[str] | None = None,
        vector: Any = None,
        n: int = 20,
        metric: str = "cosine",
        among: Dataset | Sequence[Dataset] | None = None,
        role: str | None = None,
        layer: str | None = None,
        model: str | None = None,
        version: str | None = None,
    ) -> list[Similar]:
        """Return the datapoints whose embeddings are nearest to that of a datapoint, to a centre, or to a vector.

        Parameters
        ----------
        key : str, optional
            Of the datapoint asked about; it is not among the answers. Exactly one of key, keys and vector.
        keys : iterable of str, optional
            Of at most 100,000 datapoints: what is near to the mean of their vectors, and none of them.
        vector : array-like of shape (d,), optional
            With as many finite numbers as the embeddings have.
        n : int, default 20
            How many, at most 500.
        metric : {"cosine", "euclidean", "dot", "manhattan", "correlation"}, default "cosine"
        among : Dataset or sequence of Dataset, optional
            Where to look, instead of this dataset: others of the project that have embeddings of the same layer.
        role : {"context", "object"}, optional
            Only whole resources, or only regions inside of them.
        layer, model, version : str, optional
            Which embeddings. Needed only where the dataset has several.

        Returns
        -------
        similar : list of Similar
            Key, distance and dataset of each, the nearest first.

        Raises
        ------
        InvalidArgument
            Something is wrong with an argument.
        """
        if sum(each is not None for each in (key, keys, vector)) != 1:
            raise InvalidArgument("key", "wanted exactly one of key, keys and vector.")
        if not 1 <= n <= MOST_SIMILAR:
            raise InvalidArgument("n", f"got {n}, wanted 1 to {MOST_SIMILAR}.")
        if role not in (None, "context", "object"):
            raise InvalidArgument("role", f"got {role!r}, wanted context or object.")
        asked: dict[str, Any] = {"metric": check_metric(metric).upper(), "first": n, "role": role and role.upper()}
        chosen = self._embedding_set(layer, model, version)
        if key is not None:
            asked["datapointId"] = self._datapoint_id(key)
        elif keys is not None:
            asked["selectionId"] = self._one_selection(keys)
        else:
            asked["vector"] = as_vector(vector, chosen.dimension)
        if among is not None:
            asked["amongDatasetIds"] = [each.id for each in (among if isinstance(among, Sequence) else [among])]
        found = self._connection.graphql(FIND_SIMILAR, {"embeddingSetId": chosen.id, **asked})["findSimilar"]
        return [
            Similar(edge["node"]["key"], edge["distance"], edge["node"]["dataset"]["name"]) for edge in found["edges"]
        ]

    def neighbors(
        self,
        *,
        metric: str = "cosine",
        layer: str | None = None,
        model: str | None = None,
        version: str | None = None,
    ) -> Neighbors:
        """Return the stored nearest neighbours of all datapoints, as `compute_neighbors` or a map made them.

        Parameters
        ----------
        metric : {"cosine", "euclidean", "dot", "manhattan", "correlation"}, default "cosine"
        layer, model, version : str, optional
            Which embeddings. Needed only where the dataset has several.

        Returns
        -------
        neighbors : Neighbors

        Raises
        ------
        NotFound
            None are stored for this metric.
        """
        return read_neighbors(self._connection, self._embedding_set(layer, model, version).id, check_metric(metric))

    def compute_neighbors(
        self,
        n_neighbors: int | None = None,
        *,
        metric: str = "cosine",
        layer: str | None = None,
        model: str | None = None,
        version: str | None = None,
        wait: bool = True,
        quiet: bool = False,
    ) -> Job:
        """Have the nearest neighbours computed, or brought up to date, and return the job.

        Parameters
        ----------
        n_neighbors : int, optional
            How many, the datapoint itself included, 2 to 200; by default as many as are stored, or 30.
        metric : {"cosine", "euclidean", "dot", "manhattan", "correlation"}, default "cosine"
        layer, model, version : str, optional
            Which embeddings. Needed only where the dataset has several.
        wait : bool, default True
            Wait until it is done. Interrupting leaves the job running.
        quiet : bool, default False
            Show no progress bar.
        """
        chosen = self._embedding_set(layer, model, version)
        asked = {
            "embeddingSetId": chosen.id,
            "metric": check_metric(metric).upper(),
            "neighborCount": n_neighbors,
        }
        job = Job(self._home, self._connection.mutate(COMPUTE_NEIGHBORS, asked)["job"])
        return job.wait(quiet=quiet) if wait else job

    def _embedding_set(self, layer: str | None, model: str | None, version: str | None) -> EmbeddingSet:
        sets = embedding_sets_of(self._home, self.id)
        return choose(self.name, sets, layer=layer, model=model, version=version)

    def _one_selection(self, keys: Iterable[str]) -> str:
        wanted = as_keys(keys if hasattr(keys, "__len__") else list(keys)).unique()
        if not 1 <= len(wanted) <= KEYS_IN_A_SELECTION:
            raise InvalidArgument("keys", f"got {len(wanted):,}, wanted 1 to {KEYS_IN_A_SELECTION:,}.")
        return next(self._selections(wanted))
