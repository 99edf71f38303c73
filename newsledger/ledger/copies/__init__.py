"""Copies and versions of one text."""
