from __future__ import annotations

import numpy as np
from sklearn.datasets import load_digits

from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.projections.compute import multilevel

VECTORS = load_digits().data.astype(np.float32)


def test_a_sample_is_mapped_and_shown_among_all(monkeypatch):
    monkeypatch.setattr(multilevel, "SAMPLE", 500)
    heard = []
    positions = multilevel.map_sample(VECTORS, random_state=1, callback=lambda *news: heard.append(news))
    placed = np.isfinite(positions).all(axis=1)
    assert positions.shape == (1797, 2)
    assert placed.sum() == 500
    assert {phase for phase, _, _ in heard} == {"Mapping a sample"}
    shown = [positions for _, _, positions in heard if positions is not None]
    assert all(np.array_equal(np.isfinite(frame).all(axis=1), placed) for frame in shown)
    labels = load_digits().target[placed]
    indices, _ = nearest_neighbors(positions[placed], 6)
    assert (labels[indices] == labels[:, None]).mean() > 0.9
