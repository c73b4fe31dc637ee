"""What every ledger does with files of records."""

from dataclasses import replace

from sohoa.adapters.ledger import SqlLedger
from sohoa.domain.archive.records import Method
from sohoa.domain.dossiers.dossier import DossierEntry, DossierMember
from sohoa.ports import Entered
from tests.support.moments import NOON

FILE = DossierEntry("H1", "H1.2001.1", {"title": "Đất đai"}, "ds.csv:2")
MEMBER = DossierMember("H1", "H1.2001.1", "r1", 1, Method.MANIFEST, "2001-01-05")


def test_files_are_entered_once(ledger: SqlLedger) -> None:
    """The same list changes nothing, a corrected line takes its place; files come sorted."""
    many = [replace(FILE, code=f"H1.2001.{n:05}") for n in range(1200)]
    assert ledger.dossiers.enter([*many, replace(FILE, agency="H2")], NOON) == Entered(1201, 0, 0)
    assert ledger.dossiers.enter(many, NOON) == Entered(0, 0, 1200)
    corrected = replace(many[3], values={"title": "Nhà"}, source="ds2.csv:5")
    assert ledger.dossiers.enter([corrected], NOON) == Entered(0, 1, 0)
    assert list(ledger.dossiers.listed(agency="H1")) == [*many[:3], corrected, *many[4:]]
    assert list(ledger.dossiers.listed(code=FILE.code)) == [replace(FILE, agency="H2")]


def test_a_record_is_in_the_files_that_were_said_last(ledger: SqlLedger) -> None:
    """Its former files no longer hold it; other records stay where they are."""
    second = replace(MEMBER, code="H1.2001.2", ordinal=None, method=Method.PERSON, issued_date="")
    other = replace(MEMBER, record_id="r2", ordinal=2)
    ledger.dossiers.belongs("r1", [MEMBER])
    ledger.dossiers.belongs("r2", [other])
    assert list(ledger.dossiers.members(agency="H1", code=MEMBER.code)) == [MEMBER, other]
    ledger.dossiers.belongs("r1", [MEMBER, second])
    assert list(ledger.dossiers.of_record("r1")) == [MEMBER, second]
    ledger.dossiers.belongs("r1", [second])
    assert list(ledger.dossiers.members()) == [other, second]
    ledger.dossiers.belongs("r1", [])
    assert list(ledger.dossiers.of_record("r1")) == []
