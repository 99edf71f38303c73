"""The gate: suites of `expectations/`, what they have seen, the quarantine."""
