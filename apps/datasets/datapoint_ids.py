"""Datapoints are publicly named by their dataset and row: "<dataset id>:<row>"."""

from __future__ import annotations

import re
from uuid import UUID

from apps.accounts.actor import Actor
from apps.datasets.models import Datapoint
from apps.projects import access
from apps.projects.models import Role

FORM = re.compile(r"([0-9a-fA-F-]{32,36}):([0-9]{1,15})")


def datapoint_id(datapoint: Datapoint) -> str:
    return f"{datapoint.dataset_id}:{datapoint.row}"


def get_datapoint(actor: Actor, id: str, *, at_least: Role = Role.VIEWER) -> Datapoint:
    """Fetch the datapoint with this public id and authorise, as `access.get` does for other rows."""
    match = FORM.fullmatch(id)
    try:
        place = (UUID(match[1]), int(match[2])) if match else None
    except ValueError:
        place = None
    if place is None:
        raise access.not_found(Datapoint)
    rows = Datapoint.objects.select_related("dataset__project").filter(dataset=place[0], row=place[1])
    datapoint = access.visible(actor, rows).first()
    if datapoint is None:
        raise access.not_found(Datapoint)
    access.require_role(actor, datapoint.dataset.project, at_least)
    return datapoint
