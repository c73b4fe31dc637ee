"""Whether a document is PDF/A-2b, and what is mended before the question is asked.

pikepdf's own validator approves only what it knows to conform; veraPDF confirms it in the tests.
"""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String, pdfa

from sohoa.adapters.pdf import metadata
from sohoa.adapters.pdf.values import DeriveOptions

_FLAVOUR = "2b"


def write(pdf: Pdf, options: DeriveOptions) -> bytes:
    """The document with output intent, XMP and information, as a file; the same input, the same bytes."""
    pdfa.prepare(pdf, _FLAVOUR)
    packet = pdf.make_stream(metadata.xmp(options))
    packet[Name.Type], packet[Name.Subtype] = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet
    info = {key: String(value) for key, value in metadata.information(options).items()}
    pdf.trailer.Info = pdf.make_indirect(Dictionary(info))
    stream = io.BytesIO()
    pdf.save(stream, **pdfa.resolve_save_kwargs(_FLAVOUR, deterministic_id=True))
    return stream.getvalue()


def faults(written: bytes) -> tuple[str, ...]:
    """Rules that the written file breaks, without repeats; empty for PDF/A-2b."""
    report = pdfa.validate_written(io.BytesIO(written), _FLAVOUR)
    return tuple(dict.fromkeys(_rule(finding) for finding in report.findings))


def page_faults(pdf: Pdf, page_number: int) -> tuple[str, ...]:
    """Rules that one page would break in a document of its own."""
    with Pdf.new() as single:
        single.pages.append(pdf.pages[page_number - 1])
        stream = io.BytesIO()
        try:
            pdfa.prepare(single, _FLAVOUR)
            single.save(stream, **pdfa.resolve_save_kwargs(_FLAVOUR))
        except (pikepdf.PdfError, RuntimeError, ValueError) as error:
            return (type(error).__name__,)
        return faults(stream.getvalue())


def _rule(finding: pdfa.Finding) -> str:
    return finding.rule.removeprefix("ISO_19005_2:")
