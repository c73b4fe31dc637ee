"""The real servers without Docker, for tests and trials: MinIO, PostgreSQL and Elasticsearch on loopback."""
