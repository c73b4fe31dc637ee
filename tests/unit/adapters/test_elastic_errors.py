"""No error of the Elasticsearch client comes through, and none quotes the server's words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import elastic_transport
import elasticsearch
import elasticsearch.helpers
import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig

from sohoa.adapters.elastic_index import ElasticIndex
from sohoa.adapters.elastic_index.server import VENDOR_ERRORS, translated
from sohoa.domain.errors import Misconfigured, NoSpace, SohoaError, Unavailable

WHERE = "https://search.example:9200"


def vendor_errors(root: type[Exception] = Exception) -> Iterator[type[Exception]]:
    """Every exception class that the client's packages define, warnings aside."""
    for found in root.__subclasses__():
        if not issubclass(found, Warning):
            yield from vendor_errors(found)
            if found.__module__.partition(".")[0] in {"elasticsearch", "elastic_transport"}:
                yield found


def made(kind: type[Exception], status: int = 500, cause: str = "") -> Exception:
    if issubclass(kind, elastic_transport.ApiError):
        node = NodeConfig("https", "search.example", 9200)
        meta = ApiResponseMeta(status, "1.1", HttpHeaders(), 0.1, node)
        return kind("secret words", meta, {"error": {"type": cause, "reason": "secret words"}})
    if issubclass(kind, elastic_transport.TransportError):
        return kind("secret words")
    error = kind.__new__(kind)
    error.args = ("secret words", [])
    return error


@pytest.mark.parametrize("kind", sorted(set(vendor_errors()), key=str), ids=str)
def test_no_error_of_the_client_is_missing(kind: type[Exception]) -> None:
    """Every class of the vendor is caught at the edge and becomes one sentence that says where."""
    assert issubclass(kind, VENDOR_ERRORS)
    error = translated(made(kind), WHERE)
    assert isinstance(error, SohoaError)
    assert WHERE in str(error)
    assert len(str(error)) > len(WHERE) + 40
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    ("status", "cause", "expected"),
    [
        (401, "security_exception", Misconfigured),
        (403, "security_exception", Misconfigured),
        (403, "cluster_block_exception", NoSpace),
        (404, "index_not_found_exception", Misconfigured),
        (413, "", Misconfigured),
        (429, "es_rejected_execution_exception", Unavailable),
        (429, "cluster_block_exception", NoSpace),
        (503, "search_phase_execution_exception", Unavailable),
        (400, "x_content_parse_exception", Misconfigured),
    ],
)
def test_what_an_answer_means(status: int, cause: str, expected: type[SohoaError]) -> None:
    """Refused rights are ours to mend, an overloaded server may be asked again, a full one needs room."""
    assert type(translated(made(elasticsearch.ApiError, status, cause), WHERE)) is expected


@pytest.mark.parametrize("url", ["", "search", "search:9200", "https://", "ftp://search:1"])
def test_an_address_that_is_none(url: str) -> None:
    """A wrong address is found when the index is opened, and named."""
    with pytest.raises(Misconfigured, match=r"index\.url"):
        ElasticIndex(url, "records")


def test_secrets_do_not_belong_into_the_address() -> None:
    """An address with a password is refused, and the password not repeated."""
    with pytest.raises(Misconfigured) as caught:
        ElasticIndex("https://me:hush@search.example:9200", "records")
    assert "hush" not in str(caught.value)


def test_a_missing_certificate(tmp_path: Path) -> None:
    """A certificate file that is not there is named."""
    with pytest.raises(Misconfigured, match="ca_file"):
        ElasticIndex("https://search.example:9200", "records", ca_file=tmp_path / "none.pem")
