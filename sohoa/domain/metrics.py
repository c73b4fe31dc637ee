"""Figures for monitoring: every name with its meaning, and the text that Prometheus reads.

Names and labels never change their meaning; a figure that cannot be known is left out, never 0. The format is
Prometheus' text exposition format 0.0.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MEANINGS: Mapping[str, str] = {
    "sohoa_coverage_ratio": "Covered by declared documents, 0 to 1; none without a declaration.",
    "sohoa_coverage_province_ratio": "The same of the whole province.",
    "sohoa_coverage_target_ratio": "The target band of the province's ratio, by bound (low, high).",
    "sohoa_coverage_declared_documents": "Paper documents that the agency declared that it holds.",
    "sohoa_coverage_covered_documents": "Signed, described, searchable; of a year at most what was declared.",
    "sohoa_coverage_excess_documents": "Covered documents beyond the declaration: the declaration is wrong.",
    "sohoa_coverage_missing_documents": "Documents that the agency still lacks to reach the lower target.",
    "sohoa_coverage_stage_documents": "Archived documents of the agency that reached a stage.",
    "sohoa_coverage_excluded": "What came in and is not counted, by reason.",
    "sohoa_coverage_waiting_objects": "Files of the inbox that wait to be read.",
    "sohoa_coverage_score_points": "Points of the agency in the ranking.",
    "sohoa_coverage_rank": "Rank of the agency; equal points share it.",
    "sohoa_backlog_objects": "Files of the inbox that wait, by queue (waiting, or review by a person).",
    "sohoa_backlog_oldest_days": "Age of the oldest of them.",
    "sohoa_backlog_failures": "Rejected and failed files by reason.",
    "sohoa_throughput_documents": "Documents of the last days (window), by kind (received, covered).",
    "sohoa_throughput_sheets_per_night": "A4 equivalents in a night with work, by window.",
    "sohoa_projection_timestamp_seconds": "Day on which the share (goal) is reached at the pace of 30 days.",
    "sohoa_coverage_written_timestamp_seconds": "When the coverage figures were made.",
    "sohoa_snapshot_newest_timestamp_seconds": "The end of the day of the newest snapshot.",
    "sohoa_night_failed": "1 where the last night failed, else 0.",
    "sohoa_night_finished_timestamp_seconds": "When the last night ended, well or not.",
    "sohoa_night_seconds": "How long the last night took.",
    "sohoa_night_documents": "Documents that the last night worked on, by the state that they ended in.",
    "sohoa_night_pages": "Pages that the last night read.",
    "sohoa_inbox_objects": "Files of the inbox by state, at the end of the last night.",
    "sohoa_delivery_waiting": "Snapshots that were not delivered yet.",
    "sohoa_delivery_uncertain": "Snapshots of which nobody knows whether they arrived: a person must ask.",
    "sohoa_delivery_attempts_total": "Attempts to deliver.",
    "sohoa_delivery_delivered_total": "Snapshots that were delivered.",
    "sohoa_delivery_last_success_timestamp_seconds": "When a snapshot was delivered last.",
}
"""Name and HELP text of every figure that files and ``/metrics`` carry besides the portal's own."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One value of a figure with its labels."""

    name: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def exposition(samples: Iterable[Sample]) -> bytes:
    """The samples as Prometheus reads them, sorted by name; ``KeyError`` for a name without a meaning."""
    by_name: dict[str, list[Sample]] = {}
    for sample in samples:
        by_name.setdefault(sample.name, []).append(sample)
    lines = []
    for name in sorted(by_name):
        kind = "counter" if name.endswith("_total") else "gauge"
        lines += [f"# HELP {name} {MEANINGS[name]}", f"# TYPE {name} {kind}"]
        lines += [f"{name}{_labels(sample.labels)} {_number(sample.value)}" for sample in by_name[name]]
    return "".join(f"{line}\n" for line in lines).encode()


def _labels(labels: Mapping[str, str]) -> str:
    pairs = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{pairs}}}" if pairs else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
