"""The fast parse gives what the model gives, token by token, on text of every kind.

Each Python has one model in `make setup` (the small one before 3.12); where both are installed,
both are compared.
"""

import itertools
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy
from spacy.ml.models.tok2vec import MishWindowEncoder, MultiHashEmbed, build_Tok2Vec_model

from newsledger.errors import UnknownPipelineError
from newsledger.nlp.parse import fast
from newsledger.nlp.parse.memo import RowMemo, mix_columns
from newsledger.nlp.parse.model import find_installed, load_stock_model
from newsledger.nlp.parse.morphology import FastMorphology
from newsledger.nlp.parse.tok2vec import FastTok2Vec

if TYPE_CHECKING:
    import numpy.typing as npt
    from spacy.language import Language
    from spacy.tokens import Doc

ATTRIBUTES = (
    "ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB", "SENT_START",
)  # fmt: skip
SUBJECTS = (
    "The ministry", "Two of the 1,250 soldiers", "Maria Okonkwo, the port's director,", "It",
    "There is nothing that Dr. Lee", "U.N. observers in El Obeid", "@harbour_watch", "Nobody",
    "A spokesman who didn't give his name", "Y'all", "The “Night Ferry” group", "MPs",
)  # fmt: skip
VERBS = (
    "said", "denies", "ain't sure", "had been told by Reuters", "is gonna announce",
    "couldn't confirm", "wrote on Telegram:", "gets", "warned on Tuesday", "let's slip",
)  # fmt: skip
OBJECTS = (
    "that 37 people were killed near Kharkiv.", "\"we'll leave by 5 p.m. on 3 May 2024\".",
    "‘no comment’, the AFP reported —", "the $4.5bn deal fell by 12.5% in Q3!", "why?",
    "there were better, worse and the worst of roads;", "it got 'em outta Goma\n\nElsewhere",
    "C'mon, y'all gotta see this…", "the Fed's, ECB's and Bank of Japan's rates", "",
)  # fmt: skip
TEXTS = (
    "",
    " ",
    "\n\n",
    "Why did the dam break?",
    "BREAKING: AT LEAST NINE DEAD AS FERRY SINKS OFF LOMBOK, OFFICIALS SAY",
    "Ferry Sinks Off Lombok; Nine Feared Dead\n\nJAKARTA, May 3 (Reuters) - A ferry sank.",
    "- bread\n- water, 40 l\n- tents (200)\n1. Register\n2) Wait\n• Leave",
    "Tel: +44 20 7946 0958, 10.3.2024, 3-1, £2.5m, 7/8, No. 10, A/RES/377(V), 1e9, ½, ٣٧",
    "Президент заявил о мире. 大統領は述べた。 قال الوزير إن القتال توقف. האו״ם",
    "😀😀 see https://example.org/a?b=c&d=e#f or mail desk@example.org #ceasefire @user_1",
    "“We came; we saw,” he said. “‘Never again,’ they told us — never.” ''So what?''",
    "a  b   c\t\td\r\nline\u00a0two\u2028line three\u200b",
    "x" * 400 + " " + "." * 60 + " " + "-" * 30,
    "he said " * 700,
    "and the mayor of Lund, the mayor of Bergen, " * 120 + "left",
)


def compose_texts() -> list[str]:
    """Some 1,600 sentences in texts of 1 to 90, and the oddities."""
    plain = [" ".join(parts) for parts in itertools.product(SUBJECTS, VERBS, OBJECTS)]
    sentences = [
        *plain,
        *(text.title() if at % 2 else text.upper() for at, text in enumerate(plain[::3])),
    ]
    texts, start = [], 0
    for size in itertools.cycle((1, 2, 5, 40, 3, 1, 90, 7)):
        texts.append(" ".join(sentences[start : start + size]))
        start += size
        if start >= len(sentences):
            return [*texts, *TEXTS]
    raise AssertionError("unreachable")


@pytest.fixture(scope="module", params=find_installed())
def models(request: pytest.FixtureRequest) -> "tuple[Language, Language]":
    """An installed model as it is, and made fast."""
    quick = load_stock_model(request.param)
    assert fast.quicken(quick)
    return load_stock_model(request.param), quick


def list_annotations(nlp: "Language", doc: "Doc") -> list[tuple[object, ...]]:
    strings = (*ATTRIBUTES[:7], *ATTRIBUTES[8:9])
    columns = {name: doc.to_array(name).tolist() for name in ATTRIBUTES}
    for name in set(strings) - {"SPACY"}:
        columns[name] = [nlp.vocab.strings[key] for key in columns[name]]
    return list(zip(*columns.values(), strict=True))


def test_fast_parse_equals_the_models(models: "tuple[Language, Language]") -> None:
    stock, quick = models
    texts = compose_texts()

    expected = list(stock.pipe(texts, batch_size=16))
    found = list(quick.pipe(texts, batch_size=16))

    for one, other in zip(expected, found, strict=True):
        assert one.text == other.text
        assert list_annotations(quick, other) == list_annotations(stock, one)
        assert [(span.start, span.end) for span in one.noun_chunks] == [
            (span.start, span.end) for span in other.noun_chunks
        ]


def test_a_parse_does_not_depend_on_its_batch(models: "tuple[Language, Language]") -> None:
    _, quick = models
    texts = compose_texts()[::15]

    together = list(quick.pipe(texts, batch_size=16))
    alone = [quick(text) for text in reversed(texts)][::-1]

    for one, other in zip(together, alone, strict=True):
        assert list_annotations(quick, one) == list_annotations(quick, other)


def test_a_full_memo_forgets_and_learns_anew() -> None:
    memo = RowMemo(1, np.uint64, limit=5)
    asked = []

    def look_up(*words: int) -> list[int]:
        keys = np.array(words, np.uint64)

        def learn(at: "npt.NDArray[np.intp]") -> "npt.NDArray[np.uint64]":
            asked.append(len(at))
            return keys[at, None] * np.uint64(10)

        rows = memo.look_up(keys, learn)
        return memo.table[rows].ravel().tolist()

    assert look_up(1, 2, 3, 2) == [10, 20, 30, 20]
    assert look_up(3, 4, 5) == [30, 40, 50]
    assert look_up(3, 6, 3) == [30, 60, 30]
    assert look_up(*range(20)) == [10 * word for word in range(20)]
    assert asked == [3, 2, 2, 20]


def test_keys_tell_columns_apart() -> None:
    rows = np.array(list(itertools.product(range(20), repeat=3)), np.uint64)

    keys = mix_columns(rows)

    assert len(np.unique(keys)) == len(rows)


@pytest.mark.parametrize("name", sorted(fast.VERSIONS))
def test_another_version_is_left_as_it_is(
    name: str,
    models: "tuple[Language, Language]",
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stock, _ = models
    names = list(stock.pipe_names)
    monkeypatch.setitem(fast.VERSIONS, name, "2.0.")

    is_fast = fast.quicken(stock)

    assert not is_fast
    assert stock.pipe_names == names
    assert f"{name} {metadata.version(name)} is not 2.0.x" in caplog.text


def test_an_unknown_component_leaves_the_model_as_it_is(
    models: "tuple[Language, Language]", caplog: pytest.LogCaptureFixture
) -> None:
    stock, _ = models

    with stock.select_pipes(disable="lemmatizer"):
        is_fast = fast.quicken(stock)

    assert not is_fast
    assert "unknown components" in caplog.text


@pytest.mark.parametrize(
    ("pattern", "values", "reason"),
    [
        ([{"SHAPE": "Xx"}], {"POS": "X"}, "an attribute rule reads"),
        ([{"LOWER": "a", "OP": "+"}], {"POS": "X"}, "an attribute rule reads"),
        ([{"TAG": "NN"}, {"TAG": "NN"}], {"POS": "X"}, "without a fixed word"),
        ([{"LOWER": "a"}], {"ENT_TYPE": "ORG"}, "an attribute rule sets"),
    ],
)
def test_unknown_rules_are_refused(
    pattern: list[dict[str, str]], values: dict[str, str], reason: str
) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add([pattern], values)
    nlp.add_pipe("lemmatizer")

    with pytest.raises(UnknownPipelineError, match=reason):
        FastMorphology(nlp)


def test_an_unknown_network_is_refused() -> None:
    embed = MultiHashEmbed(width=8, attrs=["NORM"], rows=[10], include_static_vectors=False)
    encode = MishWindowEncoder(width=8, window_size=1, depth=1)
    network = build_Tok2Vec_model(embed, encode)

    with pytest.raises(UnknownPipelineError, match="unknown encoder"):
        FastTok2Vec(network, spacy.blank("en").vocab)
