"""Log a Parquet file of your own, with vectors and images if there are any, and make a map of it.

    python examples/log_parquet.py table.parquet --project Mine --vectors vectors.npy --images images.zip

One row is one datapoint. Columns by name: `key` (or `id`), `label`, `inference` (or `prediction`), `confidence`,
`text`, `uri`, `file` (or `path`), `embedding`; all others become metadata. With --images the column `resource` (or the
one that --image-column names) holds the names of files in the ZIP. Where to: CHROMA_URL and CHROMA_TOKEN, or
`chroma-sdk login`.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from pathlib import Path

import chroma_sdk as chroma
import numpy as np
import pyarrow.parquet as pq

ARGUMENTS = {
    "key": "keys",
    "id": "keys",
    "text": "texts",
    "uri": "uris",
    "file": "files",
    "path": "files",
    "label": "labels",
    "inference": "inferences",
    "prediction": "inferences",
    "confidence": "confidences",
    "embedding": "embeddings",
}


def main() -> None:
    """Log, project, print the address of the map."""
    options = parse_options()
    table = pq.read_table(options.table)
    arguments = {ARGUMENTS[name]: table.column(name) for name in table.column_names if name in ARGUMENTS}
    if "keys" not in arguments:
        sys.exit(f"{options.table} has no column key or id.")
    rest = [name for name in table.column_names if name not in {*ARGUMENTS, options.image_column}]
    if rest:
        arguments["metadata"] = table.select(rest)
    if options.vectors:
        arguments["embeddings"] = np.load(options.vectors, mmap_mode="r")
    if options.images:
        with zipfile.ZipFile(options.images) as archive:
            names = table.column(options.image_column).to_pylist()
            arguments["files"] = [name and archive.read(name) for name in names]

    project = chroma.Client().project(options.project)
    dataset = project.dataset(options.dataset or options.table.stem, kind=options.kind)
    print(dataset.log(**arguments, model=options.model, version=options.version, layer=options.layer))
    if "embeddings" in arguments and not options.no_map:
        made = project.run_projection(
            [dataset], method=options.method, model=options.model, version=options.version, layer=options.layer
        )
        print(made.url)


def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path, help="a Parquet file")
    parser.add_argument("--project", required=True, help="Mine, or alice/Shared")
    parser.add_argument("--dataset", help="its name; otherwise the file's")
    parser.add_argument("--kind", choices=["training", "test", "validation", "production", "other"])
    parser.add_argument("--vectors", type=Path, help="a .npy file of shape (n, d)")
    parser.add_argument("--images", type=Path, help="a ZIP file")
    parser.add_argument("--image-column", default="resource")
    parser.add_argument("--model")
    parser.add_argument("--version")
    parser.add_argument("--layer")
    parser.add_argument("--method", default="umap", help="umap or pca")
    parser.add_argument("--no-map", action="store_true", help="only log")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except chroma.ChromaError as problem:
        sys.exit(str(problem))
