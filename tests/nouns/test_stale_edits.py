"""Two people edit the same named thing: nobody overwrites what they have not seen, unless they say so."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connections

from apps.datasets.models import Tag
from apps.projects.models import AuditEntry, Change
from tests.world import make_world

pytestmark = pytest.mark.holds(30)

# mutation: (noun, what to change, two values for it)
EDITS = {
    "renameProject": ("project", "name", ["One", "Two"]),
    "updateProject": ("project", "description", ["One", "Two"]),
    "renameDataset": ("dataset", "name", ["One", "Two"]),
    "changeDatasetKind": ("dataset", "kind", ["TEST", "PRODUCTION"]),
    "renameCategory": ("category", "name", ["One", "Two"]),
    "updateCategory": ("category", "colour", [11, 12]),
    "renameTag": ("tag", "name", ["One", "Two"]),
    "editComment": ("comment", "text", ["One", "Two"]),
    "renameModelArchitecture": ("modelArchitecture", "name", ["One", "Two"]),
    "renameTrainedModel": ("trainedModel", "version", ["One", "Two"]),
    "renameLayerSet": ("layerSet", "name", ["One", "Two"]),
    "renameLayer": ("layer", "name", ["One", "Two"]),
    "renameProjectionSet": ("projectionSet", "name", ["One", "Two"]),
    "renameAnalysis": ("analysis", "name", ["One", "Two"]),
    "renameSlice": ("slice", "name", ["One", "Two"]),
    "updateSlice": ("slice", "description", ["One", "Two"]),
}


def edit(gql, caller, mutation, id, value=None, **more):
    """The edited thing, or the error."""
    noun, field, _ = EDITS[mutation]
    document = f"""mutation ($input: {mutation[0].upper()}{mutation[1:]}Input!) {{ {mutation}(input: $input) {{
        {noun} {{ {field} editVersion }} errors {{ code field message }} }} }}"""
    answer = gql(caller, document, {"input": {"id": id, field: value, **more}})
    payload = answer["data"][mutation]
    return payload[noun] or payload["errors"][0]


def quoted_value(mutation, first):
    """What the refusal quotes: the edited field, of slices their name."""
    return "Odd" if mutation == "updateSlice" else first


@pytest.fixture
def world(alice, project):
    return make_world(alice, project)


@pytest.mark.parametrize("mutation", EDITS)
def test_a_stale_edit_is_refused_with_what_is_there_now_and_changes_nothing(gql, alice, world, mutation):
    noun, field, (first, second) = EDITS[mutation]
    id = world.ids[noun]

    assert edit(gql, alice, mutation, id, first, expectedVersion=1) == {field: first, "editVersion": 2}
    books = AuditEntry.objects.count(), Change.objects.count()
    refused = edit(gql, alice, mutation, id, second, expectedVersion=1)

    assert (refused["code"], refused["field"]) == ("CONFLICT", "expectedVersion")
    quoted = re.search("“(.*)” now, saved by (.*) at (.*) UTC. Its version is 2, not 1.", refused["message"])
    assert (quoted[1].lower(), quoted[2]) == (str(quoted_value(mutation, first)).lower(), "alice")
    assert (AuditEntry.objects.count(), Change.objects.count()) == books
    assert edit(gql, alice, mutation, id, first, expectedVersion=2) == {field: first, "editVersion": 3}


@pytest.mark.parametrize("mutation", EDITS)
def test_who_expects_no_version_writes_over_whatever_is_there(gql, alice, world, mutation):
    noun, field, (first, second) = EDITS[mutation]
    edit(gql, alice, mutation, world.ids[noun], first)
    assert edit(gql, alice, mutation, world.ids[noun], second) == {field: second, "editVersion": 3}


def test_the_refusal_names_who_edited_last_and_not_who_only_tagged(gql, alice, bob, world):
    edit(gql, bob, "renameTag", world.ids["tag"], "boats")
    tagging = "mutation ($input: TagSelectionInput!) { tagSelection(input: $input) { errors { code } } }"
    gql(alice, tagging, {"input": {"selectionId": world.selection_of(alice), "name": "boats"}})
    refused = edit(gql, alice, "renameTag", world.ids["tag"], "ships", expectedVersion=1)
    assert refused["message"].startswith("This tag is not as you saw it: its name is “boats” now, saved by bob at ")
    assert Tag.objects.get(pk=world.ids["tag"]).name == "boats"


def test_what_a_model_was_trained_on_and_a_frozen_slice_are_checked_too(gql, alice, world):
    for mutation, noun, more in [
        ("updateTrainedModel", "trainedModel", {"trainedOnDatasetId": world.ids["dataset"]}),
        ("freezeSlice", "slice", {}),
    ]:
        document = f"""mutation ($input: {mutation[0].upper()}{mutation[1:]}Input!) {{ {mutation}(input: $input) {{
            {noun} {{ editVersion }} errors {{ code field }} }} }}"""
        for version, expected in [(0, None), (1, 2)]:
            variables = {"input": {"id": world.ids[noun], "expectedVersion": version, **more}}
            payload = gql(alice, document, variables)["data"][mutation]
            if expected is None:
                assert payload == {noun: None, "errors": [{"code": "CONFLICT", "field": "expectedVersion"}]}
            else:
                assert payload == {noun: {"editVersion": expected}, "errors": []}


def test_what_two_say_of_a_model_at_once_is_both_kept(gql, alice, world):
    """What an edit leaves out stays as it is then, not as the editor read it."""
    update = """mutation ($input: UpdateTrainedModelInput!) { updateTrainedModel(input: $input) {
        trainedModel { trainedOnDataset { id } trainedOnSlice { id } } errors { code } } }"""
    for more in ({"trainedOnDatasetId": world.ids["dataset"]}, {"trainedOnSliceId": world.ids["slice"]}):
        answer = gql(alice, update, {"input": {"id": world.ids["trainedModel"], **more}})
    assert answer["data"]["updateTrainedModel"] == {
        "trainedModel": {
            "trainedOnDataset": {"id": world.ids["dataset"]},
            "trainedOnSlice": {"id": world.ids["slice"]},
        },
        "errors": [],
    }


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_edit_the_same_version_at_once_exactly_one_wins(gql, alice, world):
    def rename(version, number):
        try:
            answer = edit(gql, alice, "renameTag", world.ids["tag"], f"{version} by {number}", expectedVersion=version)
            return answer.get("name"), answer.get("code")
        finally:
            connections.close_all()

    for version in range(1, 6):
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(partial(rename, version), range(8)))
        [winner] = [name for name, code in answers if code is None]
        assert [code for _, code in answers if code].count("CONFLICT") == 7
        assert Tag.objects.get(pk=world.ids["tag"]).name == winner
    renamed = AuditEntry.objects.filter(action="renamed", target_id=world.ids["tag"]).order_by("pk")
    names = ["check", *[entry.after["name"] for entry in renamed]]
    assert [entry.before["name"] for entry in renamed] == names[:-1]
