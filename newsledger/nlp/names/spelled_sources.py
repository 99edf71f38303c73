"""Sources that are spelled nearly as somebody's surname."""

from newsledger.model.enums import ActorKind, MentionType
from newsledger.model.records import ActorMention, Attribution
from newsledger.nlp.names.actors import ActorSet
from newsledger.nlp.names.forms import bare_word, is_variant


def find_spelled_sources(
    text: str, actor_set: ActorSet, attributions: tuple[Attribution, ...]
) -> tuple[ActorMention, ...]:
    """Find sources of one word that nothing took for a name, though one person's surname is spelled
    nearly so: "Water said"."""
    taken = {mention.start for mention in actor_set.mentions}
    surnames = {
        actor.article_actor_id: (bare_word(actor.name.split()[-1]), actor.name)
        for actor in actor_set.actors
        if actor.kind == ActorKind.PERSON and " " in actor.name
    }
    found = {}
    for start, end in (span for attribution in attributions for span in attribution.source_spans):
        word = text[start:end]
        if start in taken or not word[:1].isupper() or not word.isalpha():
            continue
        fits = [
            key for key, (surname, _) in surnames.items() if is_variant(bare_word(word), surname)
        ]
        if len(fits) == 1:
            rule = f"source spelled nearly as the surname of {surnames[fits[0]][1]}"
            found[start] = ActorMention(start, end, word, fits[0], MentionType.NAME, rule, 0.8)
    return tuple(found.values())
