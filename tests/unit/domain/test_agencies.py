from __future__ import annotations

from datetime import date

import pytest

from sohoa.domain.agencies import Agency, AgencyRegister, is_agency_code


@pytest.mark.parametrize(
    "code", ["H05", "G09.01", "H49.64.33", "Z99.A1", "H01" + ".12345678" * 3, "000.00.00.G09"]
)
def test_codes_of_both_forms_are_agency_codes(code: str) -> None:
    """New codes are groups split by dots, old ones have 13 characters with the level-1 code last."""
    assert is_agency_code(code)


@pytest.mark.parametrize(
    "code",
    ["", "H5", "h05", "H05.", "H05..1", "H05/1", "H05\n", "H٠٥", "H01" + ".12345678" * 4, "00.00.00.G09"],
)
def test_anything_else_is_no_agency_code(code: str) -> None:
    """Small letters, empty groups, foreign digits, a line end and more than 35 characters are refused."""
    assert not is_agency_code(code)


def test_predecessors_are_found_over_several_mergers() -> None:
    """An agency takes over the history of all that were merged into it, directly or not."""
    register = AgencyRegister(
        [
            Agency("Z01", "Một", successor="Z02"),
            Agency("Z02", "Hai", successor="Z03"),
            Agency("Z03", "Ba"),
            Agency("Z04", "Bốn", successor="Z03"),
        ]
    )
    assert register.predecessors("Z03") == ("Z01", "Z02", "Z04")
    assert register.predecessors("Z01") == ()


def test_the_heir_is_the_last_that_took_over() -> None:
    """An agency's heir is found over several mergers; one that still exists has none."""
    register = AgencyRegister(
        [Agency("Z01", "Một", successor="Z02"), Agency("Z02", "Hai", successor="Z03"), Agency("Z03", "Ba")]
    )
    heir = register.heir("Z01")
    assert heir is not None
    assert heir.code == "Z03"
    assert register.heir("Z03") is None
    assert register.heir("Z09") is None


def test_validity_includes_both_days() -> None:
    """An agency exists on its first and on its last day; an open end never ends."""
    agency = Agency("Z01", "Một", valid_from=date(2005, 1, 1), valid_to=date(2025, 6, 30))
    assert agency.valid_on(date(2005, 1, 1))
    assert agency.valid_on(date(2025, 6, 30))
    assert not agency.valid_on(date(2025, 7, 1))
    assert Agency("Z02", "Hai").valid_on(date(9999, 1, 1))


@pytest.mark.parametrize(
    ("agencies", "fault"),
    [
        ([Agency("Z01", "Một"), Agency("Z01", "Hai")], "twice"),
        ([Agency("z01", "Một")], "form"),
        ([Agency("Z01", " ")], "no name"),
        ([Agency("Z01", "Một", parent="Z09")], "parent Z09"),
        ([Agency("Z01", "Một", successor="Z01")], "leads back"),
        ([Agency("Z01", "Một", parent="Z02"), Agency("Z02", "Hai", parent="Z01")], "leads back"),
        ([Agency("Z01", "Một", valid_from=date(2020, 1, 2), valid_to=date(2020, 1, 1))], "before"),
    ],
)
def test_a_contradictory_register_is_refused(agencies: list[Agency], fault: str) -> None:
    """Double codes, unknown or circular links and an end before the start name the agency at fault."""
    with pytest.raises(ValueError, match=fault):
        AgencyRegister(agencies)
