"""Published versions: packages, manifests, what may change of them, and the log of changes."""
