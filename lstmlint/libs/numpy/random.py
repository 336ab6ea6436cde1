"""Random arrays, by the old functions and by generators."""

from __future__ import annotations

from ...dims import Dim
from ...knowledge import Call, base, function, method, silent
from ...shapes import UNKNOWN_SHAPE, Shape, broadcast
from ...values import Array, Object, Value, fresh_int, is_int
from .arrays import as_array, make, size_of, take, target_dims

base("numpy.random.Generator", "builtins.object")
base("numpy.random.RandomState", "builtins.object")
_OWNERS = ("numpy.random", "numpy.random.Generator", "numpy.random.RandomState")


def _names(*names: str) -> tuple[str, ...]:
    return tuple(f"{owner}.{name}" for owner in _OWNERS for name in names)


@function("numpy.random.default_rng", "numpy.random.RandomState", "numpy.random.Generator")
def generator(call: Call) -> Value:
    """A random generator."""
    kind = "numpy.random.RandomState" if call.name.endswith("RandomState") else "numpy.random.Generator"
    return Object(kind, place=call.place)


@function(*_names("seed"), "numpy.random.set_state")
def seed(call: Call) -> Value:
    """Seeding gives None."""
    return None


def _shape(call: Call, size: Value, *parameters: Value) -> Shape:
    """The shape that `size` asks for; without a size that of the broadcast parameters."""
    if size is not None:
        dims = target_dims(size)
        return Shape(dims) if dims is not None else UNKNOWN_SHAPE
    shape = Shape.of()
    for parameter in parameters:
        array = as_array(call, parameter)
        if array is None:
            return UNKNOWN_SHAPE
        shape = broadcast(shape, array.shape).shape
    return shape


@function(*_names("rand", "randn"))
def rand(call: Call) -> Value:
    """np.random.rand(d0, d1, ...)"""
    low, high = (0.0, 1.0) if call.name.endswith("rand") else (None, None)
    if call.open:
        return make(call, UNKNOWN_SHAPE, "float", bits=64, low=low, high=high)
    if len(call.args) == 1 and not is_int(call.args[0]) and isinstance(call.args[0], tuple):
        call.refuse(
            "not-an-integer", "one integer for each axis", str(call.args[0]),
            "TypeError: 'tuple' object cannot be interpreted as an integer", exception="TypeError", blamed=call.arg_places[:1],
        )  # fmt: skip
    return make(call, Shape(tuple(size_of(a) for a in call.args)), "float", bits=64, low=low, high=high)


@function(*_names("random", "random_sample", "ranf", "sample", "standard_normal"))
def random_sample(call: Call) -> Value:
    """np.random.random(size=None)"""
    low, high = (None, None) if call.name.endswith("normal") else (0.0, 1.0)
    shape = _shape(call, take(call, "size=None")["size"])
    return make(call, shape, "float", bits=64, low=low, high=high)


@function(*_names("uniform", "normal", "laplace", "gamma", "beta", "lognormal", "logistic", "gumbel", "vonmises"))
def distribution(call: Call) -> Value:
    """np.random.normal(a, b, size=None)"""
    arguments = (
        take(call, "loc=0.0, scale=1.0, size=None")
        if "uniform" not in call.name
        else take(call, "low=0.0, high=1.0, size=None")
    )
    first, second = list(arguments.values())[:2]
    low, high = None, None
    if "uniform" in call.name and isinstance(first, (int, float)) and isinstance(second, (int, float)):
        low, high = float(min(first, second)), float(max(first, second))
    return make(call, _shape(call, arguments["size"], first, second), "float", bits=64, low=low, high=high)


@function(
    *_names("exponential", "poisson", "chisquare", "rayleigh", "standard_exponential", "pareto", "weibull", "geometric")
)
def one_parameter(call: Call) -> Value:
    """np.random.poisson(lam=1.0, size=None)"""
    if call.kwargs.keys() - {"size"}:
        return make(
            call, _shape(call, call.kwargs["size"]) if call.kwargs.get("size") is not None else UNKNOWN_SHAPE, None
        )
    arguments = take(call, "lam=1.0, size=None") if "standard" not in call.name else take(call, "size=None")
    kind = "int" if call.name.endswith(("poisson", "geometric")) else "float"
    return make(
        call, _shape(call, arguments["size"], *([arguments["lam"]] if "lam" in arguments else [])), kind, bits=64
    )


@function(*_names("binomial", "negative_binomial"))
def binomial(call: Call) -> Value:
    """np.random.binomial(n, p, size=None)"""
    arguments = take(call, "n, p, size=None")
    high = float(arguments["n"]) if isinstance(arguments["n"], int) and call.name.endswith(".binomial") else None
    shape = _shape(call, arguments["size"], arguments["n"], arguments["p"])
    return make(call, shape, "int", bits=64, low=0.0, high=high)


@function(*_names("randint", "integers", "random_integers"))
def randint(call: Call) -> Value:
    """np.random.randint(low, high=None, size=None)"""
    arguments = take(call, "low, high=None, size=None")
    low, high = arguments["low"], arguments["high"]
    if high is None:
        low, high = 0, low
    shape = _shape(call, arguments["size"], low, high)
    least = float(low) if isinstance(low, int) else None
    most = None
    if isinstance(high, int):
        inclusive = call.name.endswith("random_integers") or "endpoint" in call.kwargs
        most = float(high) - (0 if inclusive else 1)
    if shape.rank == 0 and call.kwargs.get("dtype") is None and arguments["size"] is None:
        if not call.name.endswith("Generator.integers"):
            return fresh_int("randint", call.place, least=int(low) if isinstance(low, int) else -(10**9))
    kind = "int" if call.kwargs.get("dtype") is None else None
    return make(call, shape, kind, bits=64 if kind else None, low=least, high=most)


@function(*_names("choice"))
def choice(call: Call) -> Value:
    """np.random.choice(a, size=None)"""
    arguments = take(call, "a, size=None")
    source, size = arguments["a"], arguments["size"]
    if is_int(source):
        high = float(source - 1) if isinstance(source, int) else None
        return make(call, _shape(call, size), "int", source, bits=64, low=0.0, high=high)
    array = as_array(call, source)
    shape = _shape(call, size)
    if array is None or array.shape.rank is None:
        return make(
            call,
            UNKNOWN_SHAPE if array is None else shape if "axis" not in call.kwargs else UNKNOWN_SHAPE,
            None,
            source,
        )
    if array.shape.rank != 1:
        return make(call, UNKNOWN_SHAPE, array.dtype, source)
    return make(call, shape, array.dtype, source, bits=array.bits, low=array.low, high=array.high)


@function(*_names("permutation"))
def permutation(call: Call) -> Value:
    """np.random.permutation(n or array)"""
    source = call.args[0] if call.args else None
    if is_int(source):
        return make(call, Shape.of(size_of(source)), "int", source, bits=64)
    array = as_array(call, source)
    if array is None:
        return make(call, UNKNOWN_SHAPE, None, source)
    if array.shape.rank == 0:  # a count as a NumPy scalar
        return make(call, Shape.of(size_of(array)), "int", source, bits=64)
    return make(call, array.shape, array.dtype, source, bits=array.bits, low=array.low, high=array.high)


silent(*_names("shuffle"))


@function(*_names("shuffle"))
def shuffle(call: Call) -> Value:
    """np.random.shuffle(x) shuffles in place."""
    if call.args and isinstance(call.args[0], Array):
        call.args[0].constant = None
        call.args[0].facts["shuffled"] = True
    return None


@function(*_names("multivariate_normal", "dirichlet", "multinomial"))
def vectors(call: Call) -> Value:
    """np.random.multivariate_normal(mean, cov, size=None)"""
    two = not call.name.endswith("dirichlet")
    arguments = take(call, "mean, cov, size=None" if two else "alpha, size=None")
    first = as_array(call, arguments["cov" if call.name.endswith("multinomial") else "mean" if two else "alpha"])
    if first is None or first.shape.rank is None or first.shape.rank < 1:
        return make(call, UNKNOWN_SHAPE, "float")
    outer = _shape(call, arguments["size"])
    if outer.dims is None:
        return make(call, UNKNOWN_SHAPE, "float")
    kind = "int" if call.name.endswith("multinomial") else "float"
    return make(call, Shape((*outer.dims, Dim.of(first.shape[-1]))), kind, bits=64)


@method("numpy.random.Generator.permuted", "numpy.random.RandomState.get_state", "numpy.random.get_state")
def opaque(call: Call) -> Value:
    """Rare ones."""
    return call.unknown("its result is not followed")
