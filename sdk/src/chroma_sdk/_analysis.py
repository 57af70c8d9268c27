"""Analyses: computations that score datapoints."""

from __future__ import annotations

from typing import Any

import numpy as np

from chroma_sdk._dataset import Dataset
from chroma_sdk._documents.analyses import ANALYSIS, DELETE_ANALYSIS, RENAME_ANALYSIS
from chroma_sdk._noun import Noun
from chroma_sdk._score_set import ScoreSet, as_score_set, choose_score_set, read_scores
from chroma_sdk._waiting import wait_for_job


class Analysis(Noun):
    """A computation that scores datapoints, and what came out.

    Made by `Project.match_objects` and `Project.run_class_quality`; `Project.analyses` lists those that exist.

    Attributes
    ----------
    id : str
    kind : str
        "class_quality" or "match_objects".
    name : str
    parameters : dict
        What was asked, with the names that things had then.
    summary : dict
        What came out, in numbers.
    notes : list of str
        What is to be read beside the numbers.
    score_sets : list of ScoreSet
    created_by : str or None
    created_at : str
    finished_at : str or None
        None until the job is done.
    """

    def __repr__(self) -> str:
        return f"<Analysis {self.name!r}: {self.summary if self.finished_at else 'not done yet'}>"

    def wait(self, *, quiet: bool = False) -> Analysis:
        """Wait until the job is done, with a progress bar. Interrupting (Ctrl-C) leaves the job running.

        Raises
        ------
        JobFailed
            With the reason that the server gives. JobCancelled if somebody cancelled it.
        """
        if self._job is not None and not self.finished_at:
            title, url = f"analysis {self.name!r}", f"{self._home.url}/jobs"
            wait_for_job(self._connection, self._job["id"], title=title, url=url, quiet=quiet)
        self._take(self._connection.graphql(ANALYSIS, {"id": self.id})["analysis"])
        return self

    def scores(self, dataset: Dataset, name: str) -> tuple[list[str], np.ndarray[Any, Any]]:
        """Return scores that it gave.

        Parameters
        ----------
        dataset : Dataset
        name : str
            Of the score set, as in `score_sets`.

        Returns
        -------
        keys : list of str
            Of the datapoints that have a score, in row order.
        scores : ndarray of shape (n,)
            Numbers, or strings where the scores are one of several values.
        """
        if not self.finished_at:
            self.wait()
        of_it = [found for found in self.score_sets if found.dataset == dataset.name]
        chosen = choose_score_set(of_it, name, owner=f"{dataset.name} in {self.name}")
        return read_scores(self._connection, dataset.id, chosen)

    def rename(self, name: str) -> Analysis:
        """Give it another name, and return it. Raises Conflict if there is an analysis of that name."""
        self._take(self._mutate(RENAME_ANALYSIS, name=name)["analysis"])
        return self

    def delete(self) -> None:
        """Delete it and its scores; labels that it wrote stay."""
        self._mutate(DELETE_ANALYSIS)

    def _read(self, stored: Any) -> None:
        self._job = stored["job"]
        self.kind: str = stored["kind"].lower()
        self.name: str = stored["name"]
        self.parameters: dict[str, Any] = dict(stored["parameters"])
        self.summary: dict[str, Any] = dict(stored["summary"] or {})
        self.notes: list[str] = list(stored["notes"])
        self.score_sets: list[ScoreSet] = [as_score_set(each) for each in stored["scoreSets"]]
        self.created_by: str | None = stored["createdBy"] and stored["createdBy"]["username"]
        self.created_at: str = stored["createdAt"]
        self.finished_at: str | None = stored["finishedAt"]
