"""What one person deletes while another is using it: the other gets a clear answer, and nothing is left half done."""

from __future__ import annotations

import pytest
from django.db import transaction

from apps.curation import services as curation
from apps.curation.services import slices
from apps.datasets import services as datasets
from apps.datasets.models import Category, Datapoint, LabelChange, Slice, Tag, TagMembership
from apps.projects.models import AuditEntry
from tests.cast import post_graphql
from tests.curation.test_editing_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def post(caller, mutation, input):
    """The codes of the errors that the mutation answers with."""
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    query = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ errors {{ code }} }} }}"
    answer = post_graphql(caller, query, {"input": input})
    assert "errors" not in answer, answer
    return [error["code"] for error in answer["data"][mutation]["errors"]]


def test_tagging_and_deleting_the_tag_at_once(alice, bob, project, dataset, selected):
    selection = selected(bob, dataset, [1, 2])
    for _ in range(4):
        tag = Tag.objects.create(project=project, name="check")
        tagged, deleted = at_once(
            lambda: post(bob, "tagSelection", {"selectionId": selection, "name": "check"}),
            lambda tag=tag: post(alice, "deleteTag", {"id": str(tag.pk)}),
        )
        assert set(tagged) <= {"CONFLICT"}
        assert deleted == []
        assert set(TagMembership.objects.values_list("tag", flat=True)) <= set(Tag.objects.values_list("pk", flat=True))
        Tag.objects.all().delete()


def test_labelling_and_deleting_the_category_at_once(alice, bob, project, dataset, selected):
    selection = selected(bob, dataset, list(range(20)))
    for _ in range(4):
        category = Category.objects.create(project=project, name="9", colour=3)
        answers = at_once(
            lambda: post(bob, "setLabel", {"selectionId": selection, "categoryName": "9"}),
            lambda category=category: post(alice, "deleteCategory", {"id": str(category.pk)}),
        )
        assert {code for codes in answers for code in codes} <= {"CONFLICT", "NOT_FOUND"}
        assert set(Datapoint.objects.values_list("category__name", flat=True).distinct()) <= {"9", "7", "1", None}
        Category.objects.filter(name="9").delete()


def test_a_category_that_goes_before_labels_are_committed_takes_them_along(bob, dataset, selected, monkeypatch):
    set_label = curation.set_label

    def and_somebody_deletes_the_category(**arguments):
        with transaction.atomic():
            done = set_label(**arguments)
            doomed = Category.objects.filter(name="9").order_by()
            doomed._raw_delete(doomed.db)
            return done

    monkeypatch.setattr(curation, "set_label", and_somebody_deletes_the_category)
    assert post(bob, "setLabel", {"selectionId": selected(bob, dataset, [1]), "categoryName": "9"}) == ["CONFLICT"]
    assert not LabelChange.objects.exists()
    assert dataset.datapoints.get(row=1).category.name == "7"


def test_what_was_deleted_cannot_be_renamed_any_more(bob, project, monkeypatch):
    tag = Tag.objects.create(project=project, name="check")
    category = Category.objects.create(project=project, name="9", colour=0)
    saved = Slice.objects.create(project=project, name="Hard", rule={"filters": []})
    for owner, mutation, row in (
        (datasets, "rename_tag", tag),
        (datasets, "rename_category", category),
        (slices, "rename_slice", saved),
    ):
        rename = getattr(owner, mutation)

        def after_deletion(rename=rename, row=row, **arguments):
            type(row).objects.filter(pk=row.pk).delete()
            return rename(**arguments)

        monkeypatch.setattr(owner, mutation, after_deletion)
        head, tail = mutation.split("_")
        assert post(bob, f"{head}{tail.title()}", {"id": str(row.pk), "name": "new"}) == ["NOT_FOUND"]
    assert not AuditEntry.objects.filter(action="renamed").exists()
