"""The texts of the portal."""

from collections import Counter

from sohoa.portal.texts import CATALOGUES


def test_no_text_hides_another_of_the_same_name() -> None:
    names = Counter(name for catalogue in CATALOGUES for name in catalogue.TEXTS)
    assert [name for name, times in names.items() if times > 1] == []
