"""The root of the GraphQL schema: each app owns its part of it, in `apps/<app>/graphql/`."""

from __future__ import annotations

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext
from strawberry_django.optimizer import DjangoOptimizerExtension
from strawberry_django.utils.typing import get_django_definition

from apps.accounts.graphql.queries import AccountsQuery
from apps.analysis.graphql.mutations import AnalysisMutation
from apps.analysis.graphql.queries import AnalysisQuery
from apps.curation.graphql.mutations import CurationMutation
from apps.curation.graphql.queries import CurationQuery
from apps.datasets.graphql.mutations import DatasetsMutation
from apps.datasets.graphql.queries import DatasetsQuery
from apps.embeddings.graphql.mutations import EmbeddingsMutation
from apps.embeddings.graphql.queries import EmbeddingsQuery
from apps.jobs.graphql.mutations import JobsMutation
from apps.jobs.graphql.queries import JobsQuery
from apps.lineage.graphql.mutations import LineageMutation
from apps.lineage.graphql.queries import LineageQuery
from apps.projections.graphql.mutations import ProjectionsMutation
from apps.projections.graphql.queries import ProjectionsQuery
from apps.projects.graphql.mutations import ProjectsMutation
from apps.projects.graphql.queries import ProjectsQuery
from apps.projects.graphql.subscriptions import ProjectsSubscription
from chroma_site.guards.answers import make_presentable
from chroma_site.guards.budget import QueryBudget
from chroma_site.guards.doorkeeper import Doorkeeper
from chroma_site.guards.numbers import ShortNumbers


class ChromaSchema(strawberry.Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Turn each error into what the caller may see; runs for every kind of failure."""
        for error in errors:
            make_presentable(error, execution_context.context if execution_context else None)


@strawberry.type
class Query(
    AccountsQuery,
    ProjectsQuery,
    JobsQuery,
    DatasetsQuery,
    LineageQuery,
    EmbeddingsQuery,
    ProjectionsQuery,
    AnalysisQuery,
    CurationQuery,
):
    """What can be read."""


@strawberry.type
class Mutation(
    ProjectsMutation,
    JobsMutation,
    DatasetsMutation,
    LineageMutation,
    EmbeddingsMutation,
    ProjectionsMutation,
    AnalysisMutation,
    CurationMutation,
):
    """What can be changed."""


@strawberry.type
class Subscription(ProjectsSubscription):
    """What can be listened to, over a WebSocket."""


def keep_ordering_columns(schema: strawberry.Schema) -> None:
    """Let the optimiser always fetch what a list is ordered by: cursors are made of it."""
    for concrete in schema.schema_converter.type_map.values():
        origin = getattr(concrete.definition, "origin", None)
        definition = get_django_definition(origin) if isinstance(origin, type) else None
        if definition is not None:
            definition.store.only.extend(name.lstrip("-") for name in definition.model._meta.ordering)


schema = ChromaSchema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    extensions=[Doorkeeper, ShortNumbers, QueryBudget, DjangoOptimizerExtension],
    config=StrawberryConfig(relay_max_results=500),
)
keep_ordering_columns(schema)
