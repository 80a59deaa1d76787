"""The resident's pages: suggesting, following, rating; no account and no script needed."""
