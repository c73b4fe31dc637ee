"""XMP packet and document information of the archive copy, in agreement with each other.

Only properties that ISO 19005-2, 6.6.2.3 predefines are used, so that no extension schema is needed.
The description is the "distinct sign" of a conversion from paper and says who converted (Law on
e-transactions 20/2023/QH15, art. 12.1c).
"""

from __future__ import annotations

import re
from datetime import datetime
from xml.sax.saxutils import escape

from sohoa.adapters.pdf.values import DeriveOptions

PRODUCER = "Sohoa"
TEST_MARK = "CHỮ KÝ THỬ NGHIỆM - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ - TEST KEY, NO LEGAL VALUE"

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{statement}</rdf:li>\
<rdf:li xml:lang="vi">{statement}</rdf:li>\
<rdf:li xml:lang="en">{statement_en}</rdf:li></rdf:Alt></dc:description>
<dc:identifier>{record_id}</dc:identifier>
<dc:source>sha256:{sha256}</dc:source>
<dc:publisher><rdf:Bag><rdf:li>{organ}</rdf:li></rdf:Bag></dc:publisher>
<xmp:CreatorTool>{tools}</xmp:CreatorTool>
<xmp:CreateDate>{time}</xmp:CreateDate>
<xmp:ModifyDate>{time}</xmp:ModifyDate>
<xmp:MetadataDate>{time}</xmp:MetadataDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords>{keywords}</pdf:Keywords>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

_IDENTITY = re.compile(r"<dc:identifier>([^<]*)</dc:identifier>\s*<dc:source>sha256:([^<]*)</dc:source>")


def xmp(options: DeriveOptions) -> bytes:
    """The XMP packet, UTF-8."""
    values = {
        "title": options.title,
        "statement": _statement(options),
        "statement_en": _statement_en(options),
        "record_id": options.record_id,
        "sha256": options.original_sha256,
        "organ": options.organ_name,
        "tools": options.tools,
        "time": options.signing_time.isoformat(timespec="seconds"),
        "producer": PRODUCER,
        "keywords": _keywords(options),
    }
    return _PACKET.format(**{key: escape(_clean(value)) for key, value in values.items()}).encode()


def said_of(packet: bytes) -> tuple[str, str]:
    """Record id and SHA-256 of the original in a packet of ``xmp``; empty where it does not say them."""
    found = _IDENTITY.search(packet.decode(errors="replace"))
    return (found[1], found[2]) if found else ("", "")


def information(options: DeriveOptions) -> dict[str, str]:
    """The document information dictionary with the same values."""
    date = _pdf_date(options.signing_time)
    return {
        "/Title": _clean(options.title),
        "/Subject": _clean(_statement(options)),
        "/Keywords": _clean(_keywords(options)),
        "/Creator": _clean(options.tools),
        "/Producer": PRODUCER,
        "/CreationDate": date,
        "/ModDate": date,
    }


def _statement(options: DeriveOptions) -> str:
    done = f"do {options.organ_name} thực hiện lúc {options.signing_time.isoformat(timespec='seconds')}"
    text = f"Bản số hóa chuyển đổi từ văn bản giấy hoặc bản quét, {done}; công cụ: {options.tools}."
    return f"{text} {TEST_MARK}" if options.test_key else text


def _statement_en(options: DeriveOptions) -> str:
    done = f"by {options.organ_name} at {options.signing_time.isoformat(timespec='seconds')}"
    text = f"Digitized copy converted from paper or a scan {done}; tools: {options.tools}."
    return f"{text} {TEST_MARK}" if options.test_key else text


def _keywords(options: DeriveOptions) -> str:
    mark = ", TEST" if options.test_key else ""
    return f"{options.record_id}, sha256:{options.original_sha256}{mark}"


def _pdf_date(moment: datetime) -> str:
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def _clean(text: str) -> str:
    """Without characters that XML 1.0 cannot hold."""
    return "".join(char for char in text if char in "\t\n" or (char >= " " and char not in "\ufffe\uffff"))
