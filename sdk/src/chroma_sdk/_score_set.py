"""Scores: one number per datapoint, with a stated direction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from chroma_sdk._arrow import read_column
from chroma_sdk._connection import Connection
from chroma_sdk._errors import InvalidArgument


@dataclass(frozen=True)
class ScoreSet:
    """The scores that an analysis gave a dataset.

    Attributes
    ----------
    id : str
    name : str
        For programs; the same in every analysis of a kind.
    analysis, dataset : str
    title, description : str
        For people.
    direction : str
        Which end is bad: "high_is_bad", "low_is_bad" or "neutral".
    unit : str
    low, high : float or None
        The least and the most it may be.
    values : tuple of str or None
        What it may be, where it is no number.
    score_count : int
    """

    id: str
    name: str
    analysis: str
    dataset: str
    title: str
    description: str
    direction: str
    unit: str
    low: float | None
    high: float | None
    values: tuple[str, ...] | None
    score_count: int


def as_score_set(stored: Any) -> ScoreSet:
    """Read what the server says of a score set."""
    return ScoreSet(
        id=stored["id"],
        name=stored["name"],
        analysis=stored["analysis"]["name"],
        dataset=stored["dataset"]["name"],
        title=stored["title"],
        description=stored["description"],
        direction=stored["direction"].lower(),
        unit=stored["unit"],
        low=stored["low"],
        high=stored["high"],
        values=None if stored["values"] is None else tuple(stored["values"]),
        score_count=stored["scoreCount"],
    )


def choose_score_set(found: Iterable[ScoreSet], name: str, *, owner: str, analysis: str | None = None) -> ScoreSet:
    """Return the one that is meant. Raises InvalidArgument, which lists the choices, when there is none or several."""
    sets = list(found)
    choices = ", ".join(f"{each.name!r} of {each.analysis!r}" for each in sets) or "none"
    fitting = [each for each in sets if each.name == name and analysis in (None, each.analysis)]
    if not fitting:
        of_it = "" if analysis is None else f" of analysis {analysis!r}"
        raise InvalidArgument("name", f"{owner} has no scores {name!r}{of_it}; it has {choices}.")
    if len(fitting) > 1:
        several = ", ".join(repr(each.analysis) for each in fitting)
        raise InvalidArgument("analysis", f"{owner} has {name!r} of several analyses; say which: {several}.")
    return fitting[0]


def read_scores(connection: Connection, dataset_id: str, score_set: ScoreSet) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Return the keys of the datapoints that have a score, in row order, and the scores."""
    keys = read_column(connection, dataset_id, "key").column("value")
    column = read_column(connection, dataset_id, f"score:{score_set.id}")
    is_present = column.column("present").to_numpy() == 1
    # More rows may have come between the two requests; the shorter of the two is sure to be whole.
    n = min(len(keys), len(is_present))
    rows = np.flatnonzero(is_present[:n])
    scores = column.column("value").to_numpy()[rows]
    if score_set.values is not None:
        scores = np.array(score_set.values, dtype=np.str_)[scores.astype(np.int64)]
    return list(keys.take(pa.array(rows)).to_pylist()), scores
