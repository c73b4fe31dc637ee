"""The API's description for programs (OpenAPI 3.1), made of the schemas that the command line answers by."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from sohoa.portal.api.problems import PROBLEM, STATUSES
from sohoa.portal.questions import MOST_LETTERS

SORTS = ("relevance", "date")
_HERE = "#/components/schemas/"
_CURSOR = {"type": "string", "description": "For `cursor` of the next question; empty at the end."}
_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string", "maxLength": 200}
_AGENCY = ("agency", _TEXT, "Code of an agency.")
_PAGING = (
    ("limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}, "How many at once."),
    ("cursor", {"type": "string", "maxLength": 2000}, "`next` of the answer before."),
)
_SEARCH = (
    ("q", {"type": "string", "maxLength": MOST_LETTERS}, "Words, phrases, field filters; as `sohoa search`."),
    _AGENCY,
    ("type", _TEXT, "Name of a type of document."),
    ("issued_from", _DAY, "Issued on that day or later."),
    ("issued_to", _DAY, "Issued on that day or before."),
    ("sort", {"type": "string", "enum": list(SORTS)}, "Order; without it the most fitting first."),
    *_PAGING,
)
_RECORD = ("record_id", {"type": "string"}, "A record's id.")
_NUMBER = ("number", {"type": "integer", "minimum": 1}, "Number of the page.")
Parameter = tuple[str, Mapping[str, Any], str]


@functools.cache
def description() -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sohoa",
            "version": "1",
            "description": "Records of the digital archive, for whoever shows a token of `sohoa user token`.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": {
            "/records": _get("Search records", "records", "RecordList", _SEARCH),
            "/records/{record_id}": _get("A record", "records", "Record", path=(_RECORD,)),
            "/records/{record_id}/pages/{number}": _get(
                "A page of a record: its text with places in pixels, or its picture",
                *("records", "Page"),
                path=(_RECORD, _NUMBER),
                picture=True,
            ),
            "/coverage": _get(
                "Digitized papers against declared holdings",
                *("coverage", "Coverage"),
                (_AGENCY, ("as_of", _DAY, "At the end of that day in Vietnam.")),
            ),
            "/review": _get("Records that wait for a person", "review", "Queue", (_AGENCY, *_PAGING)),
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _get(
    summary: str,
    scope: str,
    schema: str,
    query: Sequence[Parameter] = (),
    path: Sequence[Parameter] = (),
    picture: bool = False,
) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": {"$ref": _HERE + schema}}}
    if picture:
        content["image/png"] = {"schema": {"type": "string", "contentMediaType": "image/png"}}
    told = {"content": {PROBLEM: {"schema": {"$ref": f"{_HERE}Problem"}}}}
    problems = {str(status): {"description": "A problem.", **told} for status in STATUSES}
    return {
        "get": {
            "summary": summary,
            "description": f"Needs a token of the scope `{scope}`.",
            "parameters": [
                *_parameters("path", path, required=True),
                *_parameters("query", query, required=False),
            ],
            "responses": {"200": {"description": "Found.", "content": content}, **problems},
        }
    }


def _parameters(place: str, given: Sequence[Parameter], required: bool) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": place, "required": required, "schema": dict(schema), "description": text}
        for name, schema, text in given
    ]


def _schemas() -> dict[str, Any]:
    found, queue = _stored("search"), _stored("queue")
    found["properties"]["next"] = _CURSOR
    found["required"].append("next")
    place = {"type": "array", "items": {"type": "integer"}, "minItems": 4, "maxItems": 4}
    line = _object({"text": {"type": "string"}, "box": place | {"description": "x, y, width, height."}})
    pixels = {"type": "integer", "minimum": 1}
    return {
        "RecordList": found,
        "Record": _stored("show"),
        "Page": _object(
            {
                "number": pixels,
                "width_px": pixels,
                "height_px": pixels,
                "turned_deg": {"enum": [0, 90, 180, 270]},
                "lines": {"type": "array", "items": line},
            }
        ),
        "Coverage": _stored("coverage"),
        "Queue": _object({"waiting": queue, "next": _CURSOR}),
        "Problem": _object(
            {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}}
            | {"detail": {"type": "string"}, "code": {"type": "string"}}
        ),
        **_stored("definitions")["$defs"],
        **_stored("coverage")["$defs"],
    }


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _stored(name: str) -> dict[str, Any]:
    """A schema of ``sohoa.answers`` with its references turned into those of this description."""
    text = (files("sohoa.answers") / "schemas" / f"{name}.json").read_text("utf-8")
    for reference in ("definitions.json#/$defs/", "#/$defs/"):
        text = text.replace(f'"$ref": "{reference}', f'"$ref": "{_HERE}')
    schema: dict[str, Any] = json.loads(text)
    return {key: value for key, value in schema.items() if key not in ("$schema", "$id")}
