"""Why a backup or restore did not happen. Each is a sentence for the administrator."""

from __future__ import annotations


class KeepingFailed(Exception):
    """It was begun and could not be finished."""

    exit_code = 1


class Refused(KeepingFailed):
    """It was not begun: nothing was touched."""

    exit_code = 2
