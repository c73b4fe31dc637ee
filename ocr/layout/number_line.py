"""The line with number and notation, ``Số: 12/QĐ-UBND``: every pattern of it, one for each question.

may_hold_number       while the number is not read yet: a label of any signs, or a notation
is_number_line        once it is read: the label as it is misread, a bare ``Số 12``, or a notation
opens_with_number     the same for a line that may be of the body: label or number at its very beginning
printed_number        whether a number stands between label and notation, and where
label_end             where the label ends, in plain letters
HANDWRITTEN           label, gap and what follows, in the plain letters of the reader of handwriting
number_and_notation   where the number's signs and the notation stand
parted                digits of a number and the letters behind them: ``15b``, ``08bis``

Source: Nghị định 30/2020/NĐ-CP, Điều 15; Party papers (``Số 848-TB/TU``) after Hướng dẫn 36-HD/VPTW. Until
about 2000 the notation follows after a blank (``Số 435 QĐ/UB``). Laws, resolutions and judgments name their
kind in the label (``Luật số: 33/2024/QH15``).
"""

from __future__ import annotations

import re

from ocr.vietnamese.folding import fold_sign

Span = tuple[int, int]

_KINDS = (
    "(?:bo luat|luat|phap lenh|lenh|nghi quyet|nghi dinh|quyet dinh|thong tu|chi thi|cong van|thong bao|"
    "ban an|hop dong|giay phep|bien ban|bao cao|ke hoach|to trinh|sac lenh|cong dien|giay chung nhan)"
).replace(" ", " ?")  # two words are read as one now and then
_OLD_TYPES = (  # short forms of types, in plain letters
    "(?:qd|qyd|qdi|qc|cv|cd|ct|ctr|tb|tc|bc|bb|bgn|btt|kh|kl|nq|nd|ttr|tt|tth|ttlt|tr|hd|gp|gm|ggt|gnp|guq|"
    "pa|pb|pc|pg|da|db|vb|vbhn|qh)"
)
# ``435 QĐ/UB``, ``435 QĐ-UB``: a known type after a blank, then an office.
_OLD_NOTATION = rf"{_OLD_TYPES}\s?[/⁄|.-]\s?[a-z]{{2}}"
_LETTERS = r"(?:bis|ter|[a-zđ])"
_ENGLISH = r"(?:\s?[/(]\s?(?:no|ref)\b\W{0,2})"  # ``Số/No.:``, ``Số (No.):``

HANDWRITTEN = re.compile(
    rf"^[^a-z0-9]*(?:{_KINDS}\s*)?(?:s[^\W\d_]?{_ENGLISH}?\s*[:;.,]|s[^\W\d_]?{_ENGLISH}|[s5][o06]\s*[:;]|s[o06]\s|o\s*[:;.])\s*(?P<number>.*?)"
    rf"\s*(?P<after>[/|\-].*|(?<![a-z]){_OLD_NOTATION}.*)$"
)
"""Of one plain lower-case letter for each sign: what stands in the gap, and what follows it."""

_KIND = re.compile(rf"^\W*(?P<kind>{_KINDS})\s*(?=s\S{{0,2}}(?:\s|[:;.,]))")
_MAY_HOLD = re.compile(
    rf"^[^0-9a-zđ]*(?:s\S{{0,2}}?{_ENGLISH}|(?:s\S{{0,2}}|[oố])\s*[:;.,])|"
    r"/\s*[a-zđ]{1,5}\d{0,3}\s*-\s*[a-zđ]|-\s*[a-zđ]{1,4}/[a-zđ]{2}",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"^[^0-9a-zđ]*(s[oồốổỗộôóòỏõọaáâ06]|ố)(?:\W*[:.;]|{_ENGLISH}\W*\d)", re.IGNORECASE)
_UNPUNCTUATED = re.compile(r"^[^0-9a-zđ]*s[ốôóo]\s+\d", re.IGNORECASE)
_NOTATION = re.compile(
    r"[/⁄|]\s*[A-ZĐÐƯƠÔÂÊĂ][A-Za-zĐÐđ&.]*\d{0,3}\s*-\s*[A-ZĐÐƯƠÔÂÊĂ]|-\s*[A-ZĐÐ]{1,4}[a-z]?\s*/\s*[A-ZĐÐ]{2}"
)
_YEARLY = re.compile(r"\d\s*[/⁄|]\s*(?:19|20)\d\d\s*[/⁄|]\s*[A-ZĐ]{2}")  # ``01/1998/UBTVQH10``
_BARE = re.compile(
    rf"^\W*\d{{1,6}}\s?{_LETTERS}?(?:\s?[/⁄|-]\s?(?:(?:19|20)\d\d\s?[/⁄|]\s?)?[a-z]{{1,5}}\d{{0,3}}\s?[/⁄|-]\s?[a-z]{{2}}"
    rf"|\s?[/⁄|]\s?(?:19|20)\d\d\s?[/⁄|]\s?[a-z]{{2}}|\s?{_OLD_NOTATION})"
)
_BEFORE_OLD = re.compile(rf"^\W*s\S{{0,2}}\W+\S{{0,6}}\s{_OLD_NOTATION}")
_PLAIN_LABEL = re.compile(rf"^[^0-9a-z]*(?:{_KINDS}\s*(?=s))?(?:s[^\d\W]{{0,2}}{_ENGLISH}?|o)\s*[:;.,]?")
_PRINTED = re.compile(
    rf"^[^0-9a-z]*s\S{{0,2}}?{_ENGLISH}?\s*[:;.,]?\s*(?P<number>\d+(?:\s?{_LETTERS})?)\s*(?:/|-\s*{_OLD_TYPES}\s*/|(?=\s{_OLD_NOTATION}))"
)
_LABEL = re.compile(
    rf"^[^0-9A-Za-zĐđ]*(?:S\S{{0,2}}?{_ENGLISH}\s*[:.;,]?|(?:S\S{{0,2}}|[ốôóồổ])\s*[:.;,])\s*|^\W*S[ốôóoồổ]\s+|^\W*S\s+(?=\d)",
    re.IGNORECASE,
)
_SIGNS = r"[\w&.]+(?:,\s?[A-ZĐÂÊÔƠƯ][\w&.]*)*"  # ``SVH,TT,DL``
_PART = rf"(?=[A-ZĐÂÊÔƠƯ]){_SIGNS}"
_STATE = re.compile(
    rf"[/⁄|\\]\s*(?P<note>(?:(?:19|20)\d\d\s*[/⁄|]\s*)?{_PART}(?:\s*[-–—/⁄]+\s*{_SIGNS})*)\W*$"
)
_PARTY = re.compile(r"[-–—]\s*(?P<note>[A-ZĐ][A-Za-zĐđ]{0,4}\s*[/⁄]\s*[A-ZĐ][\wĐ.&-]*)\W*$")
# ``143-HĐBT``, ``201-CP``: an issuer of before 1992 after a dash.
_DASHED = re.compile(r"(?<=\d)\s*[-–—]\s*(?P<note>[A-ZĐ]{2,}(?:\.?[A-ZĐ]+)*)\W*$")
_OLD = re.compile(rf"(?:(?<=[^\s/⁄|\\-]\s)|(?<=\d)){_OLD_NOTATION}")
_GLUED = re.compile(rf"(?P<note>[A-ZĐ]{{1,4}}[a-z]?\s*-\s*{_PART}(?:-{_PART})*)\W*$")
_PARTED = re.compile(rf"(\d{{1,6}})\s?({_LETTERS})", re.IGNORECASE)


def may_hold_number(text: str) -> bool:
    """Whether the line may be the number line, whatever was made of a number written by hand."""
    rest = text[_kind_end(text) :]
    plain = _plain(rest)
    labelled = _MAY_HOLD.search(rest) or _YEARLY.search(rest)
    return bool(labelled or _BARE.match(plain) or _BEFORE_OLD.match(plain))


def is_number_line(text: str) -> bool:
    """Whether a line of the left column (NFC) is the one with number and notation."""
    rest = text[_kind_end(text) :]
    labelled = _LABELLED.match(rest) or _UNPUNCTUATED.match(rest)
    return bool(labelled or _NOTATION.search(rest) or _YEARLY.search(rest) or _is_bare(rest))


def opens_with_number(text: str) -> bool:
    """Whether a line (NFC) begins with label and number, or with number and notation."""
    rest = text[_kind_end(text) :]
    labelled = _LABELLED.match(rest) or _UNPUNCTUATED.match(rest)
    return bool((labelled and re.search(r"\d|/", rest)) or _is_bare(rest))


def kind_in_label(text: str) -> str:
    """The kind of paper that the label names, in plain letters: ``luat`` of ``Luật số:``; empty for none."""
    match = _KIND.match(_plain(text))
    return match["kind"] if match else ""


def label_end(plain: str) -> int:
    """Where the label ends in a line of plain lower-case letters; 0 where there is none."""
    match = _PLAIN_LABEL.match(plain)
    return match.end() if match else 0


def printed_number(text: str) -> Span | None:
    """Where the number stands that print has between label and notation; None where it has none there."""
    start = _kind_end(text)
    match = _PRINTED.match(_plain(text[start:]))
    return (start + match.start("number"), start + match.end("number")) if match else None


def number_and_notation(text: str) -> tuple[Span, Span | None]:
    """Where the number's signs stand in the line (NFC), and the notation; None where it has no notation."""
    head = _kind_end(text)
    rest = text[head:]
    label = _LABEL.match(rest)
    start = head + (label.end() if label else 0)
    old = _OLD.search(_plain(rest))
    if old:
        note = (head + old.start(), head + len(rest.rstrip(" .,;:_")))
        return (start, note[0]), note
    match = next(filter(None, (form.search(rest) for form in (_PARTY, _STATE, _GLUED, _DASHED))), None)
    end = head + match.start() if match else len(text)
    span = (head + match.start("note"), head + match.end("note")) if match else None
    return (min(start, end), end), span


def parted(number: str) -> tuple[str, str] | None:
    """Digits of a number and the letters behind them; None where it is not digits and a letter or two."""
    match = _PARTED.fullmatch(number.strip())
    return (match[1], match[2]) if match else None


def _is_bare(text: str) -> bool:
    """Whether the line begins with number and notation, no label before them."""
    return bool(_BARE.match(_plain(text)) and re.search("[A-ZĐ]{2}", text))


def _kind_end(text: str) -> int:
    """Where the name of a kind ends that stands before the label."""
    match = _KIND.match(_plain(text))
    return match.end() if match else 0


def _plain(text: str) -> str:
    """One plain lower-case letter for each sign, so that positions agree."""
    return "".join(map(fold_sign, text))
