"""``METS.xml`` of a package and of its representation (METS 1.12, E-ARK CSIP 2.0.4, TT 05/2025 annex I)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sohoa.adapters.packages.xml import CSIP, METS, XLINK, Element, child, moment, root

_PROFILES = {
    "AIP": "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml",
    "SIP": "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml",
}
_SCHEMAS = {
    METS: "http://www.loc.gov/standards/mets/version112/mets.xsd",
    XLINK: "http://www.w3.org/1999/xlink.xsd",
    CSIP: "https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd",
}
_CATEGORY = "Textual works – Digital"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the package: its path from the METS that lists it, type, size and SHA-256."""

    path: str
    media_type: str
    size_bytes: int
    sha256: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Contents:
    """What one METS lists: descriptions, preservation metadata, groups of files by use, representations.

    ``submitter`` is the agency that hands a SIP over.
    """

    object_id: str
    oais: str
    created_at: datetime
    program: str
    version: str
    descriptive: Sequence[Listed]
    preservation: Sequence[Listed]
    groups: Mapping[str, Sequence[Listed]]
    representations: Mapping[str, Listed]
    submitter: str


def mets(contents: Contents) -> Element:
    """The document; every file is listed with its SHA-256."""
    tree = root(
        METS,
        "mets",
        _SCHEMAS,
        {
            "OBJID": contents.object_id,
            "TYPE": _CATEGORY,
            "PROFILE": _PROFILES[contents.oais],
            f"{{{CSIP}}}CONTENTINFORMATIONTYPE": "MIXED",
        },
    )
    _header(tree, contents)
    described = [_reference(tree, "dmdSec", "dmd", n, f) for n, f in enumerate(contents.descriptive, 1)]
    section = child(tree, "amdSec", {"ID": "amd"})
    kept = [_reference(section, "digiprovMD", "premis", n, f) for n, f in enumerate(contents.preservation, 1)]
    uses = _files(tree, contents)
    _structure(tree, contents, " ".join(described), " ".join(kept), uses)
    return tree


def _header(tree: Element, contents: Contents) -> None:
    header = child(
        tree,
        "metsHdr",
        {
            "CREATEDATE": moment(contents.created_at),
            "RECORDSTATUS": "NEW",
            f"{{{CSIP}}}OAISPACKAGETYPE": contents.oais,
        },
    )
    agent = child(header, "agent", {"ROLE": "CREATOR", "TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"})
    child(agent, "name", text=contents.program)
    child(agent, "note", {f"{{{CSIP}}}NOTETYPE": "SOFTWARE VERSION"}, contents.version)
    if contents.oais == "SIP":
        child(
            child(header, "agent", {"ROLE": "CREATOR", "TYPE": "ORGANIZATION"}),
            "name",
            text=contents.submitter,
        )


def _reference(parent: Element, section: str, kind: str, number: int, file: Listed) -> str:
    """A section that refers to a file of metadata; returns its id."""
    name = f"{kind}-{number}"
    made = child(
        parent,
        section,
        {"ID": name, "CREATED": moment(file.created_at), "STATUS": "CURRENT"}
        if section == "dmdSec"
        else {"ID": name, "STATUS": "CURRENT"},
    )
    of = {"MDTYPE": "EAD"} if kind == "dmd" else {"MDTYPE": "PREMIS", "MDTYPEVERSION": "3.0"}
    child(made, "mdRef", {**_link(file), **of, **_facts(file)})
    return name


def _files(tree: Element, contents: Contents) -> Mapping[str, str]:
    """The section of files; the id of each group by its use."""
    section = child(tree, "fileSec", {"ID": "files"})
    groups = {**contents.groups, **{use: (file,) for use, file in contents.representations.items()}}
    for number, (use, files) in enumerate(groups.items(), 1):
        group = child(section, "fileGrp", {"ID": f"group-{number}", "USE": use})
        if use in contents.representations:
            group.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "MIXED")
        for place, file in enumerate(files, 1):
            entry = child(group, "file", {"ID": f"ID-{number}-{place}", **_facts(file)})
            child(entry, "FLocat", _link(file))
    return {use: f"group-{number}" for number, use in enumerate(groups, 1)}


def _structure(tree: Element, contents: Contents, dmd: str, premis: str, uses: Mapping[str, str]) -> None:
    chart = child(tree, "structMap", {"ID": "structure", "TYPE": "PHYSICAL", "LABEL": "CSIP"})
    whole = child(chart, "div", {"ID": "div", "LABEL": contents.object_id})
    ids = {name: value for name, value in (("DMDID", dmd), ("ADMID", premis)) if value}
    child(whole, "div", {"ID": "div-metadata", "LABEL": "Metadata", **ids})
    for use, group in uses.items():
        part = child(whole, "div", {"ID": f"div-{group}", "LABEL": use})
        listed = contents.representations.get(use)
        if listed:
            child(part, "mptr", {**_link(listed), f"{{{XLINK}}}title": group})
        else:
            child(part, "fptr", {"FILEID": group})


def _link(file: Listed) -> dict[str, str]:
    return {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": file.path}


def _facts(file: Listed) -> dict[str, str]:
    return {
        "MIMETYPE": file.media_type,
        "SIZE": str(file.size_bytes),
        "CREATED": moment(file.created_at),
        "CHECKSUM": file.sha256,
        "CHECKSUMTYPE": "SHA-256",
    }
