"""Columns as browsers get them: one value for each row of a dataset, and which rows have one."""

from __future__ import annotations

from apps.datasets.dense.provide import DenseColumn, dense_column, dense_provider

__all__ = ["DenseColumn", "dense_column", "dense_provider"]
