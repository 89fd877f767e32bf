"""House rules: rules of a project as data, in `rules/*.yml`.

`read` makes rules of the files, which then work like built-in ones; `check` tries their own cases.
"""
