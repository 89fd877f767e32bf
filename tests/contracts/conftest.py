"""Fixtures that more than one file uses."""

from s3_server import bare_aws, s3_environment, s3_place, s3_server, s3_wire

__all__ = ["bare_aws", "s3_environment", "s3_place", "s3_server", "s3_wire"]
