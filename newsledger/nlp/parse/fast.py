"""The language model's own results at a quarter of the cost.

Same weights, same tags, heads, entities and lemmas; less work: matrix products by OpenBLAS on one
thread instead of the generic kernel that comes with the model's library, word embeddings once per
type, attribute rules and lemmas once per word and tag. A pipeline of another shape stays as it is.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from newsledger.errors import UnknownPipelineError
from newsledger.nlp.parse.morphology import FastMorphology
from newsledger.nlp.parse.tok2vec import FastPrecompute, FastTok2Vec, Network

if TYPE_CHECKING:
    from spacy.language import Language

VERSIONS = {"spacy": "3.8.", "thinc": "8.3."}  # those whose components were read and compared
_COMPONENTS = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
_PROBE = "Three of the 1,250 men weren't there, U.N. officials in Kyiv said on 3 May 2024."
_TOLERANCE = 1e-3  # largest difference of a vector's number; rounding alone gives up to 4e-6

_log = logging.getLogger(__name__)


def quicken(nlp: "Language") -> bool:
    """Make a loaded pipeline parse faster, in place; tell whether it could be done.

    Components between the known ones (own sentence starts) stay. Where a version, a component or a
    network is unknown, nothing is changed and the reason is logged.
    """
    try:
        _check_versions()
        if tuple(name for name in nlp.pipe_names if name in _COMPONENTS) != _COMPONENTS:
            raise UnknownPipelineError(f"unknown components: {nlp.pipe_names}")
        parts: dict[str, Any] = dict(nlp.pipeline)
        upstream, recognizer = parts["tok2vec"], parts["ner"]
        nodes = [upstream.model, _find_network(recognizer.model)]
        networks = [FastTok2Vec(node, nlp.vocab) for node in nodes]
        FastMorphology(nlp)  # raises if a rule is unknown
        for node, network in zip(nodes, networks, strict=True):
            _compare(nlp, node, network)
    except UnknownPipelineError as error:
        _log.warning("parsing at the model's own speed: %s", error)
        return False
    _use_openblas(nlp)
    for component, node, network in zip((upstream, recognizer), nodes, networks, strict=True):
        _replace_network(component, node, network)
    for name in ("parser", "ner"):
        _replace_precompute(parts[name])
    _add_morphology(nlp)
    return True


def limit_threads() -> None:
    """Compute matrix products on one thread. Two workers with two threads each are slower than
    none."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")


def _check_versions() -> None:
    from importlib import metadata

    for name, known in VERSIONS.items():
        version = metadata.version(name)
        if not version.startswith(known):
            raise UnknownPipelineError(f"{name} {version} is not {known}x")


def _find_network(model: Network) -> Network:
    """Find the embedding and encoder inside a component that has its own."""
    for node in model.walk():
        if len(node.layers) == 2 and node.layers[0].name.startswith("extract_features") and (
            node.layers[1].name.startswith("with_array(residual")
        ):  # fmt: skip
            return node
    raise UnknownPipelineError(f"no network of its own: {model.name}")


def _compare(nlp: "Language", node: Network, network: FastTok2Vec) -> None:
    """Hold the fast vectors of one sentence against those of the model."""
    docs = [nlp.make_doc(_PROBE), nlp.make_doc(_PROBE[20:])]
    for expected, found in zip(node.predict(docs), network(docs), strict=True):
        if not np.allclose(expected, found, atol=_TOLERANCE):
            raise UnknownPipelineError("vectors differ from the model's")


def _use_openblas(nlp: "Language") -> None:
    from thinc.api import Model

    ops = _make_ops()
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for node in model.walk():
                node.ops = ops


def _replace_network(component: Any, node: Network, network: FastTok2Vec) -> None:
    """Put the fast network in the place of a component's own."""
    fast = _wrap("fast_tok2vec", network, {"nO": network.width}, {})
    if component.model is node:
        component.model = fast
    else:
        component.model.replace_node(node, fast)


def _replace_precompute(component: Any) -> None:
    """Let a parser or entity recognizer write its products into one buffer."""
    node = component.model.get_ref("lower")
    dims = {name: node.get_dim(name) for name in node.dim_names}
    params = {name: node.get_param(name) for name in node.param_names}
    component.model.replace_node(node, _wrap(node.name, FastPrecompute(node), dims, params))


def _wrap(
    name: str, predict: Callable[[Any], Any], dims: dict[str, Any], params: dict[str, Any]
) -> Network:
    from thinc.api import Model

    def forward(_: Network, inputs: Any, is_train: bool) -> tuple[Any, Any]:
        if is_train:
            raise NotImplementedError("a fast network only predicts")
        return predict(inputs), lambda gradients: gradients

    return Model(name, forward, dims=dims, params=params, ops=_make_ops())


def _make_ops() -> Any:
    from thinc.api import NumpyOps

    return NumpyOps(use_blis=False)


def _add_morphology(nlp: "Language") -> None:
    from spacy.language import Language

    Language.factory("fast_morphology", func=lambda nlp, name: FastMorphology(nlp))
    nlp.add_pipe("fast_morphology", after="lemmatizer")
    for name in ("attribute_ruler", "lemmatizer"):
        nlp.disable_pipe(name)
