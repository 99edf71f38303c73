"""Origins: which first speakers of a group of claims are one source under several names.

A body, its head and "officials" of it are one; a paper and the source it quotes are one; so are
those that say something together, and those to whom the same words are given; whoever cannot be
told apart counts once. Independence must be visible, it is not assumed. Where an outlet names
nobody it is nobody's origin, unless it says that it found out what it reports.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from newsledger.graph.joined import JoinedGroups
from newsledger.ledger.claims.sides import UTTERANCE_WORDS
from newsledger.ledger.claims.standing import (
    GOVERNING,
    PRONOUNS,
    PUBLIC,
    SPEAKING,
    Hop,
    Place,
    are_told_apart,
    describe,
    fold_noun,
    list_own_words,
)
from newsledger.model.enums import ActorKind, Form, SourceType
from newsledger.text.fold import list_grams

_OFFICIAL_TYPES = frozenset({SourceType.GOVERNMENT_BODY, SourceType.UNNAMED_OFFICIAL})


class _Joiner:
    """Union of the places that are one origin, by the smallest, with the words that made them
    one."""

    def __init__(self, hops: Sequence[Hop]) -> None:
        self.groups = JoinedGroups(hop.place for hop in hops)
        self.reasons: dict[Place, str] = {}

    def find(self, place: Place) -> Place:
        return self.groups.find(place)

    def join(self, reason: str, hops: Sequence[Hop]) -> None:
        """Make some one, and note why where they were not."""
        places = sorted(hop.place for hop in hops)
        if len({self.find(place) for place in places}) < 2:
            return
        for place in places:
            self.reasons.setdefault(place, reason)
        for place in places[1:]:
            one, other = sorted((self.find(places[0]), self.find(place)))
            self.groups.join(one, other)


def assign_origins(
    hops: Sequence[Hop],
    texts: Mapping[str, str],
    contents: Mapping[str, Sequence[str]] | None = None,
) -> tuple[dict[Place, str], dict[Place, str]]:
    """Say for each chain of a group's claims which first speaker it goes back to.

    `texts` gives the independent text of each article, `contents` the words of each claim. Returns
    by (claim, chain) the origin, a readable key, empty where nobody is named; and the words that
    made it one.
    """
    named = [hop for hop in hops if not hop.is_nobody]
    joiner = _Joiner(named)
    if len(named) > 1:
        _join_all(named, texts, contents or {}, joiner)
    labels: dict[Place, Counter[str]] = defaultdict(Counter)
    for hop in named:
        label = hop.name or describe(hop.surface)
        labels[joiner.find(hop.place)][label] += 5 if hop.is_proper else 2 if hop.is_named else 1
    names = {
        root: min(found, key=lambda label: (-found[label], label)) for root, found in labels.items()
    }
    origins = {hop.place: "" for hop in hops}
    for hop in named:
        root = joiner.find(hop.place)
        origins[hop.place] = f"{names[root]}|{root[0]}|{root[1]}"
    return origins, joiner.reasons


def _join_all(
    hops: Sequence[Hop],
    texts: Mapping[str, str],
    contents: Mapping[str, Sequence[str]],
    joiner: _Joiner,
) -> None:
    for reason, tied in _list_ties(hops):
        joiner.join(reason, tied)
    for tied in _list_utterances(hops, contents):
        joiner.join("the same words", tied)
    _join_governments(hops, joiner)
    _join_pronouns(hops, texts, joiner)
    _join_open(hops, joiner)


def _list_ties(hops: Sequence[Hop]) -> Iterator[tuple[str, list[Hop]]]:
    """List what makes chains one, with the words that say so, in order."""
    ties: dict[tuple[str, str], list[Hop]] = defaultdict(list)
    for hop in hops:
        words = list_own_words(hop.surface)
        if hop.source_type == SourceType.OWN_REPORTING:
            ties["own reporting of", " ".join(words)].append(hop)
            continue
        if hop.actor_id:
            ties["one actor", hop.actor_id].append(hop)
        if words and words[-1] not in PRONOUNS and (hop.is_named or len(words) > 1):
            ties["same words", " ".join(words)].append(hop)
        for body in hop.stands_for:
            ties["of one body", body].append(hop)
        for relay in filter(None, (*hop.relays, hop.actor_id)):
            ties["through one relay", relay].append(hop)
        ties["said together in", hop.claim_id].append(hop)
    for (reason, key), tied in sorted(ties.items()):
        if reason == "said together in":
            yield "said together", [hop for hop in tied if not _stands_apart(hop, tied)]
        else:
            yield f"{reason}: {key}", tied
    for hop in hops:
        for other in hops:
            if hop is not other and (shared := _find_shared_name(hop, other)):
                yield f"named in the words: {shared}", [hop, other]


def _stands_apart(hop: Hop, beside: Sequence[Hop]) -> bool:
    """Whether one is another body or crowd than those it says a thing with: "police and residents",
    two countries; named people speak together."""
    is_person = hop.kind == ActorKind.PERSON and hop.is_proper
    return not is_person and any(are_told_apart(hop, other) for other in beside)


def _find_shared_name(hop: Hop, other: Hop) -> str:
    """Find the name of one in what the other is called: "a spokesman for Omar Tal", "Tal"; the
    noun of a body in a role: "zoo director"."""
    called = other.role_words.union(*other.names)
    for name in hop.names:
        if name <= called or any(name <= whole for whole in other.names):
            return " ".join(sorted(name))
    if hop.is_proper and hop.kind not in (None, ActorKind.PERSON):
        for body in hop.stands_for:
            head = body.split()[-1:]
            if (
                head
                and head[0] in other.role_words
                and other.kind in (None, ActorKind.PERSON, ActorKind.COLLECTIVE)
            ):
                return head[0]
    return ""


def _list_utterances(
    hops: Sequence[Hop], contents: Mapping[str, Sequence[str]]
) -> Iterator[list[Hop]]:
    """List the chains whose claims quote one run of words: one utterance, though it is given to
    "the director" here and to his name there."""
    carriers: dict[tuple[str, ...], list[Hop]] = defaultdict(list)
    for hop in hops:
        words = contents.get(hop.claim_id, ())
        if len(words) >= UTTERANCE_WORDS and hop.form != Form.INDIRECT:
            for gram in {*list_grams(words, UTTERANCE_WORDS)}:
                carriers[gram].append(hop)
    yield from (tied for _, tied in sorted(carriers.items()) if len(tied) > 1)


def _join_governments(hops: Sequence[Hop], joiner: _Joiner) -> None:
    """Join who speaks for the government of one country in general; a ministry or agency goes with
    it only where it is the only one."""
    general: dict[str, list[Hop]] = defaultdict(list)
    special: dict[str, list[Hop]] = defaultdict(list)
    for hop in hops:
        words = {fold_noun(word) for word in (*hop.surface.split(), *" ".join(hop.roles).split())}
        country = hop.country or ""
        is_official = hop.source_type in _OFFICIAL_TYPES or hop.standing == PUBLIC
        if not (is_official or words & (GOVERNING - SPEAKING) or (country and words & GOVERNING)):
            continue
        if hop.is_office:
            special[country].append(hop)
        elif words & GOVERNING or hop.source_type == SourceType.UNNAMED_OFFICIAL:
            general[country].append(hop)
    countries = sorted({*general, *special} - {""})
    for country in countries or [""]:
        is_only = len(countries) < 2
        tied = general[country] + (general[""] if country and is_only else [])
        offices = special[country]
        if len({joiner.find(hop.place) for hop in offices}) == 1:
            tied += offices
        joiner.join(f"speaks for the government {country}".strip(), tied)


def _join_pronouns(hops: Sequence[Hop], texts: Mapping[str, str], joiner: _Joiner) -> None:
    """Join pronouns, and papers of nobody, with the first that is named in their text."""
    in_text: dict[str, Hop] = {}
    for hop in sorted(hops, key=lambda hop: (not hop.is_proper, hop.place)):
        if hop.is_named or hop.actor_id:
            in_text.setdefault(texts[hop.article_id], hop)
    for hop in hops:
        words = list_own_words(hop.surface)
        if not hop.is_proper and (not words or words[-1] in PRONOUNS or hop.is_passed_on):
            target = in_text.get(texts[hop.article_id])
            if target is not None:
                joiner.join("cannot be told apart", [target, hop])


def _join_open(hops: Sequence[Hop], joiner: _Joiner) -> None:
    """Join who cannot be told from an origin that stands before: those with a name of their own
    are told apart, of others it must be seen."""
    origins: list[list[Hop]] = []
    for found in _list_clusters(hops, joiner):
        is_named = any(hop.is_proper and not hop.is_passed_on for hop in found)
        like = next(
            (origin for origin in origins if not is_named and not _are_apart(found, origin)), None
        )
        if like is None:
            origins.append(found)
        else:
            joiner.join("cannot be told apart", [like[0], found[0]])
            like += found


def _list_clusters(hops: Sequence[Hop], joiner: _Joiner) -> list[list[Hop]]:
    """List what is one so far, those with names first, media and papers last."""
    found: dict[Place, list[Hop]] = defaultdict(list)
    for hop in sorted(hops, key=lambda hop: hop.place):
        found[joiner.find(hop.place)].append(hop)
    return sorted(
        found.values(),
        key=lambda cluster: (
            all(hop.is_passed_on for hop in cluster),
            not any(hop.is_proper for hop in cluster),
            cluster[0].place,
        ),
    )


def _are_apart(left: Sequence[Hop], right: Sequence[Hop]) -> bool:
    """Whether two are told apart by all of their words that tell where they stand; a medium that
    is named is apart from all but other media, a body from people of whom nothing is told."""
    if all(hop.is_medium for hop in left):
        return not any(hop.is_passed_on for hop in right)
    if all(hop.is_passed_on for hop in left):
        return False
    if all(hop.is_body for hop in left) and all(_is_plain(hop) for hop in right):
        return True
    pairs = [
        are_told_apart(one, other)
        for one in left
        for other in right
        if one.standing and other.standing
    ]
    return bool(pairs) and all(pairs)


def _is_plain(hop: Hop) -> bool:
    """Whether it is a person by name, of whom nothing tells for whom he speaks."""
    return hop.is_proper and hop.kind == ActorKind.PERSON and hop.standing is None
