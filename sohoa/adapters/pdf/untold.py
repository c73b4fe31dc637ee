"""Fonts that tell no letters any more: what they draw stays, and the page's own layer has its words.

A page's fonts may say ``n-ớc`` for what they draw as ``nước``, or letters of an encoding of before Unicode.
Each code of such a font is a space by its new ToUnicode map (ISO 32000-1, 9.10.3).
"""

from __future__ import annotations

from collections.abc import Iterable

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, Stream

_MAX_DEPTH = 12
_MAX_RANGES = 100
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<{first}> <{last}>
endcodespacerange
{ranges}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class Untold:
    """The fonts and forms of one document that were made so, each once."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._made: dict[tuple[int, int], Object] = {}
        self._maps: dict[bool, Stream] = {}

    def apply(self, page: pikepdf.Page) -> None:
        """Let no font of the page tell letters; other pages that share its fonts and forms keep theirs."""
        page.obj.Resources = self._resources(page.obj.get(Name.Resources), 0)

    def _resources(self, resources: Object | None, depth: int) -> Dictionary:
        own = Dictionary(dict(resources.items()) if isinstance(resources, Dictionary) else {})
        fonts, forms = own.get(Name.Font), own.get(Name.XObject)
        if isinstance(fonts, Dictionary):
            own[Name.Font] = Dictionary({key: self._font(font) for key, font in fonts.items()})
        if isinstance(forms, Dictionary) and depth < _MAX_DEPTH:
            own[Name.XObject] = Dictionary({key: self._form(form, depth) for key, form in forms.items()})
        return own

    def _font(self, font: Object) -> Object:
        if not isinstance(font, Dictionary):
            return font
        if font.objgen not in self._made or not font.is_indirect:
            copy = Dictionary(dict(font.items()))
            copy.ToUnicode = self._map(two_bytes=font.get(Name.Subtype) == Name.Type0)
            self._made[font.objgen] = self._pdf.make_indirect(copy)
        return self._made[font.objgen]

    def _form(self, form: Object, depth: int) -> Object:
        if not isinstance(form, Stream) or form.get(Name.Subtype) != Name.Form or Name.Resources not in form:
            return form
        if form.objgen not in self._made:
            copy = self._made[form.objgen] = self._pdf.make_stream(form.read_raw_bytes())
            for key, value in form.items():
                if key not in ("/Length", "/Resources"):
                    copy[key] = value
            copy[Name.Resources] = self._resources(form.get(Name.Resources), depth + 1)
        return self._made[form.objgen]

    def _map(self, *, two_bytes: bool) -> Stream:
        if two_bytes not in self._maps:
            self._maps[two_bytes] = self._pdf.make_stream(_spaces(two_bytes=two_bytes))
        return self._maps[two_bytes]


def _spaces(*, two_bytes: bool) -> bytes:
    """A ToUnicode map in which every code is a space."""
    row = f"[{'<0020>' * 256}]"
    high: Iterable[str] = (f"{byte:02X}" for byte in range(256)) if two_bytes else ("",)
    ranges = [f"<{byte}00> <{byte}FF> {row}\n" for byte in high]
    blocks = [ranges[start : start + _MAX_RANGES] for start in range(0, len(ranges), _MAX_RANGES)]
    written = "".join(f"{len(block)} beginbfrange\n{''.join(block)}endbfrange\n" for block in blocks)
    first, last = ("0000", "FFFF") if two_bytes else ("00", "FF")
    return _CMAP.format(first=first, last=last, ranges=written).encode("ascii")
