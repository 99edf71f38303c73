"""Turn what annotators wrote (strings) into rows with offsets.

    python -m benchmarks.gold.compile                  rewrite claims, actors, places, documents
    python -m benchmarks.gold.compile --show a/DOC_ID  print what one file resolves to

A string that is not found, or that fits in two places, stops it with the file and the string.
"""

import argparse
import csv
import itertools
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .load import FOLDER, Row, read_rows

Span = tuple[int, int]
ANNOTATORS = ("a", "b", "c", "d", "e", "f", "g")
ELISION = " [..] "
REACH = 400  # characters between content and cue or source, unless the occurrence is numbered
FAR = 70  # from here on `--show` marks a cue or source for a second look
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+[\"'“‘(]*[A-Z]|\n")
TYPES = (
    "named_person unnamed_person unnamed_official government_body organisation armed_group"
    " state_media independent_media partisan_media document expert eyewitness collective"
    " monitor own_reporting"
).split()
NAMED = set(TYPES[:1] + TYPES[3:9] + ["monitor"])
OFFICIALS = ["government_body"]  # right too for an official without a name, if nothing else is
CLASSES = ("speech", "attitude", "declined")
POLARITIES = ("affirmed", "denied")
FIGURES = (
    "killed injured missing displaced arrested infected people money percent distance other".split()
)
ACTORS = (
    "person government_body company ngo media party international_organisation"
    " military armed_group monitor collective"
).split()
PLACES = "country admin1 admin2 point region water".split()
CLAIM_KEYS = set("c s q who t named alt_t altwho alt relay cls pol fig about opt".split())
DAY = re.compile(r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?")


class AuthoringError(ValueError):
    """A string or a value in an authored file that cannot be resolved."""


def find_all(text: str, needle: str) -> list[Span]:
    """Find a string where it stands as whole words."""
    if not needle:
        raise AuthoringError("an empty string")
    edge = ("\\b" if needle[0].isalnum() else "", "\\b" if needle[-1].isalnum() else "")
    return [match.span() for match in re.finditer(edge[0] + re.escape(needle) + edge[1], text)]


def split_number(spec: str) -> tuple[str, int | None]:
    """Split "string#2" into the string and its number."""
    match = re.fullmatch(r"(.+)#(\d+)", spec, re.DOTALL)
    return (match[1], int(match[2])) if match else (spec, None)


def find_one(text: str, spec: str) -> Span:
    """Find the one place of a string, or the numbered one."""
    needle, number = split_number(spec)
    hits = find_all(text, needle)
    if not hits:
        raise AuthoringError(f"not found: {needle!r}")
    if number is None and len(hits) > 1:
        raise AuthoringError(f"{len(hits)} times, number it: {needle!r}")
    if number is not None and not 0 < number <= len(hits):
        raise AuthoringError(f"only {len(hits)} times: {spec!r}")
    return hits[(number or 1) - 1]


def find_stretch(text: str, spec: str) -> Span:
    """Find a stretch of content, written out or as its first and last words."""
    first, gap, last = spec.partition(ELISION)
    start, end = find_one(text, first)
    if not gap:
        return start, end
    hits = [hit for hit in find_all(text, last) if hit[0] >= end]
    if not hits:
        raise AuthoringError(f"no end {last!r} after {first!r}")
    return start, hits[0][1]


def find_content(text: str, spec: str | list[str]) -> list[Span]:
    """Find the stretches of a content, in order and apart."""
    spans = [find_stretch(text, part) for part in ([spec] if isinstance(spec, str) else spec)]
    if any(left[1] > right[0] for left, right in itertools.pairwise(spans)):
        raise AuthoringError(f"stretches overlap or are out of order: {spec!r}")
    return spans


def measure_gap(text: str, hit: Span, content: Sequence[Span]) -> tuple[int, int]:
    """Count sentence ends and characters between a hit and the nearest stretch."""
    gaps = []
    for start, end in content:
        low, high = (hit[1], start) if hit[1] <= start else (end, hit[0])
        between = text[max(low - 1, 0) : min(high + 1, low + REACH)]
        gaps.append((len(SENTENCE_END.findall(between)), max(high - low, 0)))
    return min(gaps)


def find_near(
    text: str, spec: str | None, content: Sequence[Span], inside: bool = False
) -> Span | None:
    """Find a cue or source beside its content: in the same sentence first, then the nearest."""
    if spec is None:
        return None
    needle, number = split_number(spec)
    if number is not None:
        return find_one(text, spec)
    hits = find_all(text, needle)
    outside = [
        hit for hit in hits if all(hit[1] <= start or hit[0] >= end for start, end in content)
    ]
    if inside and not any(measure_gap(text, hit, content)[1] <= REACH for hit in outside):
        outside = hits
    ranked = sorted((measure_gap(text, hit, content), hit) for hit in outside)
    if not ranked or ranked[0][0][1] > REACH:
        raise AuthoringError(f"not near its content: {needle!r}")
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        raise AuthoringError(f"as near in two places, number it: {needle!r}")
    return ranked[0][1]


def check_choice(value: str, choices: Sequence[str], what: str) -> str:
    """Return a value of a closed list; raise on any other."""
    if value not in choices:
        raise AuthoringError(f"unknown {what}: {value!r}")
    return value


def resolve_figure(spec: list[Any], words: str) -> Row:
    """Resolve [kind, n, text] or [kind, low, high, text]."""
    kind, *values, printed = spec
    low, high = values * 2 if len(values) == 1 else values
    if printed not in words:
        raise AuthoringError(f"figure is not in the content: {printed!r}")
    return {
        "kind": check_choice(kind, FIGURES, "figure"),
        "low": low,
        "high": high,
        "text": printed,
    }


def resolve_claim(text: str, row: Row) -> Row:
    """Resolve one authored claim."""
    if extra := set(row) - CLAIM_KEYS:
        raise AuthoringError(f"unknown keys {sorted(extra)}")
    content = find_content(text, row["c"])
    alt = find_content(text, row["alt"]) if row.get("alt") else None
    kind = check_choice(row["t"], TYPES, "source type")
    alternatives = row.get("alt_t", OFFICIALS if kind == "unnamed_official" else [])
    about = row.get("about")
    if about and not DAY.fullmatch(about):
        raise AuthoringError(f"no day: {about!r}")
    words = " ".join(text[start:end] for start, end in content)
    source = find_near(text, row.get("s"), content, inside=True)
    cue = find_near(text, row.get("q"), content)
    return {
        "content_spans": [list(span) for span in content],
        "content_alt_spans": [list(span) for span in alt] if alt else None,
        "source_span": list(source) if source else None,
        "cue_span": list(cue) if cue else None,
        "speaker": row["who"],
        "alt_speakers": row.get("altwho", []),
        "is_named": row.get("named", kind in NAMED),
        "source_type": kind,
        "alt_types": [check_choice(other, TYPES, "source type") for other in alternatives],
        "relay": row.get("relay", []),
        "class": check_choice(row.get("cls", "speech"), CLASSES, "class"),
        "polarity": check_choice(row.get("pol", "affirmed"), POLARITIES, "polarity"),
        "figures": [resolve_figure(spec, words) for spec in row.get("fig", [])],
        "about_date": about,
        "optional": bool(row.get("opt")),
    }


def resolve_actor(text: str, spec: list[Any]) -> Row:
    """Resolve [name, aliases, kind, country]; the aliases must be printed."""
    name, aliases, kind, country = spec
    for alias in aliases:
        if not find_all(text, alias):
            raise AuthoringError(f"alias is not printed: {alias!r}")
    if not aliases:
        raise AuthoringError(f"actor without a printed form: {name!r}")
    return {
        "name": name,
        "aliases": aliases,
        "kind": check_choice(kind, ACTORS, "actor"),
        "country": country,
    }


def find_bodies(text: str, actors: list[Row]) -> list[Span]:
    """Find the names of bodies, within which a place is not meant."""
    forms = {
        form
        for actor in actors
        if actor["kind"] != "person"
        for form in actor["aliases"]
        if form[0].isupper()
    }
    return [hit for form in forms for hit in find_all(text, form)]


def resolve_places(
    text: str, specs: list[list[Any]], points: list[Row], bodies: list[Span]
) -> list[Row]:
    """Resolve [name, kind, country, {m, focus}] to all mentions, the longest strings first."""
    wanted: list[tuple[str, int]] = []
    for number, spec in enumerate(specs):
        options = spec[3] if len(spec) > 3 else {}
        wanted += [(form, number) for form in options.get("m", [spec[0]])]
    taken: list[Span] = []
    mentions: dict[int, list[Span]] = {number: [] for number in range(len(specs))}
    for form, number in sorted(wanted, key=lambda pair: -len(split_number(pair[0])[0])):
        numbered = split_number(form)[1] is not None
        hits = [find_one(text, form)] if numbered else find_all(text, form)
        free = [
            hit for hit in hits if all(hit[1] <= start or hit[0] >= end for start, end in taken)
        ]
        if not numbered:
            free = [
                hit
                for hit in free
                if not any(s <= hit[0] and hit[1] <= e and (s, e) != hit for s, e in bodies)
            ]
        if not free:
            raise AuthoringError(f"place is not printed: {form!r}")
        taken += free
        mentions[number] += free
    return [make_place(spec, sorted(mentions[number]), points) for number, spec in enumerate(specs)]


def make_place(spec: list[Any], mentions: list[Span], points: list[Row]) -> Row:
    """Make the row of a place, with the coordinates of the first of its mentions that has any."""
    name, kind, country, *rest = spec
    known = [
        point
        for point in points
        for start, end in mentions
        if start < int(point["end"]) and int(point["start"]) < end
    ]
    return {
        "name": name,
        "kind": check_choice(kind, PLACES, "place"),
        "country_code": country,
        "lat": float(known[0]["lat"]) if known else None,
        "lon": float(known[0]["lon"]) if known else None,
        "focus": bool(rest and rest[0].get("focus")),
        "mentions": [list(span) for span in mentions],
    }


def read_points(folder: Path = FOLDER) -> dict[str, list[Row]]:
    """Read the coordinates of place names by article."""
    points: dict[str, list[Row]] = {}
    with (folder / "coordinates.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            points.setdefault(row["doc_id"], []).append(dict(row))
    return points


def resolve_file(path: Path, text: str, points: list[Row]) -> dict[str, list[Row]]:
    """Resolve one authored file; every fault is listed before it stops."""
    faults: list[str] = []
    out: dict[str, list[Row]] = {"claims": [], "actors": [], "places": []}
    try:
        authored = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise AuthoringError(f"{path.parent.name}/{path.name}: {error}") from error
    for name, resolve in (("claims", resolve_claim), ("actors", resolve_actor)):
        for row in authored[name]:
            try:
                out[name].append(resolve(text, row))
            except (AuthoringError, KeyError, ValueError) as error:
                faults.append(f"{error!r} in {json.dumps(row, ensure_ascii=False)[:160]}")
    try:
        out["places"] = resolve_places(
            text, authored["places"], points, find_bodies(text, out["actors"])
        )
    except AuthoringError as error:
        faults.append(str(error))
    if faults:
        where = f"{path.parent.name}/{path.name}"
        raise AuthoringError("\n".join(f"{where}: {fault}" for fault in faults))
    return out


def resolve_annotator(annotator: str, folder: Path = FOLDER) -> dict[str, dict[str, list[Row]]]:
    """Resolve all files of an annotator, by doc_id."""
    texts = {row["doc_id"]: row["text"] for row in read_rows(folder / "texts.jsonl")}
    points = read_points(folder)
    out, faults = {}, []
    for path in sorted((folder / "authored" / annotator).glob("*.json")):
        if path.stem not in texts:
            faults.append(f"{annotator}/{path.name}: no such article")
            continue
        try:
            out[path.stem] = resolve_file(path, texts[path.stem], points.get(path.stem, []))
        except AuthoringError as error:
            faults.append(str(error))
    if faults:
        raise AuthoringError("\n".join(faults))
    return out


def write_rows(folder: Path = FOLDER) -> dict[str, int]:
    """Write the rows of all articles, as decided, else of the first annotator; count them."""
    readings = {name: resolve_annotator(name, folder) for name in ("adjudicated", *ANNOTATORS)}
    rows: dict[str, list[Row]] = {"claims": [], "actors": [], "places": [], "documents": []}
    for doc_id in sorted(set().union(*readings.values())):
        chosen = next(name for name in readings if doc_id in readings[name])
        annotators = [name for name in ANNOTATORS if doc_id in readings[name]]
        adjudicated = chosen == "adjudicated"
        rows["documents"].append(
            {"doc_id": doc_id, "annotators": annotators, "adjudicated": adjudicated}
        )
        for name, found in readings[chosen][doc_id].items():
            rows[name] += [{"doc_id": doc_id, **row} for row in found]
    for name, found in rows.items():
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return {name: len(found) for name, found in rows.items()}


def show_file(name: str, folder: Path = FOLDER) -> None:
    """Print what an authored file resolves to; `!` marks a source or cue that is far."""
    annotator, _, doc_id = name.partition("/")
    text = next(row["text"] for row in read_rows(folder / "texts.jsonl") if row["doc_id"] == doc_id)
    path = folder / "authored" / annotator / f"{doc_id}.json"
    for row in resolve_file(path, text, read_points(folder).get(doc_id, []))["claims"]:
        content = [tuple(span) for span in row["content_spans"]]
        marks = []
        for key in ("source_span", "cue_span"):
            span = row[key]
            far = span and measure_gap(text, tuple(span), content)[1] > FAR
            marks.append(f"{'!' if far else ''}{text[slice(*span)] if span else '-'}")
        print(
            f"{row['speaker']} [{marks[0]} | {marks[1]}]",
            *(text[s:e] for s, e in content),
            sep="\n    ",
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", metavar="ANNOTATOR/DOC_ID")
    parser.add_argument(
        "--check", metavar="ANNOTATOR", help="resolve the files of one annotator, write nothing"
    )
    options = parser.parse_args(arguments)
    try:
        if options.show:
            show_file(options.show)
        elif options.check:
            print(f"{len(resolve_annotator(options.check))} articles of {options.check} resolve")
        else:
            print(", ".join(f"{count} {name}" for name, count in write_rows().items()))
    except AuthoringError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
