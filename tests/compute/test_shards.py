"""The neighbours of many vectors from those of overlapping cells."""

import numpy as np
import pytest

from apps.common.compute.progress import Cancelled
from apps.embeddings.compute.cells import plan_cells
from apps.embeddings.compute.neighbors import measure_recall, nearest_neighbors
from apps.embeddings.compute.shards import find_in_cell, join_cells, merge_lists

K = 12


@pytest.fixture(scope="module")
def sheets():
    """Vectors near curved sheets of few dimensions, as embeddings are."""
    random = np.random.default_rng(3)
    turns = random.normal(size=(5, 4, 32))
    which = random.integers(5, size=8000)
    vectors = np.einsum("ni,nij->nj", random.uniform(-1, 1, size=(8000, 4)), turns[which])
    vectors += 2 * random.normal(size=(5, 32))[which] + 0.2 * random.normal(size=(8000, 32))
    return vectors.astype(np.float32)


def in_cells(vectors, n_cells=8, metric="euclidean", **options):
    cells = plan_cells(vectors, n_cells=n_cells, metric=metric)
    pieces = []
    for rows in np.split(cells["rows"], cells["starts"][1:-1]):
        found = find_in_cell(vectors[rows], n_neighbors=K, metric=metric)
        pieces += [rows, found["indices"], found["distances"]]
    return pieces, join_cells(vectors, *pieces, n_neighbors=K, metric=metric, **options)


@pytest.mark.parametrize("metric", ["euclidean", "cosine"])
def test_parts_give_nearly_what_the_whole_gives(sheets, metric):
    _, graph = in_cells(sheets, metric=metric)
    indices, distances = graph["indices"], graph["distances"]
    whole, _ = nearest_neighbors(sheets, K, metric=metric)
    recall = measure_recall(sheets, indices, metric=metric)
    assert recall == pytest.approx(graph["recall"])
    assert recall >= max(0.97, measure_recall(sheets, whole, metric=metric) - 0.01)
    assert (indices[:, 0] == np.arange(len(sheets))).all()
    assert (np.diff(distances, axis=1) >= 0).all()
    assert all(len(set(row)) == K for row in indices.tolist())


def test_the_same_seed_gives_the_same_cells_and_neighbours(sheets):
    first, second = (in_cells(sheets[:3000])[1] for _ in range(2))
    assert (first["indices"] == second["indices"]).all()
    assert (first["distances"] == second["distances"]).all()


@pytest.mark.parametrize("n_cells", [3, 8, 25])
def test_each_row_is_in_three_cells_of_about_one_size(sheets, n_cells):
    cells = plan_cells(sheets, n_cells=n_cells, metric="euclidean")
    assert (np.bincount(cells["rows"]) == 3).all()
    sizes = np.diff(cells["starts"])
    assert sizes.max() <= 2.5 * 3 * len(sheets) / n_cells + 1
    for rows in np.split(cells["rows"], cells["starts"][1:-1]):
        assert (np.diff(rows) > 0).all()


def test_cells_of_duplicates_stay_bounded(sheets):
    vectors = np.concatenate([np.ones((4000, 32), dtype=np.float32), sheets[:2000]])
    cells = plan_cells(vectors, n_cells=8, metric="cosine")
    assert np.diff(cells["starts"]).max() <= 2.5 * 3 * len(vectors) / 8 + 1
    _, graph = in_cells(vectors)
    assert graph["recall"] >= 0.95


def test_lists_are_merged_without_repeating_a_neighbour_and_without_those_that_are_gone():
    cells = [
        (np.array([0, 2, 3]), np.array([[0, 1], [1, 0], [2, 1]]), np.array([[0, 2], [0, 2], [0, 1.0]])),
        (np.array([0, 1, -1]), np.array([[0, 2], [1, 0], [2, 0]]), np.array([[0, 1], [0, 3], [0, 1.0]])),
        (np.array([0, 2]), np.array([[0, 1], [1, 0]]), np.array([[0, 2], [0, 2.0]])),
    ]
    indices, distances = merge_lists(4, cells, 3)
    assert indices.tolist() == [[0, 2, -1], [1, 0, -1], [2, 0, -1], [3, 2, -1]]
    assert distances.tolist() == [[0, 2, np.inf], [0, 3, np.inf], [0, 2, np.inf], [0, 1, np.inf]]


@pytest.mark.parametrize("n_iterations", [0, 2])
def test_rows_that_are_gone_leave_no_hole(sheets, n_iterations):
    vectors = sheets[:3000]
    pieces, _ = in_cells(vectors)
    kept = np.flatnonzero(np.arange(3000) % 10)
    place = np.full(3000, -1)
    place[kept] = np.arange(len(kept))
    pieces[::3] = [place[rows] for rows in pieces[::3]]
    graph = join_cells(vectors[kept], *pieces, n_neighbors=K, metric="euclidean", n_iterations=n_iterations)
    assert graph["indices"].min() >= 0
    assert (graph["indices"][:, 0] == np.arange(len(kept))).all()
    assert graph["recall"] >= (0.97 if n_iterations else 0.75)


def test_planning_and_joining_can_be_cancelled(sheets):
    pieces, _ = in_cells(sheets[:2000])
    for act in (
        lambda stop: plan_cells(sheets, n_cells=4, metric="euclidean", callback=stop),
        lambda stop: join_cells(sheets[:2000], *pieces, n_neighbors=K, metric="euclidean", callback=stop),
    ):
        with pytest.raises(Cancelled):
            act(lambda phase, fraction, positions: False)
