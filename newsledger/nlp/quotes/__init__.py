"""Quotations and whose they are."""
