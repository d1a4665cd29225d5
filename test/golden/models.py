"""Golden shapes, parameter counts and names of the models that model_descriptions.py describes, beside their model files.

Writes models.json: for each model its file's text and what Keras says of it.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    python test/golden/models.py
"""

import json
import math
import os
import pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
from keras import layers, ops

from model_descriptions import MODELS
from model_source import is_layer, layer_is_loop, model_file


class Scale(layers.Layer):
    def __init__(self, factor, **options):
        super().__init__(**options)
        self.factor = factor

    def call(self, x):
        return x * self.factor


class RBF(layers.Layer):
    def __init__(self, units, **options):
        super().__init__(**options)
        self.units = units

    def build(self, shape):
        self.centers = self.add_weight(name="centers", shape=(shape[-1], self.units))
        self.widths = self.add_weight(name="widths", shape=(self.units,), initializer="ones")

    def call(self, x):
        return ops.exp(-ops.sum(ops.square(ops.expand_dims(x, 2) - self.centers), 1) * self.widths)


class Residual(layers.Layer):
    def __init__(self, units, depth, **options):
        super().__init__(**options)
        self.inner = [layers.Dense(units, activation="relu") for _ in range(depth)]

    def build(self, shape):
        for dense in self.inner:
            dense.build(shape)

    def call(self, x):
        for dense in self.inner:
            x = x + dense(x)
        return x


class Swap(layers.Layer):
    def call(self, x):
        return ops.transpose(x, (0, 2, 1))


class Positions(layers.Layer):
    def __init__(self, length, **options):
        super().__init__(**options)
        self.length = length

    def build(self, shape):
        self.table = self.add_weight(name="table", shape=(self.length, shape[-1]))

    def call(self, x):
        return x + self.table


class Frozen(layers.Layer):
    def __init__(self, units, **options):
        super().__init__(**options)
        self.units = units

    def build(self, shape):
        self.projection = self.add_weight(name="projection", shape=(shape[-1], self.units), trainable=False)
        self.bias = self.add_weight(name="bias", shape=(self.units,), initializer="zeros")

    def call(self, x):
        return ops.matmul(x, self.projection) + self.bias


OWN_LAYERS = {own.__name__: own for own in (Scale, RBF, Residual, Swap, Positions, Frozen)}
FUNCTIONS = {"square": ops.square, "sumOfSteps": lambda x: ops.sum(x, 1)}
WITH_ARGUMENTS = (layers.MultiHeadAttention, layers.GroupQueryAttention)
RECURRENT = (layers.LSTM, layers.GRU, layers.SimpleRNN)


def make_model(description):
    return make_sequential(description) if description["kind"] == "sequential" else make_functional(description)


def named(description):
    return {"name": description["name"]} if "name" in description else {}


def make_sequential(description):
    parts = []
    for layer in description["layers"]:
        if layer_is_loop(layer):
            parts.extend(make_layer(part) for _ in range(layer[1]) for part in layer[2])
        else:
            parts.append(make_layer(layer))
    # The input comes last, as the model's own arguments are made before the model.
    return keras.Sequential([keras.Input(description["shape"]), *parts], **named(description))


def make_functional(description):
    values = {name: keras.Input(shape) for name, shape in description["inputs"].items()}
    run_steps(description["steps"], values)
    inputs, outputs = ([values[name] for name in description[ends]] for ends in ("inputs", "outputs"))
    return keras.Model(inputs, outputs[0] if len(outputs) == 1 else outputs, **named(description))


def run_steps(steps, values):
    for step in steps:
        if step[0] == "let":
            values[step[1]] = make_layer(step[2])
        elif step[0] == "repeat":
            for _ in range(step[1]):
                run_steps(step[2], values)
        else:
            target, layer, source = step
            function = values[layer[1:]] if isinstance(layer, str) else make_layer(layer)
            result = call(function, values[source] if isinstance(source, str) else [values[name] for name in source])
            values.update({target: result} if isinstance(target, str) else zip(target, result, strict=True))


def call(layer, inputs):
    if isinstance(layer, WITH_ARGUMENTS):
        return layer(*inputs)
    if isinstance(layer, RECURRENT) and isinstance(inputs, list):
        return layer(inputs[0], initial_state=inputs[1:])
    return layer(inputs)


def make_layer(layer):
    if isinstance(layer, dict):
        return make_model(layer)
    name, *arguments = layer
    if name == "Lambda":
        return layers.Lambda(FUNCTIONS[arguments[0]])
    options = arguments.pop() if arguments and isinstance(arguments[-1], dict) else {}
    make = OWN_LAYERS[name] if name in OWN_LAYERS else getattr(layers, name)
    return make(*map(make_argument, arguments), **{key: make_argument(value) for key, value in options.items()})


def make_argument(value):
    if is_layer(value):
        return make_layer(value)
    return tuple(map(make_argument, value)) if isinstance(value, list) else value


def count(weights):
    return sum(math.prod(weight.shape) for weight in weights)


def shape_of(tensors):
    listed = tensors if isinstance(tensors, (list, tuple)) else [tensors]
    shapes = [list(tensor.shape) for tensor in listed]
    return shapes[0] if len(shapes) == 1 else shapes


def describe_layer(layer):
    inner = {"layers": [describe_layer(part) for part in layer.layers]} if isinstance(layer, keras.Model) else {}
    return {
        "name": layer.name,
        "type": type(layer).__name__,
        # Of its first call.
        "outputShape": shape_of(list(layer._inbound_nodes[0].output_tensors)),
        "params": layer.count_params(),
        "trainable": count(layer.trainable_weights),
        **inner,
    }


def record(description):
    keras.utils.clear_session()
    model = make_model(description)
    return {
        "title": description["title"],
        "source": model_file(description),
        "keras": {
            "name": model.name,
            "inputShape": shape_of(model.inputs),
            "outputShape": shape_of(model.outputs),
            "params": model.count_params(),
            "trainable": count(model.trainable_weights),
            "layers": [describe_layer(layer) for layer in model.layers],
        },
    }


if __name__ == "__main__":
    models = [record(description) for description in MODELS]
    target = pathlib.Path(__file__).with_suffix(".json")
    lines = ",\n".join(json.dumps(model, separators=(",", ":")) for model in models)
    target.write_text(f'{{"keras":"{keras.__version__}","models":[\n{lines}\n]}}\n')
    print(len(models), "models,", target.stat().st_size, "bytes")
