"""Published versions: found, listed, marked, labelled, offered, exported, verified."""
