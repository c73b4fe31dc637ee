"""Object store on MinIO or any other S3 server."""

from sohoa.adapters.minio_store.store import MinioStore

__all__ = ["MinioStore"]
