"""Generated papers of every shelf, and how their readings are kept and counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.corpus import make
from bench.corpus_paper import Paper
from bench.corpus_scores import Scored, report, scored, truth_of
from bench.corpus_shelves import shelf_papers, shelves
from bench.field_answers import FIELDS, Answer, answers
from sohoa.settings import load_settings
from sohoa.wiring import open_reader
from tests.support import scanmaker
from tests.support.scanmaker.document import PARTY_MOTTO


@pytest.fixture(scope="module")
def made() -> list[Paper]:
    """Twenty papers of each shelf."""
    return list(shelf_papers(20 * len(shelves()), 1, 0.2))


def test_a_paper_depends_on_seed_shelf_and_place_alone(made: list[Paper]) -> None:
    """The same papers come whichever other shelves are made beside theirs."""
    laws = [paper for paper in made if paper.shelf == "laws"]
    assert list(shelf_papers(20, 1, 0.2, ["laws"])) == laws
    assert list(shelf_papers(20, 2, 0.2, ["laws"])) != laws


def test_every_shelf_has_its_share_of_half_a_century(made: list[Paper]) -> None:
    """All shelves are there, from 1976 to 2026, and no paper of the typewriters is younger than 1995."""
    assert {paper.shelf for paper in made} == set(shelves())
    years = {paper.document.year for paper in made}
    assert min(years) <= 1978
    assert max(years) == 2026
    typed = {paper.document.year for paper in made if paper.shelf == "typewritten"}
    assert max(typed) <= 1995


def test_hard_pages_are_photographs_and_typewriting(made: list[Paper]) -> None:
    """Photographs are photographed and typewritten papers typed, in kinds of the scan maker."""
    hard = {shelf: {paper.hard for paper in made if paper.shelf == shelf} for shelf in shelves()}
    assert {kind for kinds in hard.values() for kind in kinds} - {""} <= set(scanmaker.KINDS)
    assert "photograph" in hard["photographs"]
    assert "typewriter" in hard["typewritten"]
    assert hard["laws"] == {""}


def test_what_is_not_printed_is_absent_or_not_asked(made: list[Paper]) -> None:
    """Every field of the truth is filled, said to be absent, or left out as a matter of taste."""
    for paper in made:
        truth = paper.truth()
        empty = {name for name, key in FIELDS.items() if not truth[key]}
        assert empty == set(truth["absent"]) | (set(paper.unasked) & empty)
        assert not paper.secret


def test_printed_text_holds_what_the_truth_says(made: list[Paper]) -> None:
    """Subject, signer and notation can be read off the page, save where a pen wrote."""
    for paper in made[:130]:
        if paper.landscape or paper.hard:
            continue
        printed = " ".join(" ".join(scanmaker.text_of(paper.document)).split()).casefold()
        truth = paper.truth()
        for value in (truth["trich_yeu"], truth["nguoi_ky"], truth["ky_hieu"]):
            squeezed = value.casefold().replace(" ", "")
            assert squeezed in printed.replace(" ", ""), paper.shelf


def test_heads_differ_from_shelf_to_shelf(made: list[Paper]) -> None:
    """The Party has stars and one line or none, a form no head, a court its day in the foot or below."""
    party = [paper.document for paper in made if paper.shelf == "party"]
    assert {document.motto for document in party} == {PARTY_MOTTO, ("-",)}
    assert any(document.star for document in party)
    assert not any(paper.document.organ for paper in made if paper.shelf == "forms")
    courts = [paper.document for paper in made if paper.shelf == "courts"]
    assert any(document.foot_date for document in courts)
    assert any(document.head_notes for document in courts)
    joint = [paper.document for paper in made if paper.shelf == "joint_circulars"]
    assert all(document.co_signers for document in joint)
    assert any("TTLT" in note for document in joint for note in document.head_notes)
    assert any(paper.document.head_stamp for paper in made if paper.shelf == "telegrams")
    assert any(paper.document.signer_title for paper in made if paper.shelf == "universities")


def test_some_papers_are_signed_without_a_pen_under_one_name(made: list[Paper]) -> None:
    """Lines of a signing program name the signer; of a table's rows one is his, the first by rank."""
    told = [paper.document for paper in made if paper.shelf == "program_signed"]
    assert all(document.signer in document.signature_text[0] for document in told)
    assert any(document.head_signature for document in told)
    tables = [paper.document for paper in made if paper.shelf == "signers_tables"]
    leads = [[name for name, _ in document.signed_rows].index(document.signer) for document in tables]
    assert min(leads) == 0 < max(leads)


def test_heads_leave_the_motto_its_room(made: list[Paper]) -> None:
    """No line of the left head reaches into the right one."""
    for paper in made[: 8 * len(shelves())]:
        for line in scanmaker.sheets_of(paper.document)[0].lines:
            if line.zone.name == "HEAD_LEFT" and line.pieces:
                assert line.pieces[-1].x + line.pieces[-1].width < 300, (paper.shelf, line.text)


def test_another_name_may_be_as_right(made: list[Paper]) -> None:
    """What a head abbreviates may be written out."""
    school = next(paper for paper in made if paper.also.get("organ_name"))
    truth, (other, *_) = school.truth(), school.also["organ_name"]
    found = answers("a.pdf", {"organ_name": {"value": other, "confidence": 0.9}}, truth)
    assert next(answer.right for answer in found if answer.field == "organ_name")


def test_files_lie_by_shelf_with_their_truth_apart(tmp_path: Path) -> None:
    """A chosen shelf alone is made, each scan with its truth beside it."""
    make(tmp_path, 2, 5, 0.0, ["landscape_annexes"])
    scans = sorted(tmp_path.rglob("*.pdf"))
    assert {path.parent.name for path in scans} == {"landscape_annexes"}
    assert len(scans) == 2
    truth = json.loads(scans[0].with_name(f"{scans[0].stem}.gt.json").read_text(encoding="utf-8"))
    assert truth["so"]
    assert "signer_name" in truth["absent"]


def test_report_counts_by_shelf_and_lists_what_was_certain_and_wrong() -> None:
    """Rights a field, precision of what is certain, and the file of each error."""
    right = Answer("laws/a.pdf", "subject", "x", "x", 0.95, True)
    wrong = Answer("laws/b.pdf", "subject", "x", "y", 0.97, False)
    unsure = Answer("party/c.pdf", "subject", "x", "", None, False)
    found = [Scored(one.document, shelf, "", "read", (one,), ())
             for one, shelf in ((right, "laws"), (wrong, "laws"), (unsure, "party"))]  # fmt: skip
    told = report(found)
    assert told["shelves"]["laws"]["fields"]["subject"] == [1, 2]
    assert told["shelves"]["laws"]["auto_precision"] == 0.5
    assert told["shelves"]["party"]["auto_precision"] is None
    assert told["shelves"]["all"]["coverage"] == pytest.approx(2 / 3)
    assert [one["document"] for one in told["certain_and_wrong"]] == ["laws/b.pdf"]


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    """A pass goes on where it was: a reading that lies there is scored without a reader."""
    scan = tmp_path / "laws" / "a.pdf"
    scan.parent.mkdir()
    truth = {"shelf": "laws", "so": "12", "absent": ["signer_name"]}
    truth_of(scan).write_text(json.dumps(truth), encoding="utf-8")
    kept = tmp_path / "readings" / "laws" / "a.read.json"
    kept.parent.mkdir(parents=True)
    number = {"value": "12", "confidence": 0.97}
    reading = {"fields": {"code_number": number}, "outcome": "read", "seen": []}
    kept.write_text(json.dumps(reading), encoding="utf-8")
    with open_reader(load_settings()) as (reader, _):
        (found,) = scored(reader, [scan], tmp_path, tmp_path / "readings")
    assert (found.shelf, found.outcome) == ("laws", "read")
    assert {answer.field: answer.right for answer in found.answers} == {
        "code_number": True,
        "signer_name": True,
    }
