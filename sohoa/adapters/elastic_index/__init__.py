"""Search index in Elasticsearch 9: the province's one."""

from sohoa.adapters.elastic_index.index import ElasticIndex

__all__ = ["ElasticIndex"]
