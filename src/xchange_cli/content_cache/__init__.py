"""Answers kept on disk by the digest of all that they were made of."""
