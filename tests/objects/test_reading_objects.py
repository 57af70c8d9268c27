from __future__ import annotations

import io

import pyarrow as pa
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pyroaring import BitMap

from apps.datasets.models import Datapoint, Resource, Tag, TagMembership
from apps.projects.models import Project
from tests.data import make_dataset
from tests.logging.upload import sha256, stream_of, table_of
from tests.objects.conftest import store_pictures

BOXES = [(0, 0, 0.5, 0.5), (0.5, 0.5, 0.5, 0.5)]
LIST = """query ($dataset: ID, $rows: [Int!], $keys: [String!], $role: DatapointRole, $parent: ID, $search: String, $tag: ID) {
    datapoints(datasetId: $dataset, rows: $rows, keys: $keys, role: $role, parentId: $parent, search: $search, tagId: $tag)
    { totalCount edges { node { key } } } }"""  # noqa: E501


@pytest.fixture
def logged(images, log_objects, dataset):
    """Two true objects in img0, one that a model found in img1."""
    log_objects(["img0", "img0"], BOXES, key=["true 1", "true 2"], label=["a", "b"])
    log_objects(["img1"], [BOXES[0]], key=["guess"], source="model", inference=["a"])
    return dataset


@pytest.fixture
def keys(gql, vera):
    """keys(**arguments) -> the keys of the list, as Vera sees it."""

    def ask(caller=None, **arguments):
        answer = gql(caller or vera, LIST, arguments)
        if answer.get("errors"):
            return answer["errors"][0]["extensions"]["code"], answer["errors"][0]["message"]
        told = answer["data"]["datapoints"]
        found = [edge["node"]["key"] for edge in told["edges"]]
        assert told["totalCount"] == len(found)
        return found

    return ask


def test_lists_show_contexts_unless_asked(logged, keys):
    dataset = str(logged.pk)
    assert keys(dataset=dataset) == ["img0", "img1", "img2"]
    assert keys(dataset=dataset, role="CONTEXT") == ["img0", "img1", "img2"]
    assert keys(dataset=dataset, role="OBJECT") == ["true 1", "true 2", "guess"]
    assert keys(dataset=dataset, rows=[0, 4]) == ["img0", "true 2"]
    assert keys(dataset=dataset, keys=["guess", "img2"]) == ["img2", "guess"]
    assert keys(dataset=dataset, rows=[0, 4], role="OBJECT") == ["true 2"]
    assert keys(parent=f"{dataset}:0") == ["true 1", "true 2"]
    assert keys(parent=f"{dataset}:2") == []
    assert keys() == ["img0", "img1", "img2"]


def test_a_search_finds_words_as_they_stand_in_keys_and_texts(uploader, keys, dataset):
    texts = ["A stop sign", "100% sure", "under_score", "back\\slash", "nothing"]
    uploader.log({"key": ["one", "two", "three", "Four", "sign 5"], "text": texts})
    found = {
        words: keys(dataset=str(dataset.pk), search=words)
        for words in ("STOP", "sign", "%", "_", "\\", "our", "x", "  stop sign ", "a\x00b", "")
    }
    everything = ["one", "two", "three", "Four", "sign 5"]
    assert found == {
        "STOP": ["one"], "sign": ["one", "sign 5"], "%": ["two"], "_": ["three"], "\\": ["Four"], "our": ["Four"],
        "x": [], "  stop sign ": ["one"], "a\x00b": [], "": everything,
    }  # fmt: skip


def test_what_is_looked_for_in_one_dataset_needs_it(logged, keys):
    for arguments in ({"search": "img"}, {"rows": [0]}, {"keys": ["img0"]}, {"tag": "x"}):
        code, message = keys(**arguments)
        assert (code, "give datasetId" in message) == ("BAD_USER_INPUT", True)
    assert keys(dataset=str(logged.pk), search="x" * 201)[0] == "LIMIT_EXCEEDED"


def test_datapoints_are_found_by_tag(logged, keys, project):
    tag = Tag.objects.create(project=project, name="check")
    TagMembership.objects.create(tag=tag, dataset=logged, rows=BitMap([1, 3]).serialize(), datapoint_count=2)
    other = str(make_dataset(project, "other", count=5).pk)
    assert keys(dataset=str(logged.pk), tag=str(tag.pk)) == ["img1"]
    assert keys(dataset=str(logged.pk), tag=str(tag.pk), role="OBJECT") == ["true 1"]
    assert keys(dataset=other, tag=str(tag.pk)) == []


def test_strangers_parents_and_tags_are_not_found(logged, keys, project, charlie):
    elsewhere = Project.objects.get(namespace="charlie")
    foreign = make_dataset(elsewhere, "mine", count=2)
    tag = Tag.objects.create(project=project, name="check")
    assert keys(charlie, parent=f"{logged.pk}:0")[0] == "NOT_FOUND"
    assert keys(charlie, dataset=str(foreign.pk), tag=str(tag.pk))[0] == "NOT_FOUND"
    assert keys(charlie, dataset=str(logged.pk), search="img") == []


def test_an_object_shows_a_piece_of_its_parents_image(logged, gql, vera, client_for):
    query = """query ($id: ID!) { datapoint(id: $id) { role region source objectCount
        parent { key objectCount thumbnailUrl } thumbnailUrl resource { width height }
        objects(first: 5) { totalCount } } }"""
    told = gql(vera, query, {"id": f"{logged.pk}:4"})["data"]["datapoint"]
    address = told.pop("thumbnailUrl")
    whole = told["parent"].pop("thumbnailUrl")
    assert told == {
        "role": "OBJECT",
        "region": [0.5, 0.5, 0.5, 0.5],
        "source": "",
        "objectCount": 0,
        "parent": {"key": "img0", "objectCount": 2},
        "resource": {"width": 200, "height": 100},
        "objects": {"totalCount": 0},
    }
    assert address == f"{whole}?region=0.5,0.5,0.5,0.5&padding=0.2"
    answer = client_for(vera).get(f"{address}&size=512")
    assert Image.open(io.BytesIO(answer.content)).size == (140, 70)


def test_more_contexts_and_objects_take_no_more_statements(logged, log_objects, gql, vera):
    query = """query ($id: ID!) { datapoints(datasetId: $id, first: 10) { edges { node { key objectCount thumbnailUrl
        objects(first: 20) { edges { node { key sourceModel { version modelArchitecture { name } } label { name }
        inferences { category { name } } thumbnailUrl } } } } } } }"""

    def statements():
        with CaptureQueriesContext(connection) as captured:
            told = gql(vera, query, {"id": str(logged.pk)})["data"]["datapoints"]["edges"]
        assert [edge["node"]["objectCount"] for edge in told] == [len(e["node"]["objects"]["edges"]) for e in told]
        return len(captured)

    before = statements()
    log_objects(["img2"] * 10, [(n / 20, 0, 0.05, 0.5) for n in range(10)], source="model", inference=["a"] * 10)
    assert statements() == before


def test_the_size_of_an_image_is_read_from_its_header(uploader, project):
    sideways = Image.Exif()
    sideways[0x0112] = 6
    target = io.BytesIO()
    Image.new("RGB", (40, 30)).save(target, "JPEG", exif=sideways)
    contents = {"turned.jpg": target.getvalue(), "no.png": b"\x89PNG\r\n\x1a\n damaged", "text.txt": b"text"}
    table = table_of({"sha256": [sha256(each) for each in contents.values()], "name": list(contents)})
    table = table.append_column("content", pa.array(list(contents.values()), type=pa.binary()))
    url = f"/bulk/v1/projects/{project.pk}/files"
    assert uploader.client.post(url, stream_of(table), content_type="application/octet-stream").json() == {"stored": 3}
    sizes = {each.text: (each.width, each.height) for each in Resource.objects.all()}
    assert sizes == {"turned.jpg": (30, 40), "no.png": (None, None), "text.txt": (None, None)}


def test_images_from_before_sizes_were_kept_are_measured_when_a_box_needs_it(images, log_objects, objects_of):
    Resource.objects.update(width=None, height=None)
    log_objects(["img0"], [(20, 20, 60, 40)], box_format="xywh")
    assert list(objects_of("img0")) == [(0.1, 0.2, 0.3, 0.4)]
    used = Datapoint.objects.get(key="img0").resource
    assert (used.width, used.height) == (200, 100)


def test_files_are_stored_once_whatever_their_number_of_objects(images, log_objects, uploader):
    log_objects(["img0"] * 2, BOXES)
    assert store_pictures(uploader, 3)
    assert Resource.objects.count() == 3
