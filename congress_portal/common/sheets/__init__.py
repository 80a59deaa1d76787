"""Rosters as xlsx: reading, checking, taking over whole files, and writing them.

`reading` and `writing` know files, `cells` one cell, `resource` a whole table against the database, `pages`
the admin's import and export.
"""
