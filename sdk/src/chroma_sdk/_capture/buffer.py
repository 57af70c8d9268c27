"""Collects what was captured until it is worth a request."""

from __future__ import annotations

from chroma_sdk._capture.piece import Piece
from chroma_sdk._capture.sender import Sender
from chroma_sdk._errors import InvalidArgument


class PieceBuffer:
    """Collects pieces of one signature until there are enough of them to be worth sending."""

    def __init__(self, sender: Sender, rows: int) -> None:
        if rows < 1:
            raise InvalidArgument("buffer_rows", f"got {rows}, wanted at least 1.")
        self._sender = sender
        self._rows = rows
        self._pieces: list[Piece] = []

    def add(self, piece: Piece) -> None:
        """Take a complete piece, and send what is there where it fills the buffer or is of another kind."""
        if self._pieces and self._pieces[0].signature != piece.signature:
            self.send()
        self._pieces.append(piece)
        if sum(map(len, self._pieces)) >= self._rows:
            self.send()

    def send(self) -> None:
        """Send what is there."""
        if self._pieces:
            pieces, self._pieces = self._pieces, []
            self._sender.send(pieces)
