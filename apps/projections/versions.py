"""New versions of a map: with the datapoints placed that are new since, or fitted anew from where it lies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from re import fullmatch
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from apps.accounts.actor import Actor
from apps.common.errors import BadUserInput, Conflict
from apps.datasets.models import DatapointRole
from apps.embeddings.models import EmbeddingSet
from apps.projections.methods import complete_parameters, get_method
from apps.projections.models import Origin, ProjectionSet
from apps.projections.precomputed import METHOD as PRECOMPUTED
from apps.projections.services import check_size, create_projection_set, project_of_sources, start_job
from apps.projections.shared import count_shared, match_sources

# So many datapoints must be on both versions: with fewer, one could not be laid over the other.
FEWEST_SHARED = 3


@transaction.atomic
def place_new_datapoints(*, actor: Actor, projection_set: ProjectionSet, name: str | None = None) -> ProjectionSet:
    """Make a version of a map on which new datapoints, and those with new vectors, are placed; the others stay."""
    embedding_sets = _sets_of_finished(projection_set)
    shared = count_shared(projection_set, embedding_sets)
    if shared.to_place == 0:
        raise Conflict(
            "There is nothing to place: all datapoints of its embeddings are on this map, with the vectors they have.",
            field="id",
        )
    if shared.unchanged == 0:
        raise Conflict(
            "No datapoint of this map has kept its vector, so that nothing tells where others belong. "
            "Make the map again.",
            field="id",
        )
    made = _create(actor, projection_set, embedding_sets, name, Origin.PLACE)
    what = "1 datapoint" if shared.to_place == 1 else f"{shared.to_place:,} datapoints"
    start_job(actor=actor, projection_set=made, title=f"{what} placed on the map “{made.name}”", count=shared.total)
    return made


@transaction.atomic
def refit_projection(
    *,
    actor: Actor,
    projection_set: ProjectionSet,
    embedding_sets: Sequence[EmbeddingSet] | None = None,
    name: str | None = None,
) -> ProjectionSet:
    """Make a version of a map whose fit starts from its layout and is laid over it.

    Of its own embedding sets as they are now, or of others of the same datasets, such as those of a newer model.
    """
    stored = _sets_of_finished(projection_set)
    if projection_set.projector.method == PRECOMPUTED:
        raise BadUserInput("This map's positions were brought along, so that no method can fit them again.", field="id")
    chosen = stored if embedding_sets is None else list(embedding_sets)
    if project_of_sources(chosen) != projection_set.project:
        raise BadUserInput("The embedding sets are of another project.", field="embeddingSetIds")
    method = get_method(projection_set.projector.method)
    parameters = complete_parameters(method, projection_set.projector.parameters)
    if match_sources(stored, chosen) is None:
        names = ", ".join(found.dataset.name for found in stored)
        raise BadUserInput(
            f"A version of this map needs one embedding set for each of its datasets: {names}.", field="embeddingSetIds"
        )
    role = DatapointRole(projection_set.role) if projection_set.role else None
    n = check_size(method, parameters, chosen, role)
    shared = count_shared(projection_set, chosen)
    if shared.kept < FEWEST_SHARED:
        raise Conflict(
            f"Only {shared.kept} of the map's datapoints would be on the new version; it takes {FEWEST_SHARED} to lay "
            "one over the other. Make a new map.",
            field="id",
        )
    made = _create(actor, projection_set, chosen, name, Origin.REFIT)
    start_job(actor=actor, projection_set=made, title=f"{method.title} map “{made.name}”, fitted again", count=n)
    return made


def versions_of(projection_set: ProjectionSet) -> QuerySet[ProjectionSet]:
    """All versions of a map, the oldest first: what it came from, and what came from any of them."""
    rows = ProjectionSet.objects.filter(project=projection_set.project_id)
    previous: dict[UUID, UUID | None] = dict(rows.values_list("pk", "previous_id"))
    successors: defaultdict[UUID | None, list[UUID]] = defaultdict(list)
    for made, before in previous.items():
        successors[before].append(made)
    first: UUID = projection_set.pk
    while before := previous.get(first):
        first = before
    family: set[UUID] = set()
    waiting = [first]
    while waiting:
        found = waiting.pop()
        family.add(found)
        waiting += successors[found]
    return ProjectionSet.objects.filter(pk__in=family).order_by("created_at", "id")


def _sets_of_finished(projection_set: ProjectionSet) -> list[EmbeddingSet]:
    if projection_set.finished_at is None:
        raise Conflict("This map is not finished; see its job.", field="id")
    sets = EmbeddingSet.objects.filter(projection_sources__projection_set=projection_set)
    related = sets.select_related("dataset__project", "layer", "vectors")
    return list(related.order_by(F("projection_sources__position")))


def _create(
    actor: Actor,
    previous: ProjectionSet,
    embedding_sets: Sequence[EmbeddingSet],
    name: str | None,
    origin: Origin,
) -> ProjectionSet:
    made = create_projection_set(
        actor=actor,
        projector=previous.projector,
        embedding_sets=embedding_sets,
        name=name,
        free_names=_names_after(previous.name),
        role=DatapointRole(previous.role) if previous.role else None,
    )
    made.previous, made.origin = previous, origin
    made.save(update_fields=["previous", "origin"])
    return made


def _names_after(name: str) -> Iterator[str]:
    """ "Map v2" after "Map", "Map v3" after "Map v2"."""
    numbered = fullmatch(r"(.*) v(\d{1,6})", name)
    base, number = (numbered[1], int(numbered[2])) if numbered else (name, 1)
    return (f"{base[:90]} v{each}" for each in count(number + 1))
