"""Golden numbers of convolutions, pooling, resizing, recurrent layers, wrappers and attention.

Writes layers_b.json beside this file; layer_golden.py says what it holds.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    python test/golden/layers_b.py
"""

import numpy as np
from keras import layers as L

from layer_golden import write

MASK = np.array([[True, True, False, True], [False, True, False, False]])
FULL = np.array([[True, True, True, False], [True, True, False, False]])


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

write(__file__, {name: {"make": make, "shapes": shapes, **options} for name, (make, shapes, options) in CASES.items()})
