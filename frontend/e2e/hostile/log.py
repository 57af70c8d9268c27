"""Puts every payload of the corpus into every text that people or the SDK can write, and says what there is to see."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import chroma_sdk as chroma
import numpy as np
from chroma_sdk._connection import Connection

CORPUS = json.loads((Path(__file__).parent / "corpus.json").read_text())
TEXTS: list[str] = CORPUS["texts"]
FILES: dict[str, str] = CORPUS["files"]
NAME = "<img src=x onerror=window.__xss=7>"


def main() -> None:
    """Fill one project with hostile words, and print the ids of what has a page."""
    with chroma.Client() as client:
        for text in TEXTS:
            kept(lambda text=text: client.create_project(text.replace("/", "|"), description=text))
        writer = Writer(client, client.project("Hostile").describe("".join(TEXTS)[:500]))
        writer.log_datapoints()
        writer.log_boxes()
        writer.name_things()
        writer.curate()
        writer.import_and_export()
        print(json.dumps(writer.seen))


class Writer:
    def __init__(self, client: chroma.Client, project: Any) -> None:
        self.project = project
        self.connection: Connection = client._connection
        self.dataset = project.dataset(NAME, kind="training")
        self.seen: dict[str, Any] = {"project": project.id, "dataset": self.dataset.id}

    def log_datapoints(self) -> None:
        """Datapoints whose keys, labels, inferences, metadata, texts, files and addresses are all payloads."""
        keys = [*TEXTS, *(f"again {text}" for text in TEXTS)]
        texts, count = TEXTS * 2, len(keys)
        vectors = np.random.default_rng(1).normal(size=(count, 8)).astype("float32")
        metadata = [{**dict.fromkeys(TEXTS[row % 8 :: 8], text), "words": text} for row, text in enumerate(texts)]
        said = {"labels": texts, "inferences": texts[::-1], "confidences": [0.5] * count, "metadata": metadata}
        origin = {"model": NAME, "version": NAME, "layer": NAME, "quiet": True}
        self.dataset.log(keys=keys, texts=texts, embeddings=vectors, **said, **origin)
        contents = [content.encode("latin-1") for content in FILES.values()]
        self.dataset.log(keys=list(FILES), files=contents, quiet=True)
        for uri in CORPUS["uris"]:
            kept(lambda uri=uri: self.dataset.log(keys=[f"uri {uri}"], uris=[uri], quiet=True))

    def log_boxes(self) -> None:
        """A picture whose boxes are labelled with payloads."""
        picture = np.full((64, 64, 3), 128, dtype="uint8")
        self.dataset.log(keys=["picture"], files=[picture], metadata=[{"__proto__": "xss"}], quiet=True)
        shown = TEXTS[:12]
        boxes = [[4 * place, 4 * place, 12, 12] for place in range(len(shown))]
        self.dataset.log_objects(
            parents=["picture"] * len(shown), boxes=boxes, box_format="xywh", labels=shown, quiet=True
        )

    def name_things(self) -> None:
        """Things of every kind that are no more than a name."""
        create: list[Callable[[str], Any]] = [
            self.project.create_tag,
            self.project.create_dataset,
            self.project.create_model,
            lambda text: self.project.model(NAME).create_version(text),
            lambda text: self.project.model(NAME).version(NAME).create_layer_set(text),
            lambda text: self.project.create_slice(text, filters=[], description=text),
        ]
        for make in create:
            for text in TEXTS:
                kept(lambda text=text, make=make: make(text))
        shown = self.project.run_projection([self.dataset], method="pca", name=NAME, quiet=True)
        self.project.run_class_quality(self.dataset, [self.dataset], name=NAME)
        self.seen["map"] = shown.id

    def curate(self) -> None:
        """Tags, corrections with a reason, and comments."""
        for text in TEXTS:
            kept(lambda text=text: self.dataset.tag(text, keys=TEXTS[:5]))
            kept(lambda text=text: self.dataset.comment(TEXTS[0], text))
        for place, text in enumerate(TEXTS):
            kept(lambda text=text, place=place: self.dataset.set_labels({TEXTS[place]: TEXTS[0]}, why=text))

    def import_and_export(self) -> None:
        """Files by hostile names, with hostile columns; exports of what has a hostile name."""
        imports = [self._import(name) for name in (f"{NAME}.csv", '"><svg onload=window.__xss=60>.jsonl')]
        self.seen["import"] = imports[0]
        for format in ("csv", "jsonl"):
            self.project.create_export(dataset=self.dataset, format=format)

    def _import(self, file_name: str) -> str:
        content = "\n".join(text_row(TEXTS) for _ in range(2)).encode()
        if file_name.endswith(".jsonl"):
            content = json.dumps({text: text for text in TEXTS}).encode()
        declared = {"key": file_name, "file_name": file_name, "byte_count": len(content), "chunk_bytes": len(content)}
        path = f"/bulk/v1/projects/{self.project.id}/imports"
        made = self.connection.request("POST", path, json=declared).json()["id"]
        digest = {"X-Chroma-Sha256": hashlib.sha256(content).hexdigest()}
        self.connection.request("PUT", f"/bulk/v1/imports/{made}/chunks/0", content=content, headers=digest)
        self.connection.request("POST", f"/bulk/v1/imports/{made}/complete")
        return str(made)


def text_row(values: list[str]) -> str:
    """One line of CSV."""
    return ",".join('"' + value.replace('"', '""') + '"' for value in values)


def kept(write: Callable[[], Any]) -> None:
    """Write what may be written; a name that is refused in words is no danger."""
    try:
        write()
    except chroma.ChromaError as problem:
        print(problem, file=sys.stderr)


main()
