"""What kind an actor is, decided once across articles from all evidence: a curated row before a
word that says so, that before a guess from the shape of the name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import polars as pl

from newsledger.ledger.identity.names import fold
from newsledger.model.enums import ActorKind

# What decided the kind in an article, by strength; anything else is a word that says so.
_CURATED, _DESCRIBED, _TOLD, _GUESSED = 4, 3, 2, 1
_GUESSES = frozenset({"name of a person", "name of an organisation", "name"})


def rate_rule(kind_rule: str | None, gender: str | None) -> int:
    """Rate the evidence for a kind: a curated row, words (a pronoun too), or the name alone."""
    if kind_rule and kind_rule.startswith("seeds/"):
        return _CURATED
    if kind_rule and kind_rule.startswith("apposition: "):
        return _DESCRIBED
    return _GUESSED if not kind_rule or (kind_rule in _GUESSES and not gender) else _TOLD


def choose_kind(evidence: Iterable[tuple[str, int]]) -> str | None:
    """Choose among kinds with their strength: the strongest evidence, then the most of it, then
    the most of all."""
    rated: dict[str, Counter[int]] = defaultdict(Counter)
    for kind, strength in evidence:
        rated[kind][strength] += 1
    if not rated:
        return None
    return min(
        rated,
        key=lambda kind: (
            -max(rated[kind]), kind == ActorKind.COLLECTIVE, -rated[kind][max(rated[kind])],
            -rated[kind].total(), kind,
        ),
    )  # fmt: skip


def make_name_key(name: str, story_id: str | None) -> str:
    """Make the key that actors of articles share whose kind is settled together."""
    return fold(name) if " " in name else f"{fold(name)}|{story_id or ''}"


def settle_kinds(actors: pl.DataFrame) -> pl.DataFrame:
    """Give actors of articles that have one proper name one kind. `actors` has `name, kind,
    kind_rule, gender`; a name of one word is settled inside its story (`story_id`)."""
    keys = [make_name_key(*row) for row in actors.select("name", "story_id").iter_rows()]
    evidence: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for key, (kind, rule, gender) in zip(
        keys, actors.select("kind", "kind_rule", "gender").iter_rows(), strict=True
    ):
        evidence[key].append((kind, rate_rule(rule, gender)))
    chosen = {key: choose_kind(found) for key, found in evidence.items()}
    return actors.with_columns(kind=pl.Series([chosen[key] for key in keys], dtype=pl.String))


def settle_groups(actors: pl.DataFrame, ids: Mapping[str, str]) -> dict[str, str]:
    """Decide the kind of each actor of the ledger from all its actors of articles. Returns the
    kind by `article_actor_id`."""
    evidence: dict[str, list[tuple[str, int]]] = defaultdict(list)
    rows = list(actors.select("article_actor_id", "kind", "kind_rule", "gender").iter_rows())
    for key, kind, rule, gender in rows:
        evidence[ids.get(key, key)].append((kind, rate_rule(rule, gender)))
    chosen = {actor: choose_kind(found) for actor, found in evidence.items()}
    return {key: kind for key, *_ in rows if (kind := chosen[ids.get(key, key)])}
