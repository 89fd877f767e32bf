"""Fixtures that more than one file uses."""

from aws_server import aws, bare_aws, moto_url

__all__ = ["aws", "bare_aws", "moto_url"]
