"""Figures for monitoring: what Prometheus reads, and that the dashboard asks for nothing else."""

from __future__ import annotations

import json
import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from sohoa.domain.metrics import MEANINGS, Sample, exposition
from sohoa.portal.metrics import Metrics
from sohoa.usecases.coverage.monitoring import night_samples
from tests.support.site import ROOT

_NIGHT = {
    "failed": False, "seconds": 12.5, "pages": 3, "finished_at": "2026-06-30T13:00:00+00:00",
    "documents": [{"state": "archived"}, {"state": "archived"}, {"state": "failed"}],
    "states": {"archived": 5, "failed": 1},
}  # fmt: skip


def test_what_is_written_is_what_prometheus_reads() -> None:
    """Names, labels with any sign in them and values come back; every figure has its meaning and its kind."""
    odd = 'a"b\\c\nd'
    text = exposition(
        [
            Sample("sohoa_coverage_ratio", 0.25, {"agency": odd}),
            Sample("sohoa_delivery_attempts_total", 7, {"delivery": "x"}),
            Sample("sohoa_coverage_ratio", 1, {"agency": "H1"}),
        ]
    ).decode()
    attempts, ratio = sorted(text_string_to_metric_families(text), key=lambda family: family.name)[::-1]
    assert (attempts.type, [s.value for s in attempts.samples]) == ("counter", [7])
    assert (ratio.type, ratio.documentation) == ("gauge", MEANINGS["sohoa_coverage_ratio"])
    assert [(s.labels["agency"], s.value) for s in ratio.samples] == [(odd, 0.25), ("H1", 1.0)]


def test_a_figure_without_a_meaning_is_not_told() -> None:
    """No figure is written that nobody explained."""
    with pytest.raises(KeyError):
        exposition([Sample("sohoa_unheard_of", 1)])


def test_a_night_is_told_by_its_states() -> None:
    """What the night did and what is in the inbox; a failed one says that it failed, and when."""
    told = {(s.name, *s.labels.values()): s.value for s in night_samples(_NIGHT)}
    assert told["sohoa_night_documents", "archived"] == 2
    assert told["sohoa_inbox_objects", "failed"] == 1
    failed = list(night_samples({"failed": True, "finished_at": _NIGHT["finished_at"]}))
    assert (failed[0].name, failed[0].value) == ("sohoa_night_failed", 1)
    assert len(failed) == 2


def test_the_dashboard_asks_for_figures_that_there_are() -> None:
    """Every name in its questions is one that files or the portal have; panels do not overlap."""
    board = json.loads((ROOT / "docker" / "grafana-dashboard.json").read_text("utf-8"))
    portal = set(re.findall(r"^# TYPE (\S+)", Metrics().text(0).decode(), re.MULTILINE))
    asked = {
        name
        for panel in board["panels"]
        for target in panel["targets"]
        for name in re.findall(r"\bsohoa_\w+", target["expr"])
    }
    assert asked <= set(MEANINGS) | portal
    assert {name for name in MEANINGS if name not in asked} == {
        *(
            "sohoa_backlog_oldest_days",
            "sohoa_coverage_covered_documents",
            "sohoa_coverage_declared_documents",
        ),
        *("sohoa_coverage_excluded", "sohoa_coverage_rank", "sohoa_coverage_stage_documents"),
        *("sohoa_coverage_waiting_objects", "sohoa_coverage_written_timestamp_seconds"),
        *("sohoa_night_seconds", "sohoa_projection_timestamp_seconds"),
    }
    places = [
        (x, y)
        for panel in board["panels"]
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(places) == len(set(places))
    assert max(x for x, _ in places) < 24
    assert {target["datasource"]["uid"] for p in board["panels"] for target in p["targets"]} == {
        "${datasource}"
    }
