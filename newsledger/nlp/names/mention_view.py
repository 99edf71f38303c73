"""A mention as the search for what pronouns and descriptions stand for sees it."""

from dataclasses import dataclass

from newsledger.model.records import Actor


@dataclass(slots=True)
class MentionView:
    """A mention as the search sees it. `key` is the actor's, or the noun's where nobody has a
    name."""

    token: int
    sentence: int
    key: str
    actor: Actor | None
    # person, group, force (a group that is an organisation, too), organisation, document, thing
    sort: str
    is_subject: bool
    is_speaker: bool
    is_quoted: bool
    is_spoken_of: bool  # stands in what somebody is said to have said
