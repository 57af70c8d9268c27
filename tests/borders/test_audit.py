"""The audit trail: what each door writes into it, and that no door takes anything out."""

from __future__ import annotations

import ast

import pytest
from django.db import connection

from apps.accounts.models import ApiToken
from apps.projects.models import AuditEntry
from tests.borders.audit_entries import ADDRESSES, MUTATIONS
from tests.borders.conftest import undone
from tests.borders.id_places import input_type
from tests.cast import PASSWORD, make_client, make_user
from tests.site import doors
from tests.site.test_structure import CODE

pytestmark = pytest.mark.django_db


@pytest.fixture
def emil(realms):
    """Somebody to invite."""
    return make_user("emil")


@pytest.fixture
def written(realms):
    """written(act) -> what an act wrote into the audit trail; all that stood there before stays as it was."""

    def written(act) -> list[str]:
        before = {entry["id"]: entry for entry in AuditEntry.objects.values()}
        act()
        after = {entry["id"]: entry for entry in AuditEntry.objects.values()}
        assert {pk: after.get(pk) for pk in before} == before
        new = [after[pk] for pk in sorted(after.keys() - before.keys())]
        assert {entry["actor_name"] for entry in new} <= {"alice"}
        return [f"{entry['target_type']} {entry['action']}" for entry in new]

    return written


@pytest.mark.usefixtures("emil")
@pytest.mark.parametrize("name", sorted(doors.MUTATIONS))
def test_a_mutation_leaves_its_entry(realms, written, name):
    query = f"mutation ($input: {input_type(name).name}!) {{ {name}(input: $input) {{ errors {{ code message }} }} }}"
    # Labels that are there already are not set again.
    realms.own.dataset.datapoints.update(category=None)
    variables = {"input": doors.MUTATIONS[name][1](realms.own, realms.alice)}
    client = make_client(realms.alice)

    def act() -> None:
        answer = client.post("/graphql", {"query": query, "variables": variables}, content_type="application/json")
        assert answer.json() == {"data": {name: {"errors": []}}}

    assert written(act) == MUTATIONS[name]


WRITING = [address for address in doors.ADDRESSES if address.method != "GET" and address.least > doors.ANYBODY]


@pytest.mark.parametrize("address", WRITING, ids=lambda address: f"{address.method} {address.route}")
def test_an_address_leaves_its_entry(realms, written, address):
    path, body = address.path(realms.own, realms.alice), address.body(realms.own)
    client = make_client(realms.alice)

    def act() -> None:
        answer = client.generic(address.method, path, body, content_type=address.content_type, headers=address.headers)
        assert answer.status_code == address.opened

    assert written(act) == ADDRESSES.get(address.route, [])


def test_what_is_rolled_back_leaves_no_entry(realms, written):
    def act() -> None:
        with undone():
            make_client(realms.alice).post(
                "/graphql",
                {"query": 'mutation { createProject(input: {name: "Never"}) { errors { code } } }'},
                content_type="application/json",
            )
            assert AuditEntry.objects.filter(target_name="alice/Never").exists()

    assert written(act) == []


@pytest.mark.holds(7)
def test_no_secret_is_in_the_database(realms):
    """Neither in the trail nor anywhere else: a dump of everything holds no token and no password."""
    client = make_client(realms.alice)

    def ask(query: str) -> dict:
        answer = client.post("/graphql", {"query": query}, content_type="application/json").json()
        assert "errors" not in answer, answer
        return answer["data"]

    token = ask('mutation { createApiToken(input: {name: "New", scope: WRITE}) { secret apiToken { id } } }')
    secret, pk = token["createApiToken"]["secret"], token["createApiToken"]["apiToken"]["id"]
    ask(f'mutation {{ revokeApiToken(input: {{id: "{pk}"}}) {{ errors {{ code }} }} }}')
    ask(
        f'mutation {{ changePassword(input: {{currentPassword: "{PASSWORD}", newPassword: "violet tram 42 lemon"}})'
        " { errors { code } } }"
    )
    client.post(
        "/auth/login", {"username": "alice", "password": "a wrong one, nearly right"}, content_type="application/json"
    )
    everything = dump()
    assert ApiToken.objects.get(pk=pk).prefix in everything, "the dump is one"
    for hidden in (secret, secret[len("chr_") :], PASSWORD, "violet tram 42 lemon", "a wrong one, nearly right"):
        assert hidden not in everything
    kept = str(list(AuditEntry.objects.values_list("before", "after", "target_name")))
    for word in ("digest", "password", "secret", "md5$", "pbkdf2"):
        assert word not in kept.lower()


def test_no_code_changes_an_entry():
    """Only the journal writes entries; nothing updates or deletes them, but for the keys of what is gone."""
    makers = {"create", "bulk_create", "update", "bulk_update", "delete", "save", "get_or_create", "update_or_create"}
    found = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in makers:
                chain = ast.unparse(node.value)
                if "AuditEntry" in chain or "audit_entries" in chain or "auditentry" in chain:
                    found.add((path.name, node.attr))
    assert found == {("journal.py", "create")}


def dump() -> str:
    """Every row of every table, as text."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [str(row) for row in cursor]
    return "\n".join(rows)
