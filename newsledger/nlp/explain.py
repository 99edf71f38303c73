"""Explanations for a reader: the text with its spans marked, and for each of them the rule that
made it. Values in, text out."""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from newsledger.model.records import (
    ActorMention,
    Article,
    Claim,
    ClaimSource,
    Extraction,
    LostReading,
    Quantity,
    Span,
)

_LEGEND = (
    "Marks: [c1 … c1] content of claim 1, [s1 … s1] its source, [q1 … q1] its cue; "
    "statements of the outlet itself are [o1 … o1]."
)
_ACTOR_LEGEND = "Marks: [a1 … a1] a mention of actor 1."

MAX_LOST = 4  # of the readings that lost, best first
LOST_WIDTH = 90  # characters shown of each

Mark = tuple[int, int, str]  # start, end, label


def explain_claims(article: Article, extraction: Extraction) -> str:
    """Write the body with the spans of its claims marked, then each claim: construction, losers,
    chain, time, figures."""
    numbered = list(enumerate(extraction.claims, 1))
    parts = [_heading(article), _LEGEND, "", mark_spans(article.body, _claim_marks(numbered)), ""]
    names = {actor.article_actor_id: actor.name for actor in extraction.actors}
    places = {
        place.location_id: ", ".join(filter(None, (place.name, place.country_code)))
        for place in extraction.locations
    }
    for number, claim in numbered:
        parts += _describe_claim(number, claim, article.body, names | places)
    if not numbered:
        parts.append("No claims were found.")
    return "\n".join(parts).rstrip() + "\n"


def explain_actors(
    article: Article, extraction: Extraction, across: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Write the body with the mentions of its actors marked, then each actor: kind, aliases, roles,
    and the rule of each mention.

    `across` says by actor key who that is in the ledger, line by line.
    """
    order = {actor.article_actor_id: number for number, actor in enumerate(extraction.actors, 1)}
    marks = [
        (mention.start, mention.end, f"a{order[mention.article_actor_id]}")
        for mention in extraction.actor_mentions
        if mention.article_actor_id in order
    ]
    parts = [_heading(article), _ACTOR_LEGEND, "", mark_spans(article.body, marks), ""]
    by_actor: dict[str, list[ActorMention]] = defaultdict(list)
    for mention in extraction.actor_mentions:
        by_actor[mention.article_actor_id].append(mention)
    for number, actor in enumerate(extraction.actors, 1):
        aliases = (
            ", ".join(f"{alias.alias} ({alias.alias_type})" for alias in actor.aliases) or "none"
        )
        side = ", ".join(filter(None, (actor.country_code, actor.party_role))) or "none known"
        parts += [
            f"actor {number}: {actor.name}",
            f"  kind     {actor.kind} (rule: {actor.kind_rule})",
            f"  side     {side}",
            f"  aliases  {aliases}",
        ]
        parts += [f"  role     {role.text}" for role in actor.roles]
        parts += [f"  ledger   {line}" for line in (across or {}).get(actor.article_actor_id, ())]
        for mention in by_actor[actor.article_actor_id]:
            parts.append(
                f"  mention  {mention.start}-{mention.end} {mention.text!r}: "
                f"{mention.mention_type}, rule {mention.rule}, score {mention.score:.2f}"
            )
        parts.append("")
    if not extraction.actors:
        parts.append("No actors were found.")
    return "\n".join(parts).rstrip() + "\n"


def mark_spans(text: str, marks: Iterable[Mark]) -> str:
    """Put `[label ` and ` label]` around each span; marks may nest and cross, so each end names its
    label."""
    events: list[
        tuple[int, int, int, int, str]
    ] = []  # offset, closing first, outer opens first and closes last, order, what to insert
    for order, (start, end, label) in enumerate(marks):
        events.append((start, 1, -end, order, f"[{label} "))
        events.append((end, 0, -start, -order, f" {label}]"))
    pieces, at = [], 0
    for offset, *_, insert in sorted(events):
        pieces += [text[at:offset], insert]
        at = offset
    return "".join([*pieces, text[at:]])


def _heading(article: Article) -> str:
    when = article.published_at.isoformat() if article.published_at else "no date"
    via = f", via {article.agency_name}" if article.agency_name else ""
    outlet = article.outlet_name or "unknown outlet"
    return f"{article.headline or '(no headline)'}\n{outlet}{via}, {when}\n"


def _claim_marks(numbered: Sequence[tuple[int, Claim]]) -> list[Mark]:
    marks: list[Mark] = []
    for number, claim in numbered:
        found = claim.attribution
        marks += _labelled(found.content_spans, f"{'o' if claim.is_statement else 'c'}{number}")
        marks += _labelled(found.source_spans, f"s{number}")
        marks += _labelled(found.cue_spans, f"q{number}")
    return marks


def _labelled(spans: Iterable[Span], label: str) -> list[Mark]:
    return [(span.start, span.end, label) for span in spans]


def _describe_claim(number: int, claim: Claim, body: str, names: dict[str, str]) -> list[str]:
    found = claim.attribution
    cue = " … ".join(body[span.start : span.end] for span in found.cue_spans) or "none"
    what = (
        "statement of the outlet"
        if claim.is_statement
        else f"{found.form}, {found.cue_class} ({found.cue_type}), {found.cue_stance}"
    )
    lines = [
        f"claim {number}: {claim.content_text}",
        f"  found by   {found.construction} (score {found.score:.2f}); {what}; cue {cue!r} "
        f"({found.cue_lemma})",
        *(
            [_describe_lost(lost, body) for lost in found.losers[:MAX_LOST]]
            or ["  lost       no other candidate"]
        ),
        *([f"  reader     {found.vote}"] if found.vote else []),
        f"  put as     {claim.polarity}, {claim.certainty}, {claim.tense}"
        + (f"; hedges: {', '.join(claim.hedges)}" if claim.hedges else ""),
    ]
    if found.is_negated:
        lines.append("  not said   the source is said not to have said it")
    if found.parent is not None:
        lines.append(f"  nested in  claim {found.parent + 1}")
    if claim.said_precision:
        said = _period(claim.said_start_date, claim.said_end_date, claim.said_precision)
        lines.append(f"  said       {said}")
    if claim.about_precision:
        about = _period(claim.about_start_date, claim.about_end_date, claim.about_precision)
        lines.append(f"  about      {about}")
    lines += [_describe_hop(source, names) for source in claim.sources]
    lines += [_describe_quantity(quantity) for quantity in claim.quantities]
    lines += [f"  {role:<10} {names.get(key, key)}" for key, role in claim.article_actor_ids]
    lines += [
        f"  place      {names.get(location_id, location_id)} ({role})"
        for location_id, role in claim.location_ids
    ]
    if claim.caveat:
        lines.append(f"  caveat     {claim.caveat}")
    return [*lines, ""]


def _describe_lost(lost: LostReading, body: str) -> str:
    source, content = (
        " … ".join(body[span.start : span.end] for span in spans)
        for spans in (lost.source_spans, lost.content_spans)
    )
    short = textwrap.shorten(content, LOST_WIDTH, placeholder=" …")
    why = f"{lost.construction} (score {lost.score:.2f})"
    return f"  lost       {why}: [{source or 'no source'}] {short}"


def _period(start: date | None, end: date | None, precision: str) -> str:
    days = f"{start}" if start == end else f"{start or '…'} to {end or '…'}"
    return f"{days} ({precision})"


def _describe_hop(source: ClaimSource, names: dict[str, str]) -> str:
    facts = [source.source_type, "named" if source.is_named else "not named"]
    if source.article_actor_id and names.get(source.article_actor_id) not in (None, source.surface):
        facts.append(f"is {names[source.article_actor_id]}")
    if source.party_role:
        facts.append(f"side: {source.party_role}")
    if source.source_count:
        facts.append(f"{source.source_count} sources")
    if source.ground_rules:
        facts.append(f"terms: {source.ground_rules}")
    return f"  chain {source.chain}.{source.hop}  {source.surface} ({'; '.join(facts)})"


def _describe_quantity(quantity: Quantity) -> str:
    low, high = (
        f"{value:,g}" if value is not None else "…" for value in (quantity.low, quantity.high)
    )
    value = low if low == high else f"{low} to {high}"
    facts = [quantity.kind, f"{quantity.comparator} {value} {quantity.unit or ''}".strip()]
    facts += filter(
        None,
        (
            "currency by the outlet's country" if quantity.is_unit_assumed else None,
            quantity.population,
            quantity.scope,
            f"since {quantity.scope_start_date}" if quantity.scope_start_date else None,
        ),
    )
    return f"  figure     {quantity.text!r}: {', '.join(facts)}"
