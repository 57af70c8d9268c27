from __future__ import annotations

import pytest

from apps.datasets.resources.roots import granted_roots, uri_problem


@pytest.mark.parametrize(
    "uri",
    [
        "https://example.org/a.png",
        "http://example.org",
        "s3://bucket/a b.png",
        "gs://b/x",
        "root:photos/cats/ä.png",
        "root:photos/..png",
    ],
)
def test_references_and_paths_in_granted_roots_are_taken(root, project, uri):
    assert uri_problem(uri, granted_roots(project.pk)) is None


@pytest.mark.holds(15, 16)
@pytest.mark.parametrize(
    "uri",
    [
        "root:photos/../x",
        "root:photos/a/../../x",
        "root:photos//etc/passwd",
        "root:photos/a\\b",
        "root:photos",
        "root:other/a.png",
        "root:photos/a\x00.png",
        "/etc/passwd",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "../x",
        "~/.ssh/id_rsa",
        "C:\\x",
        "\\\\host\\share",
        "",
        "https://example.org/" + "x" * 2000,
    ],
)
def test_everything_else_is_refused_with_what_is_allowed(root, project, uri):
    problem = uri_problem(uri, granted_roots(project.pk))
    assert problem is not None
    assert problem.startswith("must ")


def test_a_project_without_a_grant_is_told_so(db, project):
    assert uri_problem("root:photos/a.png", granted_roots(project.pk)) == (
        "must start with a resource root of this project: none is granted to this project"
    )
