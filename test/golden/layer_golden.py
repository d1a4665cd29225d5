"""What the golden files of layers have in common: how a case is run, and the file's format.

For each case: the weights' names and shapes, the outputs, the gradients of sum(output * probe) with respect to inputs and trainable
weights, and what a training pass makes of the others. Inputs, weights and probes are values of a sine, which the test computes too.
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf
from keras.src import backend

DIGITS = 7


def sine(shape, phase, scale=1.0):
    count = int(np.prod(shape))
    return (scale * np.sin(1.7 * np.arange(count, dtype=np.float64) + phase)).astype(np.float32).reshape(shape)


def whole_numbers(shape, bound):
    return (np.arange(int(np.prod(shape))) * 7 % bound).astype(np.int32).reshape(shape)


def flat(tensor):
    if tensor is None:
        return None
    array = np.asarray(tf.convert_to_tensor(tensor))
    return {"shape": list(array.shape), "values": [float(f"{value:.{DIGITS}g}") for value in array.ravel()]}


def call_with_list(layer, inputs, **arguments):
    """As a merging layer is called."""
    return layer(list(inputs) if len(inputs) > 1 else inputs[0], **arguments)


def call_with_arguments(layer, inputs, **arguments):
    """As attention is called; what follows the first input of a recurrent layer is its state."""
    if isinstance(layer, (keras.layers.LSTM, keras.layers.GRU, keras.layers.SimpleRNN)) and len(inputs) > 1:
        return layer(inputs[0], initial_state=list(inputs[1:]), **arguments)
    return layer(*inputs, **arguments)


def record(make, shapes, masks=(), arguments=None, call=call_with_arguments, positive_weights=False, whole_numbers_below=None):
    layer = make()
    arguments = arguments or {}
    if whole_numbers_below is None:
        inputs = [tf.constant(sine(shape, 0.3 + index)) for index, shape in enumerate(shapes)]
    else:
        inputs = [tf.constant(whole_numbers(shape, whole_numbers_below)) for shape in shapes]

    def run():
        for tensor, mask in zip(inputs, masks):
            backend.set_keras_mask(tensor, tf.constant(mask))
        return call(layer, inputs, **arguments)

    run()
    for index, weight in enumerate(layer.weights):
        values = sine(weight.shape, 0.9 + index, 0.5)
        weight.assign(np.abs(values) if positive_weights else values)
    before = [weight.numpy() for weight in layer.weights]
    with tf.GradientTape() as tape:
        differentiable = [] if whole_numbers_below is not None else inputs
        tape.watch(differentiable)
        outputs = run()
        outputs = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
        loss = tf.add_n([tf.reduce_sum(output * sine(output.shape, 0.6 + index)) for index, output in enumerate(outputs)])
    trainable = [weight.value for weight in layer.trainable_weights]
    gradients = tape.gradient(loss, differentiable + trainable)
    changed = [None if np.array_equal(old, weight.numpy()) else weight.numpy() for old, weight in zip(before, layer.weights)]
    return {
        "inputs": [list(shape) for shape in shapes],
        **({} if whole_numbers_below is None else {"wholeNumbersBelow": whole_numbers_below}),
        "masks": [np.asarray(mask).tolist() for mask in masks],
        **({"training": True} if arguments.get("training") else {}),
        **({"positiveWeights": True} if positive_weights else {}),
        "weights": [{"path": weight.path, "shape": list(weight.shape)} for weight in layer.weights],
        "outputs": [flat(output) for output in outputs],
        "inputGradients": [flat(gradient) for gradient in gradients[: len(differentiable)]],
        "weightGradients": [flat(gradient) for gradient in gradients[len(differentiable) :]],
        **({"updates": [flat(value) for value in changed]} if any(value is not None for value in changed) else {}),
    }


def write(script, cases):
    """Writes the JSON file beside a script. @param cases: the arguments of `record` by each case's name."""
    golden = {name: record(**arguments) for name, arguments in cases.items()}
    target = pathlib.Path(script).with_suffix(".json")
    target.write_text(json.dumps({"keras": keras.__version__, "cases": golden}, separators=(",", ":")) + "\n")
    print(len(golden), "cases,", target.stat().st_size, "bytes")
