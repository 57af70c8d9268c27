from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.datasets.admin import datapoints
from apps.datasets.models import Category, Dataset, ResourceRootGrant, Tag
from apps.jobs.models import Job
from apps.projects.models import AuditEntry, Change
from tests.cast import make_user

PAGES = ["dataset", "category", "tag", "datapoint", "resourcerootgrant"]


@pytest.fixture
def staff(db):
    return make_user("sam", is_staff=True, is_superuser=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("page", PAGES)
def test_only_staff_sees_the_admin(client_for, alice, staff, dataset, page):
    address = f"/admin/datasets/{page}/"
    assert client_for(staff).get(address).status_code == 200
    for caller in (alice, None):
        assert client_for(caller).get(address).status_code == 302


def test_renaming_goes_through_the_service(client_for, staff, project):
    tag = Tag.objects.create(project=project, name="chekc")
    client_for(staff).post(f"/admin/datasets/tag/{tag.pk}/change/", {"name": "check"})
    assert Tag.objects.get().name == "check"
    entry = AuditEntry.objects.filter(project=project).latest("pk")
    assert (entry.action, entry.actor_name, entry.before) == ("renamed", "sam", {"name": "chekc"})
    assert Change.objects.latest("seq").kind == "renamed"


def test_a_taken_name_is_answered_with_a_sentence(client_for, staff, project):
    Tag.objects.create(project=project, name="one")
    two = Tag.objects.create(project=project, name="two")
    answer = client_for(staff).post(f"/admin/datasets/tag/{two.pk}/change/", {"name": "one"}, follow=True)
    assert "A tag named 'one' exists in this project." in messages(answer)
    assert Tag.objects.get(pk=two.pk).name == "two"


def test_a_category_is_added_with_its_colour(client_for, staff, project):
    client_for(staff).post("/admin/datasets/category/add/", {"project": str(project.pk), "name": "cat"})
    assert list(Category.objects.values_list("name", "colour")) == [("cat", 0)]


def test_a_dataset_is_deleted_in_the_background(client_for, staff, dataset):
    address = f"/admin/datasets/dataset/{dataset.pk}/delete/"
    assert b"train with 12 datapoints" in client_for(staff).get(address).content
    client_for(staff).post(address, {"post": "yes"})
    assert Dataset.objects.get().deleted_at is not None
    assert Job.objects.get().kind == "delete_dataset"


def test_several_tags_are_deleted_each_with_its_audit_entry(client_for, staff, project):
    chosen = [str(Tag.objects.create(project=project, name=name).pk) for name in "abc"]
    data = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    client_for(staff).post("/admin/datasets/tag/", data)
    assert not Tag.objects.exists()
    assert AuditEntry.objects.filter(action="deleted", target_type="tag").count() == 3


def test_a_configured_root_is_granted_and_taken_back(client_for, staff, project, settings, tmp_path):
    settings.CHROMA_RESOURCE_ROOTS = {"photos": tmp_path}
    client = client_for(staff)
    client.post("/admin/datasets/resourcerootgrant/add/", {"project": str(project.pk), "root": "photos"})
    grant = ResourceRootGrant.objects.get()
    assert (grant.root, grant.granted_by) == ("photos", staff)
    client.post("/admin/datasets/resourcerootgrant/add/", {"project": str(project.pk), "root": "secrets"})
    assert ResourceRootGrant.objects.count() == 1
    client.post(f"/admin/datasets/resourcerootgrant/{grant.pk}/delete/", {"post": "yes"})
    assert not ResourceRootGrant.objects.exists()
    actions = AuditEntry.objects.filter(target_type="resource_root_grant").values_list("action", flat=True)
    assert sorted(actions) == ["root_granted", "root_revoked"]


def test_datapoints_are_found_by_the_beginning_of_their_key(client_for, staff, dataset):
    answer = client_for(staff).get("/admin/datasets/datapoint/?q=k1")
    assert [each.key for each in answer.context["cl"].result_list] == ["k11", "k10", "k1"]


def test_listing_datapoints_never_counts_them_all(client_for, staff, dataset, monkeypatch):
    monkeypatch.setattr(datapoints, "MOST_LISTED", 5)
    client = client_for(staff)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/admin/datasets/datapoint/")
    assert answer.context["cl"].result_count == 5
    assert not [each["sql"] for each in captured if "COUNT(" in each["sql"]]


def test_datapoints_are_only_looked_at(client_for, staff, dataset):
    first = dataset.datapoints.get(row=0)
    address = f"/admin/datasets/datapoint/{first.pk}/"
    assert client_for(staff).get(f"{address}change/").status_code == 200
    assert client_for(staff).post(f"{address}change/", {"key": "other"}).status_code == 403
    assert client_for(staff).post(f"{address}delete/", {"post": "yes"}).status_code == 403
