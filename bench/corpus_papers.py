"""Invented papers of many agencies and years as scans, each with the truth about it; the same for a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bench.corpus_carriers import ODD
from bench.corpus_names import file_name
from bench.corpus_paper import Paper, ageing_of, broken_lines
from bench.corpus_texts import body, filled, generator, recipients, subject
from tests.support.scanmaker import (
    Document,
    Impression,
)
from tests.support.scanmaker.document import PARTY_MOTTO
from tests.support.scanmaker.typeface import Face

Words = Mapping[str, Any]
_Lines = tuple[str, ...]
OLD_MOTTO = ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_HEADING_PT, _COLUMN_PT = 350.0, 178.0
_DPI = (*[100] * 2, *[150] * 9, *[200] * 8, 300)
_TONES = (*["colour"] * 12, *["gray"] * 5, *["bilevel"] * 3)
_URGENCIES = (Impression.URGENT, Impression.VERY_URGENT, Impression.MOST_URGENT)
_YEAR_FORM = 0.25  # share of resolutions and decisions that are legal texts, with the year in the notation
_MONTH_BY_PEN = 0.3  # share of papers with a written day whose month is written, too
_LETTERED = 0.06  # share of numbers that bear a letter: a paper was put between two others
_LETTERS = (*"aaabbbccAAB", "bis", "đ", "C")
_OLD_FORM = 0.4  # share of papers before 2005 whose notation follows the number after a blank
_UNDATED, _DATE_FORM = 0.02, 0.04  # shares of papers without a date, and dated in digits
_DATE_FORMS = ("{place}, ngày {day}/{month}/{year}", "{place}, ngày {day}-{month}-{year}",
               "Ngày {day}.{month}.{year}")  # fmt: skip
_NO_OLD_MARK_BEFORE, _OLD_MARKS_UNTIL = 2011, date(2020, 3, 5)
_NO_JOINT_CIRCULARS_FROM = 2016  # Luật Ban hành văn bản quy phạm pháp luật 2015
_PARTIES = ("Hợp đồng", "Bản ghi nhớ", "Bản thỏa thuận")


def papers(number: int, seed: int, odd: float = 0.0) -> Iterator[Paper]:
    """That many papers, no two with the same subject and text; a share of the files is ``odd``."""
    known: set[tuple[str, ...]] = set()
    for index in range(number):
        attempt = 0
        while True:
            paper = _Clerk(generator(f"{seed}/{index}/{attempt}"), seed, index).paper()
            text = (*paper.document.subject, *paper.document.body)
            if text not in known:
                break
            attempt += 1
        known.add(text)
        chance = generator(f"{seed}/{index}/carrier")
        yield replace(paper, carrier=chance.choice(ODD)) if chance.random() < odd else paper


@cache
def vocabulary() -> Words:
    """The words of ``corpus_words.yaml``."""
    text = Path(__file__).with_name("corpus_words.yaml").read_text(encoding="utf-8")
    found: Words = yaml.safe_load(text)
    return found


class _Clerk:
    """Makes one paper; all chance comes from one generator."""

    def __init__(self, chance: random.Random, seed: int, index: int) -> None:
        self.chance, self.seed, self.index = chance, seed, index
        self.words = vocabulary()
        self.is_party = chance.random() < 0.06
        self.day = date(1999, 1, 4) + timedelta(days=chance.randrange(27 * 365 + 250))
        self.kind, self.mark = self._kind()
        if self.is_joint and self.day.year >= _NO_JOINT_CIRCULARS_FROM:
            self.day = self.day.replace(year=1999 + self.day.year % 17, day=min(self.day.day, 28))
        self.agency = self._agency()
        self.slots = self._slots()

    def paper(self) -> Paper:
        """The paper with its scan."""
        month_by_pen = generator(f"{self.seed}/{self.index}/month").random() < _MONTH_BY_PEN
        document = replace(self._document(), month_by_pen=month_by_pen)
        tone = self.chance.choice(_TONES)
        ageing, dpi = ageing_of(self.chance, self.day.year, tone), self.chance.choice(_DPI)
        name, clue = file_name(self.chance, document, self.day, self.index)
        return Paper(name, clue, document, ageing, dpi, tone, self.seed * 100_003 + self.index)

    @property
    def is_joint(self) -> bool:
        """Whether several agencies issue it together."""
        return bool(self.kind.get("joint"))

    def _agency(self) -> Words:
        stock = self.words["joint" if self.is_joint else "party" if self.is_party else "agencies"]
        fitting = [one for one in stock if one.get("from", 0) <= self.day.year < one.get("until", 3000)]
        found: Words = self.chance.choices(fitting, [one.get("weight", 1) for one in fitting])[0]
        return found

    def _kind(self) -> tuple[Words, str]:
        """The type and its abbreviation; a deck of all types makes sure that none is missing."""
        if self.is_party:
            name, mark = self.chance.choice(sorted(self.words["party_types"].items()))
            return {"name": name, "style": "text", "opening": self.words["party_openings"]}, mark
        stock = self.words["types"]
        deck = [kind for kind in stock for _ in range(kind.get("weight", 1))]
        generator(self.seed).shuffle(deck)
        kind = deck[self.index % len(deck)]
        old = self.day < _OLD_MARKS_UNTIL and self.day.year >= _NO_OLD_MARK_BEFORE
        return kind, kind.get("old", kind["mark"]) if old else kind["mark"]

    def _slots(self) -> dict[str, str]:
        pick, places = self.chance.choice, self.words
        province = pick(places["provinces"])
        district, commune = (f"{pick(places['place_first'])} {pick(places['place_second'])}" for _ in "dx")
        slots = {"p": province, "d": district, "x": commune}
        slots |= {name.upper(): place.upper() for name, place in slots.items()}
        return slots | {"mark": self.agency["mark"], "person": self._person(), "y": str(self.day.year)}

    def _person(self) -> str:
        return " ".join(self.chance.choice(self.words[part]) for part in ("families", "middles", "given"))

    def _old(self) -> bool:
        """Whether the paper is older than the common rules of 2005."""
        return self.day.year < 2005

    def _document(self) -> Document:
        pick, slots, agency = self.chance.choice, self.slots, self.agency
        draft = self.chance.random() < 0.05
        is_letter = self.kind["name"] == "Công văn"
        lines = self._spelled(filled(agency["lines"], slots)).split("|")
        signing = self._signing()
        authority = signing["authority"]
        date_line = "" if draft else self._date_line()
        name = filled(agency["name"], slots)
        about = subject(self.chance, self.words, self.kind, slots, is_capital=not self.is_party)
        width, size, face = (_COLUMN_PT, 12.5, Face.REGULAR) if is_letter else (_HEADING_PT, 13.5, Face.BOLD)
        notation = self._notation()
        number_line = ""
        if self._old() and self._is_plain() and self.chance.random() < _OLD_FORM:
            notation = re.sub(r"^\d+/", "", notation).replace("-", "/")
            number_line = self.chance.choice(("Số: {number} ", "Số {number} ", "{number} ")) + notation
        return Document(
            organ_name=name,
            organ=tuple(lines),
            parent=self._spelled(filled(agency.get("parent", ""), slots)).replace("|", "\n"),
            motto=self._motto(),
            number="" if draft or not notation else self._number(),
            notation=notation,
            number_line=number_line,
            date_line=date_line,
            place=filled(agency["place"], slots),
            issued=None if draft or date_line == "-" else self.day,
            year=self.day.year,
            type_name=self.kind["name"],
            type_heading="" if is_letter else self.kind["name"].upper(),
            subject=broken_lines(about, width, size, face, is_letter=is_letter),
            addressees=self._addressees(),
            body=body(self.chance, self.words, self.kind, slots | {"organ": " ".join(lines)}),
            recipients=recipients(self.chance, self.words, slots, pick(agency.get("units", ["VP"]))),
            **signing,
            signer_position=authority[-1],
            signer=self._person(),
            handwritten=not draft and self.chance.random() < 0.45,
            signed=not draft,
            seal="" if draft else name.upper()[:34],
            **self._stamps(draft),
        )

    def _spelled(self, text: str) -> str:
        """Older papers set the mark of ``UỶ`` and ``HOÀ`` on the last vowel."""
        return text.replace("ỦY", "UỶ").replace("HÓA", "HOÁ") if self.day.year < 2012 else text

    def _motto(self) -> tuple[str, ...]:
        if self.is_party:
            return PARTY_MOTTO
        return OLD_MOTTO if self.day.year < 2012 else ()

    def _number(self) -> str:
        number = int(10 ** self.chance.uniform(0, 3.65))
        letters = self.chance.choice(_LETTERS) if self.chance.random() < _LETTERED else ""
        return f"{number:02d}{letters}"

    def _is_plain(self) -> bool:
        """Whether its notation may be type and agency alone."""
        return bool(self.mark) and not self.is_party and not self.is_joint

    def _date_line(self) -> str:
        turn = self.chance.random()
        if turn < _UNDATED:
            return "-"
        return self.chance.choice(_DATE_FORMS) if turn < _UNDATED + _DATE_FORM else ""

    def _notation(self) -> str:
        mark = self.agency["mark"]
        if self._old() and mark == "UBND":
            mark = "UB"
        if self.is_party:
            return f"{self.mark}/{mark}"
        if self.kind["name"] == "Thư công":
            return ""
        if not self.mark:
            return f"{mark}-{self.chance.choice(self.agency['units'])}" if not self._old() else f"CV-{mark}"
        is_law = self.kind["name"] in ("Nghị quyết", "Quyết định") and mark in ("UB", "UBND", "HĐND")
        dated = self.is_joint or (is_law and self.chance.random() < _YEAR_FORM)
        year = f"{self.day.year}/" if dated else ""
        return f"{year}{self.mark}-{mark}"

    def _addressees(self) -> tuple[str, ...]:
        if self.kind["style"] not in ("letter", "request"):
            return ()
        stock = ("Sở Nội vụ", "Sở Tài chính", "Các phòng chuyên môn", "Văn phòng Hội đồng nhân dân",
                 "Ủy ban nhân dân tỉnh {p}", "Ủy ban nhân dân xã {x}")  # fmt: skip
        names = self.chance.sample(stock, self.chance.choice((1, 1, 2, 3)))
        return tuple(filled(name, self.slots) + (";" if len(names) > 1 else "") for name in names)

    def _signing(self) -> dict[str, Any]:
        """Who signs in which capacity: alone, in the chair beside a secretary, for a party, for an agency."""
        pick, name = self.chance.choice, self.kind["name"]
        if self.is_joint:
            partners = tuple((*_ministers(pick, of), self._person()) for of in self.agency["partners"])
            return {"authority": _ministers(pick, self.agency["leader"]), "co_signers": partners,
                    "all_seal": True}  # fmt: skip
        if name == "Biên bản" and self.chance.random() < 0.8:
            beside: tuple[_Lines, ...] = ((pick(("THƯ KÝ", "THƯ KÝ", "NGƯỜI GHI BIÊN BẢN")), self._person()),)
            chair = pick((("CHỦ TỌA",), ("CHỦ TRÌ",), (self.agency["head"],)))
            return {"authority": chair, "co_signers": beside, "leads_left": self.chance.random() < 0.15}
        if name in _PARTIES and self.chance.random() < 0.8:
            beside = (("ĐẠI DIỆN BÊN B", pick(("GIÁM ĐỐC", "TỔNG GIÁM ĐỐC")), self._person()),)
            return {"authority": ("ĐẠI DIỆN BÊN A", self.agency["head"]), "co_signers": beside,
                    "leads_left": self.chance.random() < 0.7, "all_seal": True}  # fmt: skip
        return {"authority": self._authority()}

    def _authority(self) -> tuple[str, ...]:
        """The lines above the signature, ``|`` between them."""
        head, whole = self.agency["head"], self.agency.get("body", "")
        own = [f"{head}", f"KT. {head}|PHÓ {head}", f"KT. {head}|PHÓ {head}", f"Q. {head}",
               f"TL. {head}|TRƯỞNG PHÒNG HÀNH CHÍNH", f"TUQ. {head}|CHÁNH THANH TRA"]  # fmt: skip
        if office := self.agency.get("office"):
            own += [f"TL. {head}|{office}", f"TL. {head}|KT. {office}|PHÓ {office}"]
        if whole:
            mark = "T/M" if self.is_party else "TM."
            own += [f"{mark} {whole}|{head}", f"{mark} {whole}|KT. {head}|PHÓ {head}"] * 2
        if self.is_party:
            own = [lines for lines in own if "T/M" in lines and "KT." not in lines] or [head]
        return tuple(self._spelled(self.chance.choice(own)).split("|"))

    def _stamps(self, draft: bool) -> dict[str, Any]:
        turn = self.chance.random()
        stamps: tuple[Impression, ...] = ()
        if turn < 0.04:
            stamps = (Impression.SECRET if turn < 0.025 else Impression.TOP_SECRET,)
        elif turn < 0.12:
            stamps = (self.chance.choice(_URGENCIES),)
        elif turn < 0.24 and not draft:
            day = self.day + timedelta(days=self.chance.randrange(1, 9))
            entry = (*self._spelled(f"ỦY BAN NHÂN DÂN|XÃ {self.slots['X']}").split("|"),
                     str(self.chance.randrange(1, 999)), f"{day.day}/{day.month}/{day.year}")  # fmt: skip
            return {"impressions": (Impression.INCOMING,), "incoming": entry}
        return {"impressions": stamps}


def _ministers(pick: Callable[[Sequence[_Lines]], _Lines], ministry: str) -> _Lines:
    """The lines above a minister's or a vice minister's signature."""
    return pick(((f"KT. BỘ TRƯỞNG {ministry}", "THỨ TRƯỞNG"), ("KT. BỘ TRƯỞNG", ministry, "THỨ TRƯỞNG"),
                 (f"BỘ TRƯỞNG {ministry}",)))  # fmt: skip
