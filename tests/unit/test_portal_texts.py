"""The texts of the portal."""

from collections import Counter

from sohoa.portal.texts import browsing, common, errors, records, reviewing, searching, signing_in


def test_no_text_hides_another_of_the_same_name() -> None:
    catalogues = (browsing, common, errors, records, reviewing, searching, signing_in)
    names = Counter(name for catalogue in catalogues for name in catalogue.TEXTS)
    assert [name for name, times in names.items() if times > 1] == []
