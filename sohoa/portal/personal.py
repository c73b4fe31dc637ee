"""The personal data of a record, to an archivist who says what for."""

from __future__ import annotations

from starlette.responses import Response

from sohoa.domain.errors import InvalidRequest
from sohoa.portal.asking import Asked, Pages
from sohoa.usecases.search.personal_places import PersonalShown, personal_places

_REFUSED = 400


def add_personal(pages: Pages) -> None:
    """``/records/ID/personal``, a form's answer, so that neither purpose nor data is in an address."""
    pages.post("personal_data", "/records/{record_id}/personal", _personal)


def _personal(asked: Asked) -> Response:
    record_id, purpose = asked.part("record_id"), asked.form.get("purpose", "")
    try:
        shown = personal_places(asked.reader, asked.services, record_id, purpose, "portal")
    except InvalidRequest as error:
        if error.code != "purpose":
            raise
        return _page(asked, record_id, PersonalShown((), ()), purpose, _REFUSED)
    return _page(asked, record_id, shown, purpose)


def _page(asked: Asked, record_id: str, shown: PersonalShown, purpose: str, status: int = 200) -> Response:
    return asked.page(
        "personal.html.j2", status, record_id=record_id, shown=shown, purpose=purpose, refused=status != 200
    )
