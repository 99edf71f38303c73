"""A folder of CSV files."""

from newsledger.store.export.files import export_csv as export

PURPOSE = "a folder of CSV files for spreadsheets, with a data package"
HAS_TABLES = True  # the tables may be chosen
__all__ = ["HAS_TABLES", "PURPOSE", "export"]
