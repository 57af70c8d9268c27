"""What people do to datapoints: tags, labels and comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chroma_sdk._clear import CLEAR
from chroma_sdk._comment import Comment
from chroma_sdk._dataset_part import KEYS_IN_A_SELECTION, DatasetPart
from chroma_sdk._documents.datapoints import (
    ADD_COMMENT,
    COMMENTS,
    DATAPOINT_IDS,
    DELETE_DATAPOINTS,
    SET_LABEL,
    TAG_SELECTION,
    UNTAG_SELECTION,
)
from chroma_sdk._errors import InvalidArgument, NotFound
from chroma_sdk._job import Job
from chroma_sdk._listing import Listing
from chroma_sdk._strings import as_keys, as_strings, check_names

# More than the server labels at once becomes a job there; in pieces it is done when we return.
LABELLED_AT_ONCE = 20_000


class DatasetCuration(DatasetPart):
    """Tags, labels and comments."""

    def tag(self, name: str, *, keys: Iterable[str]) -> int:
        """Put a tag on datapoints; a missing tag is made. Returns how many did not carry it before."""
        return self._change_tag(TAG_SELECTION, name, keys)

    def untag(self, name: str, *, keys: Iterable[str]) -> int:
        """Take a tag off datapoints. Returns how many carried it before."""
        return self._change_tag(UNTAG_SELECTION, name, keys)

    def set_labels(self, labels: Mapping[str, Any], *, why: str = "") -> int:
        """Correct labels, as a person does in the explorer: the next run that logs the old ones leaves them alone.

        Parameters
        ----------
        labels : Mapping
            The category for each key; a missing category is made. `chroma_sdk.CLEAR` takes the label off.
        why : str, optional
            The reason, kept in the history of each label; at most 500 characters.

        Returns
        -------
        count : int
            How many labels changed.

        Raises
        ------
        NotFound
            The dataset has no datapoint with one of the keys; the labels of the category before it are changed.
        """
        if not isinstance(labels, Mapping):
            raise InvalidArgument("labels", f"got {type(labels).__name__}, wanted a dict of key to category.")
        keys = as_keys(list(labels))
        names, _ = as_strings("labels", list(labels.values()))
        check_names("labels", names)
        by_category: dict[str | None, list[str]] = {}
        for key, given, name in zip(keys.to_pylist(), labels.values(), names.to_pylist(), strict=True):
            if name is None and given is not CLEAR:
                raise InvalidArgument("labels", f"{key!r} has no category; chroma_sdk.CLEAR takes a label off.")
            by_category.setdefault(name, []).append(key)
        changed = 0
        for name, of_it in by_category.items():
            for selection in self._selections(as_keys(of_it), LABELLED_AT_ONCE):
                asked = {"selectionId": selection, "categoryName": name, "why": why}
                changed += self._connection.mutate(SET_LABEL, asked)["changedCount"]
        return changed

    def delete_datapoints(self, keys: Iterable[str]) -> list[Job]:
        """Delete datapoints with everything about them, and the objects inside of them.

        Parameters
        ----------
        keys : iterable of str

        Returns
        -------
        jobs : list of Job
            What deletes them in the background, one for each 100,000; `Job.wait` waits.
        """
        wanted = as_keys(keys if hasattr(keys, "__len__") else list(keys))
        jobs = []
        for place, selection in enumerate(self._selections(wanted)):
            count = min(len(wanted) - place * KEYS_IN_A_SELECTION, KEYS_IN_A_SELECTION)
            asked = {"selectionId": selection, "confirmCount": count}
            jobs.append(Job(self._home, self._connection.mutate(DELETE_DATAPOINTS, asked)["job"]))
        return jobs

    def comment(self, key: str, text: str) -> Comment:
        """Write a comment on a datapoint."""
        asked = {"datapointId": self._datapoint_id(key), "text": text}
        return Comment(self._connection, self._connection.mutate(ADD_COMMENT, asked, repeatable=False)["comment"])

    def comments(self, key: str) -> Listing[Comment]:
        """Return the comments on a datapoint."""
        asked = {"datapointId": self._datapoint_id(key)}
        return Listing(self._connection, COMMENTS, asked, lambda node: Comment(self._connection, node))

    def _change_tag(self, document: str, name: str, keys: Iterable[str]) -> int:
        wanted = as_keys(keys if hasattr(keys, "__len__") else list(keys)).unique()
        return sum(
            self._connection.mutate(document, {"selectionId": selection, "name": name})["changedCount"]
            for selection in self._selections(wanted)
        )

    def _datapoint_id(self, key: str) -> str:
        asked = {"datasetId": self.id, "keys": [str(key)]}
        for edge in self._connection.graphql(DATAPOINT_IDS, asked)["datapoints"]["edges"]:
            return str(edge["node"]["id"])
        raise NotFound(f"{self.name} has no datapoint {str(key)!r}.", code="NOT_FOUND", field="key")
