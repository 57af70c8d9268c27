from __future__ import annotations

from apps.projects.admin.history import AuditEntryAdmin
from apps.projects.admin.links import PasswordLinkAdmin
from apps.projects.admin.members import MembershipAdmin
from apps.projects.admin.projects import ProjectAdmin
from apps.projects.admin.tokens import ApiTokenAdmin
from apps.projects.admin.users import UserAdmin

__all__ = ["ApiTokenAdmin", "AuditEntryAdmin", "MembershipAdmin", "PasswordLinkAdmin", "ProjectAdmin", "UserAdmin"]
