"""What must hold of the code itself, whoever adds to it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from graphql import GraphQLInputObjectType, get_named_type
from strawberry_django.utils.typing import get_django_definition

from chroma_site.schema import schema

CHECKOUT = Path(__file__).resolve().parents[2]
CODE = [path for folder in ("apps", "chroma_site") for path in (CHECKOUT / folder).rglob("*.py")]
# Facts about people and about the installation: they belong to no project.
OF_NO_PROJECT = {"User", "ApiToken", "PasswordLink", "TokenBucket", "WorkerHeartbeat"}
# What would let a write or a read go around services, access, CSRF or escaping.
FORBIDDEN_NAMES = {
    "csrf_exempt": "every unsafe request by cookie proves where it comes from",
    "mark_safe": "text of users is escaped",
    "RawSQL": "SQL is built by the ORM",
    "receiver": "no signals: a service says what it does",
    "post_save": "no signals",
    "pre_save": "no signals",
    "post_delete": "no signals",
    "pre_delete": "no signals",
    "pickle": "what is read back must not run",
    "eval": "text is data",
    "exec": "text is data",
}
FORBIDDEN_MODULES = ["django.db.models.signals", "strawberry_django.mutations", "pickle", "requests", "urllib.request"]
VAGUE = {"utils", "helpers", "misc", "common_utils", "util"}


def names_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name.rpartition(".")[2]


def modules_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("apps.")]


@pytest.mark.parametrize("name", FORBIDDEN_NAMES)
def test_nothing_goes_around_the_doors(name):
    assert [path for path in CODE if name in names_in(path)] == [], FORBIDDEN_NAMES[name]


@pytest.mark.holds(2)
@pytest.mark.parametrize("module", FORBIDDEN_MODULES)
def test_nothing_imports_what_goes_around_the_doors(module):
    assert [path for path in CODE if module in modules_in(path)] == []


def test_only_jobs_knows_the_queue():
    users = {
        path.relative_to(CHECKOUT).parts[:2] for path in CODE if any(m.startswith("django_q") for m in modules_in(path))
    }
    assert users <= {("apps", "jobs")}


def test_no_module_has_a_vague_name():
    assert [path for path in CODE if path.stem in VAGUE] == []


@pytest.mark.holds(1)
def test_every_model_says_which_project_it_belongs_to():
    for model in own_models():
        assert hasattr(model, "PROJECT_PATH") != (model.__name__ in OF_NO_PROJECT), model


@pytest.mark.holds(1)
def test_every_path_to_a_project_arrives_there():
    for model in own_models():
        if model.__name__ in OF_NO_PROJECT:
            continue
        current = model
        for step in filter(None, model.PROJECT_PATH.split("__")):
            current = current._meta.get_field(step).related_model
        assert current.__name__ == "Project", model


@pytest.mark.holds(1)
def test_every_type_of_the_api_shows_only_what_its_reader_may_see():
    for name, concrete in schema.schema_converter.type_map.items():
        origin = getattr(concrete.definition, "origin", None)
        definition = get_django_definition(origin) if isinstance(origin, type) else None
        if definition is not None and definition.model.__name__ != "User":
            assert "get_queryset" in vars(origin), name


@pytest.mark.holds(2)
def test_no_input_is_made_from_a_model():
    for name, concrete in schema.schema_converter.type_map.items():
        origin = getattr(concrete.definition, "origin", None)
        if getattr(concrete.definition, "is_input", False) and isinstance(origin, type):
            assert get_django_definition(origin) is None, name


@pytest.mark.holds(2, 4)
def test_no_argument_filters_or_orders_by_relations():
    """Every argument is a plain value or one of our inputs, which hold plain values: it leads to no other row."""
    inputs = {name for name, kind in schema._schema.type_map.items() if isinstance(kind, GraphQLInputObjectType)}
    for root in ("Query", "Mutation", "Subscription"):
        for name, field in schema._schema.get_type(root).fields.items():
            kinds = {get_named_type(argument.type).name for argument in field.args.values()}
            assert root == "Mutation" or not kinds & inputs, name
    for name in inputs:
        nested = {get_named_type(field.type).name for field in schema._schema.type_map[name].fields.values()} & inputs
        assert nested <= {"ImportMapping"}, name


@pytest.mark.holds(4)
@pytest.mark.parametrize("argument", ["filters: {}", "where: {}", "order: {}", "ordering: {}", "pk: 1"])
def test_no_list_takes_a_generated_filter_or_order(gql, alice, argument):
    answer = gql(alice, f"{{ datasets({argument}) {{ totalCount }} }}")
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert "Unknown argument" in answer["errors"][0]["message"]


def test_nobody_reads_the_email_of_another(gql, alice, bob, project):
    query = "{ projects { edges { node { memberships { edges { node { user { username email } } } } } } } }"
    type(alice).objects.update(email="secret@example.org")
    project = gql(bob, query)["data"]["projects"]["edges"][0]["node"]
    shown = {
        edge["node"]["user"]["username"]: edge["node"]["user"]["email"] for edge in project["memberships"]["edges"]
    }
    assert shown == {"alice": None, "bob": "secret@example.org"}
