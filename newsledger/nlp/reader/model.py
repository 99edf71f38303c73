"""The encoder of the second reader: an ONNX model in int8, loaded once per process where it is
asked for."""

from functools import cache
from typing import TYPE_CHECKING

from newsledger import paths

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FOLDER = paths.LEARNED / "reader"
TOKENIZER = FOLDER / "tokenizer.json"


@cache
def load_tokenizer() -> "Tokenizer":
    """Load the word pieces of the encoder."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
