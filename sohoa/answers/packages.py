"""Packages that were written or taken in: export.json, package_import.json."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sohoa.answers.package_reasons import refusal_sentence
from sohoa.domain.packages.elements import Fault
from sohoa.domain.packages.package import SIGNATURE
from sohoa.usecases.packages.export import Exported
from sohoa.usecases.packages.imported import Imported


def export_answer(packages: Sequence[Exported]) -> dict[str, Any]:
    """Every package: written now, there before, or not written and why."""
    return {"packages": [_package(package) for package in packages]}


def import_answer(packages: Sequence[Imported]) -> dict[str, Any]:
    """Every package: taken now, here before, or refused whole and why."""
    return {"packages": [_imported(package) for package in packages]}


def _imported(package: Imported) -> dict[str, Any]:
    refused = package.refused
    return {
        "package": package.package,
        "state": import_state(package),
        "record_id": package.record_id,
        "keys": list(package.keys),
        "refused": {
            "flaw": refused.flaw.value,
            "place": refused.place,
            "detail": refused.detail,
            "message": refusal_sentence(refused),
        }
        if refused
        else None,
    }


def import_state(package: Imported) -> str:
    """``record``, ``documents``, ``already`` or ``refused``."""
    if package.refused:
        return "refused"
    if package.already:
        return "already"
    return "record" if package.record_id else "documents"


def _package(package: Exported) -> dict[str, Any]:
    return {
        "subject": package.subject,
        "state": state(package),
        "folder": package.folder,
        "faults": [{**asdict(fault), "message": fault_sentence(fault)} for fault in package.faults],
        "damage": package.damage,
        "on_hold": list(package.on_hold),
    }


def state(package: Exported) -> str:
    """``written``, ``already`` or ``refused``."""
    if package.faults or package.damage:
        return "refused"
    return "already" if package.already else "written"


def fault_sentence(fault: Fault) -> str:
    """What is wrong with an element of the description, in Vietnamese."""
    where = f"{fault.where}: " if fault.where else ""
    if fault.element == SIGNATURE:
        return f"{where}bản lưu trữ chưa được ký số; chạy sohoa seal --pending rồi thử lại"
    if not fault.length:
        return f"{where}thiếu {fault.element} (bắt buộc)"
    return f"{where}{fault.element} dài {fault.length} ký tự, nhiều nhất {fault.limit}"
