"""Removal of an invisible text layer that a former OCR run left, so that no page carries two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Object, Operator, Pdf, Stream

_INVISIBLE = 3
_SHOWS = ("Tj", "TJ", "'", '"')
_NEXT_LINE = ("'", '"')
_MAX_DEPTH = 12

_Kept = list[ContentStreamInstruction | pikepdf.ContentStreamInlineImage]


def strip_invisible_text(pdf: Pdf, page: pikepdf.Page) -> bool:
    """Remove text shown in rendering mode 3; a page without any stays byte for byte as it is.

    Raises ``pikepdf.PdfError`` for content that cannot be parsed.
    """
    walk = _Walk()
    kept = walk.filtered(page, page.obj.get(Name.Resources), 0)
    if kept is not None:
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
        _drop_unused_fonts(page, kept)
    return kept is not None or walk.forms_changed


class _Walk:
    """One page's content and the forms it draws, each form once."""

    def __init__(self) -> None:
        self.forms_changed = False
        self._seen: set[tuple[int, int]] = set()
        self._depth = 0

    def filtered(self, content: pikepdf.Page | Object, resources: Object | None, mode: int) -> _Kept | None:
        """The instructions without invisible text, or None when there was none; forms change in place."""
        kept: _Kept = []
        removed, stack = False, []
        for instruction in pikepdf.parse_content_stream(content):
            operator = str(instruction.operator)
            if operator == "q":
                stack.append(mode)
            elif operator == "Q" and stack:
                mode = stack.pop()
            elif operator == "Tr":
                mode = _integer(instruction)
            elif operator == "Do":
                self._strip_form(instruction, resources, mode)
            if operator not in _SHOWS or mode != _INVISIBLE:
                kept.append(instruction)
                continue
            removed = True
            if operator in _NEXT_LINE:
                kept.append(ContentStreamInstruction([], Operator("T*")))
        return kept if removed else None

    def _strip_form(self, instruction: object, resources: Object | None, mode: int) -> None:
        form = _named(instruction, resources)
        if form is None or form.objgen in self._seen or self._depth >= _MAX_DEPTH:
            return
        self._seen.add(form.objgen)
        self._depth += 1
        kept = self.filtered(form, form.get(Name.Resources, resources), mode)
        self._depth -= 1
        if kept is not None:
            form.write(pikepdf.unparse_content_stream(kept))
            self.forms_changed = True


def _named(instruction: object, resources: Object | None) -> Stream | None:
    """The form XObject that a Do operator draws."""
    xobjects = resources.get(Name.XObject) if isinstance(resources, Dictionary) else None
    operands: Sequence[Any] = getattr(instruction, "operands", ())
    if not isinstance(xobjects, Dictionary) or len(operands) != 1 or not isinstance(operands[0], Name):
        return None
    form = xobjects.get(operands[0])
    return form if isinstance(form, Stream) and form.get(Name.Subtype) == Name.Form else None


def _integer(instruction: object) -> int:
    operands: Sequence[Any] = getattr(instruction, "operands", ())
    try:
        return int(operands[0])
    except (IndexError, TypeError, ValueError):
        return 0


def _drop_unused_fonts(page: pikepdf.Page, kept: _Kept) -> None:
    resources = page.obj.get(Name.Resources)
    fonts = resources.get(Name.Font) if isinstance(resources, Dictionary) else None
    if not isinstance(resources, Dictionary) or not isinstance(fonts, Dictionary):
        return
    used = {str(item.operands[0]) for item in kept if str(item.operator) == "Tf" and len(item.operands) == 2}
    own = Dictionary(dict(resources.items()))
    own[Name.Font] = Dictionary({key: value for key, value in fonts.items() if key in used})
    page.obj.Resources = own
