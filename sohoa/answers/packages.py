"""Packages that were written for another system: export.json."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sohoa.domain.packages.elements import Fault
from sohoa.domain.packages.package import SIGNATURE
from sohoa.usecases.packages.export import Exported


def export_answer(packages: Sequence[Exported]) -> dict[str, Any]:
    """Every package: written now, there before, or not written and why."""
    return {"packages": [_package(package) for package in packages]}


def _package(package: Exported) -> dict[str, Any]:
    return {
        "subject": package.subject,
        "state": state(package),
        "folder": package.folder,
        "faults": [{**asdict(fault), "message": fault_sentence(fault)} for fault in package.faults],
        "damage": package.damage,
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
