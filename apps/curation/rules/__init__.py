"""Rules: which datapoints are meant, as data; see docs/slices.md."""

from __future__ import annotations

from apps.curation.rules.evaluate import Evaluation, datasets_of
from apps.curation.rules.notes import missing_in
from apps.curation.rules.parse import as_json, parse_rule
from apps.curation.rules.rule import Rule

__all__ = ["Evaluation", "Rule", "as_json", "datasets_of", "missing_in", "parse_rule"]
