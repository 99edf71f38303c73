"""Score claims against the gold set.

    python -m benchmarks.gold.score FOUND.jsonl [--split test]

FOUND.jsonl holds the claims of a system, one a line, in the form of claims.jsonl. A claim is found
where its content overlaps the gold content by half of both, and its source is the same words or the
same speaker. Optional gold rows are neither missed nor wrong. A field is scored on the pairs whose
contents overlap by half.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from .load import FOLDER, Row, group_rows, read_rows

HALF = 0.5
STRAY = 4  # letters and digits by which the end of a content may differ and still be exact
NOMINAL = ("source_type", "is_named", "class", "polarity", "optional")
TITLES = set(
    "the a an of in for and at on by to its mr mrs ms dr sir prof professor"
    " president prime minister secretary senator"
    " spokesman spokeswoman spokesperson chief general".split()
)
Pair = tuple[Row, Row]


def list_characters(spans: Iterable[Sequence[int]] | None) -> set[int]:
    """List the characters that spans cover."""
    return {place for start, end in spans or () for place in range(start, end)}


def list_words(name: str | None) -> list[str]:
    """List the words of a name, without accents, titles and particles."""
    plain = (
        unicodedata.normalize("NFKD", name or "")
        .encode("ascii", "ignore")
        .decode()
        .lower()
        .replace("'s", "")
        .replace("isation", "ization")
    )
    return [word for word in re.findall(r"[a-z0-9]+", plain) if word not in TITLES]


def is_same_name(one: str | None, other: str | None) -> bool:
    """Tell whether two names may be one: the words of one within the other, or its initials."""
    left, right = list_words(one), list_words(other)
    if not left or not right:
        return False
    initials = ["".join(word[0] for word in words) for words in (left, right)]
    within = set(left) <= set(right) or set(right) <= set(left)
    return within or left == [initials[1]] or right == [initials[0]]


def is_same_speaker(gold: Row, found: Row) -> bool:
    """Tell whether the found speaker is one of the gold readings."""
    names = [gold["speaker"], *gold.get("alt_speakers", [])]
    others = [found.get("speaker"), *found.get("alt_speakers", [])]
    return any(is_same_name(name, other) for name in names for other in others)


def measure_content(gold: Row, found: Row) -> float:
    """Measure the overlap of contents: the smaller share, the best over the readings."""
    best = 0.0
    for one in filter(None, (gold["content_spans"], gold.get("content_alt_spans"))):
        for other in filter(None, (found["content_spans"], found.get("content_alt_spans"))):
            left, right = list_characters(one), list_characters(other)
            shared = len(left & right)
            best = max(best, shared / max(len(left), len(right)) if shared else 0.0)
    return best


def is_same_source(gold: Row, found: Row) -> bool:
    """Tell whether the sources are the same words (by half), both missing, or one speaker."""
    one, other = gold.get("source_span"), found.get("source_span")
    if one and other:
        shared = len(list_characters([one]) & list_characters([other]))
        if shared >= HALF * min(one[1] - one[0], other[1] - other[0]):
            return True
    return is_same_speaker(gold, found) or (not one and not other and not found.get("speaker"))


def match_claims(gold: list[Row], found: list[Row], need_source: bool) -> dict[int, int]:
    """Pair gold and found claims one to one, the surest pairs first."""
    ranked = []
    for i, row in enumerate(gold):
        for j, other in enumerate(found):
            share = measure_content(row, other)
            same = share >= HALF and is_same_source(row, other)
            if share >= HALF and (same or not need_source):
                ranked.append((same, not row.get("optional"), share, i, j))
    pairs: dict[int, int] = {}
    for *_, i, j in sorted(ranked, reverse=True):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def make_scores(right: int, printed: int, wanted: int) -> Row:
    """Make precision, recall and F1 in percent."""
    precision, recall = right / printed if printed else 0.0, right / wanted if wanted else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    shares = {
        name: round(100 * share, 1)
        for name, share in (("P", precision), ("R", recall), ("F1", both))
    }
    return {**shares, "right": right, "printed": printed, "gold": wanted}


def score_claims(
    gold: dict[str, list[Row]], found: dict[str, list[Row]], need_source: bool = True
) -> Row:
    """Score claims as found or not; optional ones of either side are neither missed nor wrong."""
    right = printed = wanted = 0
    for doc_id, rows in gold.items():
        others = found.get(doc_id, [])
        pairs = match_claims(rows, others, need_source)
        free = {j for i, j in pairs.items() if rows[i].get("optional")}
        free |= {
            j for j, other in enumerate(others) if other.get("optional") and j not in pairs.values()
        }
        excused = {i for i, row in enumerate(rows) if row.get("optional")}
        right += sum(i not in excused for i in pairs)
        printed += len(others) - len(free)
        wanted += len(rows) - len(excused)
    return make_scores(right, printed, wanted)


def list_letters(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    """List the letters and digits that spans cover."""
    return {place for place in list_characters(spans) if text[place].isalnum()}


def is_exact(text: str, gold: Row, found: Row) -> bool:
    """Tell whether a found content has the ends of a gold reading, punctuation aside."""
    have = list_letters(text, found["content_spans"])
    readings = filter(None, (gold["content_spans"], gold.get("content_alt_spans")))
    return any(len(list_letters(text, reading) ^ have) <= STRAY for reading in readings)


def is_same_relay(gold: Row, found: Row) -> bool:
    """Tell whether the chains have the same members."""
    one, other = gold.get("relay") or [], found.get("relay") or []
    return len(one) == len(other) and all(
        any(is_same_name(name, hop) for hop in other) for name in one
    )


def is_day_met(gold: Row, found: Row) -> bool:
    """Tell whether the found day or stretch meets that of the gold."""
    if not gold["about_date"] or not found.get("about_date"):
        return not gold["about_date"] and not found.get("about_date")
    first, last = (gold["about_date"].split("/") * 2)[:2]
    start, end = (found["about_date"].split("/") * 2)[:2]
    return bool(start <= last and end >= first)


def score_figures(pairs: list[Pair]) -> Row:
    """Score the figures of paired claims by value, and their kinds where the value is right."""
    right = kinds = printed = wanted = 0
    for gold, found in pairs:
        left = list(found.get("figures") or [])
        printed, wanted = printed + len(left), wanted + len(gold["figures"])
        for figure in gold["figures"]:
            same = [x for x in left if (x["low"], x["high"]) == (figure["low"], figure["high"])]
            hit = next((x for x in same if x["kind"] == figure["kind"]), same[0] if same else None)
            if hit:
                left.remove(hit)
                right, kinds = right + 1, kinds + (hit["kind"] == figure["kind"])
    return {**make_scores(right, printed, wanted), "kind right": kinds}


def compute_kappa(values: list[tuple[Any, Any]]) -> float | None:
    """Compute Cohen's kappa; None where both always say the same one thing."""
    total = len(values)
    observed = sum(one == other for one, other in values) / total if total else 0.0
    left, right = Counter(one for one, _ in values), Counter(other for _, other in values)
    chance = sum(left[value] * right[value] for value in left) / total**2 if total else 1.0
    return round((observed - chance) / (1 - chance), 2) if chance < 1 else None


def has_type(gold: Row, found: Row) -> bool:
    """Tell whether the source types meet, the other right readings included."""
    return found.get("source_type") in [gold["source_type"], *gold["alt_types"]] or gold[
        "source_type"
    ] in found.get("alt_types", [])


def score_fields(pairs: list[Pair], texts: dict[str, str]) -> Row:
    """Score each field of the paired claims: right, of, percent, and kappa for nominal ones."""
    fields: dict[str, Callable[[Row, Row], bool]] = {
        "ends": lambda gold, found: is_exact(texts[gold["doc_id"]], gold, found),
        "source": is_same_source,
        "speaker": is_same_speaker,
        "source_type": has_type,
        "relay": is_same_relay,
        "about_date": is_day_met,
    }
    out: Row = {}
    for name in [*fields, *(name for name in NOMINAL if name not in fields)]:
        asked = [pair for pair in pairs if name in ("ends", "source", "speaker") or name in pair[1]]
        right = sum(
            fields[name](*pair) if name in fields else pair[0][name] == pair[1][name]
            for pair in asked
        )
        out[name] = {
            "right": right,
            "of": len(asked),
            "%": round(100 * right / len(asked), 1) if asked else None,
        }
        if name in NOMINAL:
            out[name]["kappa"] = compute_kappa([(gold[name], found[name]) for gold, found in asked])
    asked = [pair for pair in pairs if pair[0]["is_named"]]
    named = sum(is_same_speaker(*pair) for pair in asked)
    out["speaker where named"] = {"right": named, "of": len(asked)}
    asked = [pair for pair in pairs if pair[0]["relay"] or pair[1].get("relay")]
    out["relay where one has any"] = {
        "right": sum(is_same_relay(*pair) for pair in asked),
        "of": len(asked),
    }
    asked = [pair for pair in pairs if pair[0]["about_date"] or pair[1].get("about_date")]
    out["about_date where one has any"] = {
        "right": sum(is_day_met(*pair) for pair in asked),
        "of": len(asked),
    }
    return {**out, "figures": score_figures(pairs)}


def list_forms(row: Row) -> set[tuple[str, ...]]:
    """List the names and aliases of an actor or place, as words."""
    return {tuple(list_words(name)) for name in (row["name"], *row.get("aliases", []))} - {()}


def score_names(
    gold: dict[str, list[Row]], found: dict[str, list[Row]], keys: Sequence[str]
) -> Row:
    """Score actors or places by name or alias, and `keys` where the name is right."""
    right = printed = wanted = 0
    hits = Counter[str]()
    for doc_id, rows in gold.items():
        left = list(found.get(doc_id, []))
        printed, wanted = printed + len(left), wanted + len(rows)
        for row in rows:
            forms = list_forms(row)
            hit = next((other for other in left if forms & list_forms(other)), None)
            if hit:
                left.remove(hit)
                right += 1
                hits.update(key for key in keys if hit.get(key) == row.get(key))
    return {**make_scores(right, printed, wanted), **{f"{key} right": hits[key] for key in keys}}


def pair_claims(gold: dict[str, list[Row]], found: dict[str, list[Row]]) -> list[Pair]:
    """List the pairs of claims whose contents overlap, sources aside."""
    return [
        (rows[i], found[doc_id][j])
        for doc_id, rows in gold.items()
        if doc_id in found
        for i, j in match_claims(rows, found[doc_id], False).items()
    ]


def score_all(
    gold: dict[str, list[Row]], found: dict[str, list[Row]], texts: dict[str, str]
) -> Row:
    """Score claims and their fields."""
    speech = {
        doc_id: [row for row in rows if row["class"] == "speech"] for doc_id, rows in gold.items()
    }
    said = {
        doc_id: [row for row in rows if row.get("class", "speech") == "speech"]
        for doc_id, rows in found.items()
    }
    return {
        "claims": score_claims(gold, found),
        "claims of speech": score_claims(speech, said),
        "contents": score_claims(gold, found, need_source=False),
        "fields": score_fields(pair_claims(gold, found), texts),
    }


def score_file(path: Path, split: str | None, folder: Path = FOLDER) -> Row:
    """Score a file of found claims on the annotated articles of a split."""
    articles = {row["doc_id"]: row for row in read_rows(folder / "texts.jsonl")}
    wanted = [
        row["doc_id"]
        for row in read_rows(folder / "documents.jsonl")
        if split in (None, articles[row["doc_id"]]["split"])
    ]
    claims = defaultdict(list, group_rows(read_rows(folder / "claims.jsonl")))
    texts = {doc_id: articles[doc_id]["text"] for doc_id in wanted}
    return score_all(
        {doc_id: claims[doc_id] for doc_id in wanted}, group_rows(read_rows(path)), texts
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("found", type=Path)
    parser.add_argument("--split", choices=("train", "test"))
    options = parser.parse_args(arguments)
    print(json.dumps(score_file(options.found, options.split), indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
