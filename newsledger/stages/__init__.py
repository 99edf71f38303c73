"""The stages of a run, one file each, in this order: read, clean, extract, write, resolve, check,
publish, report.

A stage is a value with `name`, `reads` and `writes` (tables), `fingerprint()` and `run(scope,
log)`. What goes wrong with one document stays with that document: it comes back as a `Failure`.
"""
