"""The elements of packages and their documents, with their limits (TT 05/2025/TT-BNV, annexes I to III)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Values = Mapping[str, str]


class Kind(StrEnum):
    """What a package is: of a hồ sơ for this archive or another system, or of documents that are in none."""

    AIP_HOSO = "AIP_hoso"
    SIP_HOSO = "SIP_hoso"
    AIP_TAILIEU = "AIP_tailieu"

    @property
    def oais(self) -> str:
        """``AIP`` or ``SIP``."""
        return self.value.partition("_")[0]


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a description: its name, the most characters it may have, whether it must be there."""

    name: str
    limit: int
    required: bool = False


DOSSIER: Sequence[Element] = (
    Element("arcFileCode", 100, required=True),
    Element("title", 1000, required=True),
    Element("maintenance", 100, required=True),
    Element("mode", 30, required=True),
    Element("language", 100, required=True),
    Element("startDate", 10, required=True),
    Element("endDate", 10, required=True),
    Element("keyword", 100),
    Element("totalDoc", 10, required=True),
    Element("numberOfPaper", 10, required=True),
    Element("numberOfPage", 10, required=True),
    Element("format", 50),
    Element("inforSign", 30),
    Element("confidenceLevel", 40),
    Element("paperFileCode", 100, required=True),
    Element("riskRecovery", 1, required=True),
    Element("riskRecoveryStatus", 2),
    Element("description", 2000),
)
"""The 18 elements of ``EAD.xml``; ``paperFileCode`` is required of what was digitized from paper."""

DOCUMENT: Sequence[Element] = (
    Element("docCode", 100, required=True),
    Element("arcFileCode", 100, required=True),
    Element("docOrdinal", 7, required=True),
    Element("typeName", 10, required=True),
    Element("codeNumber", 11),
    Element("codeNotation", 30),
    Element("issuedDate", 10),
    Element("organName", 200, required=True),
    Element("subject", 500, required=True),
    Element("language", 100, required=True),
    Element("numberOfPage", 4, required=True),
    Element("inforSign", 30),
    Element("keyword", 100),
    Element("mode", 20, required=True),
    Element("confidenceLevel", 30, required=True),
    Element("autograph", 2000),
    Element("format", 50),
    Element("process", 1),
    Element("description", 500),
)
"""The 19 elements of each ``EAD_doc``. Which must be there the circular does not say but for the codes."""

LOOSE: Sequence[Element] = (
    Element("arcFileCode", 100, required=True),
    Element("title", 1000, required=True),
    Element("source", 100, required=True),
    Element("description", 2000),
)
"""The head of an AIP_tailieu: documents of which no hồ sơ was formed."""

HEADS: Mapping[Kind, Sequence[Element]] = {
    Kind.AIP_HOSO: DOSSIER,
    Kind.SIP_HOSO: (Element("fileCode", 100, required=True), *DOSSIER[1:]),
    Kind.AIP_TAILIEU: LOOSE,
}
DOCUMENTS: Mapping[Kind, Sequence[Element]] = {
    Kind.AIP_HOSO: DOCUMENT,
    Kind.SIP_HOSO: (
        Element("docId", 25, required=True),
        DOCUMENT[0],
        Element("maintenance", 100, required=True),
        *(element for element in DOCUMENT[3:-1]),
        Element("riskRecovery", 1, required=True),
        Element("riskRecoveryStatus", 2),
        DOCUMENT[-1],
    ),
    Kind.AIP_TAILIEU: DOCUMENT,
}
"""Of a SIP_hoso the 21 elements, whose term and backup regime are those of the hồ sơ."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A description that does not fit: the element, the most characters and how many there are.

    ``length`` 0 is a required element that is missing. ``where`` is the record, or empty for the hồ sơ.
    """

    element: str
    limit: int
    length: int
    where: str = ""


def faults(elements: Sequence[Element], values: Values, where: str = "") -> Iterator[Fault]:
    """What of a description is missing or too long; nothing is ever cut."""
    for element in elements:
        length = len(values.get(element.name, ""))
        if length > element.limit or (element.required and not length):
            yield Fault(element.name, element.limit, length, where)
