from __future__ import annotations

from apps.curation.services.deleting import delete_datapoints
from apps.curation.services.labelling import Labelling, label_rows, set_label, undo_label_change
from apps.curation.services.selections import create_selection, rows_of_keys, selected_rows
from apps.curation.services.slices import slice_rows, slice_version
from apps.curation.services.tagging import Tagging, tag_selection, untag_selection

__all__ = [
    "Labelling",
    "Tagging",
    "create_selection",
    "delete_datapoints",
    "label_rows",
    "rows_of_keys",
    "selected_rows",
    "set_label",
    "slice_rows",
    "slice_version",
    "tag_selection",
    "undo_label_change",
    "untag_selection",
]
