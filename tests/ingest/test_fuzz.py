"""Broken input never raises: a short run of benchmarks/fuzz_ingest.py, and bytes and texts of
hypothesis."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz_ingest import make_inputs, make_samples, read_input
from newsledger.ingest.decode import decode_bytes
from newsledger.ingest.formats import list_formats

NAMES = sorted(
    {f"a{suffix}" for module in list_formats().values() for suffix in module.SUFFIXES}
    | {"", "a.xml"}
)
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", sorted(make_samples()))
def test_samples_are_good(name: str):
    assert {getattr(item, "reason", "read") for item in read_input(name, make_samples()[name])} <= {
        "read",
        "fetch_failed",
        "disallowed",
    }


def test_mutated_documents():
    for name, content in make_inputs(300, 7, {}):
        read_input(name, content)


@relaxed
@given(name=st.sampled_from(NAMES), content=st.binary(max_size=2000))
def test_any_bytes(name: str, content: bytes):
    read_input(name, content)


@relaxed
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=500))
def test_utf8_comes_back_as_it_was(text: str):
    if (
        not text.startswith("\ufeff")
        and "\x00" not in text
        and all(char.isprintable() or char in "\n\t" for char in text)
    ):
        assert decode_bytes(text.encode())[0] == text


KEYS = [
    "text",
    "title",
    "items",
    "version",
    "authors",
    "author",
    "id",
    "url",
    "content_html",
    "tags",
]
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=20,
)


@relaxed
@given(value=json_values, is_feed=st.booleans())
def test_any_json(value: object, is_feed: bool):
    if is_feed:
        value = {"version": "https://jsonfeed.org/version/1.1", "title": value, "items": [value]}
    read_input("a.json", json.dumps(value).encode())
    read_input("a.jsonl", json.dumps(value).encode())
