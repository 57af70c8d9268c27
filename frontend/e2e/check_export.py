"""Reads an exported file with pandas, and says how the curation went."""

from __future__ import annotations

import json
import sys

import pandas as pd


def main() -> None:
    """Compare the labels in the file with the truth about the wrong ones."""
    rows = pd.read_parquet(sys.argv[1]).set_index("key")
    truth: dict[str, str] = json.loads(sys.argv[2])
    changed = rows[rows.label != rows.logged_label]
    found = [key for key in changed.index if key in truth]
    print(
        json.dumps(
            {
                "rows": len(rows),
                "tagged": int(rows.tags.map(lambda tags: "suspicious" in tags).sum()),
                "changed": len(changed),
                "by": sorted(set(changed.label_changed_by)),
                "wrong": len(truth),
                "found": len(found),
                "right": sum(rows.label[key] == truth[key] for key in found),
            }
        )
    )


main()
