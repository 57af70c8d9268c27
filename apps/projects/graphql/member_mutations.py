from __future__ import annotations

from typing import Any

import strawberry
from strawberry import Info

from apps.common.graphql.context import actor_of
from apps.common.graphql.mutations import Payload, mutation
from apps.projects import access, models
from apps.projects.graphql.types import Membership, Role
from apps.projects.services import members


@strawberry.type
class MembershipPayload(Payload):
    membership: Membership | None = None


@strawberry.type
class NoMembershipPayload(Payload):
    """The membership is gone."""


@strawberry.input
class InviteMemberInput:
    project_id: strawberry.ID
    username: str
    role: Role


@strawberry.input
class MembershipInput:
    membership_id: strawberry.ID


@strawberry.input
class ChangeRoleInput:
    membership_id: strawberry.ID
    role: Role


@strawberry.type
class MemberMutations:
    @mutation(MembershipPayload)
    def invite_member(self, info: Info[Any, Any], input: InviteMemberInput) -> MembershipPayload:
        actor = actor_of(info)
        project = access.get(actor, models.Project, input.project_id, at_least=models.Role.OWNER)
        membership = members.invite_member(actor=actor, project=project, username=input.username, role=input.role)
        return MembershipPayload(membership=membership)

    @mutation(MembershipPayload)
    def accept_invitation(self, info: Info[Any, Any], input: MembershipInput) -> MembershipPayload:
        actor = actor_of(info)
        membership = access.get_own(access.invitations(actor), input.membership_id)
        return MembershipPayload(membership=members.accept_invitation(actor=actor, membership=membership))

    @mutation(NoMembershipPayload)
    def decline_invitation(self, info: Info[Any, Any], input: MembershipInput) -> NoMembershipPayload:
        actor = actor_of(info)
        members.decline_invitation(
            actor=actor, membership=access.get_own(access.invitations(actor), input.membership_id)
        )
        return NoMembershipPayload()

    @mutation(MembershipPayload)
    def change_role(self, info: Info[Any, Any], input: ChangeRoleInput) -> MembershipPayload:
        actor = actor_of(info)
        membership = access.get(actor, models.Membership, input.membership_id, at_least=models.Role.OWNER)
        return MembershipPayload(membership=members.change_role(actor=actor, membership=membership, role=input.role))

    @mutation(NoMembershipPayload)
    def remove_member(self, info: Info[Any, Any], input: MembershipInput) -> NoMembershipPayload:
        actor = actor_of(info)
        membership = access.get(actor, models.Membership, input.membership_id)
        members.remove_member(actor=actor, membership=membership)
        return NoMembershipPayload()
