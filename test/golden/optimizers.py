"""Golden numbers of optimizers: two weights and their slots after some of twenty steps, as Keras computes them.

Writes optimizers.json beside this file. Weights and gradients are values of a sine, which the test computes too.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    python test/golden/optimizers.py
"""

import json
import os
import pathlib
import warnings

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf
from keras import optimizers as O

SHAPES = {"kernel": (3, 2), "bias": (4,)}
STEPS = [1, 2, 3, 5, 10, 20]
CLIPPING = [("clipNorm", "clipnorm"), ("clipValue", "clipvalue"), ("globalClipNorm", "global_clipnorm")]
EMA = {"useEma": True, "emaMomentum": 0.9}

# Each optimizer by its defaults and by options that change what it computes, by their names here.
CASES = [
    ("sgd", {}),
    ("sgd", {"learningRate": 0.1, "momentum": 0.9}),
    ("sgd", {"learningRate": 0.1, "momentum": 0.9, "nesterov": True}),
    ("sgd", {"learningRate": 0.1, "momentum": 0.5, "weightDecay": 0.2, **EMA}),
    *[("sgd", {"learningRate": 0.1, name: 0.5}) for name, _ in CLIPPING],
    ("sgd", {"learningRate": 0.1, "globalClipNorm": 100.0}),
    ("rmsprop", {}),
    ("rmsprop", {"learningRate": 0.01, "rho": 0.8, "momentum": 0.5}),
    ("rmsprop", {"learningRate": 0.01, "centered": True}),
    ("rmsprop", {"learningRate": 0.01, "rho": 0.8, "momentum": 0.5, "centered": True, "epsilon": 1e-3, "weightDecay": 0.1}),
    ("adam", {}),
    ("adam", {"learningRate": 0.1, "amsgrad": True}),
    ("adam", {"learningRate": 0.1, "beta1": 0.5, "beta2": 0.7, "epsilon": 1e-2}),
    ("adam", {"learningRate": 0.1, "weightDecay": 0.1, "excludeFromWeightDecay": ["bias"]}),
    *[("adam", {"learningRate": 0.1, name: 0.5}) for name, _ in CLIPPING],
    ("adam", {"learningRate": 0.1, **EMA}),
    ("adam", {"learningRate": 0.1, **EMA, "emaOverwriteFrequency": 3}),
    ("adam", {"learningRate": 0.1, "gradientAccumulationSteps": 3}),
    ("adam", {"learningRate": 0.1, **EMA, "emaOverwriteFrequency": 2, "gradientAccumulationSteps": 3, "clipNorm": 0.4, "weightDecay": 0.1}),
    ("adamW", {}),
    ("adamW", {"learningRate": 0.1, "weightDecay": 0.3, "amsgrad": True}),
    ("adamax", {}),
    ("adamax", {"learningRate": 0.1, "beta1": 0.7, "beta2": 0.8, "weightDecay": 0.1}),
    ("nadam", {}),
    ("nadam", {"learningRate": 0.1, "beta1": 0.7, "beta2": 0.8, **EMA}),
    ("nadam", {"learningRate": 0.1, "gradientAccumulationSteps": 2}),
    ("adagrad", {}),
    ("adagrad", {"learningRate": 0.1, "initialAccumulatorValue": 0.0, "epsilon": 1e-3, "clipNorm": 0.5}),
    ("adadelta", {}),
    ("adadelta", {"learningRate": 1.0, "rho": 0.7, "weightDecay": 0.1}),
    ("lion", {}),
    ("lion", {"learningRate": 0.1, "beta1": 0.7, "beta2": 0.8, "weightDecay": 0.1, **EMA}),
    ("ftrl", {}),
    ("ftrl", {"learningRate": 0.1, "learningRatePower": -0.8, "l1RegularizationStrength": 0.05, "l2RegularizationStrength": 0.1}),
    ("ftrl", {"learningRate": 0.1, "l2ShrinkageRegularizationStrength": 0.2, "beta": 0.3, "initialAccumulatorValue": 0.2}),
]
CLASSES = {"sgd": O.SGD, "rmsprop": O.RMSprop, "adamW": O.AdamW}
RENAMED = dict(CLIPPING) | {"beta1": "beta_1", "beta2": "beta_2"}


def sine(shape, phase, scale=1.0):
    count = int(np.prod(shape))
    return (scale * np.sin(1.7 * np.arange(count, dtype=np.float64) + phase)).astype(np.float32).reshape(shape)


def listed(value):
    return [float(f"{each:.8g}") for each in np.asarray(value, dtype="float64").ravel()]


def snake_case(name):
    return RENAMED.get(name) or "".join("_" + c.lower() if c.isupper() else c for c in name)


def make(name, options):
    options = dict(options)
    excluded = options.pop("excludeFromWeightDecay", None)
    options = {snake_case(option): value for option, value in options.items()}
    optimizer = CLASSES.get(name, getattr(O, name.capitalize(), None))(**options)
    if excluded:
        optimizer.exclude_from_weight_decay(var_names=excluded)
    return optimizer


def slots_of(optimizer, weight):
    prefix = weight.path.replace("/", "_") + "_"
    own = [variable for variable in optimizer.variables if variable.name.startswith(prefix)]
    return {variable.name[len(prefix) :]: listed(variable.numpy()) for variable in own}


def gradient(index, shape, step, absent):
    return None if index in absent else tf.constant(sine(shape, 0.3 + 1.1 * step + index))


def case(name, options, absent=()):
    optimizer = make(name, options)
    weights = [keras.Variable(sine(shape, 0.9 + index, 0.5), name=key) for index, (key, shape) in enumerate(SHAPES.items())]
    states = []
    for step in range(1, STEPS[-1] + 1):
        gradients = [gradient(index, weight.shape, step, absent) for index, weight in enumerate(weights)]
        optimizer.apply(gradients, weights)
        if step in STEPS:
            states.append([{"value": listed(weight.numpy()), "slots": slots_of(optimizer, weight)} for weight in weights])
    optimizer.finalize_variable_values(weights)
    return {
        "name": name,
        "options": options,
        "absent": list(absent),
        "states": states,
        "final": [listed(weight.numpy()) for weight in weights],
    }


def embedding(name, rows, dense):
    """Three steps of an embedding whose rows the batch asks for, by TensorFlow's sparse gradient or by the dense one."""
    optimizer = make(name, {"learningRate": 0.1})
    weight = keras.Variable(sine((5, 2), 0.9, 0.5), name="embeddings")
    for step in range(3):
        sparse = tf.IndexedSlices(tf.constant(sine((len(rows), 2), 0.3 + step)), tf.constant(rows), tf.constant([5, 2]))
        optimizer.apply([tf.convert_to_tensor(sparse) if dense else sparse], [weight])
    return listed(weight.numpy())


def embedding_case(name, rows):
    return {"name": name, "rows": rows, "dense": embedding(name, rows, True), "sparse": embedding(name, rows, False)}


warnings.simplefilter("ignore")
golden = {
    "keras": keras.__version__,
    "shapes": SHAPES,
    "steps": STEPS,
    "cases": [
        *[case(name, options) for name, options in CASES],
        case("adam", {**EMA}, absent=[1]),
        case("sgd", {"gradientAccumulationSteps": 2, "weightDecay": 0.1}, absent=[0]),
    ],
    "embeddings": [embedding_case(name, rows) for name in ["sgd", "adam", "rmsprop"] for rows in [[3, 1, 0], [3, 1, 3, 3]]],
}
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(len(golden["cases"]), "cases,", target.stat().st_size, "bytes")
