"""Short forms inside one story: a first name, a nickname, a bare head noun or the first word of a
body stand for the only bearer of it that the story names in full."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from newsledger.ledger.identity.evidence import Verdict
from newsledger.ledger.identity.names import (
    is_first_name,
    is_generic,
    is_of_other_generation,
    split_parts,
)
from newsledger.ledger.identity.pairs import ActorPair
from newsledger.ledger.identity.profiles import Profile
from newsledger.ledger.stories.find import fold_term, load_spread
from newsledger.lexicon.gazetteer import country_of_demonym
from newsledger.model.enums import ActorKind
from newsledger.nlp.names.kinds import find_kind_by_head

ONLY_BEARER_SCORE = 0.85  # as sure as a pair of full names in one story
_LIKE_HEADS = {"army": "military", "armed": "military", "cop": "police", "cops": "police"}
_EMPTY = frozenset(
    """the of for and in on countrys country national us uk un civil authority authorities official
    officials""".split()
)
_OWNERS = frozenset("my our your his her its their".split())
_LETTERS = {"us": "US", "uk": "GB"}
_OF_STATE = (ActorKind.GOVERNMENT_BODY, ActorKind.MILITARY)
LONGER_BY = 2  # words of a longer name
COMMON = 0.02  # of the news at large: a word, no surname
_MIN_SHORT = 3


def find_local_pairs(
    profiles: Sequence[Profile], wanted: Collection[str] | None = None
) -> list[tuple[str, ActorPair]]:
    """Find the profiles of each story, or those wanted, that are short for another one of it, which
    alone fits. Gives story and pair, in order of stories."""
    stories: dict[str, list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        for story in profile.stories if wanted is None else profile.stories.intersection(wanted):
            stories[story].append(number)
    found: dict[tuple[str, int, int], tuple[str, ActorPair]] = {}
    for story, numbers in sorted(stories.items()):
        people = [n for n in numbers if profiles[n].is_person]
        groups = [n for n in numbers if not profiles[n].is_person]
        for left, right, words in (
            *_match_people(profiles, people),
            *_match_groups(profiles, groups),
        ):
            low, high = sorted((left, right))
            verdict = Verdict(ONLY_BEARER_SCORE, "same", (words,))
            found.setdefault((story, low, high), (story, ActorPair(low, high, verdict)))
    return list(found.values())


def _match_people(
    profiles: Sequence[Profile], numbers: Sequence[int]
) -> Iterator[tuple[int, int, str]]:
    """Match first names alone and nicknames with the only full name that they fit."""
    full = [n for n in numbers if len(split_parts(profiles[n].name)) > 1]
    surnames = {split_parts(profiles[n].name)[-1] for n in full}
    for n in numbers:
        parts = split_parts(profiles[n].name)
        if len(parts) == 1 and profiles[n].is_proper and parts[0] not in surnames:
            fits = [m for m in full if is_first_name(parts[0], split_parts(profiles[m].name)[0])]
            if _is_one_person(profiles, fits) and _may_join(profiles[n], profiles[fits[0]]):
                yield n, fits[0], "first name of the only bearer in the story"
        elif len(parts) > 1:
            longer = [m for m in full if _goes_on(profiles[n], profiles[m])]
            if len({profiles[m].name for m in longer}) == 1:
                yield n, longer[0], "beginning of the only longer name in the story"
            for m in full:
                others = split_parts(profiles[m].name)
                if m <= n or parts[-1] != others[-1] or parts[0] == others[0]:
                    continue
                is_like = (
                    is_first_name(parts[0], others[0])
                    or others[0] in parts[1:-1]
                    or parts[0] in others[1:-1]
                )
                if is_like and _may_join(profiles[n], profiles[m]):
                    yield n, m, "short first name in one story"


def _goes_on(short: Profile, long: Profile) -> bool:
    """Whether a full name goes on as another: "Ana Lund", "Ana Lund Torres"; not "Ana Lund Center",
    "Ana Lund Night"."""
    words, others = short.name.split(), long.name.split()
    if others[: len(words)] != words or not 0 < len(others) - len(words) <= LONGER_BY:
        return False
    if not (short.is_proper and long.is_proper):
        return False
    if short.genders and long.genders and not short.genders & long.genders:
        return False
    last = others[-1].title()
    is_common = load_spread().get(fold_term(last), 0.0) >= COMMON
    is_name = find_kind_by_head(last) is None and not is_common
    return is_name and "&" not in long.label and not is_of_other_generation(short.name, long.name)


def _is_one_person(profiles: Sequence[Profile], numbers: Sequence[int]) -> bool:
    """Whether full names are all of one person: the same surname and first name."""
    return (
        len(
            {(split_parts(profiles[n].name)[0], split_parts(profiles[n].name)[-1]) for n in numbers}
        )
        == 1
    )


def _may_join(left: Profile, right: Profile) -> bool:
    """Whether nothing is against it: no article names both, genders and countries agree."""
    if left.articles & right.articles or (left.seed_id and right.seed_id):
        return False
    if left.genders and right.genders and not left.genders & right.genders:
        return False
    return not (left.countries and right.countries) or bool(left.countries & right.countries)


def _match_groups(
    profiles: Sequence[Profile], numbers: Sequence[int]
) -> Iterator[tuple[int, int, str]]:
    """Match bodies whose names are the same but for the country, a bare head noun, or the words a
    long form begins with."""
    cores: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in numbers:
        core, _ = _find_core(profiles[n].name)
        if _OWNERS.intersection(profiles[n].name.split()[:1]):  # "their military" may be anybody's
            continue
        is_of_two = profiles[n].kind == ActorKind.COLLECTIVE and " and " in profiles[n].name
        if (
            core
            and not is_of_two
            and (profiles[n].kind != ActorKind.COLLECTIVE or not is_generic(" ".join(core)))
        ):
            cores[core].append(n)
    for core, same in sorted(cores.items()):
        for left, right in _pair_bodies(profiles, same):
            is_kind = len(core) == 1 and find_kind_by_head(core[0].title()) is not None
            if not is_kind or not _are_named(profiles[left], profiles[right]):
                yield left, right, "same body but for its country"
    yield from _match_heads(profiles, cores)
    for n in numbers:
        words = profiles[n].name.split()
        if not _is_short_form(profiles[n], words):
            continue
        longer = [m for m in numbers if len(profiles[m].name.split()) > len(words)]
        begun = [m for m in longer if profiles[m].name.split()[: len(words)] == words]
        nexts = {profiles[m].name.split()[len(words)].removesuffix("s") for m in begun}
        if len(nexts) == 1 and profiles[n].kind == profiles[begun[0]].kind:
            yield n, begun[0], "short form of the only one in the story"
        if find_kind_by_head(profiles[n].label) is None:
            ended = [m for m in longer if profiles[m].name.split()[-len(words) :] == words]
            is_one = len({profiles[m].name for m in ended}) == 1
            if is_one and profiles[n].kind == profiles[ended[0]].kind:
                yield n, ended[0], "end of the only such name in the story"


def _are_named(left: Profile, right: Profile) -> bool:
    """Whether two are named, and no bodies of a state: "American League", "National League"."""
    is_of_state = left.kind in _OF_STATE or right.kind in _OF_STATE
    return left.is_proper and right.is_proper and not is_of_state


def _pair_bodies(profiles: Sequence[Profile], same: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pair bodies of one name but for its country; where two countries have such a body, one that
    tells no country is neither's."""
    of_country: dict[str, list[int]] = defaultdict(list)
    for n in same:
        if country := _country(profiles[n]):
            of_country[country].append(n)
    for found in of_country.values() if len(of_country) > 1 else [same]:
        yield from ((found[0], n) for n in found[1:] if _agree(profiles[found[0]], profiles[n]))


def _match_heads(
    profiles: Sequence[Profile], cores: Mapping[tuple[str, ...], Sequence[int]]
) -> Iterator[tuple[int, int, str]]:
    """Match a head noun alone ("the court") with the only longer name of the story that ends in
    it."""
    for core, bare in sorted(cores.items()):
        if len(core) != 1 or not is_generic(core[0]):
            continue
        longer = {other for other in cores if len(other) > 1 and other[-1] == core[0]}
        is_of_country = any(_find_core(profiles[n].name)[1] for n in bare)  # "Danish police"
        if len(longer) == 1 and not is_of_country:
            full = cores[next(iter(longer))][0]
            for n in bare:
                if _agree(profiles[n], profiles[full]):
                    yield n, full, "only such body in the story"


def _is_short_form(profile: Profile, words: Sequence[str]) -> bool:
    return (
        profile.is_proper
        and len(profile.name) >= _MIN_SHORT
        and not is_generic(profile.name)
        and profile.kind not in (ActorKind.GOVERNMENT_BODY, ActorKind.COLLECTIVE)
        and not any(country_of_demonym(word) for word in words)
    )


def _find_core(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Split the folded name of a body into its own words and the countries in it."""
    words, countries = [], set()
    for pair in (" ".join(two) for two in pairwise(name.split())):
        code = country_of_demonym(pair) or country_of_demonym(f"{pair}n")  # Costa Rica, Costa Rican
        if code:
            countries.add(code)
            name = name.replace(pair, " ")
    for word in name.split():
        code = country_of_demonym(word) or country_of_demonym(word.removesuffix("s"))
        code = code or _LETTERS.get(word)
        if code:
            countries.add(code)
        elif word not in _EMPTY:
            words.append(_LIKE_HEADS.get(word, word))
    return tuple(words), frozenset(countries)


def _country(profile: Profile) -> str | None:
    _, named = _find_core(profile.name)
    return min(named or profile.countries, default=None)


def _agree(left: Profile, right: Profile) -> bool:
    """Whether two bodies of one story may be one: of kinds that go together, not of two
    countries."""
    one, other = _country(left), _country(right)
    if one and other and one != other:
        return False
    loose = {ActorKind.COMPANY, ActorKind.COLLECTIVE} & {left.kind, right.kind}
    return (left.kind == right.kind or bool(loose)) and not (
        left.seed_id and right.seed_id and left.seed_id != right.seed_id
    )
