from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from apps.accounts.models import User


class ProjectQuerySet(models.QuerySet["Project"]):  # type: ignore[name-defined]
    def existing(self) -> Self:
        """Projects that are not being deleted."""
        return self.filter(deleted_at=None)

    def of_member(self, user: User) -> Self:
        """Projects in which the user has accepted a membership, in any role."""
        return self.existing().filter(memberships__user=user, memberships__accepted_at__isnull=False)


class MembershipQuerySet(models.QuerySet["Membership"]):  # type: ignore[name-defined]
    def accepted(self) -> Self:
        return self.filter(accepted_at__isnull=False)

    def pending(self) -> Self:
        return self.filter(accepted_at=None)
