"""Names of one article that are one person or one group: surnames, first names, spellings,
acronyms, short forms, families."""

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from newsledger.lexicon.actors import drop_owner, find_seed_actor, fold
from newsledger.lexicon.first_names import load_first_names
from newsledger.model.enums import ActorKind, EntityLabel, Gender, MentionType
from newsledger.model.records import Entity
from newsledger.nlp.names.clusters import Cluster, differ
from newsledger.nlp.names.forms import bare_word, is_variant, load_titles, name_key, split_title
from newsledger.nlp.names.kinds import (
    find_described_kind,
    find_description_before,
    load_kind_words,
)
from newsledger.nlp.names.roles import load_gendered_nouns
from newsledger.nlp.names.short_names import (
    find_firm,
    find_longer,
    find_owned,
    find_owned_letters,
)
from newsledger.nlp.parse.parsed import ParsedText

FULL = 2  # words of a full name without a middle one
MIN_SURNAME = 4  # letters; shorter ones are words as often
COUPLE_REACH = 24  # characters before a full name in which a first name shares its surname
TITLE_REACH = 24  # characters before a name in which its title stands: "husband and wife"
KIN_REACH = 200  # characters before a child's first name in which the parents are named
_COUPLE = re.compile(r"\b(?P<first>[A-Z][a-z]+) (?:and|&) $")
_KIN = re.compile(
    r"\b(?:their|his|her|couple[’']s|family[’']s)(?: \w+){0,3}? (?:sons?|daughters?|child(?:ren)?"
    r"|kids|twins|siblings|brothers?|sisters?)(?:,| —)? "
    r"(?P<names>[A-Z][a-z]+(?:(?:, \d+)?,? (?:and )?[A-Z][a-z]+\b){0,6})"
)
_RELATIVE = (
    r"(?:(?:grand|step)?(?:son|daughter|mother|father)|brother|sister|wife|husband|widow(?:er)?"
    r"|uncle|aunt|cousin|nephew|niece|mom|dad|fianc[ée]e?)(?:-in-law)?"
)
_OWNED = rf"(?:his|her|their|whose|\w[’']s)(?: [\w-]+){{0,2}} {_RELATIVE}"
_BEFORE_RELATIVE = re.compile(rf"\b{_OWNED},? \Z", re.IGNORECASE)
_BEHIND_RELATIVE = re.compile(rf", {_OWNED}\b", re.IGNORECASE)
RELATIVE_REACH = 60  # characters before a full name in which it is told whose relative he is
_SENTENCE_WORDS = frozenset({"I"})


def cluster_names(
    text: str, entities: tuple[Entity, ...], acronyms: dict[str, str]
) -> list[Cluster]:
    """Group the names of people and organisations: longest first, so that a short form finds its
    long one; `acronyms` are folded, short to long."""
    clusters: list[Cluster] = []
    people: dict[str, list[Cluster]] = defaultdict(list)  # by last name
    groups: dict[str, Cluster] = {}
    couples, kin = list_couples(text, entities), list_kin(text, entities)
    relatives = list_relatives(text, entities)
    shared = {whole.split()[-1] for whole in couples.values()} | _list_pairs(text, entities)
    full_first = sorted(
        (e for e in entities if e.label in {EntityLabel.PERSON, EntityLabel.ORG}),
        key=lambda e: (-len(couples.get(e.start, e.text).split()), e.start),
    )
    surnames = {
        bare_word(last): last
        for e in full_first
        if e.label == EntityLabel.PERSON and " " in e.text
        for last in [name_key(e.text).split()[-1]]
    }
    described = _list_described(text, full_first, surnames)
    chosen: dict[int, tuple[Cluster, str]] = {}
    for entity in full_first:
        key = name_key(entity.text)
        if _is_family(text, entity, surnames):
            chosen[entity.start] = _place_family(key, groups, clusters)
        elif (entity.label == EntityLabel.PERSON and key not in described) or _is_spelled_surname(
            key, surnames
        ):
            before = text[max(0, entity.start - TITLE_REACH) : entity.start]
            titled, key = split_title(couples.get(entity.start, key))
            gender = _gender_of_title(titled or before)
            chosen[entity.start] = (
                _place_shared(key, entity, people, clusters)
                if key in shared and gender is None
                else _place_person(
                    key, entity, people, clusters, gender, kin.get(entity.start), relatives
                )
            )
        else:
            chosen[entity.start] = _place_group(key, groups, clusters, acronyms)
    for entity in sorted(full_first, key=lambda e: e.start):
        _note(text, entity, *chosen[entity.start], couples)
    return clusters


def _note(text: str, entity: Entity, cluster: Cluster, rule: str, couples: dict[int, str]) -> None:
    """Note a mention with its name and the gender it tells."""
    key, titled, is_person = name_key(entity.text), "", cluster.label == EntityLabel.PERSON
    if is_person:
        titled, key = split_title(couples.get(entity.start, key))
    cluster.names.append(key)
    cluster.mentions.append((entity.start, entity.end, MentionType.NAME, rule))
    if is_person and cluster.gender is None:
        cluster.gender = _gender_of_title(
            titled or text[max(0, entity.start - TITLE_REACH) : entity.start]
        )


def list_couples(text: str, entities: Iterable[Entity]) -> dict[int, str]:
    """List the first names that share the surname behind them, by where they start: the "Omar" of
    "Omar and Lena Tal" is "Omar Tal"."""
    people = [entity for entity in entities if entity.label == EntityLabel.PERSON]
    single = {entity.start: entity.text for entity in people if " " not in entity.text}
    firsts = {entity.text.split()[0] for entity in people if " " in entity.text}
    found = {}
    for entity in people:
        before = _COUPLE.search(text, max(0, entity.start - COUPLE_REACH), entity.start)
        if " " not in entity.text or before is None or before.end() != entity.start:
            continue
        first, start = before["first"], before.start("first")
        is_known = {first.lower(), entity.text.split()[0].lower()} <= set(load_first_names())
        if single.get(start) == first and first not in firsts and is_known:
            found[start] = f"{first} {name_key(entity.text).split()[-1]}"
    return found


def _list_pairs(text: str, entities: Iterable[Entity]) -> set[str]:
    """List the surnames of two full names that "and" joins: "Omar Tal and Lena Tal"."""
    people = sorted((e for e in entities if e.label == EntityLabel.PERSON), key=lambda e: e.start)
    return {
        name_key(one.text).split()[-1]
        for one, other in pairwise(people)
        if text[one.end : other.start] in {" and ", " & "}
        and min(len(one.text.split()), len(other.text.split())) > 1
        and name_key(one.text).split()[-1] == name_key(other.text).split()[-1]
    }


def list_kin(text: str, entities: Sequence[Entity]) -> dict[int, frozenset[str]]:
    """List the first names of somebody's children, brothers and sisters, by where they start, with
    the surnames of whoever is named in full before: "their sons, Omar and Ben"."""
    full = [e for e in entities if e.label == EntityLabel.PERSON and " " in e.text]
    single = {e.start for e in entities if e.label == EntityLabel.PERSON and " " not in e.text}
    found: dict[int, frozenset[str]] = {}
    for listed in _KIN.finditer(text):
        near = frozenset(
            bare_word(name_key(e.text).split()[-1])
            for e in full
            if listed.start() - KIN_REACH <= e.start < listed.start()
        )
        for name in re.finditer(r"[A-Z][a-z]+", listed["names"]):
            if (start := listed.start("names") + name.start()) in single:
                found[start] = near
    return found


def list_relatives(text: str, entities: Iterable[Entity]) -> frozenset[int]:
    """List where people are named in full who are told as the kin of somebody: "his father, Omar
    Tal", "Lena Tal, his wife"."""
    return frozenset(
        entity.start
        for entity in entities
        if entity.label == EntityLabel.PERSON
        and " " in entity.text
        and (
            _BEFORE_RELATIVE.search(text, max(0, entity.start - RELATIVE_REACH), entity.start)
            or _BEHIND_RELATIVE.match(text, entity.end)
        )
    )


def _place_shared(
    surname: str, entity: Entity, people: dict[str, list[Cluster]], clusters: list[Cluster]
) -> tuple[Cluster, str]:
    """Keep a bare surname apart that a couple shares: it may be either's, or their child's."""
    shared = people[f"{surname} of a couple"]
    if not shared:
        cluster = Cluster(EntityLabel.PERSON, words=(bare_word(surname),), first_start=entity.start)
        cluster.full = surname
        shared.append(cluster)
        clusters.append(cluster)
    return shared[0], "surname of a couple"


def _list_described(text: str, entities: list[Entity], surnames: dict[str, str]) -> set[str]:
    """List the names that the text describes as organisations, so that no mention is a person."""
    described = {
        name_key(e.text)
        for e in entities
        if e.label == EntityLabel.ORG and find_described_kind(text, e.start, e.end)
    } - set(surnames.values())
    for entity in entities:
        found = find_description_before(text, entity.start)
        noun = found["noun"] if found else ""
        key = name_key(entity.text)
        is_person = " " in key and key.split()[0].lower() in load_first_names()
        is_medium = load_kind_words()["description"].get(noun) == ActorKind.MEDIA
        if noun.endswith("firm") or (is_medium and not (noun == "broadcaster" and is_person)):
            described.add(key)
    return described


def add_bare_surnames(
    doc: "ParsedText", clusters: list[Cluster], entities: tuple[Entity, ...]
) -> None:
    """Give the bare surnames that nothing took for a name to the only person of that surname."""
    bearers: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if cluster.label == EntityLabel.PERSON:
            for last in {name.split()[-1] for name in cluster.names}:
                bearers[last].append(cluster)
    taken = sorted((entity.start, entity.end) for entity in entities)
    starts = [start for start, _ in taken]
    for word in doc.words if bearers else ():
        fits = bearers.get(word.text)
        if fits is None or len(fits) != 1:
            continue
        if len(word.text) < MIN_SURNAME or not word.text[0].isupper():
            continue
        at = bisect.bisect_right(starts, word.idx) - 1
        is_free = at < 0 or taken[at][1] <= word.idx
        beside = [doc[i].text for i in (word.i - 1, word.i + 1) if 0 <= i < len(doc)]
        is_part = word.dep_ == "compound" or any(
            other[:1].isupper() and other not in _SENTENCE_WORDS for other in beside[-1:]
        )
        if is_free and word.pos_ in {"PROPN", "NOUN", "X"} and not is_part:
            fits[0].mentions.append(
                (word.idx, word.idx + len(word), MentionType.NAME, f"surname of {fits[0].full}")
            )


def _gender_of_title(before: str) -> Gender | None:
    """Gender that the last word of a text tells, a title or a role: "Mrs.", "spokeswoman"."""
    words = before.rpartition("\n")[2].split()
    last = words[-1].lower() if words else ""
    is_pair = len(words) > 2 and words[-2] == "and" and words[-3].lower() in load_gendered_nouns()
    if is_pair:  # "husband and wife Omar and Ana Tal"
        return None
    return load_titles().get(last.strip(".,")) or load_gendered_nouns().get(last.strip(","))


def _place_person(
    key: str,
    entity: Entity,
    people: dict[str, list[Cluster]],
    clusters: list[Cluster],
    gender: Gender | None,
    family: frozenset[str] | None = None,
    relatives: frozenset[int] = frozenset(),
) -> tuple[Cluster, str]:
    """Place a person; `family` are the surnames that somebody's child of that first name may have,
    `relatives` where people are named who are told as somebody's kin."""
    words = [bare for word in key.split() if (bare := bare_word(word))] or [key.casefold()]
    if "-" in key or len(words) > FULL:  # "Kim Jong-un", "Kim Jong Un"
        joined = _join(key)
        for cluster in clusters:
            if cluster.label == EntityLabel.PERSON and _join(cluster.full) == joined:
                cluster.full_starts.append(entity.start)
                return cluster, "same name"
    same = [
        cluster
        for cluster in people[words[-1]]
        if _fits(words, cluster) and not differ(gender, cluster.gender)
    ]
    rule = "same name" if len(words) > 1 else "surname"
    if not same and len(words) == 1 and not people[words[0]]:
        same, rule = _find_variants(words[0], gender, clusters)
        if family is not None and rule == "first name":
            same = [cluster for cluster in same if _may_be_kin(cluster, family, clusters)]
    if len(same) == 1:
        same[0].full_starts += [entity.start] if len(words) > 1 else []
        return same[0], rule if rule == "same name" else f"{rule} of {same[0].full}"
    if len(same) > 1:  # two people with one surname: the one named in full last before this mention
        before = [cluster for cluster in same if cluster.first_start < entity.start]
        if told := [cluster for cluster in before if gender and cluster.gender == gender]:
            before = told
        if main := [cluster for cluster in before if cluster.first_start not in relatives]:
            before = main  # "Lund" is not his son, whom the text only tells beside him
        last = max(before or same, key=lambda cluster: cluster.named_in_full(entity.start))
        return last, f"{rule} of the bearer named last in full"
    cluster = Cluster(EntityLabel.PERSON, words=tuple(words), first_start=entity.start, full=key)
    cluster.gender = gender or (load_first_names().get(words[0]) if len(words) > 1 else None)
    clusters.append(cluster)
    people[words[-1]].append(cluster)
    return cluster, "first mention"


def _join(name: str) -> str:
    return name.casefold().replace("-", " ")


def _may_be_kin(person: Cluster, family: frozenset[str], clusters: list[Cluster]) -> bool:
    """Whether somebody's child may be a person: of a surname of the family, or of one that nobody
    else has."""
    surname = person.words[-1]
    bearers = [c for c in clusters if c.label == EntityLabel.PERSON and c.words[-1:] == (surname,)]
    return surname in family or len(bearers) == 1


def _find_variants(
    word: str, gender: Gender | None, clusters: list[Cluster]
) -> tuple[list[Cluster], str]:
    """Find the one person whose first name this is, or else whose surname is spelled nearly so;
    several people are nobody."""
    full = [
        cluster
        for cluster in clusters
        if cluster.label == EntityLabel.PERSON
        and len(cluster.words) > 1
        and not differ(gender, cluster.gender)
    ]
    first = [cluster for cluster in full if cluster.words[0] == word]
    if first:
        return (first if len(first) == 1 else []), "first name"
    double = [
        cluster for cluster in full if word in cluster.words[1:-1] and len(word) >= MIN_SURNAME
    ]
    if len(double) == 1:  # "Luis Tal Rivera" is "Tal"
        return double, "first of two surnames"
    near = [cluster for cluster in full if is_variant(word, cluster.words[-1])]
    return (near if len(near) == 1 else []), "other spelling of the surname"


def _is_family(text: str, entity: Entity, surnames: dict[str, str]) -> bool:
    """Tell whether a name is a family: "the Tals" beside Omar Tal; they are no one person."""
    word = bare_word(name_key(entity.text))
    is_plural = (
        " " not in entity.text
        and word.endswith("s")
        and word not in surnames
        and word[:-1].removesuffix("e") in {surname.removesuffix("e") for surname in surnames}
    )
    return is_plural and text[max(0, entity.start - 4) : entity.start].lower() == "the "


def _place_family(
    key: str, groups: dict[str, Cluster], clusters: list[Cluster]
) -> tuple[Cluster, str]:
    name = f"family {fold(key)}"
    if name in groups:
        return groups[name], "same name"
    cluster = groups[name] = Cluster(
        "FAMILY", kind=ActorKind.COLLECTIVE, kind_rule="surname in the plural"
    )
    clusters.append(cluster)
    return cluster, "family of the surname"


def _is_spelled_surname(key: str, surnames: dict[str, str]) -> bool:
    """Tell whether one word is a person's surname with or without its "al-", whatever the model
    took it for."""
    surname = surnames.get(bare_word(key)) if " " not in key and not key.isupper() else None
    return surname is not None and surname.casefold() != key.casefold()


def _fits(words: list[str], cluster: Cluster) -> bool:
    full = cluster.words
    if len(words) == 1:
        return words[0] == full[-1]
    return set(words) <= set(full) or (
        words[-1] == full[-1] and len(words[0]) <= 2 and words[0][0] == full[0][0]
    )


def _place_group(
    key: str, groups: dict[str, Cluster], clusters: list[Cluster], acronyms: dict[str, str]
) -> tuple[Cluster, str]:
    folded = fold(key)
    seed = find_seed_actor(key)
    owned, long = drop_owner(folded), acronyms.get(folded)
    for name, rule in (
        (folded, "same name"),
        (long, "acronym introduced in the text"),
        (find_owned(long, groups), "acronym introduced in the text"),
        (fold(seed.name) if seed else None, "seeds/actors.csv"),
        (owned[0] if owned else None, "same name but for its country"),
        (find_firm(key, groups), "letters of the longer name"),
        (find_owned_letters(key, acronyms), "acronym with its place"),
    ):
        if name and name in groups:
            groups[folded] = groups[name]
            return groups[name], rule
    found = find_longer(folded, groups)
    is_other = seed is not None and found is not None and seed != found[0].seed
    if found and not (is_other and (found[0].seed or key.isupper())):  # "NASA", "NASA Goddard"
        groups[folded] = found[0]
        return found
    cluster = Cluster(EntityLabel.ORG, seed=seed)
    clusters.append(cluster)
    groups[folded] = cluster
    if long:
        groups.setdefault(long, cluster)
    if seed:
        groups.setdefault(fold(seed.name), cluster)
    return cluster, "first mention"
