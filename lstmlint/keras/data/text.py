"""The old text preprocessing: `Tokenizer`, `text_to_word_sequence`, `one_hot`."""

from __future__ import annotations

from ...dims import ANY, Dim
from ...knowledge import Call, attribute, base, function, method
from ...libs.bridge import length_of
from ...libs.numpy.arrays import make, size_of
from ...shapes import Shape
from ...values import DictValue, ListValue, Object, Value, fresh_int, is_int

TOKENIZER = "keras.preprocessing.text.Tokenizer"
base(TOKENIZER, "builtins.object")


@function(TOKENIZER, "keras.legacy.preprocessing.text.Tokenizer")
def tokenizer(call: Call) -> Value:
    """Tokenizer(num_words=None, ...)"""
    words = call.args[0] if call.args else call.kwargs.get("num_words", call.kwargs.get("nb_words"))
    return Object(TOKENIZER, place=call.place, attributes={"num_words": words})


@function("keras.preprocessing.text.tokenizer_from_json")
def from_json(call: Call) -> Value:
    """A tokenizer that was saved."""
    return Object(TOKENIZER, place=call.place, attributes={"num_words": call.unknown("it is in the file")})


@method(f"{TOKENIZER}.fit_on_texts", f"{TOKENIZER}.fit_on_sequences")
def fit(call: Call) -> Value:
    """fit_on_texts(texts)"""
    return None


def _words(call: Call) -> ListValue:
    """One text as the numbers of its words."""
    return ListValue([], True, fresh_int("word", call.place), fresh_int("len(text)", call.place), call.place)


@method(f"{TOKENIZER}.texts_to_sequences", f"{TOKENIZER}.texts_to_sequences_generator")
def to_sequences(call: Call) -> Value:
    """A list of numbers for each text."""
    texts = call.args[0] if call.args else call.kwargs.get("texts")
    return ListValue([], True, _words(call), length_of(call, texts), call.place)


@method(f"{TOKENIZER}.texts_to_matrix", f"{TOKENIZER}.sequences_to_matrix")
def to_matrix(call: Call) -> Value:
    """(texts, num_words): one column for each word."""
    rows = length_of(call, call.args[0] if call.args else call.kwargs.get("texts", call.kwargs.get("sequences")))
    words = call.receiver.attributes.get("num_words") if isinstance(call.receiver, Object) else None
    width = size_of(words) if is_int(words) else ANY
    binary = call.kwargs.get("mode", call.args[1] if len(call.args) > 1 else "binary") == "binary"
    return make(call, Shape((rows or ANY, width)), "float", *call.args, bits=64, low=0.0, high=1.0 if binary else None)


@method(f"{TOKENIZER}.sequences_to_texts")
def to_texts(call: Call) -> Value:
    """Texts again."""
    rows = length_of(call, call.args[0]) if call.args else None
    return ListValue([], True, call.unknown("the text is not known", "str"), rows, call.place)


@attribute(*(f"{TOKENIZER}.{n}" for n in ("word_index", "index_word", "word_counts", "word_docs", "index_docs")))
def index(call: Call) -> Value:
    """tokenizer.word_index: a dict whose words are the texts'."""
    own, short = call.receiver, call.name.rpartition(".")[2]
    key = f"~{short}"
    if isinstance(own, Object) and key in own.attributes:
        return own.attributes[key]
    sample = call.unknown("the word is not known", "str") if short == "index_word" else fresh_int("word", call.place)
    made = DictValue({}, True, sample)
    if isinstance(own, Object):
        own.attributes[key] = made
    return made


@attribute(f"{TOKENIZER}.document_count")
def documents(call: Call) -> Value:
    """tokenizer.document_count"""
    return fresh_int("document_count", call.place)


@function(
    "keras.preprocessing.text.text_to_word_sequence",
    "keras.preprocessing.text.one_hot",
    "keras.preprocessing.text.hashing_trick",
)
def words(call: Call) -> Value:
    """The words of one text, or their numbers."""
    plain = call.name.endswith("word_sequence")
    sample: Value = call.unknown("the words are not known", "str") if plain else fresh_int("word", call.place)
    return ListValue([], True, sample, None, call.place)


@function("keras.preprocessing.sequence.skipgrams", "keras.preprocessing.sequence.make_sampling_table")
def skipgrams(call: Call) -> Value:
    """Pairs of words and whether they stand together."""
    if call.name.endswith("table"):
        size = size_of(call.args[0]) if call.args and is_int(call.args[0]) else ANY
        return make(call, Shape((size,)), "float", bits=64)
    count: Dim = fresh_int("pairs", call.place)
    pair = ListValue([fresh_int("word", call.place), fresh_int("word", call.place)])
    return (
        ListValue([], True, pair, count, call.place),
        ListValue([], True, fresh_int("label", call.place), count, call.place),
    )
