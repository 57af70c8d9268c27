from __future__ import annotations

from django.conf import settings
from django.db import transaction

from apps.accounts.actor import Actor
from apps.common.conflicts import refuse_duplicate
from apps.common.errors import BadUserInput
from apps.datasets.models import ResourceRootGrant
from apps.projects.journal import record_audit
from apps.projects.models import Project


@transaction.atomic
def grant_resource_root(*, actor: Actor, project: Project, root: str) -> ResourceRootGrant:
    """Let the project's members see the files of a configured root. For staff."""
    if root not in settings.CHROMA_RESOURCE_ROOTS:
        raise BadUserInput(f"CHROMA_RESOURCE_ROOTS names no root {root!r}.", field="root")
    with refuse_duplicate(f"{project} may read from {root} already.", field="root"):
        grant = ResourceRootGrant.objects.create(project=project, root=root, granted_by=actor.user)
    record_audit(actor=actor, project=project, action="root_granted", target=grant, after={"root": root})
    return grant


@transaction.atomic
def revoke_resource_root(*, actor: Actor, grant: ResourceRootGrant) -> None:
    record_audit(actor=actor, project=grant.project, action="root_revoked", target=grant, before={"root": grant.root})
    grant.delete()
