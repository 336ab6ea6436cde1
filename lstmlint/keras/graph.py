"""The graph of layer and operation nodes behind tensors: Keras's `map_graph`, from outputs back to inputs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..program import LayerCall
from ..values import LOOP, LayerObject, Made, Tensor, Unknown
from .tensors import leaves, tensors_in

INPUT_LAYER = "input_layer"
"""The fact of a Tensor that names the InputLayer which made it."""
BUILT_ANEW = "built_anew"
"""The fact of a Tensor inside a Sequential that Keras has built again since: the layers have one of each time, and here it stands for all."""


@dataclass(slots=True, eq=False)
class Node:
    """One application: of a layer (`call`), of an operation (`made`), or an input (neither)."""

    operation: LayerObject | Made
    inputs: list[Tensor] = field(default_factory=list)
    call: LayerCall | None = None
    made: Made | None = None
    outputs: list[Tensor] = field(default_factory=list)

    @property
    def is_input(self) -> bool:
        return not self.inputs


@dataclass(slots=True, eq=False)
class Graph:
    """Everything between inputs and outputs: operations as `model.layers` orders them, nodes in the order of computation."""

    operations: list[LayerObject | Made]
    nodes: list[Node]
    disconnected: Tensor | None = None
    incomplete: str | None = None
    uncounted: str | None = None
    """Why some of it may be there more often: a loop made it, and nobody knows in how many turns."""

    @property
    def layers(self) -> list[LayerObject]:
        """What `model.layers` holds: layers only, no operations."""
        return [operation for operation in self.operations if isinstance(operation, LayerObject)]


class _Walk:
    """Depth-first from the outputs, as `_build_map` does it."""

    def __init__(self, inputs: list[Tensor], replaced: dict[int, LayerObject]) -> None:
        self.inputs = {t.uid for t in inputs}
        self.replaced = replaced
        self.known: dict[int, Node] = {}
        self.finished: set[int] = set()
        self.entered: set[int] = set()
        """Nodes on the way from the output to where the walk is."""
        self.order: list[Node] = []
        self.indices: dict[int, int] = {}
        self.incomplete: str | None = None
        self.uncounted: str | None = None

    def node_of(self, tensor: Tensor) -> Node | None:
        """The node that made a tensor; None where its history is not known."""
        replacement = self.replaced.get(tensor.uid)
        if replacement is not None:
            key = id(replacement)
            node = self.known.get(key) or Node(replacement)
        elif isinstance(tensor.facts.get(INPUT_LAYER), LayerObject):
            layer = tensor.facts[INPUT_LAYER]
            key = id(layer)
            node = self.known.get(key) or Node(layer, outputs=[tensor])
        elif tensor.call is not None:
            key = id(tensor.call)
            node = self.known.get(key) or Node(
                tensor.call.layer,
                [t for v in tensor.call.arguments_in_order for t in tensors_in(v)],
                tensor.call,
                outputs=tensors_in(tensor.call.outputs),
            )
        elif tensor.made is not None:
            key = id(tensor.made)
            node = self.known.get(key) or Node(
                tensor.made, [t for v in tensor.made.inputs for t in tensors_in(v)], made=tensor.made, outputs=[]
            )
            node.outputs.append(tensor)  # an operation may have made several
        else:
            return None
        self.known[key] = node
        return node

    def visit(self, start: Tensor) -> None:
        """All nodes behind a tensor, parents first. Iterative, since real graphs are deep."""
        stack: list[tuple[Node, Iterator[Tensor]]] = []
        self._enter(start, stack)
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                self.entered.discard(id(node))
                if id(node) not in self.finished:
                    self.finished.add(id(node))
                    self.order.append(node)
            else:
                self._enter(following, stack)

    def _enter(self, tensor: Tensor, stack: list[tuple[Node, Iterator[Tensor]]]) -> None:
        if tensor.uid not in self.inputs:
            self.uncounted = self.uncounted or tensor.facts.get(LOOP)
        if BUILT_ANEW in tensor.facts and (tensor.uid in self.inputs or INPUT_LAYER in tensor.facts):
            self.incomplete = (
                self.incomplete or "it begins within a Sequential that was built anew with each layer added to it"
            )
        node = self.node_of(tensor)
        if node is None:
            self.incomplete = self.incomplete or "a tensor in it has a history that can't be followed"
            return
        if id(node) in self.finished or id(node) in self.entered:
            return
        if not node.is_input and tensor.uid in self.inputs:
            self.finished.add(id(node))
            return
        if node.call is not None and any(
            isinstance(leaf, Unknown) for v in node.call.kwargs.values() for leaf in leaves(v)
        ):
            self.incomplete = self.incomplete or "a layer in it is called with something that is not known"
        self.indices.setdefault(id(node.operation), len(self.indices))
        self.entered.add(id(node))
        stack.append((node, iter(node.inputs)))


def map_graph(inputs: list[Tensor], outputs: list[Tensor], replaced: dict[int, LayerObject] | None = None) -> Graph:
    """Order the graph between inputs and outputs by depth, as `keras.src.ops.function.map_graph`.

    `replaced` gives the InputLayer that stands for an inner tensor, by the tensor's uid.
    """
    walk = _Walk(inputs, replaced or {})
    for output in outputs:
        walk.visit(output)
    in_graph = {id(node) for node in walk.order}
    node_depth: dict[int, int] = {}
    operation_depth: dict[int, int] = {}
    operations: dict[int, LayerObject | Made] = {}
    nodes: dict[int, Node] = {}
    for node in reversed(walk.order):
        depth = max(node_depth.setdefault(id(node), 0), operation_depth.get(id(node.operation), 0))
        operation_depth[id(node.operation)] = depth
        operations[id(node.operation)] = node.operation
        node_depth[id(node)] = depth
        nodes[id(node)] = node
        for tensor in node.inputs:
            parent = walk.node_of(tensor)
            if parent is not None and id(parent) in in_graph:
                node_depth[id(parent)] = max(depth + 1, node_depth.get(id(parent), 0))
                nodes[id(parent)] = parent
    for tensor in inputs:
        found = walk.node_of(tensor)
        if found is not None and found.is_input and id(found.operation) not in operation_depth:
            operation_depth[id(found.operation)] = 0
            operations[id(found.operation)] = found.operation
            walk.indices[id(found.operation)] = -1
            node_depth[id(found)] = 0
            nodes[id(found)] = found
    ordered = sorted(operations, key=lambda key: (-operation_depth[key], walk.indices[key]))
    by_depth = sorted(nodes.values(), key=lambda node: -node_depth[id(node)])
    graph = Graph([operations[key] for key in ordered], by_depth, incomplete=walk.incomplete, uncounted=walk.uncounted)
    graph.disconnected = _disconnected(by_depth, inputs) if walk.incomplete is None else None
    return graph


def _disconnected(nodes: list[Node], inputs: list[Tensor]) -> Tensor | None:
    """The first tensor that can't be computed from the inputs."""
    computable = {t.uid for t in inputs}
    for node in nodes:
        for tensor in node.inputs:
            if tensor.uid not in computable:
                return tensor
        if node.is_input and node.made is None and node.call is None:
            continue  # an Input that isn't among the inputs: what depends on it can't be computed
        computable |= {t.uid for t in node.outputs}
    return None


__all__ = ["BUILT_ANEW", "INPUT_LAYER", "Graph", "Node", "leaves", "map_graph"]
