"""Whatever happens in another project, no answer here changes by a byte.

Lists, filters, searches, orders, counts and facets are drawn at random, asked, and asked again after the other project
was changed at random: rows added, every text rewritten, things deleted, the whole project gone.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.actor import Actor
from apps.accounts.models import User
from apps.curation.models import Export, Import
from apps.datasets.models import Category, ColumnKind, Comment, Dataset, LabelChange, Resource, ResourceKind, Slice, Tag
from apps.jobs.models import Job, Lane
from apps.lineage.models import ModelArchitecture
from apps.projections.models import ProjectionSet
from apps.projects.models import Project
from apps.projects.services.projects import delete_project, update_project
from tests.borders import walker
from tests.borders.canaries import fill_with_canaries
from tests.borders.conftest import undone
from tests.borders.id_places import query_places
from tests.data import make_dataset, make_embedding_set, make_inference_set, make_metadata
from tests.site import doors
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.holds(4)]

# Texts that are in the data, in the names, in wildcards, or nowhere.
SEARCHES = ["", "k", "k0", "1", "train", "Map", "cnry", "%", "_", "Elsewhere", "charlie", "x" * 30]
ARGUMENTS = {place.field: [] for place in query_places()}
for place in query_places():
    ARGUMENTS[place.field].append(place)


@st.composite
def questions(draw, own: dict[str, str], other: dict[str, str]) -> str:
    """A list of Query with random arguments: pages, searches, and ids of either project."""
    name = draw(st.sampled_from(sorted(doors.LISTS)))
    fields = walker.schema._schema.get_type("Query").fields[name].args
    given = {draw(st.sampled_from(["first", "last"])): draw(st.integers(0, 6))}
    for place in ARGUMENTS.get(name, []):
        if draw(st.booleans()):
            ids = draw(st.sampled_from([own, own, other]))
            given[place.path[0]] = json.dumps(ids[place.noun(set(own))])
    if "search" in fields and draw(st.booleans()):
        given["search"] = json.dumps(draw(st.sampled_from(SEARCHES)))
    if name == "datapoints":
        given.setdefault("datasetId", json.dumps(own["dataset"]))
        if draw(st.booleans()):
            given["role"] = draw(st.sampled_from(["CONTEXT", "OBJECT"]))
        if draw(st.booleans()):
            given["keys"] = json.dumps(draw(st.lists(st.sampled_from(["k0", "k3", "secret"]), max_size=3)))
    if name == "jobs" and draw(st.booleans()):
        given["active"] = draw(st.sampled_from(["true", "false"]))
    shown = walker.scalars_of(name).replace(" queuePosition", "")
    arguments = ", ".join(f"{argument}: {value}" for argument, value in given.items())
    return f"{{ {name}({arguments}) {shown} }}"


@st.composite
def rules(draw, own: dict[str, str], other: dict[str, str]) -> dict[str, Any]:
    """A rule over random facts, named by ids of either project."""
    ids = draw(st.sampled_from([own, other]))
    test = draw(st.sampled_from(["only", "without"]))
    choices = [
        {"field": "tag", test: [ids["tag"], "none"]},
        {"field": "label", test: [ids["category"]]},
        {"field": f"inference:{ids['trainedModel']}", test: [ids["category"], "none"]},
        {"field": f"agreement:{ids['trainedModel']}", test: ["agree"]},
        {"field": f"confidence:{ids['trainedModel']}", "range": [0.75, None], "missing": draw(st.booleans())},
        {"field": "metadata:sharpness", "range": [1, 3]},
        {"field": "metadata:remark", test: ["remark MNIST 1", "none"]},
        {"field": f"score:{ids['analysis']}:quality", "range": [None, 50]},
        {"field": "search", "contains": draw(st.sampled_from([text for text in SEARCHES if text]))},
    ]
    return {"filters": draw(st.lists(st.sampled_from(choices), max_size=3))}


def add_rows(other: World) -> None:
    project, owner = other.project, other.owner
    dataset = make_dataset(project, "secret", count=20, labels=["1", "7", "new"] * 3)
    make_metadata(dataset, "sharpness", ColumnKind.NUMBER, np.arange(20.0))
    make_metadata(dataset, "remark", ColumnKind.TEXT, ["remark MNIST 1"] * 20)
    make_inference_set(dataset, ["1"] * 20, confidences=[0.9] * 20)
    make_embedding_set(dataset, np.eye(20))
    Tag.objects.create(project=project, name="check too")
    Resource.objects.create(project=project, kind=ResourceKind.TEXT, text="k0", size=2, sha256="9")
    Slice.objects.create(project=project, name="More", created_by=owner, rule={"filters": []})
    ModelArchitecture.objects.create(project=project, name="more")
    for number in range(5):
        now = project.created_at
        Job.objects.create(
            project=project, kind="x", title=f"k{number}", lane=Lane.LIGHT, requested_by=owner, queued_at=now
        )
    update_project(actor=Actor(user=owner), project=project, description="k0 train Map")


def take_rows(other: World) -> None:
    for model in (Comment, LabelChange):
        model.objects.filter(datapoint__dataset__project=other.project).delete()
    for model in (Export, Import, Slice, ProjectionSet):
        model.objects.filter(project=other.project).delete()
    Job.objects.filter(project=other.project).update(state="done")


def empty(other: World) -> None:
    take_rows(other)
    Dataset.objects.filter(project=other.project).delete()
    for model in (Tag, Category, Resource, ModelArchitecture, Job):
        model.objects.filter(project=other.project).delete()


def delete(other: World) -> None:
    project = Project.objects.get(pk=other.project.pk)
    delete_project(actor=Actor(user=other.owner), project=project, confirm_name=project.name)


CHANGES = {"add": add_rows, "rewrite": fill_with_canaries, "take": take_rows, "empty": empty, "delete": delete}


class Asker:
    """Asks everything as Alice, and gives back the bytes without what marks a single request."""

    def __init__(self, client, project_id: str) -> None:
        self.client, self.project_id = client, project_id

    def list(self, query: str) -> bytes:
        answer = self.client.post("/graphql", {"query": query}, content_type="application/json")
        return _unmarked(answer.content)

    def rows(self, rule: dict[str, Any]) -> bytes:
        """The rows that the rule finds, and what a slice by it says."""
        address = f"/bulk/v1/projects/{self.project_id}/selections"
        made = self.client.post(address, json.dumps({"rule": rule}), content_type="application/json").json()
        return self.client.get(f"/bulk/v1/selections/{made['id']}/rows").content

    def facets(self) -> bytes:
        """What is counted and summed up over a project.

        Not `queuePosition`: the queue is shared, and how many jobs wait ahead in it is told on purpose.
        """
        query = f"""{{ project(id: "{self.project_id}") {{ datapointCount lastSeq
            categories {{ edges {{ node {{ labelCount }} }} }} tags {{ edges {{ node {{ datapointCount }} }} }}
            datasets {{ edges {{ node {{ labelledCount labelCounts {{ datapointCount }} objectCount
              inferenceSets {{ edges {{ node {{ inferenceCount disagreementCount }} }} }} }} }} }}
            slices {{ edges {{ node {{ datapointCount notes }} }} }}
            jobs {{ totalCount edges {{ node {{ canCancel canRetry }} }} }} }} }}"""
        return self.list(query)


def _unmarked(content: bytes) -> bytes:
    answer = json.loads(content)
    for error in answer.get("errors", []):
        error["extensions"].pop("requestId")
    return json.dumps(answer).encode()


@given(data=st.data())
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_answers_do_not_depend_on_other_projects(realms, data):
    own, other = realms.own, realms.other
    asker = Asker(realms.clients["owner of another project"], own.ids["project"])
    queries = data.draw(st.lists(questions(own.ids, other.ids), min_size=8, max_size=8), label="queries")
    found = data.draw(st.lists(rules(own.ids, other.ids), min_size=2, max_size=2), label="rules")
    happened = data.draw(
        st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=2, unique=True), label="changes"
    )

    def ask_all() -> list[bytes]:
        with undone():
            return [*map(asker.list, queries), *map(asker.rows, found), asker.facets()]

    before = ask_all()
    with undone():
        for name in sorted(happened, key=list(CHANGES).index):
            CHANGES[name](World(other.owner, other.project, other.dataset, dict(other.ids)))
        after = ask_all()
    for question, one, two in zip([*queries, *found, "facets"], before, after, strict=True):
        assert one == two, question


def test_the_changes_are_seen_by_members(realms):
    """Else the test above would prove nothing."""
    asker = Asker(realms.clients["charlie"], realms.other.ids["project"])
    queries = [f"{{ {name} {walker.scalars_of(name)} }}" for name in sorted(doors.LISTS)]
    before = [*map(asker.list, queries), asker.facets()]
    assert User.objects.filter(username="charlie").exists()
    for name, change in CHANGES.items():
        with undone():
            change(World(realms.other.owner, realms.other.project, realms.other.dataset, dict(realms.other.ids)))
            after = [*map(asker.list, queries), asker.facets()]
        assert sum(one != two for one, two in zip(before, after, strict=True)) > 5, name


def test_names_that_others_have_are_free(realms):
    """A clash would tell what exists elsewhere."""
    fill_with_canaries(realms.other)
    client = realms.clients["owner of another project"]
    for model in (Tag, Category, Dataset, ModelArchitecture):
        mutation = f"create{model.__name__}"
        query = f"mutation ($input: C{mutation[1:]}Input!) {{ {mutation}(input: $input) {{ errors {{ code }} }} }}"
        name = model.objects.filter(project=realms.other.project).first().name
        variables = {"input": {"projectId": realms.own.ids["project"], "name": name}}
        answer = client.post("/graphql", {"query": query, "variables": variables}, content_type="application/json")
        assert answer.json() == {"data": {mutation: {"errors": []}}}
