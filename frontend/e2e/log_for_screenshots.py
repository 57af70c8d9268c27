"""Fills a server with what the pictures of the documentation show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import chroma_sdk as chroma

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
sys.path.insert(0, str(EXAMPLES))

from demo import show  # noqa: E402 -- the folder of examples is no package
from digits import digits_seen_by_a_network  # noqa: E402


def main() -> None:
    """Log digits and boxes, curate a little, and leave an export."""
    client = chroma.Client()
    project = client.project("Digits").describe("Which digits does the network mistake, which have a wrong label?")
    show(project, digits_seen_by_a_network())
    training, production = project.dataset("training"), project.dataset("production")
    project.run_class_quality(training, [training, production], name="Class quality")
    suspects = project.create_slice(
        "Suspects",
        filters=[{"field": "agreement:mlp 1", "only": ["disagree"]}],
        description="The network and the label differ.",
    )
    found = suspects.keys("production")
    production.tag("look again", keys=found)
    production.set_labels({found[0]: production.datapoint(found[0]).inferences[0].category}, why="clearly written")
    production.comment(found[1], "Could be a 9 without its tail. Ask whoever scanned this one.")
    project.create_slice("First look", keys={"production": found[:10]}, description="What we talked about on Monday.")
    project.model("mlp")
    project.create_export(format="parquet", slice=suspects)
    project.invite("bob", role="editor")
    subprocess.run([sys.executable, EXAMPLES / "detection.py"], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
