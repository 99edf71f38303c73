"""A folder of Parquet files."""

from newsledger.store.export.files import export_parquet as export

PURPOSE = "a folder of Parquet files with a Frictionless data package"
HAS_TABLES = True  # the tables may be chosen
__all__ = ["HAS_TABLES", "PURPOSE", "export"]
