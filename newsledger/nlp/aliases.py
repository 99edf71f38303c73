"""Actors of one article: names that are one actor, their kind, aliases and roles."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.ids import make_id
from newsledger.records import Actor, ActorAlias, ActorMention, Article, Entity, Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORIGIN = "aliases/0"


@dataclass(frozen=True, slots=True)
class ActorSet:
    actors: tuple[Actor, ...]
    mentions: tuple[ActorMention, ...]  # names, roles and nominals ("the insurgents"); pronouns come from coref


def find_actors(doc: "Doc", entities: tuple[Entity, ...], quotations: tuple[Quotation, ...], article: Article) -> ActorSet:
    """Cluster names and nominals into the actors of one article."""
    actors, mentions = {}, []
    for entity in entities:
        if entity.label not in {"PERSON", "ORG"}:
            continue
        key = make_id("act", article.article_id, entity.text)
        kind = "person" if entity.label == "PERSON" else "company"
        actors.setdefault(key, Actor(key, entity.text, kind, "label", aliases=(ActorAlias(entity.text, "full"),)))
        mentions.append(ActorMention(entity.start, entity.end, entity.text, key, "name", "same_text"))
    return ActorSet(tuple(actors.values()), tuple(mentions))
