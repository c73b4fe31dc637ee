"""Papers of shelves beyond a province's own: what the assembly, the Party, courts, schools, companies print.

Shelves, their agencies, kinds and years are data (``shelf_words.yaml``).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bench.corpus_carriers import ODD, Carrier
from bench.corpus_names import file_name
from bench.corpus_paper import Paper, ageing_of, broken_lines
from bench.corpus_papers import OLD_MOTTO, vocabulary
from bench.corpus_texts import body, filled, generator, recipients
from bench.shelf_texts import Topic, consolidated_body, folded, form_body, person, signed_forms
from tests.support.scanmaker import Document, Impression
from tests.support.scanmaker.document import MOTTO, PARTY_MOTTO
from tests.support.scanmaker.typeface import Face

Words = Mapping[str, Any]
_FIRST, _BEYOND = 1976, 2027
_DPI = (*[150] * 3, *[200] * 6, 300)
_TONES = (*["colour"] * 6, *["gray"] * 3, "bilevel")
_HEADING_PT, _COLUMN_PT, _HEAD_PT = 350.0, 178.0, 205.0
_OLD_MARKS_BEFORE = 2012
_TERMS = (1976, 1981, 1987, 1992, 1997, 2002, 2007, 2011, 2016, 2021, 2026)
_ENGLISH_MOTTO = (*MOTTO, "SOCIALIST REPUBLIC OF VIETNAM", "Independence - Freedom - Happiness")
_FOOT_DATE = "{place}, ngày {day} tháng {month} năm {year}"
_UNITS = ("VP", "TCHC", "KHTH", "NV", "ĐT")
_NOTHING_ASKED = ("organ_name", "type_name", "subject", "issued_date")


@cache
def shelf_vocabulary() -> Words:
    """The words of ``shelf_words.yaml``."""
    found: Words = yaml.safe_load(Path(__file__).with_name("shelf_words.yaml").read_text(encoding="utf-8"))
    return found


def shelves() -> tuple[str, ...]:
    """The names of all shelves."""
    return tuple(shelf_vocabulary()["shelves"])


def shelf_papers(number: int, seed: int, odd: float, names: Sequence[str] = ()) -> Iterator[Paper]:
    """That many papers, of the shelves in turn; the same for a seed, whatever else is made.

    A shelf that is not known is a KeyError.
    """
    chosen = tuple(names) or shelves()
    for index in range(number):
        shelf, place = chosen[index % len(chosen)], index // len(chosen)
        chance = generator(f"{seed}/{shelf}/{place}")
        paper = _Clerk(chance, shelf, seed, place).paper()
        is_odd = not paper.hard and not paper.landscape and chance.random() < odd
        carrier = chance.choice([one for one in ODD if one is not Carrier.STAMPED])
        yield replace(paper, carrier=carrier) if is_odd else paper


class _Clerk:
    """Makes one paper of a shelf; all chance comes from one generator."""

    def __init__(self, chance: random.Random, shelf: str, seed: int, place: int) -> None:
        self.chance, self.name, self.seed, self.place = chance, shelf, seed, place
        self.words = shelf_vocabulary()
        self.own: Words = self.words["shelves"][shelf]
        lender = self.own if "agencies" in self.own else self.words["shelves"][chance.choice(self.own["use"])]
        self.shelf: Words = {**lender, **self.own}
        years = self._years(lender)
        self.day = date(years[0], 1, 4) + timedelta(days=chance.randrange(365 * (years[1] - years[0]) - 5))
        fitting = [one for one in self.shelf["agencies"] if _lived(one, self.day.year)]
        self.agency: Words = chance.choice(fitting or self.shelf["agencies"])
        kinds = self.agency.get("kinds", list(self.shelf["kinds"]))
        self.kind: Words = self.shelf["kinds"][chance.choice(kinds)]
        self.slots = self._slots()
        self.notation = filled(self.kind["notation"], self.slots)
        self.number = f"{int(10 ** chance.uniform(0, 3.3)):02d}" if self.notation else ""

    def _years(self, lender: Words) -> tuple[int, int]:
        """From when till before when: what both the shelf and who lends it its agencies allow."""
        both = (self.own, lender)
        first = max(one.get("from", _FIRST) for one in both)
        return first, min(one.get("until", _BEYOND) for one in both)

    def _slots(self) -> dict[str, str]:
        pick, places = self.chance.choice, vocabulary()
        names = {"p": pick(places["provinces"])}
        names |= {key: f"{pick(places['place_first'])} {pick(places['place_second'])}" for key in "dx"}
        slots = names | {key.upper(): name.upper() for key, name in names.items()}
        slots |= {f"{key.upper()}_EN": folded(name).upper() for key, name in names.items()}
        year, term = self.day.year, 6 + sum(self.day.year >= start for start in _TERMS[1:])
        slots |= {"y": str(year), "y5": str(year + 5), "term": str(term), "pk": names["p"][0]}
        slots |= {"k": str(self.chance.randrange(2, 20)), "n": str(self.chance.randrange(29, 900))}
        slots |= {"day": str(self.day.day), "month": str(self.day.month), "unit": pick(_UNITS)}
        slots["mark"] = filled(self.agency["mark"], slots)
        slots["mark1"], slots["mark2"] = slots["mark"].split("-")[0], slots["mark"].split("-")[-1]
        return slots | {"person": person(self.chance, self.words)}

    def paper(self) -> Paper:
        """The paper with its scan."""
        document = self._document()
        forms = signed_forms(self.chance, self.words, self.shelf, self.agency, document, self.day)
        document = replace(document, **forms)
        tone = self.chance.choice(_TONES)
        ageing, dpi = ageing_of(self.chance, self.day.year, tone), self.chance.choice(_DPI)
        name, clue = file_name(self.chance, document, self.day, self.place)
        is_annex = self.kind["style"] in ("annex", "form")
        return Paper(
            name, clue, document, ageing, dpi, tone, self.seed * 100_003 + self.place,
            shelf=self.name,
            hard=self.chance.choice(self.shelf["hard"]) if "hard" in self.shelf else "",
            landscape=bool(self.shelf.get("landscape")),
            unasked=_NOTHING_ASKED if is_annex else (),
            cited=(self.number, self.notation) if is_annex and self.number else (),
            also=self._also(document),
            titled=self._titled(document),
        )  # fmt: skip

    def _titled(self, document: Document) -> str:
        """A heading that says more than the kind, of a paper without a subject; not of annexes."""
        heading = document.type_heading
        plain = self.kind["style"] in ("annex", "form") or heading.lower() == self.kind["name"].lower()
        return "" if plain or document.subject else heading

    def _also(self, document: Document) -> dict[str, tuple[str, ...]]:
        """Other names that are as right as the printed one; of a title its words after the kind, too."""
        organ = tuple(filled(name, self.slots) for name in self.agency.get("also", ()))
        rest = self._titled(document)[len(self.kind["name"]) :].strip()
        found = {"organ_name": organ, "type_name": tuple(self.kind.get("also", ()))}
        return found | ({"subject": (rest,)} if rest else {})

    def _document(self) -> Document:
        heading = self._heading()
        about = self._subject()
        is_letter = self.kind["style"] == "letter"
        headless = bool(self.shelf.get("headless"))
        authority, others = self._signing()
        number, notation = ("", "") if headless else (self.number, self.notation)
        lines = self._column("lines", Face.BOLD)
        name = filled(self.agency["name"], self.slots)
        width, size, face = (_COLUMN_PT, 12.5, Face.REGULAR) if is_letter else (_HEADING_PT, 13.5, Face.BOLD)
        return Document(
            organ_name=name,
            organ=() if headless else tuple(lines),
            parent="\n".join(self._column("parent", Face.REGULAR)),
            motto=self._motto(headless),
            number=number,
            notation=notation,
            number_line=self._number_line(),
            place=filled(self.agency["place"], self.slots),
            issued=None if headless else self.day,
            year=self.day.year,
            type_name=self.kind["name"],
            type_heading="" if is_letter else heading,
            subject=broken_lines(about, width, size, face, is_letter=is_letter),
            addressees=("Sở Nội vụ",) if is_letter and self.chance.random() < 0.7 else (),
            body=self._body(heading),
            recipients=self._recipients(),
            authority=authority,
            signer_position=authority[-1],
            signer="" if headless else person(self.chance, self.words),
            co_signers=others,
            all_seal=bool(others),
            leads_left=bool(others),
            handwritten=bool(number) and self.chance.random() < self._by_hand_share(),
            signed=not headless,
            seal="" if headless else name.upper()[:34],
            star=bool(self.shelf.get("star")) and self.day.year < 2026,
            **self._dates(),
            **self._extras(),
        )

    def _column(self, of: str, face: Face) -> list[str]:
        """Lines of the left head, broken where they would run into the motto."""
        text = self._spelled(filled(self.agency.get(of, ""), self.slots))
        lines = [broken_lines(line, _HEAD_PT, 12.5, face, is_letter=False) for line in text.split("|")]
        return [line for parts in lines for line in parts]

    def _by_hand_share(self) -> float:
        return 0.15 if "hard" in self.shelf else 0.35

    def _heading(self) -> str:
        found: str = self.chance.choice(self.kind.get("heading", [self.kind["name"].upper()]))
        return found

    def _subject(self) -> str:
        topics = self.kind.get("objects", [*self.words["objects"], *vocabulary()["objects"]])
        topic = Topic("" if "bare" in self.kind else self.chance.choice(topics), self.kind["opening"])
        text = topic.about(self.chance, self.slots)
        if self.kind["style"] == "letter" or (self.shelf.get("motto") == "party"):
            return text[:1].lower() + text[1:]
        return text.upper() if self.kind["name"] in ("Luật", "Pháp lệnh") else text

    def _signing(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        stock = [""] if self.kind["style"] == "annex" else self.agency["authority"]
        lines = self._spelled(filled(self.chance.choice(stock), self.slots)).split("|")
        others = [self._spelled(of).split("|") for of in self.agency.get("others", ())]
        return tuple(lines), tuple((*of, person(self.chance, self.words)) for of in others)

    def _number_line(self) -> str:
        form = self.kind.get("number", "")
        if not form:
            return ""
        return filled(form, {**self.slots, "number": "{number}"})

    def _motto(self, headless: bool) -> tuple[str, ...]:
        if headless:
            return ("-",)
        if self.shelf.get("motto") == "party":
            return PARTY_MOTTO if self.chance.random() < 0.8 else ("-",)
        if self.shelf.get("motto") == "bilingual":
            return _ENGLISH_MOTTO if self.chance.random() < 0.7 else ()
        return OLD_MOTTO if self.day.year < _OLD_MARKS_BEFORE else ()

    def _spelled(self, text: str) -> str:
        """Older papers set the mark of ``UỶ``, ``HOÀ`` and ``TOÀ`` on the last vowel."""
        if self.day.year >= _OLD_MARKS_BEFORE:
            return text
        return text.replace("ỦY", "UỶ").replace("HÓA", "HOÁ").replace("TÒA", "TOÀ")

    def _body(self, heading: str) -> tuple[str, ...]:
        style = self.kind["style"]
        if style in ("form", "annex"):
            return form_body(self.chance, self.words, self.slots, f"{self.number}/{self.notation}", style)
        kind = {"name": heading.capitalize(), "style": "text" if style == "consolidated" else style}
        text = body(
            self.chance,
            vocabulary(),
            kind,
            self.slots | {"organ": filled(self.agency["name"], self.slots).upper()},
        )
        if style == "consolidated":
            return (*consolidated_body(self.chance, self.slots, heading), *text)
        if self.kind.get("date") == "body":
            opening = "Hôm nay, ngày {day} tháng {month} năm {y}, tại trụ sở cơ quan, chúng tôi gồm có:"
            return (filled(opening, self.slots), *text[1:])
        return text

    def _recipients(self) -> tuple[str, ...]:
        if self.shelf.get("headless"):
            return ()
        return recipients(self.chance, vocabulary(), self.slots, self.slots["unit"])

    def _dates(self) -> dict[str, Any]:
        where = self.kind.get("date", "")
        if where == "foot":
            return {"date_line": "-", "foot_date": _FOOT_DATE}
        notes = tuple(filled(note, self.slots) for note in self.kind.get("notes", ()))
        return {"date_line": "-" if where else "", "head_notes": notes}

    def _extras(self) -> dict[str, Any]:
        """Titles of who signs, stamps over the head."""
        titled = self.chance.random() < self.shelf.get("titled", 0.0)
        title = self.chance.choice(self.words["titles"]) if titled else ""
        pressed = self.chance.random() < self.shelf.get("head_stamp", 0.0)
        stamps = (Impression.MOST_URGENT,) if pressed else ()
        return {"signer_title": title, "impressions": stamps, "head_stamp": pressed}


def _lived(agency: Words, year: int) -> bool:
    return bool(agency.get("from", _FIRST) <= year < agency.get("until", _BEYOND))
