"""Golden pairs of claims: what contradicts, denies or updates the other, and what only looks so."""

import datetime
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from newsledger.ledger.claims.compared import ComparedClaim, read_claims
from newsledger.ledger.claims.links import link_claims
from newsledger.ledger.claims.reasons import is_by_both_sides

GOLDEN = Path(__file__).parents[1] / "golden" / "relations.jsonl"
CASES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]
DENYING = ("deny", "dispute", "reject")
FILLER = ("The museum sold its paintings", "Snow fell in the hills", "Bakers raised prices")


def make_story(*sides: dict[str, Any]) -> list[ComparedClaim]:
    """Claims of one story, as the database holds them, and a few of another one."""
    rows, figures, about = [], [], []
    for number, side in enumerate(sides):
        speaker = side.get("speaker")
        rows.append({
            "claim_id": f"c{number}", "article_id": side.get("article", f"a{number}"), "content_text": side["text"],
            "story_id": side.get("story", "s"), "parent_claim_id": None, "polarity": side.get("polarity", "negated" if side.get("cue") in DENYING else "affirmed"),
            "tense": side.get("tense", "happened"), "about_start_date": None, "about_end_date": None, "about_precision": None,
            "speaker_actor_id": f"act_{speaker}" if speaker else None, "speaker_name": speaker, "is_statement": not speaker,
            "said_start_date": datetime.date.fromisoformat(side["said"]) if "said" in side else None,
            "said_precision": "month" if "said" in side else None,
            "cue_lemma": side.get("cue"), "cue_stance": "denial" if side.get("cue") in DENYING else "neutral",
            "start": side.get("start", 0), "sentence": side.get("sentence", side["text"]),
            "published_at": datetime.datetime.fromisoformat(side["at"]) if "at" in side else None,
        })  # fmt: skip
        for kind, unit, low, high, text in side.get("figures", ()):
            figures.append(
                (f"q{len(figures)}", f"c{number}", text, kind, unit, float(low), float(high))
            )
        about += [
            (f"c{number}", f"act_{name}", name, "mentioned", "person", None)
            for name in side.get("about", ())
        ]
    names = ("quantity_id", "claim_id", "text", "kind", "unit")
    schema = dict.fromkeys(names, pl.String) | {"low": pl.Float64, "high": pl.Float64}
    nothing = {"claim_id": pl.String, "location_id": pl.String, "name": pl.String}
    columns = ("claim_id", "actor_id", "name", "role", "kind", "country_code")
    actors = dict.fromkeys(columns, pl.String)
    speakers = {
        f"c{number}": frozenset({f"act_{side['speaker']}"})
        for number, side in enumerate(sides)
        if "speaker" in side
    }
    return read_claims(
        pl.DataFrame(rows, infer_schema_length=None),
        pl.DataFrame(figures, schema=schema, orient="row"),
        pl.DataFrame([], schema=nothing),
        pl.DataFrame(about, schema=actors, orient="row"),
        speakers,
    )


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["id"],
            marks=pytest.mark.xfail(reason=case["xfail"], strict=True) if "xfail" in case else (),
        )
        for case in CASES
    ],
)
def test_relation(case):
    filler = [{"text": text, "story": "other"} for text in FILLER]

    links = link_claims(make_story(case["left"], case["right"], *filler))

    assert [link.link_type for link in links if link.link_type != "same"] == case["links"]


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        pytest.param("accuse", "Halvard of a cover-up", True, id="who accuses and is accused"),
        pytest.param("describe", "Halvard of a cover-up", False, id="nobody opposes anybody"),
        pytest.param("accuse", "the port of lying to Halvard", False, id="another is accused"),
        pytest.param("blame", "this on Halvard", True, id="who is blamed"),
    ],
)
def test_both_sides(cue, text, expected):
    charge = {"text": text, "speaker": "Mara Voss", "cue": cue, "about": ["Halvard"]}
    left = {"text": "two valves burst and the tank leaked for an hour", "speaker": "Mara Voss", "article": "b"}  # fmt: skip
    right = {"text": "a tank had leaked after valves burst, and engineers were called from Olmar", "speaker": "Halvard", "article": "d"}  # fmt: skip
    filler = [{"text": f"{text} in {place}"} for text in FILLER for place in ("Olmar", "Tallin", "Brin")]  # fmt: skip

    links = link_claims(make_story(charge, left, right, *filler))

    assert any(is_by_both_sides(link.reason) for link in links) is expected
