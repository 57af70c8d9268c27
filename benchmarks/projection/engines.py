"""The engines that are compared: each takes vectors and a seed and gives positions.

Libraries are imported when their engine is called: in a fresh process that is part of what it costs.
"""

from __future__ import annotations

from importlib import import_module

import numpy as np


def chroma(vectors, seed, **options):
    """Ours, as a map is made by default."""
    return import_module("apps.projections.compute.umap").umap(vectors, random_state=seed, **options)


def chroma_fast(vectors, seed):
    """Ours in the mode that trades quality for time."""
    return chroma(vectors, seed, mode="fast")


def umap_learn(vectors, seed):
    """umap-learn as it comes: without a seed, so that it may use all cores; chance then differs from run to run."""
    return import_module("umap").UMAP().fit_transform(vectors)


def umap_learn_seeded(vectors, seed):
    """umap-learn with a seed, which confines it to one core."""
    return import_module("umap").UMAP(random_state=seed, n_jobs=1).fit_transform(vectors)


def opentsne(vectors, seed):
    """openTSNE as it comes, on all cores."""
    return np.asarray(import_module("openTSNE").TSNE(random_state=seed, n_jobs=-1).fit(vectors))


def pacmap(vectors, seed):
    """PaCMAP as it comes."""
    return import_module("pacmap").PaCMAP(n_components=2, random_state=seed).fit_transform(vectors)


def localmap(vectors, seed):
    """LocalMAP as it comes."""
    return import_module("pacmap").LocalMAP(n_components=2, random_state=seed).fit_transform(vectors)


def fastumap(vectors, seed):
    """fastumap as it comes."""
    return import_module("fastumap").umap_project(vectors, random_state=seed)


ENGINES = {
    "Chroma": chroma,
    "Chroma, fast mode": chroma_fast,
    "umap-learn": umap_learn,
    "umap-learn, seeded": umap_learn_seeded,
    "openTSNE": opentsne,
    "PaCMAP": pacmap,
    "LocalMAP": localmap,
    "fastumap": fastumap,
}
