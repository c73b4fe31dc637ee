"""Personal names in printed lines, apart from the ink around them and from posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ocr.vietnamese.folding import fold
from ocr.vietnamese.personal_names import FAMILY_NAMES, GIVEN_NAMES, HIGHLAND_WORDS, restored_family
from ocr.vietnamese.posts import POST_WORDS
from ocr.vietnamese.syllables import is_syllable
from sohoa.domain.extract.posts import names_post
from sohoa.domain.vietnamese import is_upper, nfc, normalise

# In folded letters: marks of titles in capitals are misread, too.
_TITLE = re.compile(
    r"(?:(?:(?:gs|pgs|ts|ths|bs|bscki{0,2}|cki{0,2}|cn|ks|ngut|ngnd|ttut|ls|ds|ht|tt|dd)\b[. ]*)+|"
    r"(?:dong chi|(?:pho )?giao su|(?:tien|thac|bac|duoc) s[iy]|(?:kien truc|ky|luat|ni|muc) su|"
    r"(?:dai|thuong|trung|thieu) (?:tuong|ta|uy)|hoa thuong|thuong toa|dai duc|linh muc|nguoi ky|ky boi)"
    r"\b[\s.:]*)+(?=[a-z])"
)
_AFTER_INK = re.compile(
    r"\w{1,4} (?:(?:(?:pho )?giao su|(?:tien|thac|bac|duoc) s[iy]|(?:kien truc|ky|luat) su)\b[\s.:]*)+"
    r"(?=[a-z])"
)
_ADDRESS = re.compile(r"^(?:Ông|Bà)\s+")
_SYLLABLE = re.compile(r"^[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:[cmnpt]|ch|ng|nh)?$")
_APOSTROPHED = re.compile(r"^[A-ZĐ]'[^\W\d_]+$")  # ``H'Vi``, ``K'Brêl``
_GLUED = re.compile(r"\b([HK])([A-ZĐÊÔƠƯ][^\W\d_]+)")  # ``HNgan``, ``KBrêl``: the sign was lost
_VOWEL = re.compile("[aeiouy]")
_DOUBLE = frozenset({("cong", "tang"), ("cong", "ton"), ("cong", "huyen")})
_LONE = frozenset("ayoh")  # a name's word of one letter: ``Y Thanh``, ``A Páo``
_LONGEST = 6
_HIGHLAND = frozenset(map(fold, HIGHLAND_WORDS))
_FAMILIES = {fold(name): name for name in FAMILY_NAMES}
_GIVEN = frozenset(map(str.lower, GIVEN_NAMES))


def has_family(name: str) -> bool:
    """Whether a family name begins it, or what stands for one: ``Y``, ``A``, ``H'Vi``."""
    first, *rest = name.split()
    if rest and (fold(first), fold(rest[0])) in _DOUBLE:
        return True
    return fold(first) in _FAMILIES or (len(first) == 1 and fold(first) in _LONE) or "'" in first


def name_in(text: str) -> str:
    """The personal name in a line, without academic titles and the ink around it; "" for none."""
    text = re.sub(r"(?<=\b[A-ZĐ])(?:['’ʼ]|\s?['’ʼ`´]\s?(?=[A-ZĐÊÔÂ]))(?=[^\W\d_])", "'", nfc(text))
    text = _GLUED.sub(_apostrophed, text)
    text = untitled(re.sub(r"[^\w\s.']|(?<!\w)'|'(?!\w)", " ", text).strip())
    words = _with_middles(re.sub(r"[\d_.]", " ", text).split())
    found = [words] if _is_foreign(words) else _runs(words)
    named = (run for run in found if 2 <= len(run) <= _LONGEST and not _names_posts(run))
    runs = [run for run in named if _stands_out(run, words)]
    if not runs:
        return ""
    best = max(runs, key=lambda run: (has_family(" ".join(run)), len(run)))
    name = normalise(" ".join(best))
    return _capitalised(name) if is_upper(name) else name


def _apostrophed(word: re.Match[str]) -> str:
    """``H'Ngan``; before a family name the first letter is ink, ``KHánh`` is a syllable with two capitals."""
    written = word[2][1:].islower() and fold(word[2]) not in _FAMILIES and not is_syllable(word[0].lower())
    return f"{word[1]}'{word[2]}" if written else word[0]


def untitled(text: str) -> str:
    """The text without the titles before a name."""
    folded = fold(text)
    title = _TITLE.match(folded) or _AFTER_INK.match(folded) if len(folded) == len(text) else None
    return _ADDRESS.sub("", text[title.end() :] if title else text)


def _with_middles(words: Sequence[str]) -> list[str]:
    """The words, middle names with capitals: older papers write ``Nguyễn văn Thắng``."""
    made = list(words)
    for index in range(1, len(words) - 1):
        before, word, after = words[index - 1 : index + 2]
        if word in _GIVEN and fold(before) in _FAMILIES and before[0].isupper() and looks_personal(after):
            made[index] = word.capitalize()
    return made


def _is_foreign(words: Sequence[str]) -> bool:
    """Whether the whole line is a name with words of another tongue: ``Thạch Sô Pháth``, ``Kpuih H'Blê``."""
    if all(map(looks_personal, words)) or not all(map(_is_title, words)):
        return False
    named = has_family(" ".join(words)) or any("'" in word for word in words)
    return named and not names_post(" ".join(words))


def _is_title(word: str) -> bool:
    """Whether the word is written as a name's are in any tongue: ``Pháth``, ``H'Blê``, ``Y``."""
    last = word.split("'")[-1]
    syllable = last.istitle() and len(last) > 1 and bool(_VOWEL.search(fold(last)))
    return word[:1].isupper() and last.isalpha() and (syllable or fold(word) in _LONE)


def _stands_out(run: Sequence[str], words: Sequence[str]) -> bool:
    """Whether little else is in the line, or a whole name ends it: what stands before is a seal's ink."""
    if len(words) - len(run) <= 3:
        return True
    whole = 3 <= len(run) <= 4 and fold(run[0]) in _FAMILIES and not names_post(" ".join(run))
    return whole and list(words[-len(run) :]) == list(run)


def _names_posts(words: Sequence[str]) -> bool:
    """Whether the words are those of posts, as in a form's ``BÍ THƯ ĐOÀN LỚP PHÓ LỚP TRƯỞNG``."""
    return sum(word.lower() in POST_WORDS for word in words) >= 2


def _runs(words: Sequence[str]) -> Iterator[list[str]]:
    """Words of the line in a row that may be a name, its lost family name restored, ink dropped."""
    run: list[str] = []
    for index, word in enumerate([*words, ""]):
        if word and looks_personal(word):
            run.append(word)
            continue
        before = index - len(run) - 1
        if run and before >= 0:
            named = _small_family if has_family(" ".join(run)) else restored_family
            family = named(words[before])
            run = [family, *run] if family else run
        yield _without_ink(run)
        run = []


def _without_ink(words: list[str]) -> list[str]:
    """The name from its family name on: scraps of the signature before it are dropped."""
    while len(words) > 2 and words[0].isupper() and len(words[0]) > 1 and not words[-1].isupper():
        words = words[1:]
    while len(words) > 2 and not words[0].isupper() and words[-1].isupper():  # ``Trần Bá Đông LÒ``, ``… A``
        words = words[:-1]
    while (
        len(words) > 2 and fold(words[0]) == fold(words[1]) in _FAMILIES
    ):  # ink that was taken for the family name
        words = words[1:]
    half = len(words) // 2
    if half > 1 and fold(" ".join(words[-half + 1 :])) == fold(" ".join(words[-2 * half + 1 : -half])):
        return words[-half:]  # one print that was read twice
    starts = [i for i in range(1, len(words) - 1) if fold(words[i]) in _FAMILIES]
    if starts and not has_family(" ".join(words)) and len(words) - starts[0] >= 3:
        return words[starts[0] :]
    return words


def _small_family(word: str) -> str:
    """The family name that lost its capital before another one: ``trận Nguyễn``; short words are ink."""
    return _FAMILIES.get(fold(word), "") if len(word) > 2 and word.islower() else ""


def _capitalised(name: str) -> str:
    """Each syllable capitalised."""
    return " ".join("'".join(part.capitalize() for part in word.split("'")) for word in name.split())


def has_written_family(name: str) -> bool:
    """Whether the family name is written as one is: ``Đoãn`` may be Doãn or Đoàn."""
    return has_family(name) and (fold(name.split()[0]) not in _FAMILIES or name.split()[0] in FAMILY_NAMES)


def with_family(name: str) -> str:
    """The name with its family name as it is written: ``Đẳng`` is ``Đặng`` misread."""
    first, *rest = name.split()
    alike = [family for family in FAMILY_NAMES if fold(family) == fold(first)]
    return " ".join([alike[0] if len(alike) == 1 else first, *rest])


def looks_personal(word: str) -> bool:
    """Whether it may be a syllable of a Vietnamese name."""
    if _APOSTROPHED.match(word) or fold(word) in _HIGHLAND:
        return word[0].isupper()
    if not word[0].isupper() or not (word[1:].islower() or word.isupper() or len(word) == 1):
        return False
    return bool(_SYLLABLE.match(fold(word))) and (len(word) > 1 or fold(word) in _LONE)
