"""An invented administrative document: what is printed on it and what a reader should make of it.

The components and their order are those of Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

DOCUMENTS = Path(__file__).parent / "documents"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY_MOTTO = ("ĐẢNG CỘNG SẢN VIỆT NAM",)


class Impression(StrEnum):
    """A rubber stamp pressed on the paper after printing."""

    SECRET = "mat"
    TOP_SECRET = "toi_mat"
    URGENT = "khan"
    VERY_URGENT = "thuong_khan"
    MOST_URGENT = "hoa_toc"
    INCOMING = "den"


@dataclass(frozen=True, slots=True)
class Document:
    """One document; all text NFC, printed lines given as they break where the layout matters.

    ``body`` holds one paragraph a string: a leading ``~`` sets it in italics (legal basis), ``=`` centred
    and bold, and ``**…**`` inside a paragraph is bold. An empty ``type_heading`` makes it a công văn,
    whose ``subject`` follows ``V/v`` under the number. ``issued`` None is a draft without number and
    date. ``handwritten`` has number and day filled in by pen, as a clerk does, and the month where
    ``month_by_pen``. ``incoming`` is the agency, number and date of an arrival stamp. ``parent`` may break
    over lines. ``motto`` is that of the law when empty; a Party paper has its own and writes its number as
    ``Số 15-TB/TU``. Without ``notation`` there is no number line. ``number_line`` and ``date_line`` are
    printed where the head has another form than the law's: ``Số: {number} QĐ/UB``, ``{place}, ngày
    {day}/{month}/{year}``; ``-`` leaves the date out. ``co_signers`` are who signed beside ``signer``: each
    the lines above the signature and the name last. The first stands left of the signer's own block, or right
    of it where ``leads_left``; further ones stand below. Who leads has the seal, and the others where
    ``all_seal``. ``typed`` is by a typewriter, with so many words of the first page ``struck`` out.
    ``head_notes`` are lines under the number, ``foot_date`` stands over the signature in the manner of
    ``date_line``, and
    ``signer_title`` before the printed name. A ``-`` as motto leaves it out, ``star`` has stars in place of
    the rule, and ``head_stamp`` presses the stamps over the head. ``signature_text`` are small lines that a
    signing program puts in place of the pen (``Ký bởi: …``), ``head_signature`` those above the motto for the
    agency's own signature. ``signed_rows`` are names and posts of a table in which several persons sign, in
    its order, in place of the block.
    """

    organ_name: str
    organ: tuple[str, ...]
    notation: str
    place: str
    type_name: str
    subject: tuple[str, ...]
    body: tuple[str, ...]
    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    signer_position: str
    signer: str
    parent: str = ""
    motto: tuple[str, ...] = ()
    number: str = ""
    number_line: str = ""
    date_line: str = ""
    issued: date | None = None
    year: int = 0
    type_heading: str = ""
    addressees: tuple[str, ...] = ()
    handwritten: bool = False
    month_by_pen: bool = False
    signed: bool = True
    seal: str = ""
    impressions: tuple[Impression, ...] = ()
    incoming: tuple[str, ...] = ()
    canary: tuple[str, ...] = ()
    co_signers: tuple[tuple[str, ...], ...] = ()
    leads_left: bool = False
    all_seal: bool = False
    typed: bool = False
    struck: int = 0
    head_notes: tuple[str, ...] = ()
    foot_date: str = ""
    signer_title: str = ""
    star: bool = False
    head_stamp: bool = False
    signature_text: tuple[str, ...] = ()
    head_signature: tuple[str, ...] = ()
    signed_rows: tuple[tuple[str, str], ...] = ()

    @property
    def is_letter(self) -> bool:
        """Whether it is a công văn, the one type without a heading."""
        return not self.type_heading

    @property
    def is_party(self) -> bool:
        """Whether it is a paper of the Party, which has a layout of its own (Hướng dẫn 36-HD/VPTW)."""
        return self.motto == PARTY_MOTTO

    @property
    def signed_as(self) -> str:
        """The printed name with its title."""
        return f"{self.signer_title} {self.signer}".strip()

    def fields(self) -> dict[str, str]:
        """The fields that a reader should find, by their names in the regulations."""
        found = {
            "code_number": self.number,
            "code_notation": self.notation,
            "issued_date": self.issued.isoformat() if self.issued else "",
            "organ_name": self.organ_name,
            "type_name": self.type_name,
            "subject": " ".join(self.subject),
            "signer_name": self.signer,
            "signer_position": self.signer_position,
            "issued_place": self.place,
            "urgency": self._urgency(),
        }
        return {name: value for name, value in found.items() if value}

    def _urgency(self) -> str:
        names = {
            Impression.MOST_URGENT: "Hỏa tốc",
            Impression.VERY_URGENT: "Thượng khẩn",
            Impression.URGENT: "Khẩn",
        }
        return next((name for stamp, name in names.items() if stamp in self.impressions), "")


def load_document(name: str) -> Document:
    """The document of that name among the package's own; an unknown key in its file is a KeyError."""
    data = yaml.safe_load((DOCUMENTS / f"{name}.yaml").read_text(encoding="utf-8"))
    return document_from(data)


def document_from(data: Mapping[str, Any]) -> Document:
    """A document from plain data: lists become tuples, stamps their enumeration."""
    known = {field.name for field in fields(Document)}
    if strange := set(data) - known:
        raise KeyError(", ".join(sorted(strange)))
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in data.items()
    }
    plain["co_signers"] = tuple(map(tuple, plain.get("co_signers", ())))
    plain["signed_rows"] = tuple(map(tuple, plain.get("signed_rows", ())))
    plain["impressions"] = tuple(Impression(name) for name in plain.get("impressions", ()))
    return Document(**plain)
