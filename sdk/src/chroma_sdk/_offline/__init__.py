"""Recording without a server, and sending later what was recorded."""

from __future__ import annotations

from chroma_sdk._offline.recording import Recording, RecordingDataset, RecordingProject, record
from chroma_sdk._offline.sending import SyncedPart, sync

__all__ = ["Recording", "RecordingDataset", "RecordingProject", "SyncedPart", "record", "sync"]
