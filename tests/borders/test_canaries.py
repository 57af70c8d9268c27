"""No byte of a project reaches who is not its member, by whatever path."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from apps.accounts.actor import Actor
from apps.curation.exports.services import create_export
from apps.curation.exports.write import write_export
from apps.curation.models import ExportFormat
from apps.datasets.models import Dataset
from tests.borders import walker
from tests.borders.canaries import EXPORTED, FILE, VALUES, names, seen_in
from tests.borders.id_places import query_places
from tests.borders.realms import OUTSIDERS
from tests.site import doors

pytestmark = [pytest.mark.django_db, pytest.mark.holds(1)]

# What no query shows, to members neither. Changes are heard through sockets (test_open_sockets.py).
NOT_SHOWN = {
    "AuditEntry.project_name", "Change.kind", "Change.target_id", "Change.target_type", "Import.key", "Import.options",
    "Job.parameters", "Projector.digest", "ResourceRootGrant.root", "Upload.key", "Upload.layer", "Upload.model",
    "Upload.version",
}  # fmt: skip
WITH_IDS = [address for address in doors.ADDRESSES if address.least > doors.ANYBODY]


def ask(client, query: str, variables: dict | None = None) -> str:
    body = {"query": query, "variables": variables or {}}
    answer = client.post("/graphql", body, content_type="application/json")
    text = answer.content.decode()
    assert answer.status_code == 200, (query, text)
    assert "QUERY_TOO_COMPLEX" not in text
    return text


def fetch(client, address: doors.Address, world, user) -> str:
    """Everything that comes back: the headers and the bytes."""
    response = client.generic(
        address.method,
        address.path(world, user),
        address.body(world),
        content_type=address.content_type,
        headers=address.headers,
    )
    return f"{response.headers} {b''.join(response).decode(errors='replace')}"


def see_nothing(client, depth: int) -> None:
    """Follow every path through the schema and see no canary."""
    for root in walker.root_lists():
        for query in walker.walk(root, depth):
            answer = ask(client, query)
            assert not seen_in(answer), (query, seen_in(answer))
            assert "INTERNAL" not in answer


def test_members_see_every_canary(canaries):
    """Else the tests below would prove nothing."""
    client, other = canaries.clients["charlie"], canaries.other
    seen = set()
    for root in walker.root_lists():
        for query in walker.walk(root, 3):
            seen |= seen_in(ask(client, query))
    for address in WITH_IDS:
        if address.method == "GET":
            seen |= seen_in(fetch(client, address, other, canaries.charlie))
    seen |= seen_in(client.get(f"/resources/{other.ids['file']}").content.decode())
    assert {VALUES, FILE, EXPORTED} <= seen
    assert sorted(set(names()) - seen) == sorted(NOT_SHOWN)


# How far each walks. Bob is the one with the most to see: a member of both projects, by a token for one of them.
DEPTHS = dict.fromkeys(OUTSIDERS, 2) | {"editor of another project": 4, "owner of another project": 3}


@pytest.mark.parametrize(("who", "depth"), DEPTHS.items())
def test_no_path_through_the_schema_leads_there(canaries, who, depth):
    see_nothing(canaries.clients[who], depth)


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.holds(4)
def test_no_argument_of_a_query_leads_there(canaries, who):
    client, ids = canaries.clients[who], canaries.other.ids
    for place in query_places():
        given = f'{place.path[0]}: "{ids[place.noun(set(ids))]}"'
        # Beside the rest of a good query about the same project, and about one's own.
        for beside in {place.beside(ids), place.beside(canaries.own.ids)}:
            answer = ask(client, f"{{ {place.field}({given}{beside}) {walker.scalars_of(place.field)} }}")
            assert not seen_in(answer), (str(place), answer)
            assert "BAD_USER_INPUT" not in answer, (str(place), answer)
    for name, field in walker.schema._schema.get_type("Query").fields.items():
        if "search" in field.args:
            inside = f', datasetId: "{ids["dataset"]}"' if name == "datapoints" else ""
            answer = ask(client, f'{{ {name}(search: "cnry"{inside}) {{ totalCount }} }}')
            assert answer == f'{{"data":{{"{name}":{{"totalCount":0}}}}}}'
    name = {"namespace": canaries.other.project.namespace, "name": canaries.other.project.name}
    query = "query ($namespace: String!, $name: String!) { projectByName(namespace: $namespace, name: $name) { id } }"
    assert not seen_in(ask(client, query, name).replace(name["name"], ""))


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_address_leads_there(canaries, who):
    client, other = canaries.clients[who], canaries.other
    for address in WITH_IDS:
        answer = fetch(client, address, other, canaries.alice)
        assert not seen_in(answer), (address.route, answer)
    assert client.get(f"/resources/{other.ids['file']}").status_code == 404


@pytest.mark.parametrize("name", sorted(doors.MUTATIONS))
@pytest.mark.holds(2)
def test_no_refusal_of_a_mutation_tells_of_it(canaries, name):
    kind = walker.schema._schema.get_type("Mutation").fields[name].args["input"].type.of_type.name
    query = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename errors {{ code message field }} }} }}"
    given = doors.MUTATIONS[name][1](canaries.other, canaries.charlie)
    for who in ("owner of another project", "editor of another project"):
        answer = ask(canaries.clients[who], query, {"input": given})
        assert not seen_in(answer), (who, answer)


def test_what_members_of_another_project_download_holds_nothing_of_it(canaries, tmp_path):
    client, own = canaries.clients["owner of another project"], canaries.own
    for address in WITH_IDS:
        if address.method == "GET":
            answer = fetch(client, address, own, canaries.alice)
            assert not seen_in(answer), (address.route, answer)
    for format in ExportFormat:
        assert not seen_in(exported(own, canaries.alice, format, tmp_path)), format
        assert seen_in(exported(canaries.other, canaries.charlie, format, tmp_path)), format


def exported(world, owner, format: ExportFormat, folder) -> str:
    """What an export of the world's dataset holds."""
    dataset = Dataset.objects.get(pk=world.ids["dataset"])
    path = folder / f"{owner}.{format}"
    write_export(create_export(actor=Actor(user=owner), scope=dataset, format=format), path, lambda done, total: None)
    return str(pq.read_table(path).to_pylist()) if format == ExportFormat.PARQUET else path.read_text()
