"""The network that turns words into vectors, computed with less work and the same weights.

A word's embedding depends on the word alone, so it is computed once per type. The convolutions over
neighbours run in blocks of a fixed size, in reused buffers that stay in the processor's cache.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from newsledger.errors import UnknownPipelineError
from newsledger.nlp.parse.memo import RowMemo, mix_columns

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Network = Any  # a thinc model, whose own types do not know its parameters
Floats = npt.NDArray[np.float32]

_TYPES = 32_768  # embeddings kept: 12 MB for 96 numbers each; a batch of news has 2,000 types
_BLOCK = 256  # rows a multiplication: 600 kB of buffers; 128 and 512 rows cost 3 to 6 % more
_STEP = 64  # the last block is cut to a multiple, so that no row meets another kernel of BLAS
_KEPT_ROWS = 16_384  # of a parser's products: 64 MB at 4 kB; longer texts pay for their own
_EPSILON = np.float32(1e-8)  # of layer normalisation, as in thinc
_COLUMNS = ("ORTH", "NORM", "SPACY")  # with them all lexical attributes of a word are given


class _Layer:
    """Maxout with layer normalisation; the pieces lie side by side, so that one maximum does."""

    def __init__(self, maxout: Network, norm: Network) -> None:
        weights = maxout.get_param("W")  # (outputs, pieces, inputs)
        self.width, self.pieces, inputs = weights.shape
        by_piece = weights.transpose(1, 0, 2).reshape(-1, inputs)
        self.weights = np.ascontiguousarray(by_piece.T)
        self.bias = maxout.get_param("b").T.reshape(-1).copy()
        self._mean = np.full((self.width, 1), 1 / self.width, np.float32)
        self.gain, self.shift = norm.get_param("G").copy(), norm.get_param("b").copy()

    def apply(self, inputs: Floats, product: Floats, out: Floats) -> None:
        """Write the outputs of some rows; `product` is a buffer of their width times pieces."""
        width = self.width
        np.matmul(inputs, self.weights, out=product)
        product += self.bias
        np.maximum(product[:, :width], product[:, width : 2 * width], out=out)
        for piece in range(2, self.pieces):
            np.maximum(out, product[:, piece * width : (piece + 1) * width], out=out)
        out -= out @ self._mean
        deviation = np.einsum("ij,ij->i", out, out)[:, None]
        deviation /= width
        deviation += _EPSILON
        np.sqrt(deviation, out=deviation)
        out /= deviation
        out *= self.gain
        out += self.shift


class FastTok2Vec:
    """Embedding and convolutions of one spaCy `HashEmbedCNN`, for prediction only."""

    def __init__(self, node: Network, vocab: "Vocab") -> None:
        """Read the weights. Raises `UnknownPipelineError` if the network has another shape."""
        if len(node.layers) != 2:
            raise UnknownPipelineError(f"not an embedding and an encoder: {node.name}")
        embed, encode = node.layers
        self._vocab = vocab
        self._read_encoder(encode)
        self._read_embedding(embed)
        self._memo = RowMemo(self.width, np.float32, _TYPES)
        inputs = self.width * (2 * self._window + 1)
        self._block = np.empty((_BLOCK, self.width), np.float32)
        self._stacked = np.zeros((_BLOCK, inputs), np.float32)
        self._product = np.empty((_BLOCK, self.width * self._pieces), np.float32)
        self._result = np.empty((_BLOCK, self.width), np.float32)

    def __call__(self, docs: "list[Doc]") -> list[Floats]:
        """Give one vector a word, as one array of (words, width) a text."""
        lengths = [len(doc) for doc in docs]
        if not any(lengths):
            return [np.empty((0, self.width), np.float32) for _ in docs]
        columns = np.concatenate(
            [doc.to_array(list(_COLUMNS)) for doc in docs if len(doc)], dtype=np.uint64
        )
        rows = self._memo.look_up(mix_columns(columns), lambda at: self._embed(docs, at))
        places = np.full(sum(lengths) + self._halo * (len(docs) + 1), -1)
        starts, read, write = [], 0, self._halo
        for length in lengths:
            starts.append(write)
            places[write : write + length] = rows[read : read + length]
            read, write = read + length, write + length + self._halo
        encoded = self._encode(places)
        return [
            encoded[start : start + length] for start, length in zip(starts, lengths, strict=True)
        ]

    def _read_embedding(self, embed: Network) -> None:
        from spacy.attrs import ORTH

        nodes = list(embed.walk())
        tables = [node for node in nodes if node.name == "hashembed"]
        features = [node for node in nodes if node.name == "extract_features"]
        vectors = [node for node in nodes if node.name == "static_vectors"]
        mixers = [node for node in nodes if node.name in ("maxout", "layernorm")]
        if (
            len(features) != 1
            or len(features[0].attrs["columns"]) != len(tables)
            or [node.attrs["column"] for node in tables] != list(range(len(tables)))
            or len(vectors) > 1
            or [node.name for node in mixers] != ["maxout", "layernorm"]
        ):
            raise UnknownPipelineError(f"unknown embedding: {embed.name}")
        kind = (self._vocab.vectors.mode, self._vocab.vectors.attr)
        if vectors and kind != ("default", ORTH):
            raise UnknownPipelineError("unknown kind of word vectors")
        self._features = list(features[0].attrs["columns"])
        self._tables = [(node.get_param("E"), node.attrs["seed"]) for node in tables]
        self._projection = vectors[0].get_param("W").T.copy() if vectors else None
        self._mix = _Layer(*mixers)
        self._ops = embed.ops

    def _read_encoder(self, encode: Network) -> None:
        nodes = list(encode.walk())
        maxouts = [node for node in nodes if node.name == "maxout"]
        norms = [node for node in nodes if node.name == "layernorm"]
        windows = {node.attrs["window_size"] for node in nodes if node.name == "expand_window"}
        known = ("with_array", "residual", "expand_window", "maxout", "layernorm", "dropout")
        if (
            not maxouts
            or len(norms) != len(maxouts)
            or len(windows) != 1
            or any(not node.name.startswith(known) for node in nodes)
        ):
            raise UnknownPipelineError(f"unknown encoder: {encode.name}")
        self._layers = [_Layer(*pair) for pair in zip(maxouts, norms, strict=True)]
        self._window = windows.pop()
        self.width, self._pieces = self._layers[0].width, self._layers[0].pieces
        self._halo = self._window * len(self._layers)
        inputs = {(layer.width, len(layer.weights)) for layer in self._layers}
        if inputs != {(self.width, self.width * (2 * self._window + 1))}:
            raise UnknownPipelineError(f"unknown encoder: {encode.name}")

    def _embed(self, docs: "list[Doc]", at: npt.NDArray[np.intp]) -> Floats:
        """Compute the embeddings of the words at these places of the joined texts."""
        attributes = ["ORTH", *self._features]
        rows = np.concatenate(
            [doc.to_array(attributes) for doc in docs if len(doc)], dtype=np.uint64
        )[at]
        parts: list[Floats] = []
        for column, (table, seed) in enumerate(self._tables, start=1):
            keys = self._ops.hash(np.ascontiguousarray(rows[:, column]), seed) % len(table)
            parts.append(table[keys].sum(axis=1))
        if self._projection is not None:
            found = self._vocab.vectors.find(keys=rows[:, 0])
            known = self._vocab.vectors.data[found] @ self._projection
            known[found < 0] = 0
            parts.append(known)
        inputs = np.concatenate(parts, axis=1)
        out = np.empty((len(at), self._mix.width), np.float32)
        product = np.empty((len(at), self._mix.width * self._mix.pieces), np.float32)
        self._mix.apply(inputs, product, out)
        return out

    def _encode(self, places: npt.NDArray[np.intp]) -> Floats:
        """Run the convolutions over words, given as rows of the memo; -1 is the space between two
        texts. Around each block as many rows are computed as it looks around."""
        useful = _BLOCK - 2 * self._halo
        table = self._memo.table
        out = np.empty((len(places), self.width), np.float32)
        for start in range(0, len(places), useful):
            end = min(start + useful, len(places))
            first, last = max(start - self._halo, 0), min(end + self._halo, len(places))
            size = -(-(last - first) // _STEP) * _STEP
            block = self._block[:size]
            here = places[first:last]
            np.take(table, here, axis=0, out=block[: last - first], mode="wrap")
            block[: last - first][here < 0] = 0
            block[last - first :] = 0
            self._encode_block(block)
            out[start:end] = block[start - first : end - first]
        return out

    def _encode_block(self, block: Floats) -> None:
        size, width, window = len(block), self.width, self._window
        stacked, product, result = (
            self._stacked[:size],
            self._product[:size],
            self._result[:size],
        )
        for layer in self._layers:
            for offset in range(-window, window + 1):
                column = (offset + window) * width
                part = stacked[:, column : column + width]
                if offset < 0:
                    part[-offset:], part[:-offset] = block[:offset], 0
                elif offset > 0:
                    part[:-offset], part[-offset:] = block[offset:], 0
                else:
                    part[:] = block
            layer.apply(stacked, product, result)
            block += result


class FastPrecompute:
    """The parser's products of every word with every place of its state, into one reused buffer.

    A fresh array of 4 kB a word costs three times as much as the multiplication: each page of it is
    new to the process.
    """

    def __init__(self, node: Network) -> None:
        weights = node.get_param("W")  # (places, outputs, pieces, inputs)
        self._shape = weights.shape[:3]
        self._weights = np.ascontiguousarray(weights.reshape(-1, weights.shape[3]).T)
        self._padding = node.get_param("pad").reshape(1, -1)
        self._buffer = np.empty((0, self._weights.shape[1]), np.float32)

    def __call__(self, vectors: Floats) -> Floats:
        """Give (words + 1, places, outputs, pieces), the first row for places without a word."""
        size = len(vectors) + 1
        buffer = self._buffer
        if len(buffer) < size:
            buffer = np.empty((size, self._weights.shape[1]), np.float32)
            if size <= _KEPT_ROWS:
                self._buffer = buffer
        table = buffer[:size]
        np.dot(vectors, self._weights, out=table[1:])
        table[:1] = self._padding
        return table.reshape(size, *self._shape)
