"""A cluster: the names of one article that are one actor, on their way to an `Actor`."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from newsledger.lexicon.actors import SeedActor
from newsledger.model.enums import ActorKind, EntityLabel, Gender, MentionType
from newsledger.model.records import ActorRole
from newsledger.model.records import Span as CharSpan
from newsledger.nlp.names.roles import Signature
from newsledger.nlp.parse.parsed import Phrase

_LETTER = re.compile(r"\w")
DESCRIBED = "group noun: "  # begins the rule of kind of who is described and not named


@dataclass(slots=True)
class Cluster:
    """Names that are one actor, on its way to an `Actor`."""

    label: str
    names: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int, MentionType, str]] = field(
        default_factory=list
    )  # start, end, mention_type, rule
    kind: ActorKind | None = None
    kind_rule: str = ""
    seed: SeedActor | None = None
    gender: Gender | None = None
    country_code: str | None = None
    party_role: str | None = None
    roles: list[ActorRole] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)  # of its roles
    full: str = ""  # as first placed, of a person; of a state, the name most used
    printed: list[str] = field(default_factory=list)  # with title or country: "President Tal"
    words: tuple[str, ...] = ()  # folded words of the full name, of a person
    first_start: int = 0
    full_starts: list[int] = field(default_factory=list)  # where named in full again, of a person

    def named_in_full(self, before: int) -> int:
        """Where a person was named in full last before an offset."""
        starts = (start for start in (self.first_start, *self.full_starts) if start < before)
        return max(starts, default=self.first_start)

    @property
    def name(self) -> str:
        if self.full and self.label != EntityLabel.PERSON:
            return self.full
        return max(dict.fromkeys(self.names), key=lambda name: (len(name.split()), len(name)))


def differ(one: str | None, other: str | None) -> bool:
    """Tell whether two genders are known and not the same."""
    return one is not None and other is not None and one != other


def list_organisations(clusters: list[Cluster]) -> list[CharSpan]:
    """List where organisations are named, in reading order."""
    return sorted(
        CharSpan(start, end)
        for cluster in clusters
        if cluster.label == EntityLabel.ORG
        for start, end, kind, _ in cluster.mentions
        if kind == MentionType.NAME
    )


def index_last_words(groups: list[Cluster]) -> dict[str, list[Cluster]]:
    """Index groups by the last words of their longer names."""
    found: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in groups:
        for last in {name.lower().split()[-1] for name in cluster.names if " " in name}:
            found[last].append(cluster)
    return found


def nominal_span(chunk: "Phrase") -> tuple[int, int]:
    """The characters of a noun phrase without what stands before a line break and without opening
    marks."""
    text = chunk.text
    word = _LETTER.search(text, text.rfind("\n") + 1)
    return chunk.start_char + (word.start() if word else 0), chunk.end_char


def is_named_before(cluster: Cluster, first: int, at: int) -> bool:
    """Whether a cluster is named from one offset to before another."""
    return any(
        first <= start < at for start, _, kind, _ in cluster.mentions if kind == MentionType.NAME
    )


def find_country(cluster: Cluster) -> str | None:
    """Find the country of a cluster, told or known."""
    return cluster.country_code or (cluster.seed.country_code or None if cluster.seed else None)


def is_closer_to_another(signature: Signature, holder: Cluster, people: list[Cluster]) -> bool:
    """Whether a description tells more than the bare role that a person is known by, while another
    has the same role: "the coach of the year" is not the last coach told."""
    is_bare = all(not other.words for other in holder.signatures if other.noun == signature.noun)
    others = (other for one in people if one is not holder for other in one.signatures)
    return is_bare and bool(signature.words) and any(o.noun == signature.noun for o in others)
