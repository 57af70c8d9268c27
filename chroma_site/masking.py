"""The form of the log's lines, in which no secret is ever shown, wherever it came from."""

from __future__ import annotations

import logging
import re

# What follows `chr_`, also where an address spells it in percents; one-time links.
SECRETS = re.compile(r"((?<=chr_)|(?<=chr%5F))[A-Za-z0-9_%-]{20,}|(?<=/link/)[^/\s\"'?#]+", re.IGNORECASE)


class MaskingFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return SECRETS.sub("…", super().format(record))
