"""Score analyses over datapoints (label errors, outliers, duplicates, drift)."""
