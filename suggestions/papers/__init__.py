"""Papers: what leaves the portal on paper, from the slip a resident takes home to a numbered letter.

`shapes` is what a paper says, as plain data. One module for each kind makes it from the rows; `word/` and the
templates of `templates/papers/` set it. `catalogue` knows the kinds and who may print which row.
"""
