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
    "Conv1D": (lambda: L.Conv1D(3, 3), SEQUENCE, {}),
    "Conv1D (same, strides)": (lambda: L.Conv1D(3, 3, strides=2, padding="same", activation="relu"), SEQUENCE, {}),
    "Conv1D (causal, dilated)": (lambda: L.Conv1D(3, 2, padding="causal", dilation_rate=2), SEQUENCE, {}),
    "Conv1D (groups)": (lambda: L.Conv1D(4, 2, groups=2, use_bias=False), SEQUENCE, {}),
    "Conv2D": (lambda: L.Conv2D(3, 3), IMAGE, {}),
    "Conv2D (same, strides)": (lambda: L.Conv2D(3, (3, 2), strides=2, padding="same", activation="tanh"), IMAGE, {}),
    "Conv2D (dilated)": (lambda: L.Conv2D(3, 2, dilation_rate=(2, 3)), IMAGE, {}),
    "Conv2D (same, dilated)": (lambda: L.Conv2D(3, 3, dilation_rate=2, padding="same"), IMAGE, {}),
    "Conv2D (groups)": (lambda: L.Conv2D(4, 2, groups=2), IMAGE, {}),
    # Not as many filters as columns: Keras then takes the last axis for the channels when it adds the bias.
    "Conv2D (channels first)": (lambda: L.Conv2D(2, 2, data_format="channels_first", activation="softmax"), IMAGE, {}),
    "Conv3D": (lambda: L.Conv3D(3, 2), VOLUME, {}),
    "Conv3D (same, strides)": (lambda: L.Conv3D(2, 3, strides=2, padding="same"), VOLUME, {}),
    "Conv3D (dilated)": (lambda: L.Conv3D(2, 2, dilation_rate=2), VOLUME, {}),
    "Conv2DTranspose": (lambda: L.Conv2DTranspose(3, 3), IMAGE, {}),
    "Conv2DTranspose (same, strides)": (lambda: L.Conv2DTranspose(3, 3, strides=2, padding="same"), IMAGE, {}),
    "Conv2DTranspose (valid, strides)": (lambda: L.Conv2DTranspose(2, 2, strides=3), IMAGE, {}),
    "Conv2DTranspose (output padding)": (
        lambda: L.Conv2DTranspose(2, 3, strides=2, padding="same", output_padding=1),
        IMAGE,
        {},
    ),
    "DepthwiseConv2D": (lambda: L.DepthwiseConv2D(3, depth_multiplier=2), IMAGE, {}),
    "DepthwiseConv2D (same, strides)": (lambda: L.DepthwiseConv2D(3, strides=2, padding="same"), IMAGE, {}),
    "DepthwiseConv2D (dilated)": (lambda: L.DepthwiseConv2D(2, dilation_rate=2, padding="same"), IMAGE, {}),
    "SeparableConv2D": (lambda: L.SeparableConv2D(3, 3, activation="relu"), IMAGE, {}),
    "SeparableConv2D (depth multiplier)": (
        lambda: L.SeparableConv2D(3, 2, strides=2, depth_multiplier=2, use_bias=False, padding="same"),
        IMAGE,
        {},
    ),
    "MaxPooling1D": (lambda: L.MaxPooling1D(), SEQUENCE, {}),
    "MaxPooling1D (same)": (lambda: L.MaxPooling1D(4, strides=3, padding="same"), SEQUENCE, {}),
    "MaxPooling2D": (lambda: L.MaxPooling2D(), IMAGE, {}),
    "MaxPooling2D (overlapping)": (lambda: L.MaxPooling2D((3, 2), strides=1, padding="same"), IMAGE, {}),
    "MaxPooling2D (channels first)": (lambda: L.MaxPooling2D(data_format="channels_first"), IMAGE, {}),
    "MaxPooling3D": (lambda: L.MaxPooling3D(), VOLUME, {}),
    "AveragePooling1D": (lambda: L.AveragePooling1D(2), SEQUENCE, {}),
    "AveragePooling2D (same)": (lambda: L.AveragePooling2D(3, padding="same"), IMAGE, {}),
    "AveragePooling3D (same)": (lambda: L.AveragePooling3D(3, strides=2, padding="same"), VOLUME, {}),
    "GlobalMaxPooling1D": (lambda: L.GlobalMaxPooling1D(), SEQUENCE, {}),
    "GlobalMaxPooling2D": (lambda: L.GlobalMaxPooling2D(keepdims=True), IMAGE, {}),
    "GlobalMaxPooling3D": (lambda: L.GlobalMaxPooling3D(), VOLUME, {}),
    "GlobalAveragePooling1D": (lambda: L.GlobalAveragePooling1D(), STEPS, {}),
    "GlobalAveragePooling1D (masked)": (lambda: L.GlobalAveragePooling1D(), STEPS, masked(MASK)),
    "GlobalAveragePooling2D": (lambda: L.GlobalAveragePooling2D(data_format="channels_first"), IMAGE, {}),
    "GlobalAveragePooling3D": (lambda: L.GlobalAveragePooling3D(), VOLUME, {}),
    "ZeroPadding1D": (lambda: L.ZeroPadding1D((1, 2)), SEQUENCE, {}),
    "ZeroPadding2D": (lambda: L.ZeroPadding2D(((1, 0), (2, 1))), IMAGE, {}),
    "ZeroPadding3D": (lambda: L.ZeroPadding3D((1, 0, 2), data_format="channels_first"), VOLUME, {}),
    "Cropping1D": (lambda: L.Cropping1D((1, 2)), SEQUENCE, {}),
    "Cropping2D": (lambda: L.Cropping2D((2, 1)), IMAGE, {}),
    "Cropping3D": (lambda: L.Cropping3D(((1, 0), (2, 1), (0, 1))), VOLUME, {}),
    "UpSampling1D": (lambda: L.UpSampling1D(3), SEQUENCE, {}),
    "UpSampling2D": (lambda: L.UpSampling2D((2, 3)), IMAGE, {}),
    "UpSampling2D (bilinear)": (lambda: L.UpSampling2D((2, 3), interpolation="bilinear"), IMAGE, {}),
    "UpSampling3D": (lambda: L.UpSampling3D(), VOLUME, {}),
    "SimpleRNN": (lambda: L.SimpleRNN(5), STEPS, {}),
    "SimpleRNN (sequences, backwards)": (lambda: L.SimpleRNN(5, return_sequences=True, go_backwards=True), STEPS, {}),
    "LSTM": (lambda: L.LSTM(5), STEPS, {}),
    "LSTM (sequences, state)": (lambda: L.LSTM(5, return_sequences=True, return_state=True), STEPS, {}),
    "LSTM (masked)": (lambda: L.LSTM(5, return_sequences=True), STEPS, masked(MASK)),
    "LSTM (masked, backwards)": (lambda: L.LSTM(5, go_backwards=True), STEPS, masked(FULL)),
    "LSTM (initial state)": (lambda: L.LSTM(5), [*STEPS, STATE, STATE], {}),
    "LSTM (without bias)": (lambda: L.LSTM(5, use_bias=False, recurrent_activation="hard_sigmoid"), STEPS, {}),
    "GRU": (lambda: L.GRU(5), STEPS, {}),
    "GRU (sequences)": (lambda: L.GRU(5, return_sequences=True, activation="relu"), STEPS, {}),
    "GRU (reset before)": (lambda: L.GRU(5, reset_after=False, return_state=True), STEPS, {}),
    "GRU (masked)": (lambda: L.GRU(5, return_sequences=True), STEPS, masked(MASK)),
    "GRU (without bias)": (lambda: L.GRU(5, use_bias=False), STEPS, {}),
    "Bidirectional": (lambda: L.Bidirectional(L.LSTM(3, return_sequences=True)), STEPS, {}),
    "Bidirectional (sum)": (lambda: L.Bidirectional(L.GRU(3), merge_mode="sum"), STEPS, {}),
    "Bidirectional (average)": (lambda: L.Bidirectional(L.SimpleRNN(3), merge_mode="ave"), STEPS, {}),
    "Bidirectional (product, masked)": (
        lambda: L.Bidirectional(L.LSTM(3, return_sequences=True), merge_mode="mul"),
        STEPS,
        masked(MASK),
    ),
    "Bidirectional (states)": (lambda: L.Bidirectional(L.LSTM(3, return_state=True)), STEPS, {}),
    "Bidirectional (both outputs)": (lambda: L.Bidirectional(L.GRU(3), merge_mode=None), STEPS, {}),
    "TimeDistributed (dense)": (lambda: L.TimeDistributed(L.Dense(2)), STEPS, {}),
    "TimeDistributed (convolution)": (lambda: L.TimeDistributed(L.Conv2D(2, 2)), [(2, 3, 3, 4, 2)], {}),
    "TimeDistributed (LSTM, masked)": (lambda: L.TimeDistributed(L.LSTM(3)), [(2, 4, 3, 2)], masked(MASK[:, :, None] & np.ones((1, 1, 3), bool))),
    "MultiHeadAttention": (lambda: L.MultiHeadAttention(2, 3), [(2, 4, 5), (2, 3, 4)], {}),
    "MultiHeadAttention (key, value size, output size)": (
        lambda: L.MultiHeadAttention(2, 3, value_dim=2, output_shape=6),
        [(2, 4, 5), (2, 3, 4), (2, 3, 2)],
        {},
    ),
    "MultiHeadAttention (masked)": (
        lambda: L.MultiHeadAttention(2, 3),
        [(2, 4, 5), (2, 4, 5)],
        {"masks": [FULL, FULL]},
    ),
    "MultiHeadAttention (causal)": (
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
