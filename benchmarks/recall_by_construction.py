"""Print what share of annotated attributions is found, by construction: content and source both
overlap by half.

    python benchmarks/recall_by_construction.py GOLD.jsonl.gz … [--speech] [--other
    NAME=CLAIMS.jsonl] [--json OUT] [--missed CONSTRUCTION]

A gold file has one document a line with `text` and `attributions` of `source`, `cue` and `content`
spans. The constructions
are read off these spans and the parse around the cue, by rules that know nothing of the engine; one
attribution may be of
several. `--other` puts the claims of another system beside it ({"doc_id", "attributions"} a line,
for all gold files);
`--missed` prints the attributions of one construction that were not found.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.claim_scoring import (
    Side,
    find_claims,
    find_words,
    match,
    read_gold,
    same_source,
    sides,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CONSTRUCTIONS = (
    "passive",
    "no source",
    "relative",
    "noun cue",
    "anonymous",
    "colon",
    "inverted",
    "split quotation",
    "all",
)
BAR = 60.0  # per cent; or twice the best of the other systems
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_PRONOUNS = frozenset(
    "he she they it we i you one this that these those who which his her their its our "
    "my him them everyone nobody some many".split()
)
_MARKS = frozenset('“”"‘’«»')


def find_constructions(doc: "Doc", row: dict[str, Any]) -> set[str]:
    """Name the constructions of one gold attribution."""
    text = doc.text
    source, cue, content = (sorted(row.get(key) or []) for key in ("source", "cue", "content"))
    found = {"all"}
    verb = _find_verb(doc, cue)
    if not source:
        found.add("no source")
    elif _is_anonymous(doc, source):
        found.add("anonymous")
    if verb is not None and verb.pos_ in {"VERB", "AUX"}:
        if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
            found.add("passive")
        if verb.dep_ == "relcl" or (
            source and text[source[0][0] : source[0][1]].lower() in _RELATIVES
        ):
            found.add("relative")
    elif verb is not None and verb.pos_ == "NOUN":
        found.add("noun cue")
    if (cue and text[cue[-1][0] : cue[-1][1]].strip() == ":") or (
        not cue and source and text[source[-1][1] : content[0][0]].strip() == ":"
    ):
        found.add("colon")
    if (
        source
        and cue
        and content[0][0] < cue[0][0] < source[0][0]
        and source[0][0] - cue[-1][1] <= 2
    ):
        found.add("inverted")
    if (
        cue
        and content[0][1] <= cue[0][0]
        and cue[-1][1] <= content[-1][0]
        and _MARKS & set(text[content[0][0] : content[0][1]])
    ):
        found.add("split quotation")
    return found


def _find_verb(doc: "Doc", cue: list[list[int]]) -> "Token | None":
    """The word of a cue that carries it: its first verb, else its first noun."""
    tokens = [
        token
        for token in (doc.char_span(*span, alignment_mode="expand") for span in cue)
        if token is not None
    ]
    words = [token for span in tokens for token in span]
    verbs = [token for token in words if token.pos_ == "VERB"] or [
        token for token in words if token.pos_ == "AUX"
    ]
    return next(iter(verbs or [token for token in words if token.pos_ == "NOUN"]), None)


def _is_anonymous(doc: "Doc", source: list[list[int]]) -> bool:
    """Whether a source is described and not named: "two officials", "people familiar with the
    plan"."""
    span = doc.char_span(*source[0], alignment_mode="expand")
    return (
        span is not None
        and any(token.pos_ == "NOUN" for token in span)
        and not any(token.pos_ == "PROPN" or token.ent_type_ in {"PERSON", "ORG"} for token in span)
        and span[0].lower_ not in _PRONOUNS
    )


def _is_name(token: "Token") -> bool:
    """Whether a noun with a capital is a name that the tagger overlooked; a first word of several
    is not."""
    return (
        token.text[0].isupper()
        and token.pos_ == "NOUN"
        and (token.i != token.sent.start or token.left_edge.i == token.right_edge.i)
    )


def is_speech(doc: "Doc", row: dict[str, Any]) -> bool:
    """Whether the cue of an attribution is a word of speech, or there is no cue but marks."""
    from newsledger.lexicon.cues import load_cues

    cue = sorted(row.get("cue") or [])
    verb = _find_verb(doc, cue)
    if verb is None:
        return True
    found = load_cues().get((verb.lemma_.lower(), "noun" if verb.pos_ == "NOUN" else "verb"))
    return found is not None and found.cue_class == "speech"


def count(
    rows: list[dict[str, Any]],
    docs: "list[Doc]",
    claims: list[list[dict[str, Any]]],
    only_speech: bool = False,
) -> tuple[dict[str, list[int]], list[tuple[str, Side]]]:
    """Count gold and found by construction; the second value lists what was missed."""
    counts = {name: [0, 0] for name in CONSTRUCTIONS}
    missed = []
    for row, doc, found in zip(rows, docs, claims, strict=True):
        words = find_words(row["text"])
        gold, own = sides(row["attributions"], words), sides(found, words)
        pairs = dict(match(gold, own))
        for i, wanted in enumerate(gold):
            if only_speech and not is_speech(doc, wanted.row):
                continue
            is_found = i in pairs and same_source(wanted, own[pairs[i]])
            for name in find_constructions(doc, wanted.row):
                counts[name][0] += 1
                counts[name][1] += is_found
                if not is_found:
                    missed.append((name, wanted, row["text"]))
    return counts, missed


def show(text: str, spans: list[list[int]]) -> str:
    return " // ".join(text[start:end].replace("\n", "¶") for start, end in spans)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--other", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--speech", action="store_true")
    parser.add_argument("--missed", choices=CONSTRUCTIONS)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    from newsledger.nlp.parse.model import load_model

    others = {
        name: _read_claims(Path(path))
        for name, path in (pair.split("=", 1) for pair in options.other)
    }
    scores: dict[str, dict[str, dict[str, float]]] = {}
    for path in options.gold:
        rows = read_gold(path)
        docs = list(load_model().pipe((row["text"] for row in rows), batch_size=16))
        systems = {"newsledger": find_claims(rows)} | {
            name: [claims.get(row["doc_id"], []) for row in rows] for name, claims in others.items()
        }
        table = {
            name: count(rows, docs, claims, options.speech) for name, claims in systems.items()
        }
        scores[path.name.split(".")[0]] = _print_table(
            path.name, {name: counts for name, (counts, _) in table.items()}
        )
        if options.missed:
            for name, wanted, text in table["newsledger"][1]:
                if name == options.missed:
                    print(
                        f"  [{show(text, wanted.row['source'])}] <{show(text, wanted.row.get('cue', []))}> {show(text, wanted.row['content'])[:150]}"
                    )
    if options.json:
        options.json.write_text(json.dumps(scores, indent=1) + "\n", "utf-8")


def _read_claims(path: Path) -> dict[str, list[dict[str, Any]]]:
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return {row["doc_id"]: row["attributions"] for row in rows}


def _print_table(title: str, table: dict[str, dict[str, list[int]]]) -> dict[str, dict[str, float]]:
    """Print one gold file's table, and mark what is below the bar."""
    print(title, "| gold |", " | ".join(table))
    scores = {}
    for construction in CONSTRUCTIONS:
        total = table["newsledger"][construction][0]
        shares = {
            name: 100 * counts[construction][1] / total if total else 0.0
            for name, counts in table.items()
        }
        best = max((share for name, share in shares.items() if name != "newsledger"), default=0.0)
        is_low = (
            shares["newsledger"] < BAR
            and (len(shares) == 1 or shares["newsledger"] < 2 * best)
            and construction != "all"
        )
        print(
            f"  {construction:16s} {total:5d} |",
            " | ".join(f"{share:5.1f}" for share in shares.values()),
            "  below the bar" if is_low and total else "",
        )
        scores[construction] = {"gold": total} | {
            name: round(share, 1) for name, share in shares.items()
        }
    return scores


if __name__ == "__main__":
    main()
