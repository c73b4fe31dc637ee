"""Who signed: authority, position and name from the last signature block (box 7), beside ``Nơi nhận``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ocr.page import Box, Line, MarkKind, Page, Zone
from ocr.personal_names import FAMILY_NAMES
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.copies import copied_from
from sohoa.domain.extract.slips import Slip, nearest
from sohoa.domain.extract.spelling import expand, sentence_case
from sohoa.domain.records import Evidence, Field, Method, OriginalSignature
from sohoa.domain.vietnamese import fold, is_upper, letters, nfc, normalise

_AUTHORITY = re.compile(
    r"^\W*(TM|T/M|KT|K/T|TL|T/L|TUQ|Q|QUYỀN)\s*[.,:]?\s+(?=[A-ZĐÀ-Ỹ])|^\W*(TM|KT|TL|TUQ|Q)[.]"
)
_NAMES = {"T/M": "TM", "K/T": "KT", "T/L": "TL", "QUYỀN": "Q"}
_POSTS = (
    "chu tich|giam doc|chanh|truong|pho|bi thu|thu truong|chu nhiem|cuc|bo truong|uy vien|thu ky|tong|"
    "chi huy|thong doc|ke toan|dai dien|chu toa|nguoi lap|kiem sat vien|thuong truc"
)
_POST = re.compile(rf"\b(?:{_POSTS.replace(' ', ' ?')})\b")  # two words are read as one now and then
_KNOWN_POST = re.compile(
    r"^(?:(?:pho )?(?:tong giam doc|giam doc|chu tich|chanh van phong|chanh thanh tra|chanh an|vien truong|"
    r"hieu truong|(?:chi |tong )?cuc truong|bi thu|thu tuong|chu nhiem|chi huy truong|thong doc|"
    r"tong kiem toan|truong \w+)|bo truong|thu truong|quyen |q[.] )"
)
# Posts whose first letter a seal took away.
_CUT_POST = re.compile(
    r"^\W*(?:ruong (?:ban|phong|khoa)|iam doc|hu (?:tich|nhiem)|hanh (?:van phong|thanh tra)|i thu)\b"
)
_TITLE = re.compile(r"^(?:(?:GS|PGS|TS|ThS|BS|BSCKI{0,2}|CN|KS|Ths|NGƯT|LS|DS)\.?\s*)+|^(?:Ông|Bà)\s+")
_SYLLABLE = re.compile(r"^[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:[cmnpt]|ch|ng|nh)?$")
_FAMILIES = {fold(name): name for name in FAMILY_NAMES}
_POST_WORDS = frozenset({"trưởng", "phó", "lớp", "bí", "thư", "chủ", "tịch", "giám", "đốc", "phòng", "ban"})
_ROUND = " .,:;_|"
_STAMPED = 0.8
_MISREAD = 0.9
_UPPER_SHARE = 0.25
_FOOT = frozenset({Zone.FOOT_LEFT, Zone.FOOT_RIGHT})
_SCRAP = 0.35


def signer_fields(
    pages: Sequence[Page], signatures: Sequence[OriginalSignature], known: Sequence[str] = ()
) -> dict[str, Field]:
    """signer_name, signer_position, authority of the document on these pages.

    ``known`` are the posts that a misread position is mended to.
    """
    for page in reversed(_signing_pages(pages)):
        block = _block(page)
        fields = _fields(block, page, signatures, known) if block else {}
        if "signer_name" not in fields:
            fields |= _stamped(page)
        if "signer_name" in fields or "signer_position" in fields:
            return fields
    return {}


def _stamped(page: Page) -> dict[str, Field]:
    """The name that was stamped under the seal instead of printed."""
    for mark in page.marks:
        words = mark.text.split()
        named = 2 <= len(words) <= 5 and all(map(_looks_personal, words)) and fold(words[0]) in _FAMILIES
        if mark.kind is MarkKind.STAMP and named and mark.box.y > page.height_px * _UPPER_SHARE:
            seen = Evidence(Method.TEXT, mark.text, _STAMPED, page.number, mark.box)
            return {"signer_name": Field(normalise(mark.text), mark.text, _STAMPED, (seen,))}
    return {}


def _signing_pages(pages: Sequence[Page]) -> list[Page]:
    """Pages with ``Nơi nhận``; without any that can be read, pages with a foot."""
    addressed = [page for page in pages if any(_addressees(line) for line in page.lines)]
    return addressed or [page for page in pages if any(line.zone in _FOOT for line in page.lines)]


def _addressees(line: Line) -> bool:
    return letters(line.text).startswith(("noinhan", "noinhận", "nơinhận"))


def _block(page: Page) -> list[Line]:
    """The right column beside ``Nơi nhận`` from top to bottom, above a block of certified copy."""
    end = copied_from(page)
    anchor = next((line for line in page.lines if _addressees(line)), None)
    lines = []
    for line in page.lines:
        placed = line.zone is Zone.FOOT_RIGHT
        if anchor is not None and not placed and line.zone is Zone.BODY:
            placed = line.box.y > anchor.box.y - 0.06 * page.height_px and line.box.x > 0.42 * page.width_px
        if placed and line.box.y < end:
            lines.append(line)
    return sorted(lines, key=lambda line: line.box.y)


def _fields(
    block: Sequence[Line], page: Page, signatures: Sequence[OriginalSignature], known: Sequence[str]
) -> dict[str, Field]:
    posts = [line for line in block if _is_post(line, known)]
    below = [line for line in block if not posts or line.box.y > posts[-1].box.y]
    fields = _post_fields(posts, page, known)
    named = ((line, _name(line.text)) for line in below)
    names = [(line, name) for line, name in named if name and not _is_scrap(line, name)]
    if names:
        line, name = max(names, key=lambda item: (len(item[1].split()) >= 3, item[0].box.y))
        fields["signer_name"] = _name_field(line, name, page, signatures, bool(posts))
    return fields


def _is_scrap(line: Line, name: str) -> bool:
    """Whether the name is but ink read as letters: hardly read, and no family name begins it."""
    return line.confidence < _SCRAP and fold(name.split()[0]) not in _FAMILIES


def _is_post(line: Line, known: Sequence[str]) -> bool:
    text = nfc(line.text)
    read = _AUTHORITY.match(text) or _POST.search(fold(text)) or _CUT_POST.match(fold(text))
    return is_upper(text, 0.7) and bool(read or nearest(text.strip(_ROUND), known))


def _post_fields(posts: Sequence[Line], page: Page, known: Sequence[str]) -> dict[str, Field]:
    if not posts:
        return {}
    texts = [nfc(line.text).strip(_ROUND) for line in posts]
    box = Box.around(line.box for line in posts)
    share = clip(0.1 + 0.85 * min(line.confidence for line in posts))
    raw = "\n".join(texts)
    fields: dict[str, Field] = {}
    marks = [_mark(text) for text in texts]
    if any(marks):
        acted = [text for text, mark in zip(texts, marks, strict=True) if mark]
        value = ", ".join(map(_cased, acted))
        seen = Evidence(Method.TEXT, value, share, page.number, box)
        fields["authority"] = Field(value, "\n".join(acted), share, (seen,))
    if marks[-1] in ("", "Q"):  # a last line with TM., KT., TL. names the one acted for, not the signer
        fields["signer_position"] = _position(_cased(_mended(texts)), raw, share, page, box, known)
    return fields


def _position(read: str, raw: str, share: float, page: Page, box: Box, known: Sequence[str]) -> Field:
    """The position as read, or with its post as the list spells it where a letter or mark was misread."""
    seen = Evidence(Method.TEXT, read, share, page.number, box)
    post, how = mended_post(read, known)
    if post == read:
        return Field(read, raw, share, (seen,))
    sure = clip(share * _MISREAD) if how is Slip.LETTER else share
    return Field(post, raw, sure, (seen, Evidence(Method.REGISTER, post, sure)))


def mended_post(position: str, known: Sequence[str]) -> tuple[str, Slip]:
    """The position with the known post that begins it; what follows the post stays as it was read."""
    words = position.split()
    start = 1 if words and words[0].endswith(".") else 0
    for end in range(len(words), start, -1):
        found = nearest(" ".join(words[start:end]), known)
        if found is not None:
            post, how = found
            kept = position if how is Slip.NONE else " ".join([*words[:start], post, *words[end:]])
            return kept, how
    return position, Slip.NONE


def _mended(posts: Sequence[str]) -> str:
    """The last post without ink before it; ``PHÓ`` restored where ``KT.`` above it tells of a deputy."""
    last = posts[-1]
    if _AUTHORITY.match(last):
        return last
    words = last.split()
    start = next((i for i in range(len(words)) if _KNOWN_POST.match(fold(" ".join(words[i:])))), 0)
    kept = " ".join(words[start:])
    above = [_AUTHORITY.sub("", text).strip() for text in posts[:-1] if _mark(text) == "KT"]
    if above and start and letters(above[-1]) == letters(kept):
        return f"PHÓ {kept}"
    return kept


def _mark(text: str) -> str:
    match = _AUTHORITY.match(text)
    found = (match.group(1) or match.group(2)) if match else ""
    return _NAMES.get(found, found)


def _cased(text: str) -> str:
    mark = _mark(text)
    rest = sentence_case(expand(_AUTHORITY.sub("", text).strip(" \"'“”‘’*,;:|~")))
    return f"{mark}. {rest}" if mark else rest


def _name(text: str) -> str:
    """The personal name in a line, without academic titles and the ink around it; "" for none."""
    text = _TITLE.sub("", re.sub(r"[^\w\s.]", " ", nfc(text)).strip())
    words = re.sub(r"[\d_.]", " ", text).split()
    named = (run for run in _runs(words) if 2 <= len(run) <= 5 and not _names_posts(run))
    runs = [run for run in named if _stands_out(run, words)]
    if not runs:
        return ""
    best = max(runs, key=lambda run: (fold(run[0]) in _FAMILIES, len(run)))
    name = normalise(" ".join(best))
    return sentence_title(name) if is_upper(name) else name


def _stands_out(run: Sequence[str], words: Sequence[str]) -> bool:
    """Whether little else is in the line, or a whole name ends it: what stands before is a seal's ink."""
    if len(words) - len(run) <= 3:
        return True
    whole = 3 <= len(run) <= 4 and fold(run[0]) in _FAMILIES and not _POST.search(fold(" ".join(run)))
    return whole and list(words[-len(run) :]) == list(run)


def _names_posts(words: Sequence[str]) -> bool:
    """Whether the words are those of posts, as in a form's ``BÍ THƯ ĐOÀN LỚP PHÓ LỚP TRƯỞNG``."""
    return sum(word.lower() in _POST_WORDS for word in words) >= 2


def _runs(words: Sequence[str]) -> Iterator[list[str]]:
    """Words of the line in a row that may be a name, its lost family name restored, ink dropped."""
    run: list[str] = []
    for index, word in enumerate([*words, ""]):
        if word and _looks_personal(word):
            run.append(word)
            continue
        before = index - len(run) - 1
        if run and before >= 0 and fold(run[0]) not in _FAMILIES:
            run = [*_family(words[before]), *run]
        yield _without_ink(run)
        run = []


def _without_ink(words: list[str]) -> list[str]:
    """The name from its family name on: scraps of the signature before it are dropped."""
    while len(words) > 2 and words[0].isupper() and len(words[0]) > 1 and not words[-1].isupper():
        words = words[1:]
    starts = [i for i in range(1, len(words) - 1) if fold(words[i]) in _FAMILIES]
    if starts and fold(words[0]) not in _FAMILIES and len(words) - starts[0] >= 3:
        return words[starts[0] :]
    return words


def _family(word: str) -> list[str]:
    """The family name whose first letter a seal's rim took or spoilt, or nothing where several fit."""
    for fold_or_not in (str.lower, fold):
        read = fold_or_not(word)
        for rest in (read, read[1:]):
            fitting = [name for name in FAMILY_NAMES if len(rest) >= 2 and fold_or_not(name)[1:] == rest]
            if len(fitting) == 1:
                return fitting
    return []


def sentence_title(name: str) -> str:
    """Each syllable capitalised."""
    return " ".join(word.capitalize() for word in name.split())


def _with_family(name: str) -> str:
    """The name with its family name as it is written: ``Đẳng`` is ``Đặng`` misread."""
    first, *rest = name.split()
    alike = [family for family in FAMILY_NAMES if fold(family) == fold(first)]
    return " ".join([alike[0] if len(alike) == 1 else first, *rest])


def _looks_personal(word: str) -> bool:
    if not word[0].isupper() or not (word[1:].islower() or word.isupper() or len(word) == 1):
        return False
    return bool(_SYLLABLE.match(fold(word))) and (len(word) > 1 or fold(word) in "yo")


def _name_field(
    line: Line, name: str, page: Page, signatures: Sequence[OriginalSignature], posted: bool
) -> Field:
    share = 0.25 + 0.68 * line.confidence
    if not posted:
        share *= 0.8
    if fold(name.split()[0]) not in _FAMILIES:
        share *= 0.6
    if len(name.split()) == 2:
        share *= 0.85
    evidence = [Evidence(Method.TEXT, name, clip(share), page.number, line.box)]
    for signature in signatures:
        if letters(signature.signer) == letters(name):
            evidence.append(Evidence(Method.SIGNATURE, nfc(signature.signer), 0.97))
            name, share = normalise(signature.signer), 0.985
            break
    else:
        name = _with_family(name)
    return Field(name, nfc(line.text), clip(share), tuple(evidence))
