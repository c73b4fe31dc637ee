"""What to type next after a refusal, by its code: errors themselves know no command line."""

from __future__ import annotations

from collections.abc import Mapping

from sohoa.domain.errors import Refused

_NEXT: Mapping[str, str] = {
    "account": "`sohoa user list` shows the accounts",
    "agency": "codes are in config/agencies.yaml",
    "agency_needed": "add --agency CODE; codes are in config/agencies.yaml",
    "anonymous": (
        "add --as NAME; a line of config/people.yaml makes the name known: {{name: NAME, roles: [{role}]}}"
    ),
    "delivery": "`sohoa deliveries` shows how each stands",
    "dossier": "`sohoa files list` shows the codes, `sohoa files import` enters a list",
    "in_dossier": "`sohoa export --form aip --file CODE` packs that",
    "held_object": "`sohoa quarantine list` shows what is held",
    "missing_value": "`sohoa review set {record_id} {field}=VALUE`, or `{field}=` when the paper shows none",
    "person": "a line of config/people.yaml makes the name known",
    "record": "`sohoa search`, `sohoa list` and `sohoa review list` show ids",
    "no_hold": "`sohoa hold list --as NAME` shows the holds",
    "nothing_proposed": "`sohoa dispose propose {record_id} --reason TEXT --as NAME`, by another person",
    "on_hold": "`sohoa hold release {record_id} --reason TEXT --as NAME` ends it",
    "role": "roles are given in config/people.yaml, those of accounts by `sohoa user add`",
    "sample": "`sohoa review sample` draws one: add --size N --accept-number C",
    "second_archivist": "add --as NAME of another archivist",
    "secrecy_mark": "if the page bears no secrecy mark at all, say so with --false-alarm",
    "term": "`sohoa files expired` shows the hồ sơ whose term is over",
    "changed": "look again: `sohoa review show {record_id}`",
    "second_person": "add --as NAME of another administrator",
    "why": "add --reason TEXT",
}


def after_refusal(error: Refused) -> str:
    """What to do now, or an empty text where the error says all."""
    return _NEXT.get(error.code, "").format(**error.details)
