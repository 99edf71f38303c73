"""Sources in any format come in here, one document at a time.

One module per format: a module that has `SUFFIXES` and `read` is a format, found by its name
(`formats.py`).
"""

from newsledger.ingest.read import read_sources

__all__ = ["read_sources"]
