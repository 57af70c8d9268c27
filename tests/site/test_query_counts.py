"""How many SQL statements the front end's kind of queries take, over one of everything and over many.

WRITE_QUERY_COUNTS=1 writes the counts anew; look at the difference before committing it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import make_client, make_token, make_user
from tests.data import make_analysis, make_dataset, make_embedding_set
from tests.world import make_world

BASELINE = Path(__file__).with_name("query_counts.json")
QUERIES = {
    "who am I": "{ me { username email } }",
    "my projects": "{ projects { totalCount edges { node { fullName myRole datapointCount description } } } }",
    "a project's head": "query ($project: ID!) { project(id: $project) { fullName myRole lastSeq datapointCount } }",
    "members": """query ($project: ID!) { memberships(projectId: $project) {
        edges { node { role acceptedAt projectName user { username } invitedBy { username } project { name } } } } }""",
    "history": """query ($project: ID!) { auditEntries(projectId: $project, first: 50) {
        edges { node { actorName action targetName before after at } } pageInfo { hasNextPage endCursor } } }""",
    "datasets": """query ($project: ID!) { datasets(projectId: $project) {
        edges { node { name kind datapointCount objectCount labelledCount metadataFields { name kind }
            embeddingSets(first: 20) { edges { node { dimension embeddingCount contextCount objectCount
                layer { name } } } }
            inferenceSets(first: 20) { edges { node { inferenceCount trainedModel { version } } } } } } } }""",
    "models": """query ($project: ID!) { modelArchitectures(projectId: $project, first: 20) {
        edges { node { name trainedModels(first: 10) { edges { node { version
            layerSets(first: 5) { edges { node { name } } } } } } } } } }""",
    "layers": """query ($project: ID!) { layers(projectId: $project, first: 100) {
        edges { node { name layerSet { name trainedModel { version modelArchitecture { name } } }
            embeddingSets(first: 10) { edges { node { embeddingCount dataset { name } } } } } } } }""",
    "maps": """query ($project: ID!) { projectionSets(projectId: $project) {
        edges { node { name projectionCount role contextCount objectCount quality stale projector { method parameters }
            sources { embeddingSet { dataset { name } layer { name } } }
            job { state } createdBy { username } } } } }""",
    "jobs": """query ($project: ID!) { jobs(projectId: $project) {
        edges { node { title state phase fraction queuePosition canCancel canRetry requestedBy { username } } } } }""",
    "tags and categories": """query ($project: ID!) {
        tags(projectId: $project) {
            edges { node { name datapointCount memberships { datapointCount dataset { name } } } } }
        categories(projectId: $project) { edges { node { name colour } } } }""",
    "slices": """query ($project: ID!) { slices(projectId: $project) { edges { node { name description isFrozen
        datapointCount notes version createdBy { username }
        trainedModels { version modelArchitecture { name } } } } } }""",
    "analyses": """query ($project: ID!) { analyses(projectId: $project) { edges { node { name kind summary notes
        job { state } createdBy { username }
        scoreSets { name direction values scoreCount version dataset { name } } } } } }""",
    "a page of datapoints": """query ($dataset: ID!) { datapoints(datasetId: $dataset, first: 100) {
        edges { node { key row label { name } loggedLabel { name } resource { url thumbnailUrl } tags { name }
            metadata { name value } scores { value text scoreSet { name direction } }
            inferences { confidence category { name } inferenceSet { trainedModel { version } } } } } } }""",
    "images and what is in them": """query ($dataset: ID!) { datapoints(datasetId: $dataset, first: 20) {
        edges { node { key objectCount thumbnailUrl resource { width height } objects(first: 50) { edges { node {
            key region thumbnailUrl label { name } sourceModel { version modelArchitecture { name } }
            inferences { category { name } } } } } } } } }""",
    "one datapoint": """query ($datapoint: ID!) { datapoint(id: $datapoint) { key role source region label { name }
        resource { kind text url } tags { name } metadata { name value } scores { value }
        embeddings { embeddingSet { layer { name } } }
        inferences { category { name } confidence probabilities { value } }
        labelChanges(first: 20) { edges { node { fromCategory { name } toCategory { name } by { username } at } } }
        comments(first: 20) { edges { node { author { username } text at } } } } }""",
    "my tokens": "{ apiTokens { edges { node { name prefix scope project { fullName } } } } }",
}  # fmt: skip


@pytest.fixture
def counts(alice, project, vera):
    world = make_world(alice, project)
    token = make_token(alice)
    client = make_client(token)

    def count(query: str) -> int:
        names = [name for name in ("project", "dataset", "datapoint") if f"${name}" in query]
        body = {"query": query, "variables": {name: world.ids[name] for name in names}}
        with CaptureQueriesContext(connection) as captured:
            answer = client.post("/graphql", body, content_type="application/json").json()
        assert "errors" not in answer, answer
        return len(captured)

    count(QUERIES["who am I"])  # writes when the token was last used

    def counts() -> dict[str, int]:
        return {name: count(query) for name, query in QUERIES.items()}

    counts.world = world
    return counts


def test_queries_take_as_many_statements_as_the_baseline_says(counts):
    found = counts()
    if os.environ.get("WRITE_QUERY_COUNTS"):
        BASELINE.write_text(json.dumps(found, indent=2) + "\n")
    assert found == json.loads(BASELINE.read_text())


def test_more_rows_take_no_more_statements(counts, alice, project):
    few = counts()
    for number in range(3):
        dataset = make_dataset(project, f"more {number}", count=3, labels=["1"])
        make_analysis(make_embedding_set(dataset, np.eye(3)), [1.0, 2.0], name=f"analysis {number}")
        make_user(f"extra{number}")
        project.memberships.create(user=make_user(f"member{number}"), role="viewer", invited_by=alice)
        project.tags.create(name=f"tag {number}")
        project.categories.create(name=f"category {number}", colour=1)
        project.slices.create(name=f"frozen {number}", created_by=alice)
    grown = {name: count - few[name] for name, count in counts().items() if count > few[name]}
    assert grown == {}
