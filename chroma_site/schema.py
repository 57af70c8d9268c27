"""The root of the GraphQL schema: each app owns its part of it, in `apps/<app>/graphql/`."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext
from strawberry_django.optimizer import DjangoOptimizerExtension
from strawberry_django.utils.typing import get_django_definition

from chroma_site.guards.answers import make_presentable
from chroma_site.guards.budget import QueryBudget
from chroma_site.guards.doorkeeper import Doorkeeper

APPS = ["accounts", "projects", "jobs", "datasets", "lineage", "embeddings", "projections", "curation"]


class ChromaSchema(strawberry.Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Turn each error into what the caller may see; runs for every kind of failure."""
        for error in errors:
            make_presentable(error, execution_context.context if execution_context else None)


def merged(kind: str, module: str) -> type | None:
    """The type named `kind` with the fields of every app's part, such as `ProjectsQuery` of projects."""
    parts = [
        getattr(import_module(f"apps.{app}.graphql.{module}"), f"{app.title()}{kind}")
        for app in APPS
        if find_spec(f"apps.{app}.graphql") and find_spec(f"apps.{app}.graphql.{module}")
    ]
    return strawberry.type(type(kind, tuple(parts), {})) if parts else None


def keep_ordering_columns(schema: strawberry.Schema) -> None:
    """Let the optimiser always fetch what a list is ordered by: cursors are made of it."""
    for concrete in schema.schema_converter.type_map.values():
        origin = getattr(concrete.definition, "origin", None)
        definition = get_django_definition(origin) if isinstance(origin, type) else None
        if definition is not None:
            definition.store.only.extend(name.lstrip("-") for name in definition.model._meta.ordering)


schema = ChromaSchema(
    query=merged("Query", "queries"),
    mutation=merged("Mutation", "mutations"),
    subscription=merged("Subscription", "subscriptions"),
    extensions=[Doorkeeper, QueryBudget, DjangoOptimizerExtension],
    config=StrawberryConfig(relay_max_results=500),
)
keep_ordering_columns(schema)
