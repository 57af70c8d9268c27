"""The table of admin pages. Staff opens what stands here, nobody else opens any, and no API token does."""

from __future__ import annotations

LOOK, ADD, CHANGE, DELETE = "look", "add", "change", "delete"

# The frame: what each page answers to staff.
FRAME = {
    "": 200,
    "login/": 403,  # There is one sign-in, that of the UI; who is signed in has no business here.
    "logout/": 302,
    "password_change/": 302,
    "password_change/done/": 200,
    "autocomplete/": 403,  # Without saying for which field.
    "jsi18n/": 200,
    "<app_label>/": 200,
    "(?P<url>.*)$": 404,
}
# What staff can do to the rows of each model.
MODELS = {
    "accounts/apitoken": {LOOK},
    "accounts/passwordlink": {LOOK},
    "accounts/user": {LOOK, ADD, CHANGE},
    "analysis/analysis": {LOOK, CHANGE, DELETE},
    "datasets/category": {LOOK, ADD, CHANGE, DELETE},
    "datasets/datapoint": {LOOK},
    "datasets/dataset": {LOOK, CHANGE, DELETE},
    "datasets/resourcerootgrant": {LOOK, ADD, DELETE},
    "datasets/tag": {LOOK, ADD, CHANGE, DELETE},
    "jobs/job": {LOOK},
    "jobs/workerheartbeat": {LOOK},
    "projects/auditentry": {LOOK},
    "projects/membership": {LOOK, ADD, CHANGE, DELETE},
    "projects/project": {LOOK, CHANGE, DELETE},
}
# The pages of one model, and the right that each needs.
PAGES = {
    "": LOOK,
    "add/": ADD,
    "<path:object_id>/history/": LOOK,
    "<path:object_id>/delete/": DELETE,
    "<path:object_id>/change/": LOOK,
    "<path:object_id>/": LOOK,
}


def routes() -> set[str]:
    """Every route that the table knows."""
    return {f"admin/{page}" for page in FRAME} | {f"admin/{model}/{page}" for model in MODELS for page in PAGES}
