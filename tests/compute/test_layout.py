from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.manifold import trustworthiness

from apps.common.compute.progress import Cancelled, Wish
from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.projections.compute import layout
from apps.projections.compute.fuzzy import fuzzy_graph
from apps.projections.compute.schedule import make_schedule
from apps.projections.compute.umap import umap

DIGITS = load_digits()
VECTORS = DIGITS.data.astype(np.float32)


def own_label_share(positions, labels):
    indices, _ = nearest_neighbors(positions, 11)
    return (labels[indices[:, 1:]] == labels[:, None]).mean()


def test_digits_are_as_true_as_umap_learns():
    positions = umap(VECTORS, random_state=1)
    # umap-learn, seeds 0 to 2: 0.9867 to 0.9875, and 0.972 to 0.974.
    assert trustworthiness(VECTORS, positions, n_neighbors=15) > 0.985
    assert own_label_share(positions, DIGITS.target) > 0.96


def test_no_number_of_threads_changes_a_map_of_several_blocks():
    random = np.random.default_rng(0)
    vectors = random.normal(size=(4500, 3)).astype(np.float32)
    neighbors = dict(zip(("neighbors_indices", "neighbors_distances"), nearest_neighbors(vectors, 8), strict=True))
    one, two, five = (
        umap(vectors, n_neighbors=8, n_epochs=12, random_state=4, n_threads=count, **neighbors) for count in (1, 2, 5)
    )
    assert np.array_equal(one, two)
    assert np.array_equal(one, five)
    assert not np.array_equal(one, umap(vectors, n_neighbors=8, n_epochs=12, random_state=5, n_threads=1, **neighbors))


@pytest.mark.parametrize("blocks", [1, 4, 16])
def test_every_edge_is_visited_once_and_no_block_twice_in_a_round(blocks):
    graph = fuzzy_graph(*nearest_neighbors(VECTORS[:500], 8))
    ranks = np.random.default_rng(0).permutation(500).astype(np.int32)
    schedule = make_schedule(graph, ranks, blocks)
    rows = np.repeat(np.arange(500), np.diff(graph.indptr))
    wanted = {frozenset(edge) for edge in zip(ranks[rows].tolist(), ranks[graph.indices].tolist(), strict=True)}
    found = [frozenset(edge) for edge in zip(schedule.heads.tolist(), schedule.tails.tolist(), strict=True)]
    assert len(found) == len(wanted)
    assert set(found) == wanted
    pairs = [pair for turn in schedule.rounds for pair in turn]
    assert sorted(pairs) == [a * blocks + b for a in range(blocks) for b in range(a, blocks)]
    for turn in schedule.rounds[1:]:
        met = [block for pair in turn for block in divmod(pair, blocks)]
        assert len(set(met)) == len(met)


def test_all_points_have_their_turn_to_repel(monkeypatch):
    monkeypatch.setattr(layout, "SAMPLE", 8)
    positions = np.arange(40, dtype=np.float32).reshape(20, 2)
    samples = layout._Samples(positions, 4, np.random.default_rng(0))
    seen = np.concatenate([samples.next() for _ in range(5)])[:, 0]
    assert sorted(seen) == sorted([*positions[:, 0], *positions[:, 0]])


def test_stopping_keeps_the_layout_and_shows_no_more():
    shown = []

    def listen(phase, fraction, positions):
        shown.append(positions)
        return Wish.STOP_HERE if phase == layout.PHASE and fraction >= 0.5 else None

    stopped = umap(VECTORS[:300], n_epochs=100, random_state=1, callback=listen)
    whole = umap(VECTORS[:300], n_epochs=100, random_state=1)
    assert stopped.shape == (300, 2)
    assert not np.array_equal(stopped, whole)
    assert own_label_share(stopped, DIGITS.target[:300]) > 0.8


def test_stopping_before_the_layout_ends_it_soon():
    heard = []

    def listen(phase, fraction, positions):
        heard.append((phase, fraction))
        return Wish.STOP_HERE

    stopped = umap(VECTORS[:300], n_epochs=400, random_state=1, callback=listen)
    assert sum(phase == layout.PHASE for phase, _ in heard) == 30
    assert own_label_share(stopped, DIGITS.target[:300]) > 0.8


def test_it_can_be_cancelled_in_every_phase():
    phases = []
    umap(VECTORS[:300], n_epochs=12, random_state=1, callback=lambda phase, *_: phases.append(phase))
    for unwanted in dict.fromkeys(phases):
        with pytest.raises(Cancelled):
            umap(VECTORS[:300], n_epochs=12, callback=lambda phase, *_, unwanted=unwanted: phase != unwanted)


def test_a_gentle_refit_stays_near_its_start():
    first = umap(VECTORS[:400], random_state=1)
    start = first.copy()
    start[::10] = np.nan
    again = umap(VECTORS[:400], random_state=2, start=start, learning_rate=0.1, n_epochs=50)
    moved = np.linalg.norm(again - first, axis=1)
    assert np.median(moved) < 0.1 * np.linalg.norm(first - first.mean(axis=0), axis=1).mean()


def test_labels_pull_classes_together():
    plain = umap(VECTORS[:600], random_state=1, n_epochs=100)
    told = umap(VECTORS[:600], random_state=1, n_epochs=100, labels=DIGITS.target[:600].astype(np.int32))
    assert own_label_share(told, DIGITS.target[:600]) > max(0.97, own_label_share(plain, DIGITS.target[:600]))


@pytest.mark.parametrize("n_components", [1, 3])
def test_other_numbers_of_components(n_components):
    positions = umap(VECTORS[:500], n_components=n_components, random_state=1)
    assert positions.shape == (500, n_components)
    assert trustworthiness(VECTORS[:500], positions) > (0.96 if n_components == 3 else 0.85)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"engine": "other"}, "engine must be one of chroma, umap-learn, cuml, not 'other'"),
        ({"mode": "slow"}, "mode must be one of standard, fast"),
        ({"densmap": True}, "densmap is done by engine 'umap-learn' only"),
        ({"n_components": 9}, "n_components must be from 1 to 5, not 9"),
        ({"labels": np.zeros(3, np.int32)}, r"labels must be an array of shape \(50,\)"),
        ({"start": np.zeros((50, 3))}, "start must have 2 columns"),
        ({"start": np.zeros((49, 2))}, "start must hold a position for each of the 50 vectors"),
        ({"neighbors_indices": np.zeros((50, 3), int), "neighbors_distances": np.zeros((50, 3))}, "or wider"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        umap(VECTORS[:50], n_epochs=2, **arguments)
