"""Every block of Python in the documentation runs; PyTorch's, in docs/capture.md, run in `make test-torch`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.docs.blocks import blocks_of, pages_with
from tests.docs.names_in_blocks import log_for_examples, names_for_examples

# Pages for somebody who has nothing yet.
STARTS_EMPTY = {"README.md", "docs/tutorial.md"}
NEEDS_TORCH = {"docs/capture.md"}
PAGES = [page for page in pages_with("python") if page not in NEEDS_TORCH]


@pytest.mark.parametrize("page", PAGES)
def test_the_python_of_a_page_runs_from_top_to_bottom(
    page, live, worker, client_of, token_for, alice, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHROMA_URL", live.url)
    token = token_for(alice)
    monkeypatch.setenv("CHROMA_TOKEN", token)
    names = names_for_examples()
    if page not in STARTS_EMPTY:
        names |= log_for_examples(client_of(alice), names)
    for block in blocks_of(page, "python"):
        # As a reader does with the address and the token of the examples.
        code = block.code.replace("http://127.0.0.1:8000", live.url).replace("chr_…", token)
        replace(block, code=code).run(names)
    names["client"].close()
