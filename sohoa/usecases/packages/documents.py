"""Documents of a package that is not of our records: they go the way of every scan, from the inbox on."""

from __future__ import annotations

import re

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import Rejected
from sohoa.domain.inbox.folder_documents import MANIFEST_NAME
from sohoa.domain.packages.received import Flaw, PackageDescription, PackageRefused
from sohoa.domain.packages.shop_list import dossier_entry, shop_list
from sohoa.domain.protection.access import CONDITIONAL, PUBLIC, Reader
from sohoa.ports import ReceivedPackage
from sohoa.usecases.digests import file_sha256
from sohoa.usecases.packages.imported import Imported, ImportServices
from sohoa.usecases.pipeline.ingest import files_below, ingest


def take_documents(
    reader: Reader, services: ImportServices, package: ReceivedPackage, agency: str
) -> Imported:
    """Put the package's documents into the agency's inbox, in a batch of its name; all or none.

    What a package of TT 05/2025 says of them comes as ``manifest.csv``, what it says of the hồ sơ as the line
    of a list, unless a list names it already. Raises ``PackageRefused``.
    """
    if not services.agencies.knows(agency) or not reader.access.covers(agency):
        raise PackageRefused(Flaw.AGENCY, package.name, agency)
    if not package.files:
        raise PackageRefused(Flaw.NO_DOCUMENT, package.name)
    for path in package.files:
        if any(name.startswith(".") for name in path.split("/")):
            raise PackageRefused(Flaw.HIDDEN, path)
    if package.description:
        _check_open(package.description)
        if MANIFEST_NAME in package.files:
            raise PackageRefused(Flaw.TWICE, MANIFEST_NAME)
        (package.payload / MANIFEST_NAME).write_bytes(shop_list(package.description, services.types))
    batch = re.sub(r"[^\w.-]", "_", package.name).lstrip(".") or "package"
    keys = _keys(services, package, agency, batch)
    if package.description:
        _enter_dossier(reader, services, package.description, agency, package.name)
    done = ingest(services, [package.payload], agency, batch)
    if done.faults:
        raise PackageRefused(Flaw.HELD, package.name, done.faults[0])
    if done.copied:
        details = {"package": package.name, "documents": len(package.files)}
        now = services.clock.now()
        services.events.append(f"packages:{agency}", reader.actor, Action.IMPORTED, details, now)
    return Imported(package.name, keys=keys, already=not done.copied)


def _check_open(description: PackageDescription) -> None:
    """What is called secret, or by no name that is known, has no business here, not even in an inbox."""
    for path, mode in description.modes:
        if mode not in ("", PUBLIC, CONDITIONAL):
            raise PackageRefused(Flaw.CLASSIFIED, path, f"mode {mode}")


def _keys(services: ImportServices, package: ReceivedPackage, agency: str, batch: str) -> tuple[str, ...]:
    """The inbox keys of the documents; raises ``PackageRefused`` where one holds other bytes."""
    found = list[str]()
    for relative, file in files_below(package.payload, batch):
        key = f"{agency}/{relative}"
        try:
            here = services.store.stat(services.policy.inbox, key)
        except Rejected as error:
            raise PackageRefused(Flaw.PATH, relative, error.detail) from error
        if here is not None:
            with services.store.fetch(services.policy.inbox, key) as held:
                if file_sha256(held) != file_sha256(file):
                    raise PackageRefused(Flaw.HELD, key)
        if file.name != MANIFEST_NAME:
            found.append(key)
    return tuple(found)


def _enter_dossier(
    reader: Reader, services: ImportServices, description: PackageDescription, agency: str, name: str
) -> None:
    entry = dossier_entry(description, agency, name)
    if entry is None or any(True for _ in services.dossiers.listed(agency=agency, code=entry.code)):
        return
    now = services.clock.now()
    services.dossiers.enter([entry], now)
    details = {"file": name, "new": 1, "changed": 0}
    services.events.append(f"files:{agency}", reader.actor, Action.DOSSIERS_ENTERED, details, now)
