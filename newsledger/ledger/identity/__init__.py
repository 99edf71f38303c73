"""Which actors of articles are one actor of the ledger."""
