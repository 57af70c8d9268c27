"""Who calls, tokens, members and invitations."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation, page_of

ME = "query Me { me { id username } }"

TOKEN_FIELDS = "id name prefix scope createdAt expiresAt revokedAt lastUsedAt project { fullName }"  # noqa: S105

TOKENS = page_of("apiTokens", TOKEN_FIELDS)
CREATE_TOKEN = mutation("createApiToken", apiToken=TOKEN_FIELDS, secret="")
REVOKE_TOKEN = mutation("revokeApiToken", apiToken=TOKEN_FIELDS)

MEMBER_FIELDS = "id role projectName invitedAt acceptedAt user { username } invitedBy { username }"

MEMBERS = page_of("memberships", MEMBER_FIELDS, projectId="ID!")
INVITATIONS = page_of("invitations", MEMBER_FIELDS)
INVITE_MEMBER = mutation("inviteMember", membership=MEMBER_FIELDS)
CHANGE_ROLE = mutation("changeRole", membership=MEMBER_FIELDS)
REMOVE_MEMBER = mutation("removeMember", "MembershipInput")
ACCEPT_INVITATION = mutation("acceptInvitation", "MembershipInput", membership=MEMBER_FIELDS)
DECLINE_INVITATION = mutation("declineInvitation", "MembershipInput")
