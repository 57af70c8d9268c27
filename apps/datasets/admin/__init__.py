from __future__ import annotations

from apps.datasets.admin.datapoints import DatapointAdmin
from apps.datasets.admin.datasets import DatasetAdmin
from apps.datasets.admin.names import CategoryAdmin, TagAdmin
from apps.datasets.admin.roots import ResourceRootGrantAdmin

__all__ = ["CategoryAdmin", "DatapointAdmin", "DatasetAdmin", "ResourceRootGrantAdmin", "TagAdmin"]
