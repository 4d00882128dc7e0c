"""Desk and books: the ledger folded into TinyDB files."""
