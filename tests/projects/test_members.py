from __future__ import annotations

import functools
import threading

import pytest
from django.db import connections

from apps.accounts.actor import Actor
from apps.common.errors import ChromaError, NotFound
from apps.projects.models import AuditEntry, Membership, Role
from apps.projects.services.members import accept_invitation, change_role, decline_invitation, remove_member
from tests.cast import make_member, make_user

INVITE = """mutation ($id: ID!, $username: String!, $role: Role!) {
  inviteMember(input: {projectId: $id, username: $username, role: $role}) {
    membership { id role } errors { code field message }
  }
}"""
ACCEPT = """mutation ($id: ID!) {
  acceptInvitation(input: {membershipId: $id}) {
    membership { role project { name } } errors { code }
  }
}"""
DECLINE = "mutation ($id: ID!) { declineInvitation(input: {membershipId: $id}) { errors { code } } }"
CHANGE = """mutation ($id: ID!, $role: Role!) {
  changeRole(input: {membershipId: $id, role: $role}) {
    membership { role } errors { code message }
  }
}"""
REMOVE = "mutation ($id: ID!) { removeMember(input: {membershipId: $id}) { errors { code message } } }"
INVITATIONS = "{ invitations { edges { node { id projectName project { id } invitedBy { username } } } } }"


def membership_of(project, user) -> str:
    return str(Membership.objects.get(project=project, user=user).pk)


def invite(gql, caller, project, username, role="EDITOR"):
    return gql(caller, INVITE, {"id": str(project.pk), "username": username, "role": role})["data"]["inviteMember"]


@pytest.mark.holds(1, 8)
def test_an_invitation_counts_once_it_is_accepted(gql, alice, charlie, project):
    membership = invite(gql, alice, project, "charlie")["membership"]
    assert gql(charlie, "{ projects { edges { node { name } } } }")["data"]["projects"]["edges"] == [
        {"node": {"name": "Elsewhere"}}
    ]
    node = gql(charlie, INVITATIONS)["data"]["invitations"]["edges"][0]["node"]
    assert node == {
        "id": membership["id"],
        "projectName": "alice/MNIST",
        "project": None,
        "invitedBy": {"username": "alice"},
    }
    accepted = gql(charlie, ACCEPT, {"id": membership["id"]})["data"]["acceptInvitation"]
    assert accepted == {"membership": {"role": "EDITOR", "project": {"name": "MNIST"}}, "errors": []}
    assert gql(charlie, "{ projects { totalCount } }")["data"]["projects"]["totalCount"] == 2
    assert list(AuditEntry.objects.filter(project=project).values_list("action", flat=True)[:2]) == [
        "accepted",
        "invited",
    ]


def test_a_declined_invitation_is_gone(gql, alice, charlie, project):
    invitation = invite(gql, alice, project, "charlie")["membership"]["id"]
    assert gql(charlie, DECLINE, {"id": invitation})["data"]["declineInvitation"]["errors"] == []
    assert gql(charlie, ACCEPT, {"id": invitation})["data"]["acceptInvitation"]["errors"] == [{"code": "NOT_FOUND"}]


@pytest.mark.holds(2)
def test_nobody_answers_the_invitation_of_another(gql, alice, bob, charlie, project):
    invitation = invite(gql, alice, project, "charlie")["membership"]["id"]
    for user in (alice, bob):
        assert gql(user, ACCEPT, {"id": invitation})["data"]["acceptInvitation"]["errors"] == [{"code": "NOT_FOUND"}]
        assert gql(user, DECLINE, {"id": invitation})["data"]["declineInvitation"]["errors"] == [{"code": "NOT_FOUND"}]
    assert Membership.objects.get(pk=invitation).accepted_at is None


@pytest.mark.parametrize(
    ("username", "code"), [("nobody", "BAD_USER_INPUT"), ("bob", "CONFLICT"), ("alice", "CONFLICT")]
)
def test_somebody_unknown_or_there_already_cannot_be_invited(gql, alice, bob, project, username, code):
    errors = invite(gql, alice, project, username)["errors"]
    assert (errors[0]["code"], errors[0]["field"]) == (code, "username")
    assert Membership.objects.filter(project=project).count() == 2


@pytest.mark.holds(3)
@pytest.mark.parametrize(("who", "code"), [("bob", "FORBIDDEN"), ("vera", "FORBIDDEN"), ("charlie", "NOT_FOUND")])
def test_only_an_owner_invites_changes_roles_and_removes(gql, request, alice, vera, project, who, code):
    user = request.getfixturevalue(who)
    target = membership_of(project, alice if who != "alice" else vera)
    before = list(Membership.objects.order_by("pk").values())
    make_user("dora")
    assert invite(gql, user, project, "dora")["errors"][0]["code"] == code
    assert gql(user, CHANGE, {"id": target, "role": "VIEWER"})["data"]["changeRole"]["errors"][0]["code"] == code
    assert gql(user, REMOVE, {"id": target})["data"]["removeMember"]["errors"][0]["code"] == code
    assert list(Membership.objects.order_by("pk").values()) == before


def test_a_changed_role_is_in_the_history(gql, alice, bob, project):
    payload = gql(alice, CHANGE, {"id": membership_of(project, bob), "role": "VIEWER"})["data"]["changeRole"]
    assert payload == {"membership": {"role": "VIEWER"}, "errors": []}
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.before, entry.after) == ("role_changed", {"role": "editor"}, {"role": "viewer"})


@pytest.mark.holds(3)
def test_the_last_owner_can_neither_step_down_nor_leave(gql, alice, bob, project):
    mine = membership_of(project, alice)
    assert gql(alice, CHANGE, {"id": mine, "role": "EDITOR"})["data"]["changeRole"]["errors"][0]["code"] == "CONFLICT"
    assert gql(alice, REMOVE, {"id": mine})["data"]["removeMember"]["errors"][0]["code"] == "CONFLICT"
    invite(gql, alice, project, make_user("dora").username, role="OWNER")  # has not accepted, so does not count
    assert gql(alice, REMOVE, {"id": mine})["data"]["removeMember"]["errors"][0]["code"] == "CONFLICT"
    gql(alice, CHANGE, {"id": membership_of(project, bob), "role": "OWNER"})
    assert gql(alice, REMOVE, {"id": mine})["data"]["removeMember"]["errors"] == []
    assert gql(alice, "{ projects { totalCount } }")["data"]["projects"]["totalCount"] == 0


def test_anybody_may_leave(gql, vera, project):
    assert gql(vera, REMOVE, {"id": membership_of(project, vera)})["data"]["removeMember"]["errors"] == []
    assert AuditEntry.objects.first().action == "left"
    assert gql(vera, "{ projects { totalCount } }")["data"]["projects"]["totalCount"] == 0


def test_an_owner_withdraws_an_invitation(gql, alice, charlie, project):
    invitation = invite(gql, alice, project, "charlie")["membership"]["id"]
    assert gql(alice, REMOVE, {"id": invitation})["data"]["removeMember"]["errors"] == []
    assert gql(charlie, INVITATIONS)["data"]["invitations"]["edges"] == []


@pytest.mark.holds(3, 8)
@pytest.mark.django_db(transaction=True)
def test_two_owners_who_demote_each_other_at_once_leave_one_owner(project, alice):
    dora = make_user("dora")
    make_member(project, dora, Role.OWNER)
    rows = {
        user: Membership.objects.select_related("project").get(project=project, user=user) for user in (alice, dora)
    }
    outcomes = []

    def demote(by, of):
        try:
            change_role(actor=Actor(user=by), membership=rows[of], role=Role.VIEWER)
            outcomes.append("done")
        except ChromaError as problem:
            outcomes.append(problem.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=demote, args=pair) for pair in ((alice, dora), (dora, alice))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["FORBIDDEN", "done"]
    assert Membership.objects.filter(project=project, role=Role.OWNER).count() == 1


@pytest.mark.holds(8)
@pytest.mark.parametrize(
    "act",
    [
        accept_invitation,
        decline_invitation,
        remove_member,
        functools.partial(change_role, role=Role.EDITOR),
    ],
)
def test_a_membership_that_ended_meanwhile_is_not_found(project, alice, act):
    membership = Membership.objects.create(project=project, user=make_user("dora"), role=Role.VIEWER)
    Membership.objects.get(pk=membership.pk).delete()
    entries = AuditEntry.objects.count()
    with pytest.raises(NotFound):
        act(actor=Actor(user=alice), membership=membership)
    assert AuditEntry.objects.count() == entries
