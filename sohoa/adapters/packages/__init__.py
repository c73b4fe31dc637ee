"""Packages as folders: a hồ sơ as AIP_hoso (TT 05/2025), a record as a bag (RFC 8493)."""

from sohoa.adapters.packages.folders import PackageFolders
from sohoa.adapters.packages.receiving import ReceivedPackages

__all__ = ["PackageFolders", "ReceivedPackages"]
