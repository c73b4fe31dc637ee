"""``PREMIS.xml``: what the objects of a package are, what was done to them, and by what (PREMIS 3.0)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sohoa.adapters.packages.xml import PREMIS, XSI, Element, child, moment, root
from sohoa.domain.packages.package import DossierPackage, PackedDocument

_SCHEMAS = {PREMIS: "http://www.loc.gov/standards/premis/premis.xsd"}
_VERSION = {"version": "3.0"}
_PDFA_2B = ("PDF/A-2b", "https://www.nationalarchives.gov.uk/PRONOM/", "fmt/477")
_PACKED = "information package creation"
_DIGITIZED = "transfer"


def of_package(package: DossierPackage, program: str) -> Element:
    """The package as an intellectual entity and its creation."""
    tree = root(PREMIS, "premis", _SCHEMAS, _VERSION)
    _entity(tree, package.object_id)
    event = _event(tree, f"{package.object_id}#created", _PACKED, package.created_at, program)
    _linked(event, "Object", package.object_id)
    _agent(tree, program, "software")
    return tree


def of_representation(package: DossierPackage, paths: Mapping[str, str], program: str) -> Element:
    """Each document's file with its SHA-256, and when it was digitized by what; ``paths`` by record id."""
    tree = root(PREMIS, "premis", _SCHEMAS, _VERSION)
    for document in package.documents:
        _file(tree, document, paths[document.record_id])
    for document in package.documents:
        made = datetime.fromisoformat(document.signed_at)
        event = _event(tree, f"{document.record_id}#digitized", _DIGITIZED, made, program, _tools(document))
        _linked(event, "Object", paths[document.record_id])
    _agent(tree, program, "software")
    return tree


def _entity(tree: Element, name: str) -> None:
    made = child(tree, "object", {f"{{{XSI}}}type": "premis:intellectualEntity"})
    _identifier(made, "object", "local", name)


def _file(tree: Element, document: PackedDocument, path: str) -> None:
    made = child(tree, "object", {f"{{{XSI}}}type": "premis:file"})
    _identifier(made, "object", "filepath", path)
    _identifier(made, "object", "record", document.record_id)
    facts = child(made, "objectCharacteristics")
    child(facts, "compositionLevel", text="0")
    fixity = child(facts, "fixity")
    child(fixity, "messageDigestAlgorithm", text="SHA-256")
    child(fixity, "messageDigest", text=document.entry.sha256)
    child(facts, "size", text=str(document.entry.size_bytes))
    _format(child(facts, "format"))


def _format(parent: Element) -> None:
    name, registry, key = _PDFA_2B
    child(child(parent, "formatDesignation"), "formatName", text=name)
    listed = child(parent, "formatRegistry")
    child(listed, "formatRegistryName", text=registry)
    child(listed, "formatRegistryKey", text=key)


def _event(tree: Element, name: str, kind: str, at: datetime, program: str, detail: str = "") -> Element:
    made = child(tree, "event")
    _identifier(made, "event", "local", name)
    child(made, "eventType", text=kind)
    child(made, "eventDateTime", text=moment(at))
    if detail:
        child(child(made, "eventDetailInformation"), "eventDetail", text=detail)
    _linked(made, "Agent", program)
    return made


def _linked(event: Element, kind: str, name: str) -> None:
    made = child(event, f"linking{kind}Identifier")
    child(made, f"linking{kind}IdentifierType", text="local")
    child(made, f"linking{kind}IdentifierValue", text=name)


def _agent(tree: Element, name: str, kind: str) -> None:
    made = child(tree, "agent")
    _identifier(made, "agent", "local", name)
    child(made, "agentName", text=name)
    child(made, "agentType", text=kind)


def _identifier(parent: Element, of: str, kind: str, value: str) -> None:
    made = child(parent, f"{of}Identifier")
    child(made, f"{of}IdentifierType", text=kind)
    child(made, f"{of}IdentifierValue", text=value)


def _tools(document: PackedDocument) -> str:
    return ", ".join(_versions(document.tools.items()))


def _versions(tools: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (f"{name} {version}" for name, version in sorted(tools))
