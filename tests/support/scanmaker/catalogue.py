"""Which files the sample inbox holds, and what is expected of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from sohoa.domain.inbox.states import State
from tests.support.scanmaker.ageing import CLEAN, GOOD, POOR, WORN, Ageing
from tests.support.scanmaker.born_digital import as_born_digital
from tests.support.scanmaker.document import Document, load_document
from tests.support.scanmaker.painting import render_document
from tests.support.scanmaker.signing import digitally_signed
from tests.support.scanmaker.typesetting import text_of
from tests.support.scanmaker.writers import as_jpeg, as_pdf, as_png, as_tiff, encrypted, truncated

_VIETNAM = timezone(timedelta(hours=7))
_SURE = (State.ARCHIVED,)
_EITHER = (State.ARCHIVED, State.NEEDS_REVIEW)


@dataclass(frozen=True, slots=True)
class Scan:
    """A document on a scanner's glass."""

    document: Document
    ageing: Ageing
    dpi: int
    seed: int

    def pdf(self) -> bytes:
        return as_pdf(render_document(self.document, self.ageing, self.dpi, self.seed), self.dpi)

    def tiff(self) -> bytes:
        return as_tiff(render_document(self.document, self.ageing, self.dpi, self.seed), self.dpi)

    def jpeg(self) -> bytes:
        return as_jpeg(render_document(self.document, self.ageing, self.dpi, self.seed)[0], self.dpi)

    def png(self) -> bytes:
        return as_png(render_document(self.document, self.ageing, self.dpi, self.seed)[0], self.dpi)


@dataclass(frozen=True, slots=True)
class Sample:
    """One file of the inbox: its key, how it is made and what should become of it.

    ``states`` are the acceptable ones, the best first; ``reason`` is a code where it is certain.
    ``traits`` say what is special, for tests that look for one kind.
    """

    key: str
    make: Callable[[], bytes]
    states: tuple[State, ...]
    document: Document | None = None
    reason: str = ""
    dpi: int | None = None
    traits: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def truth(self) -> dict[str, Any]:
        """What the truth file says; without text and fields where none may be read."""
        readable = self.states[0] in _EITHER
        pages = text_of(self.document) if self.document else []
        truth: dict[str, Any] = {
            "key": self.key,
            "state": self.states[0].value,
            "states": [state.value for state in self.states],
            "reason": self.reason,
            "traits": list(self.traits),
            "dpi": self.dpi,
            "pages_count": len(pages),
            "fields": self.document.fields() if self.document and readable else {},
            "pages": pages if readable else [],
        }
        if self.document and self.document.canary:
            truth["canary"] = list(self.document.canary)
        return truth | dict(self.extra)


def samples() -> list[Sample]:
    """Every file of the sample inbox."""
    return [*_province(), *_information(), *_interior()]


def _scan(name: str, ageing: Ageing, seed: int, dpi: int = 200) -> Scan:
    return Scan(load_document(name), ageing, dpi, seed)


def _province() -> list[Sample]:
    decision = _scan("qd_47", GOOD, 11)
    by_hand = _scan("qd_1126_hand", WORN, 12)
    plan = _scan("kh_212", GOOD, 13)
    urgent = _scan("cv_3088_urgent", GOOD, 14)
    secret = _scan("bc_secret", GOOD, 15)
    first, again = "Z99.01/2026-01/qd-0047-2024.pdf", "Z99.01/2026-02/qd-0047-2024 (1).pdf"
    return [
        Sample(first, decision.pdf, _EITHER, decision.document, dpi=200, traits=("seal",)),
        Sample(
            again,
            decision.pdf,
            (State.DUPLICATE,),
            decision.document,
            "same_bytes",
            200,
            extra={"duplicate_of": first},
        ),
        Sample(
            "Z99.01/2026-01/Quyết định 1126.pdf",
            by_hand.pdf,
            _EITHER,
            by_hand.document,
            dpi=200,
            traits=("handwritten", "seal", "worn"),
        ),
        Sample("Z99.01/2026-01/kh-0212.tif", plan.tiff, _SURE, plan.document, dpi=200, traits=("seal",)),
        Sample(
            "Z99.01/2026-01/cv-3088.pdf",
            urgent.pdf,
            _SURE,
            urgent.document,
            dpi=200,
            traits=("seal", "urgency_stamp"),
        ),
        Sample(
            "Z99.01/2026-01/scan0007.pdf",
            secret.pdf,
            (State.QUARANTINED,),
            secret.document,
            "secrecy_mark",
            200,
            ("seal", "secrecy_stamp"),
        ),
    ]


def _information() -> list[Sample]:
    digital = load_document("bc_58_digital")
    incoming = _scan("cv_315_incoming", GOOD, 21)
    by_hand = _scan("ttr_37_hand", WORN, 23, 300)
    locked = _scan("bb_encrypted", CLEAN, 24)
    return [
        Sample(
            "Z99.02/2026-01/bc-058.pdf",
            lambda: as_born_digital(digital),
            _SURE,
            digital,
            traits=("text_layer",),
        ),
        Sample(
            "Z99.02/2026-01/Công văn 315 (có dấu đến).pdf",
            incoming.pdf,
            _EITHER,
            incoming.document,
            dpi=200,
            traits=("seal", "incoming_stamp"),
        ),
        _signed_notice(),
        Sample(
            "Z99.02/2026-01/to-trinh-37.jpg",
            by_hand.jpeg,
            _EITHER,
            by_hand.document,
            dpi=300,
            traits=("handwritten", "seal", "worn"),
        ),
        Sample(
            "Z99.02/2026-01/bien-ban.pdf",
            lambda: encrypted(locked.pdf(), "songlam"),
            (State.REJECTED,),
            locked.document,
            "encrypted",
            200,
        ),
    ]


def _signed_notice() -> Sample:
    notice = _scan("tb_09_signed", GOOD, 22)
    signer, moment = notice.document.organ_name, datetime(2025, 1, 14, 16, 20, 5, tzinfo=_VIETNAM)
    return Sample(
        "Z99.02/2026-01/tb-09.signed.pdf",
        lambda: digitally_signed(notice.pdf(), signer, moment),
        _SURE,
        notice.document,
        dpi=200,
        traits=("seal", "digital_signature"),
        extra={"signatures": [{"signer": signer, "signing_time": moment.isoformat()}]},
    )


def _interior() -> list[Sample]:
    notice = _scan("tb_21", CLEAN, 31)
    draft = _scan("qd_draft", GOOD, 32)
    proposal = _scan("ttr_33", POOR, 33)
    damaged = _scan("qd_98_damaged", GOOD, 34)
    batch = "Z99.03/2026-01"
    return [
        Sample(f"{batch}/tb-0021.png", notice.png, _SURE, notice.document, dpi=200, traits=("seal",)),
        Sample(
            f"{batch}/du-thao.pdf", draft.pdf, (State.NEEDS_REVIEW,), draft.document, "draft", 200, ("draft",)
        ),
        Sample(
            f"{batch}/ttr-0033.pdf",
            proposal.pdf,
            _EITHER,
            proposal.document,
            dpi=200,
            traits=("seal", "poor"),
        ),
        Sample(
            f"{batch}/IMG_0042.jpg",
            lambda: truncated(damaged.jpeg(), 0.6),
            (State.REJECTED,),
            damaged.document,
            "broken",
            200,
        ),
        Sample(f"{batch}/rong.pdf", bytes, (State.REJECTED,), reason="empty"),
    ]
