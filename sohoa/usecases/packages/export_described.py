"""Export in packages of TT 05/2025: hồ sơ (AIP_hoso, SIP_hoso), documents in none (AIP_tailieu)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sohoa.domain.archive.disposal import DISPOSED
from sohoa.domain.dossiers.dossier import DossierSummary
from sohoa.domain.errors import Corrupt, InvalidRequest, NotFound
from sohoa.domain.packages.describe import document_values, dossier_values, loose_values
from sohoa.domain.packages.elements import Kind, Values
from sohoa.domain.packages.package import DossierPackage, PackedDocument, faults_of, identity_of
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.ports import PackageWriter, RecordRow
from sohoa.usecases.archive.store import Loaded, copy_path
from sohoa.usecases.archive.versions import visible
from sohoa.usecases.dossiers.lists import list_dossiers, members_of
from sohoa.usecases.packages.export import Exported, ExportServices, fetcher, written

Found = tuple[RecordRow, Loaded]


def export_dossiers(
    reader: Reader,
    services: ExportServices,
    writer: PackageWriter,
    agency: str,
    code: str = "",
    kind: Kind = Kind.AIP_HOSO,
) -> Iterator[Exported]:
    """A package of that kind of each of the agency's hồ sơ, of one code if wanted.

    Raises ``NotAllowed`` for who is no archivist by name, ``NotFound`` where there is no such hồ sơ.
    """
    reader.decides(Right.PERSONAL)
    found = list_dossiers(reader, services.dossiers, services.records, agency, code)
    if code and not found:
        raise NotFound("dossier", f"there is no file {code!r}")
    for dossier in found:
        try:
            package = _dossier(reader, services, writer, dossier, kind)
        except Corrupt as error:
            package = Exported(dossier.code, damage=str(error))
        yield package


def export_loose(
    reader: Reader,
    services: ExportServices,
    writer: PackageWriter,
    record_ids: Sequence[str],
    head: tuple[str, str, str, str],
) -> Exported:
    """One AIP_tailieu of these records, in this order; ``head`` is code, title, source and note of a person.

    Raises ``NotAllowed`` for who is no archivist by name, ``NotFound`` for a record that is not there,
    ``InvalidRequest`` for one that is in a hồ sơ, was withdrawn, or is of another agency than the first.
    """
    reader.decides(Right.PERSONAL)
    found = [visible(reader, services, name) for name in dict.fromkeys(record_ids)]
    agencies = {row.agency for row, _ in found}
    if len(agencies) != 1:
        raise InvalidRequest("usage", "a package of loose documents names records of one agency")
    for row, _ in found:
        if row.withdrawn:
            raise InvalidRequest("withdrawn", f"record {row.record_id} was withdrawn: {row.withdrawn}")
        for member in services.dossiers.of_record(row.record_id):
            raise InvalidRequest("in_dossier", f"record {row.record_id} is in the file {member.code!r}")
    places = range(1, len(found) + 1)
    (agency,) = agencies
    return _packed(reader, services, writer, agency, loose_values(*head), found, places, Kind.AIP_TAILIEU)


def _dossier(
    reader: Reader, services: ExportServices, writer: PackageWriter, dossier: DossierSummary, kind: Kind
) -> Exported:
    members = [
        member
        for member in members_of(reader, services.dossiers, dossier.agency, dossier.code)
        if not _is_disposed_of(services, member.record_id)
    ]
    try:
        seen = [visible(reader, services, member.record_id) for member in members]
    except NotFound as error:
        return Exported(dossier.code, damage=str(error))
    held = [(member, found) for member, found in zip(members, seen, strict=True) if not found[0].withdrawn]
    values = dossier_values(dossier, [newest.record for _, (_, newest) in held], kind)
    places = _places([member.ordinal for member, _ in held])
    found = [each for _, each in held]
    return _packed(reader, services, writer, dossier.agency, values, found, places, kind, dossier.code)


def _is_disposed_of(services: ExportServices, record_id: str) -> bool:
    row = services.records.record(record_id)
    return row is not None and row.withdrawn.startswith(DISPOSED)


def _packed(
    reader: Reader,
    services: ExportServices,
    writer: PackageWriter,
    agency: str,
    head: Values,
    found: Sequence[Found],
    places: Sequence[int],
    kind: Kind,
    subject: str = "",
) -> Exported:
    """The package of these records, written unless its descriptions lack something."""
    subject = subject or head.get("arcFileCode", "")
    documents = [_document(each, head, place, kind) for place, (_, each) in zip(places, found, strict=True)]
    wrong = faults_of(head, documents, kind)
    if wrong or not documents:
        return Exported(subject, faults=wrong, damage="" if wrong else "no record")
    manifests = [newest.manifest_sha256 for _, newest in found]
    identity = identity_of(agency, subject, manifests, [head, *(packed.values for packed in documents)])
    name, now = services.agencies.name(agency), services.clock.now()
    package = DossierPackage(agency, name, identity, head, documents, now, kind)
    return written(
        reader,
        services,
        [row for row, _ in found],
        Exported(subject, package.folder, already=writer.holds(package.folder)),
        lambda: writer.write_dossier(package, fetcher(services, agency)),
    )


def _places(ordinals: Sequence[int | None]) -> Sequence[int]:
    """The records' own ordinals; their order where one lacks it or two share one."""
    known = [ordinal for ordinal in ordinals if ordinal is not None]
    return known if len(set(known)) == len(ordinals) else range(1, len(ordinals) + 1)


def _document(newest: Loaded, head: Values, ordinal: int, kind: Kind) -> PackedDocument:
    copy = copy_path(newest.manifest)
    record = newest.record
    return PackedDocument(
        newest.agency,
        newest.manifest.record_id,
        document_values(record, head, ordinal, kind),
        copy,
        newest.manifest.files[copy],
        record["seal"]["signing_time"],
        record["tools"],
        is_signed=bool(record["seal"]["signer"]),
    )
