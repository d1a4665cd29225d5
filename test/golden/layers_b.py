"""Golden numbers of convolutions, pooling, resizing, recurrent layers, wrappers and attention.

Writes layers_b.json beside this file: for each case the weights' names and shapes, the outputs, and the gradients of
sum(output * probe) with respect to inputs and weights. Inputs, weights and probes are values of a sine, which the test computes too.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    python test/golden/layers_b.py
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf
from keras import layers as L
from keras.src import backend

MASK = np.array([[True, True, False, True], [False, True, False, False]])
FULL = np.array([[True, True, True, False], [True, True, False, False]])


def sine(shape, phase, scale=1.0):
    count = int(np.prod(shape))
    return (scale * np.sin(1.7 * np.arange(count, dtype=np.float64) + phase)).astype(np.float32).reshape(shape)


SEQUENCE = [(2, 6, 4)]
IMAGE = [(2, 6, 5, 4)]
VOLUME = [(1, 4, 5, 3, 2)]
STEPS = [(2, 4, 3)]
STATE = (2, 5)


def masked(mask):
    return {"masks": [mask]}


CASES = {
    "conv1D": (lambda: L.Conv1D(3, 3), SEQUENCE, {}),
    "conv1D same strides": (lambda: L.Conv1D(3, 3, strides=2, padding="same", activation="relu"), SEQUENCE, {}),
    "conv1D causal dilation": (lambda: L.Conv1D(3, 2, padding="causal", dilation_rate=2), SEQUENCE, {}),
    "conv1D groups": (lambda: L.Conv1D(4, 2, groups=2, use_bias=False), SEQUENCE, {}),
    "conv2D": (lambda: L.Conv2D(3, 3), IMAGE, {}),
    "conv2D same strides": (lambda: L.Conv2D(3, (3, 2), strides=2, padding="same", activation="tanh"), IMAGE, {}),
    "conv2D dilation": (lambda: L.Conv2D(3, 2, dilation_rate=(2, 3)), IMAGE, {}),
    "conv2D same dilation": (lambda: L.Conv2D(3, 3, dilation_rate=2, padding="same"), IMAGE, {}),
    "conv2D groups": (lambda: L.Conv2D(4, 2, groups=2), IMAGE, {}),
    # Not as many filters as columns: Keras then takes the last axis for the channels when it adds the bias.
    "conv2D channelsFirst": (lambda: L.Conv2D(2, 2, data_format="channels_first", activation="softmax"), IMAGE, {}),
    "conv3D": (lambda: L.Conv3D(3, 2), VOLUME, {}),
    "conv3D same strides": (lambda: L.Conv3D(2, 3, strides=2, padding="same"), VOLUME, {}),
    "conv3D dilation": (lambda: L.Conv3D(2, 2, dilation_rate=2), VOLUME, {}),
    "conv2DTranspose": (lambda: L.Conv2DTranspose(3, 3), IMAGE, {}),
    "conv2DTranspose same strides": (lambda: L.Conv2DTranspose(3, 3, strides=2, padding="same"), IMAGE, {}),
    "conv2DTranspose valid strides": (lambda: L.Conv2DTranspose(2, 2, strides=3), IMAGE, {}),
    "conv2DTranspose outputPadding": (
        lambda: L.Conv2DTranspose(2, 3, strides=2, padding="same", output_padding=1),
        IMAGE,
        {},
    ),
    "depthwiseConv2D": (lambda: L.DepthwiseConv2D(3, depth_multiplier=2), IMAGE, {}),
    "depthwiseConv2D same strides": (lambda: L.DepthwiseConv2D(3, strides=2, padding="same"), IMAGE, {}),
    "depthwiseConv2D dilation": (lambda: L.DepthwiseConv2D(2, dilation_rate=2, padding="same"), IMAGE, {}),
    "separableConv2D": (lambda: L.SeparableConv2D(3, 3, activation="relu"), IMAGE, {}),
    "separableConv2D depthMultiplier": (
        lambda: L.SeparableConv2D(3, 2, strides=2, depth_multiplier=2, use_bias=False, padding="same"),
        IMAGE,
        {},
    ),
    "maxPooling1D": (lambda: L.MaxPooling1D(), SEQUENCE, {}),
    "maxPooling1D same": (lambda: L.MaxPooling1D(4, strides=3, padding="same"), SEQUENCE, {}),
    "maxPooling2D": (lambda: L.MaxPooling2D(), IMAGE, {}),
    "maxPooling2D overlapping": (lambda: L.MaxPooling2D((3, 2), strides=1, padding="same"), IMAGE, {}),
    "maxPooling2D channelsFirst": (lambda: L.MaxPooling2D(data_format="channels_first"), IMAGE, {}),
    "maxPooling3D": (lambda: L.MaxPooling3D(), VOLUME, {}),
    "averagePooling1D": (lambda: L.AveragePooling1D(2), SEQUENCE, {}),
    "averagePooling2D same": (lambda: L.AveragePooling2D(3, padding="same"), IMAGE, {}),
    "averagePooling3D same": (lambda: L.AveragePooling3D(3, strides=2, padding="same"), VOLUME, {}),
    "globalMaxPooling1D": (lambda: L.GlobalMaxPooling1D(), SEQUENCE, {}),
    "globalMaxPooling2D": (lambda: L.GlobalMaxPooling2D(keepdims=True), IMAGE, {}),
    "globalMaxPooling3D": (lambda: L.GlobalMaxPooling3D(), VOLUME, {}),
    "globalAveragePooling1D": (lambda: L.GlobalAveragePooling1D(), STEPS, {}),
    "globalAveragePooling1D masked": (lambda: L.GlobalAveragePooling1D(), STEPS, masked(MASK)),
    "globalAveragePooling2D": (lambda: L.GlobalAveragePooling2D(data_format="channels_first"), IMAGE, {}),
    "globalAveragePooling3D": (lambda: L.GlobalAveragePooling3D(), VOLUME, {}),
    "zeroPadding1D": (lambda: L.ZeroPadding1D((1, 2)), SEQUENCE, {}),
    "zeroPadding2D": (lambda: L.ZeroPadding2D(((1, 0), (2, 1))), IMAGE, {}),
    "zeroPadding3D": (lambda: L.ZeroPadding3D((1, 0, 2), data_format="channels_first"), VOLUME, {}),
    "cropping1D": (lambda: L.Cropping1D((1, 2)), SEQUENCE, {}),
    "cropping2D": (lambda: L.Cropping2D((2, 1)), IMAGE, {}),
    "cropping3D": (lambda: L.Cropping3D(((1, 0), (2, 1), (0, 1))), VOLUME, {}),
    "upSampling1D": (lambda: L.UpSampling1D(3), SEQUENCE, {}),
    "upSampling2D": (lambda: L.UpSampling2D((2, 3)), IMAGE, {}),
    "upSampling2D bilinear": (lambda: L.UpSampling2D((2, 3), interpolation="bilinear"), IMAGE, {}),
    "upSampling3D": (lambda: L.UpSampling3D(), VOLUME, {}),
    "simpleRNN": (lambda: L.SimpleRNN(5), STEPS, {}),
    "simpleRNN sequences backwards": (lambda: L.SimpleRNN(5, return_sequences=True, go_backwards=True), STEPS, {}),
    "lstm": (lambda: L.LSTM(5), STEPS, {}),
    "lstm sequences state": (lambda: L.LSTM(5, return_sequences=True, return_state=True), STEPS, {}),
    "lstm masked": (lambda: L.LSTM(5, return_sequences=True), STEPS, masked(MASK)),
    "lstm masked backwards": (lambda: L.LSTM(5, go_backwards=True), STEPS, masked(FULL)),
    "lstm initial state": (lambda: L.LSTM(5), [*STEPS, STATE, STATE], {}),
    "lstm no bias": (lambda: L.LSTM(5, use_bias=False, recurrent_activation="hard_sigmoid"), STEPS, {}),
    "gru": (lambda: L.GRU(5), STEPS, {}),
    "gru sequences": (lambda: L.GRU(5, return_sequences=True, activation="relu"), STEPS, {}),
    "gru resetBefore": (lambda: L.GRU(5, reset_after=False, return_state=True), STEPS, {}),
    "gru masked": (lambda: L.GRU(5, return_sequences=True), STEPS, masked(MASK)),
    "gru no bias": (lambda: L.GRU(5, use_bias=False), STEPS, {}),
    "bidirectional": (lambda: L.Bidirectional(L.LSTM(3, return_sequences=True)), STEPS, {}),
    "bidirectional sum": (lambda: L.Bidirectional(L.GRU(3), merge_mode="sum"), STEPS, {}),
    "bidirectional ave": (lambda: L.Bidirectional(L.SimpleRNN(3), merge_mode="ave"), STEPS, {}),
    "bidirectional mul masked": (
        lambda: L.Bidirectional(L.LSTM(3, return_sequences=True), merge_mode="mul"),
        STEPS,
        masked(MASK),
    ),
    "bidirectional state": (lambda: L.Bidirectional(L.LSTM(3, return_state=True)), STEPS, {}),
    "bidirectional null": (lambda: L.Bidirectional(L.GRU(3), merge_mode=None), STEPS, {}),
    "timeDistributed dense": (lambda: L.TimeDistributed(L.Dense(2)), STEPS, {}),
    "timeDistributed conv2D": (lambda: L.TimeDistributed(L.Conv2D(2, 2)), [(2, 3, 3, 4, 2)], {}),
    "timeDistributed lstm masked": (lambda: L.TimeDistributed(L.LSTM(3)), [(2, 4, 3, 2)], masked(MASK[:, :, None] & np.ones((1, 1, 3), bool))),
    "multiHeadAttention": (lambda: L.MultiHeadAttention(2, 3), [(2, 4, 5), (2, 3, 4)], {}),
    "multiHeadAttention key": (
        lambda: L.MultiHeadAttention(2, 3, value_dim=2, output_shape=6),
        [(2, 4, 5), (2, 3, 4), (2, 3, 2)],
        {},
    ),
    "multiHeadAttention masked": (
        lambda: L.MultiHeadAttention(2, 3),
        [(2, 4, 5), (2, 4, 5)],
        {"masks": [FULL, FULL]},
    ),
    "multiHeadAttention causal": (
        lambda: L.MultiHeadAttention(2, 3, use_bias=False),
        [(2, 4, 5), (2, 4, 5)],
        {"arguments": {"use_causal_mask": True}},
    ),
}


def call(layer, inputs, masks, arguments):
    for tensor, mask in zip(inputs, masks):
        backend.set_keras_mask(tensor, tf.constant(mask))
    if isinstance(layer, (L.LSTM, L.GRU, L.SimpleRNN)) and len(inputs) > 1:
        return layer(inputs[0], initial_state=list(inputs[1:]), **arguments)
    return layer(*inputs, **arguments)


def flat(tensor):
    return {"shape": list(tensor.shape), "values": [float(f"{value:.7g}") for value in np.asarray(tensor).ravel()]}


def record(make, shapes, masks=(), arguments=None):
    layer = make()
    inputs = [tf.constant(sine(shape, 0.3 + index)) for index, shape in enumerate(shapes)]
    call(layer, inputs, masks, arguments or {})
    for index, weight in enumerate(layer.weights):
        weight.assign(sine(weight.shape, 0.9 + index, 0.5))
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        outputs = call(layer, inputs, masks, arguments or {})
        outputs = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
        loss = tf.add_n([tf.reduce_sum(output * sine(output.shape, 0.6 + index)) for index, output in enumerate(outputs)])
    variables = [weight.value for weight in layer.weights]
    gradients = tape.gradient(loss, inputs + variables)
    return {
        "inputs": [list(shape) for shape in shapes],
        "masks": [mask.tolist() for mask in masks],
        "weights": [{"path": weight.path, "shape": list(weight.shape)} for weight in layer.weights],
        "outputs": [flat(output) for output in outputs],
        "inputGradients": [flat(gradient) for gradient in gradients[: len(inputs)]],
        "weightGradients": [flat(tf.convert_to_tensor(gradient)) for gradient in gradients[len(inputs) :]],
    }


golden = {name: record(make, shapes, **options) for name, (make, shapes, options) in CASES.items()}
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(json.dumps({"keras": keras.__version__, "cases": golden}, separators=(",", ":")) + "\n")
print(len(golden), "cases,", target.stat().st_size, "bytes")
