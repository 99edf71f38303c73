"""Odd but plausible documents go through the whole run: no traceback, nothing is held, outcomes add
up, every published row is checked, and neither order nor batches change what comes out.

`python -m benchmarks.odd_corpora` tries larger ones, with --force, and everything that reads.
"""

from benchmarks.odd_corpora.documents import ODD, make_rows
from benchmarks.odd_corpora.trial import Trial


def test_odd_corpus_goes_through_the_whole_run(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSLEDGER_WORKERS", "1")
    trial = Trial(tmp_path, seed=7)
    trial.run(count=12, is_whole=False)
    assert trial.faults == []


def test_rows_of_one_seed_are_always_the_same():
    assert make_rows(3, 60) == make_rows(3, 60)
    assert len(ODD) > 15
