"""Closed lists: every value that a column of the ledger may hold, each list written here alone.

Checks name a list as `{"$PARAMETER": "SourceType"}`; a value that no list holds does not pass.
"""

from enum import StrEnum


class DocumentStatus(StrEnum):
    """What became of a document."""

    ARTICLE = "article"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    FAILED = "failed"


class LineRole(StrEnum):
    """What a line of a page is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    PUBLISHED_AT = "published_at"
    DATELINE = "dateline"
    BODY = "body"
    CAPTION = "caption"
    PHOTO_CREDIT = "photo_credit"
    WIRE_CREDIT = "wire_credit"
    PROMPT = "prompt"
    DONATION = "donation"
    LOGIN = "login"
    NAV = "nav"
    RELATED = "related"
    COPYRIGHT = "copyright"
    CORRECTION = "correction"
    HEADING = "heading"
    CONTRIBUTOR = "contributor"
    SOCIAL = "social"
    COMMENT = "comment"
    OTHER = "other"


class TimePrecision(StrEnum):
    """How precise a printed time of publication is."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ARMED_GROUP = "armed_group"
    MILITARY = "military"
    GOVERNMENT_BODY = "government_body"
    PARTY = "party"
    MEDIA = "media"
    MONITOR = "monitor"
    COMPANY = "company"
    NGO = "ngo"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    COLLECTIVE = "collective"


class AliasType(StrEnum):
    """What a name of an actor is."""

    FULL = "full"
    SURNAME = "surname"
    ACRONYM = "acronym"
    ROLE = "role"
    SHORT = "short"


class MentionType(StrEnum):
    """How a span stands for an actor."""

    NAME = "name"
    ROLE = "role"
    PRONOUN = "pronoun"


class Gender(StrEnum):
    """Grammatical gender of a person, as the text shows it."""

    MALE = "male"
    FEMALE = "female"


class EntityLabel(StrEnum):
    """What a name in the text is taken for; NORP is a people, a faith or a party's followers."""

    PERSON = "PERSON"
    ORG = "ORG"
    NORP = "NORP"
    GPE = "GPE"
    LOC = "LOC"
    FAC = "FAC"


class PlaceLabel(StrEnum):
    """How a span names a place; NORP is a demonym."""

    GPE = "GPE"
    LOC = "LOC"
    FAC = "FAC"
    NORP = "NORP"


class LocationKind(StrEnum):
    """What a place is, and what a map may draw of it."""

    POINT = "point"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    REGION = "region"
    WATER = "water"


class DatePrecision(StrEnum):
    """How precise a date is."""

    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    OPEN = "open"


class SourceType(StrEnum):
    """Who speaks, by type."""

    NAMED_PERSON = "named_person"
    ORGANISATION = "organisation"
    GOVERNMENT_BODY = "government_body"
    ARMED_GROUP = "armed_group"
    STATE_MEDIA = "state_media"
    PARTISAN_MEDIA = "partisan_media"
    INDEPENDENT_MEDIA = "independent_media"
    UNKNOWN = "unknown"  # an outlet that seeds/outlets.csv does not know
    MONITOR = "monitor"
    UNNAMED_OFFICIAL = "unnamed_official"
    UNNAMED_PERSON = "unnamed_person"
    EYEWITNESS = "eyewitness"
    EXPERT = "expert"
    DOCUMENT = "document"
    COLLECTIVE = "collective"
    OWN_REPORTING = "own_reporting"
    UNATTRIBUTED = "unattributed"


class NounClass(StrEnum):
    """What a common noun can stand for, as `seeds/noun_classes.csv` has it."""

    PERSON = "person"
    GROUP = "group"
    PLACE = "place"
    THING = "thing"  # of no row


class WordClass(StrEnum):
    """What a noun says of a source, as `seeds/source_words.csv` has it."""

    OFFICIAL = "official"
    PERSON = "person"
    EYEWITNESS = "eyewitness"
    EXPERT = "expert"
    DOCUMENT = "document"
    MEDIA = "media"
    MONITOR = "monitor"
    GOVERNMENT_BODY = "government_body"
    ARMED_GROUP = "armed_group"
    COLLECTIVE = "collective"
    ORGANISATION = "organisation"


class Construction(StrEnum):
    """What was recognised as an attribution, by grammar or by the page; of the outlet itself,
    whether it tells an event or narrates."""

    CLAUSE = "clause"
    QUOTATION = "quotation"
    BLOCK = "block"
    PASSIVE_THAT = "passive that"
    REST_AND_QUOTATION = "rest and quotation"
    OBJECT_AND_QUOTATION = "object and quotation"
    OBJECT = "object"
    OBJECT_INFINITIVE = "object infinitive"
    INFINITIVE = "infinitive"
    PASSIVE = "passive"
    PASSIVE_BY = "passive by"
    PASSIVE_CLAUSE = "passive clause"
    PASSIVE_INFINITIVE = "passive infinitive"
    PARTICIPLE_BY = "participle by"
    RAISING = "raising"
    COUNT = "count"
    PARENTHESIS = "parenthesis"
    CLOSING_TAG = "closing tag"
    AS_CLAUSE = "as clause"
    NOUN_CLAUSE = "noun clause"
    NOUN_PREDICATE = "noun predicate"
    NOUN_OBJECT = "noun object"
    ADJECTIVE_CLAUSE = "adjective ccomp"
    ADJECTIVE_INFINITIVE = "adjective xcomp"
    ADJECTIVE_PREPOSITION = "adjective prep"
    ADVERB = "adverb"
    ACCORDING_TO = "according to"
    VIEW = "view"
    FOR = "for"
    AS_PUT_IT = "as put it"
    FIGURE = "figure"
    MADE_CLEAR = "made clear"
    COLON = "colon"
    CREDIT = "credit"
    HEADLINE = "headline"
    HEADLINE_TOLD = "headline told"
    PULL_QUOTE = "pull quote"
    TURN = "turn"
    SAME_VOICE = "same voice"
    STATEMENT = "statement"
    NARRATION = "narration"


class QuotationKind(StrEnum):
    """What stands between quotation marks; only speech can be a claim's content."""

    SPEECH = "speech"
    SCARE = "scare"
    TITLE = "title"
    NICKNAME = "nickname"


class Form(StrEnum):
    """Whether the words are quoted."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class CueClass(StrEnum):
    """What an attribution is: words said, or something else that a cue introduces."""

    SPEECH = "speech"
    TOPIC = "topic"
    ATTITUDE = "attitude"
    EVIDENTIAL = "evidential"
    DECLINED = "declined"
    CREDIT = "credit"
    STATEMENT = "statement"


class CueType(StrEnum):
    """What somebody does with a cue."""

    SPEAKING = "speaking"
    WRITING = "writing"
    QUESTION = "question"
    REQUEST = "request"
    DENIAL = "denial"
    REFUSAL = "refusal"
    BELIEF = "belief"
    INTENTION = "intention"
    EVALUATION = "evaluation"
    EVIDENTIAL = "evidential"
    NONE = "none"


class CueStance(StrEnum):
    """How the outlet stands to what it reports."""

    NEUTRAL = "neutral"
    ASSERTIVE = "assertive"
    FACTIVE = "factive"
    DENIAL = "denial"


class Polarity(StrEnum):
    """Whether something is so as the content has it: `negative` content says itself that it is not
    so ("no one was hurt"); `negated` content is rejected by the speaker ("denied that …", "does not
    believe that …", "the charges are false")."""

    AFFIRMED = "affirmed"
    NEGATIVE = "negative"
    NEGATED = "negated"


class Certainty(StrEnum):
    """How sure the speaker puts it."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    DOUBTFUL = "doubtful"


class Tense(StrEnum):
    """When what is claimed happens, seen from the day it was said."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"


class QuantityKind(StrEnum):
    """What happened to those that a number counts, or what it measures."""

    KILLED = "killed"
    WOUNDED = "wounded"
    DISPLACED = "displaced"
    CAPTURED = "captured"
    ARRESTED = "arrested"
    MISSING = "missing"
    PEOPLE = "people"
    DISTANCE = "distance"
    MONEY = "money"
    PERCENT = "percent"
    OTHER = "other"


class QuantityScope(StrEnum):
    """Whether a number counts one incident, or all since a day."""

    INCIDENT = "incident"
    CUMULATIVE = "cumulative"


class ClaimActorRole(StrEnum):
    """What an actor is in a claim that names it."""

    SUBJECT = "subject"
    MENTIONED = "mentioned"


class ClaimLocationRole(StrEnum):
    """What a place is in a claim that names it."""

    FOCUS = "focus"
    MENTIONED = "mentioned"


def list_values(name: str) -> list[str]:
    """List the values of a closed list by its name. Raises `KeyError` where there is none."""
    found = globals().get(name)
    if not (isinstance(found, type) and issubclass(found, StrEnum)):
        raise KeyError(name)
    return [str(value) for value in found]
