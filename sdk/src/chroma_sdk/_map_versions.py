"""Versions of a map: new datapoints placed on it, or fitted again from where it lies."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from chroma_sdk._documents.maps import MAP, MAP_VERSIONS, PLACE_NEW, REFIT
from chroma_sdk._embedding_set import EmbeddingSet, choose, embedding_sets_of
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._noun import Noun

if TYPE_CHECKING:
    from chroma_sdk._map import Map


class MapVersions(Noun):
    """What a map tells of its versions, and how new ones are made."""

    _stored: Any

    def place_new(self, *, name: str | None = None, wait: bool = True, quiet: bool = False) -> Map:
        """Make a version on which datapoints logged since, and those with new vectors, get a place.

        All others stay where they are, bit by bit. New ones are put between the datapoints that they are nearest to:
        what resembles nothing on the map is shown by `refit`.

        Parameters
        ----------
        name : str, optional
            Name of the version; otherwise the map's name with "v2", "v3", …
        wait : bool, default True
            Wait until it is done.
        quiet : bool, default False
            Show no progress bar.

        Raises
        ------
        Conflict
            There is nothing to place, or the map is not finished.
        """
        stored = self._connection.mutate(PLACE_NEW, {"id": self.id, "name": name}, repeatable=False)["projectionSet"]
        return self._made(stored, wait=wait, quiet=quiet)

    def refit(
        self,
        *,
        embedding_sets: Sequence[EmbeddingSet] | None = None,
        model: str | None = None,
        layer: str | None = None,
        version: str | None = None,
        name: str | None = None,
        wait: bool = True,
        quiet: bool = False,
    ) -> Map:
        """Make a version whose fit starts from this map's layout and is laid over it, with the vectors there are now.

        Parameters
        ----------
        embedding_sets : sequence of EmbeddingSet, optional
            Others of the same datasets; their dimension may differ.
        model, layer, version : str, optional
            The same by name: which embeddings of each of the map's datasets, such as those of a newer model.
        name : str, optional
            Name of the version; otherwise the map's name with "v2", "v3", …
        wait : bool, default True
            Wait until it is done.
        quiet : bool, default False
            Show no progress bar.
        """
        chosen = embedding_sets
        if any((model, layer, version)):
            if embedding_sets is not None:
                raise InvalidArgument("embedding_sets", "give these, or model, layer and version; not both.")
            datasets = [source["embeddingSet"]["dataset"] for source in self._stored["sources"]]
            chosen = [
                choose(
                    each["name"], embedding_sets_of(self._home, each["id"]), layer=layer, model=model, version=version
                )
                for each in datasets
            ]
        ids = None if chosen is None else [each.id for each in chosen]
        asked = {"id": self.id, "name": name, "embeddingSetIds": ids}
        stored = self._connection.mutate(REFIT, asked, repeatable=False)["projectionSet"]
        return self._made(stored, wait=wait, quiet=quiet)

    @property
    def origin(self) -> str:
        """How it came to its positions: "fit", "place" or "refit"."""
        return str(self._stored["origin"]).lower()

    @property
    def drift(self) -> dict[str, Any] | None:
        """How far datapoints moved since the version before, as a share of that one's spread; None without one.

        "median" and "p90" of all that are on both, "unchanged_median" and "unchanged_p90" of those whose vectors are
        the same, "neighbor_retention" (0 to 1), and "n_shared", "n_unchanged", "n_new", "n_gone".
        """
        drift = self._finished()["drift"]
        return None if drift is None else dict(drift)

    @property
    def previous(self) -> Map | None:
        """The version before; None for the first, or where that was deleted."""
        before = self._stored["previous"]
        if before is None:
            return None
        return self._of(self._connection.graphql(MAP, {"id": before["id"]})["projectionSet"])

    def versions(self) -> list[Map]:
        """Return all versions of this map, the oldest first, itself among them."""
        stored = self._connection.graphql(MAP_VERSIONS, {"id": self.id})["projectionSet"]["versions"]
        return [self._of(each) for each in stored]

    def moved(self) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return how far each datapoint moved since the version before.

        Returns
        -------
        moved : ndarray of shape (n,), float32
            As a share of that version's spread (the root mean square distance of its points from their centre), in the
            order of `keys`; NaN for datapoints that were not on it.
        """
        return self.column("moved")

    @abstractmethod
    def column(self, name: str) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return what is known of each datapoint beside its place."""

    def _made(self, stored: Any, *, wait: bool, quiet: bool) -> Map:
        made = self._of(stored)
        return made.wait(quiet=quiet) if wait else made

    def _of(self, stored: Any) -> Map:
        made: Any = type(self)(self._home, stored)
        return cast("Map", made)

    @abstractmethod
    def _finished(self) -> Any:
        """Return the stored map, once its job is done."""
