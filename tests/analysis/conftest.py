from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from apps.analysis.models import ScoreSet
from apps.jobs.models import Lane
from apps.jobs.runner import run_next
from tests.data import make_dataset, make_embedding_set, make_inference_set

PAYLOAD = "{ analysis { id name notes job { id state title } } errors { code field message } }"
QUALITY = f"mutation ($input: RunClassQualityInput!) {{ runClassQuality(input: $input) {PAYLOAD} }}"
MATCH = f"mutation ($input: MatchObjectsInput!) {{ matchObjects(input: $input) {PAYLOAD} }}"
ANALYSIS = """query ($id: ID!) { analysis(id: $id) { name kind parameters summary notes finishedAt
  createdBy { username } project { name } job { state error }
  scoreSets { id name title direction unit low high values scoreCount version dataset { id name } } } }"""


@pytest.fixture
def blobs():
    """blobs(labels) -> a vector of 6 numbers near its label's corner for each, the same every time."""

    def blobs(labels, seed=0):
        random = np.random.default_rng(seed)
        corners = {"a": 0, "b": 8, "c": 16}
        return np.array([random.normal(corners[label], 1, size=6) for label in labels], dtype=np.float32)

    return blobs


@pytest.fixture
def train(transactional_db, project, blobs):
    """30 datapoints of each of two classes, and what the model says of them: right but for the first two."""
    labels = ["a", "b"] * 30
    dataset = make_dataset(project, "train", count=60, labels=labels)
    make_inference_set(dataset, ["b", "a", *labels[2:]])
    return make_embedding_set(dataset, blobs(labels), layer="fc2")


@pytest.fixture
def production(transactional_db, project, blobs):
    """10 unlabelled datapoints: 6 inferred rightly, 2 wrongly, one as what train lacks, one not at all."""
    shapes = ["a", "b"] * 5
    dataset = make_dataset(project, "production", count=10)
    make_inference_set(dataset, [*shapes[:6], "b", "a", "c", None])
    return make_embedding_set(dataset, blobs(shapes, seed=1), layer="fc2")


@pytest.fixture
def ask(gql, alice):
    """ask(mutation, name of its field, caller or None, input) -> the payload."""

    def ask(mutation, field, caller, given):
        answer = gql(caller or alice, mutation, {"input": given})
        assert not answer.get("errors"), answer
        return answer["data"][field]

    return ask


@pytest.fixture
def score(ask):
    """score(reference, targets, caller=…, **input) -> the payload of runClassQuality."""

    def score(reference, targets, *, caller=None, **given):
        given |= {
            "referenceEmbeddingSetId": str(reference.pk),
            "targetEmbeddingSetIds": [str(target.pk) for target in targets],
        }
        return ask(QUALITY, "runClassQuality", caller, given)

    return score


@pytest.fixture
def match(ask):
    """match(dataset, trained model, caller=…, **input) -> the payload of matchObjects."""

    def match(dataset, trained_model, *, caller=None, **given):
        given |= {"datasetId": str(dataset.pk), "trainedModelId": str(trained_model.pk)}
        return ask(MATCH, "matchObjects", caller, given)

    return match


@pytest.fixture
def work(transactional_db):
    """work() runs the queued heavy jobs in this process."""

    def work():
        while run_next(Lane.HEAVY):
            pass

    return work


@pytest.fixture
def read(gql, alice):
    """read(analysis id) -> the analysis."""
    return lambda id, caller=None: gql(caller or alice, ANALYSIS, {"id": id})["data"]["analysis"]


@pytest.fixture
def column(client_for, alice):
    """column(dataset, name) -> the values by row of the newest score set of that name; None where there is none."""

    def column(dataset, name):
        id = ScoreSet.objects.filter(dataset=dataset, name=name).order_by("-analysis__created_at")[0].pk
        response = client_for(alice).get(f"/bulk/v1/datasets/{dataset.pk}/columns/score:{id}")
        assert response.status_code == 200
        table = pa.ipc.open_stream(b"".join(response.streaming_content)).read_all()
        pairs = zip(table["value"].to_pylist(), table["present"].to_pylist(), strict=True)
        return [value if is_there else None for value, is_there in pairs]

    return column


@pytest.fixture
def scores_of(gql, alice):
    """scores_of(dataset, row) -> {name: (value, text)} of one datapoint, of the newest analysis that says it."""
    query = "query ($id: ID!) { datapoint(id: $id) { scores { value text scoreSet { name } } } }"

    def scores_of(dataset, row):
        found = gql(alice, query, {"id": f"{dataset.pk}:{row}"})["data"]["datapoint"]["scores"]
        return {each["scoreSet"]["name"]: (each["value"], each["text"]) for each in reversed(found)}

    return scores_of
