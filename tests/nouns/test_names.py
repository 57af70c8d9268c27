from __future__ import annotations

import pytest

from apps.datasets.models import Category, Tag
from apps.projects.models import AuditEntry, Change

CREATE = (
    "mutation ($input: CreateTagInput!) { createTag(input: $input) { tag { id name } errors { code field message } } }"
)
RENAME = (
    "mutation ($input: RenameTagInput!) { renameTag(input: $input) { tag { name } errors { code field message } } }"
)


def create(gql, caller, project, name):
    return gql(caller, CREATE, {"input": {"projectId": str(project.pk), "name": name}})["data"]["createTag"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\x00b", "a\u200bb", "\u202egnp.exe", "line\nbreak"])
def test_a_name_that_does_not_show_is_refused_with_a_sentence(gql, bob, project, name):
    answer = create(gql, bob, project, name)
    assert answer["tag"] is None
    [error] = answer["errors"]
    assert (error["code"], error["field"]) == ("BAD_USER_INPUT", "name")
    assert error["message"].startswith("A tag's name ")
    assert not Tag.objects.exists()


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "ü", "日本", "👍", "a" * 100])
def test_any_visible_name_is_kept_as_it_is(gql, bob, project, name):
    assert create(gql, bob, project, name)["tag"]["name"] == name


def test_two_spellings_of_the_same_letters_are_one_name(gql, bob, project):
    assert create(gql, bob, project, "caf\u00e9")["errors"] == []
    [error] = create(gql, bob, project, " cafe\u0301 ")["errors"]
    assert (error["code"], error["field"]) == ("CONFLICT", "name")
    assert error["message"] == "A tag named 'caf\u00e9' exists in this project."
    assert Tag.objects.count() == 1


def test_renaming_tells_the_old_name_in_the_audit_and_the_new_one_in_the_feed(gql, bob, project):
    tag = create(gql, bob, project, "chekc")["tag"]
    gql(bob, RENAME, {"input": {"id": tag["id"], "name": "check"}})
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.before, entry.after) == ("renamed", {"name": "chekc"}, {"name": "check"})
    change = Change.objects.latest("seq")
    assert (change.kind, change.target_type, change.target_id) == ("renamed", "tag", tag["id"])


def test_renaming_to_a_taken_name_changes_nothing(gql, bob, project):
    create(gql, bob, project, "one")
    two = create(gql, bob, project, "two")["tag"]
    answer = gql(bob, RENAME, {"input": {"id": two["id"], "name": "one"}})["data"]["renameTag"]
    assert [error["code"] for error in answer["errors"]] == ["CONFLICT"]
    assert set(Tag.objects.values_list("name", flat=True)) == {"one", "two"}


def test_a_category_keeps_the_colour_that_somebody_gave_it(gql, bob, project):
    category = Category.objects.create(project=project, name="7", colour=0)
    recolour = """mutation ($id: ID!, $colour: Int!) { updateCategory(input: {id: $id, colour: $colour}) {
        category { colour } errors { code field } } }"""

    def give(colour):
        return gql(bob, recolour, {"id": str(category.pk), "colour": colour})["data"]["updateCategory"]

    assert give(4) == {"category": {"colour": 4}, "errors": []}
    assert AuditEntry.objects.latest("pk").after == {"colour": 4}
    for colour in (-1, 40_000):
        assert give(colour)["errors"] == [{"code": "BAD_USER_INPUT", "field": "colour"}]
    category.refresh_from_db()
    assert category.colour == 4
