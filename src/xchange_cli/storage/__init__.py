"""Bytes under names, in a folder or in an S3 bucket, written only on a condition."""
