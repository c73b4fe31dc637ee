"""What commands print for people."""

from __future__ import annotations

from sohoa.cli.output import marked


def test_found_words_are_shown_in_the_original_spelling() -> None:
    """No markup reaches a person: found words stand between guillemets, letters are no HTML entities."""
    assert marked("… về <mark>hóa đơn</mark> &#x27;điện tử&#x27; …").plain == "… về «hóa đơn» 'điện tử' …"
