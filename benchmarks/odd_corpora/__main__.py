"""Push odd corpora through the whole program and print what does not hold.

    python -m benchmarks.odd_corpora [--seeds 1 2 3] [--documents 250] [--keep FOLDER]

Each corpus is read, read again, read with --force and in another order, checked, printed as a
brief, asked and exported; then a third of it changes, and it is read again. The exit status is 1
if anything failed.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--documents", type=int, default=250)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("NEWSLEDGER_WORKERS", "1")
    from benchmarks.odd_corpora.trial import Trial

    is_good = True
    for seed in options.seeds:
        with tempfile.TemporaryDirectory() as temporary:
            folder = (options.keep or Path(temporary)) / f"seed_{seed}"
            trial = Trial(folder, seed)
            trial.run(options.documents)
        is_good = is_good and not trial.faults
        print(f"seed {seed}: {len(trial.faults)} faults")
        for line in (*trial.faults, *sorted(set(trial.notes))):
            print(f"  {line}", flush=True)
    sys.exit(not is_good)


if __name__ == "__main__":
    main()
