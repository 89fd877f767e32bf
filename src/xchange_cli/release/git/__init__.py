"""The git repository around a project: its state, where a commit is from, commits and pushes."""
