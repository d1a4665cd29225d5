"""Golden numbers of the layers that layers_b.py does not have: further normalizations, attentions, convolutions and reshapings.

Writes layers_c.json beside this file; layer_golden.py says what it holds.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    python test/golden/layers_c.py
"""

import keras
import numpy as np
from keras import layers as L

from layer_golden import call_with_list, write

MASK = np.array([[True, True, False, True], [False, True, False, False]])
FULL = np.array([[True, True, True, False], [True, True, False, False]])
VALUES = np.array([[True, True, False], [True, False, False]])

VECTOR = [(2, 6)]
SEQUENCE = [(2, 4, 6)]
IMAGE = [(2, 4, 5, 6)]
VOLUME = [(1, 3, 4, 2, 2)]
FILM = [(2, 3, 3, 4, 2)]
QUERY_VALUE = [(2, 4, 5), (2, 3, 5)]
QUERY_VALUE_KEY = [(2, 4, 5), (2, 3, 6), (2, 3, 5)]
ITSELF = [(2, 4, 5), (2, 4, 5)]


def case(make, shapes, **options):
    return {"make": make, "shapes": shapes, **options}


def attention(make, shapes, **options):
    return case(make, shapes, call=call_with_list, **options)


def scores(**arguments):
    return {"arguments": {"return_attention_scores": True, **arguments}}


def call_with_states(layer, inputs):
    return layer(inputs[0], initial_state=list(inputs[1:]))


CAUSAL = {"arguments": {"use_causal_mask": True}}
TRAINING = {"arguments": {"training": True}}

NORMALIZATIONS = {
    "GroupNormalization": case(lambda: L.GroupNormalization(2), VECTOR),
    "GroupNormalization (of an image)": case(lambda: L.GroupNormalization(3, epsilon=0.1), IMAGE),
    "GroupNormalization (axis 1, by feature)": case(lambda: L.GroupNormalization(-1, axis=1, scale=False), IMAGE),
    "GroupNormalization (axis 2)": case(lambda: L.GroupNormalization(5, axis=-2, center=False), IMAGE),
    "RMSNormalization": case(lambda: L.RMSNormalization(), SEQUENCE),
    "RMSNormalization (two axes)": case(lambda: L.RMSNormalization(axis=[1, 2], epsilon=0.1), SEQUENCE),
    "RMSNormalization (axis 1)": case(lambda: L.RMSNormalization(axis=-1), IMAGE),
    "UnitNormalization": case(lambda: L.UnitNormalization(), SEQUENCE),
    "UnitNormalization (two axes)": case(lambda: L.UnitNormalization(axis=[1, 2]), SEQUENCE),
    "SpectralNormalization": case(lambda: L.SpectralNormalization(L.Dense(3)), VECTOR),
    "SpectralNormalization (convolution, training)": case(
        lambda: L.SpectralNormalization(L.Conv2D(3, 2), power_iterations=3), IMAGE, **TRAINING
    ),
}

ATTENTIONS = {
    "Attention": attention(lambda: L.Attention(), QUERY_VALUE),
    "Attention (scaled, key)": attention(lambda: L.Attention(use_scale=True), QUERY_VALUE_KEY),
    "Attention (concat)": attention(lambda: L.Attention(score_mode="concat"), QUERY_VALUE),
    "Attention (concat, scaled, scores)": attention(
        lambda: L.Attention(use_scale=True, score_mode="concat"), QUERY_VALUE, **scores()
    ),
    "Attention (masked)": attention(lambda: L.Attention(), QUERY_VALUE, masks=[FULL, VALUES]),
    "Attention (causal, masked)": attention(lambda: L.Attention(), ITSELF, masks=[FULL, FULL], **CAUSAL),
    "AdditiveAttention": attention(lambda: L.AdditiveAttention(), QUERY_VALUE),
    "AdditiveAttention (without scale, scores)": attention(
        lambda: L.AdditiveAttention(use_scale=False), QUERY_VALUE_KEY, **scores(use_causal_mask=True)
    ),
    "GroupQueryAttention": case(lambda: L.GroupQueryAttention(3, 4, 2), QUERY_VALUE),
    "GroupQueryAttention (one head of keys, gate)": case(lambda: L.GroupQueryAttention(3, 2, 1, use_gate=True), QUERY_VALUE),
    "GroupQueryAttention (masked, causal)": case(
        lambda: L.GroupQueryAttention(2, 4, 2, use_bias=False), ITSELF, masks=[FULL, FULL], **CAUSAL
    ),
    "GroupQueryAttention (sliding window, scores)": case(
        lambda: L.GroupQueryAttention(2, 4, 4, sliding_window=2), ITSELF, **scores()
    ),
    "MultiHeadAttention (scores)": case(lambda: L.MultiHeadAttention(2, 3), QUERY_VALUE, **scores()),
    "MultiHeadAttention (scores, masked)": case(lambda: L.MultiHeadAttention(2, 3), ITSELF, masks=[FULL, FULL], **scores()),
    "MultiHeadAttention (dropout, masked)": case(lambda: L.MultiHeadAttention(2, 3, dropout=0.5), ITSELF, masks=[FULL, FULL]),
    "MultiHeadAttention (gate)": case(lambda: L.MultiHeadAttention(2, 3, value_dim=2, use_gate=True), QUERY_VALUE),
    "MultiHeadAttention (sliding window)": case(lambda: L.MultiHeadAttention(2, 3, sliding_window=2), ITSELF),
    "MultiHeadAttention (image)": case(lambda: L.MultiHeadAttention(2, 3), [(2, 2, 3, 4), (2, 3, 2, 4)]),
    "MultiHeadAttention (rows, scores)": case(
        lambda: L.MultiHeadAttention(2, 3, attention_axes=1), [(2, 3, 2, 4), (2, 2, 2, 4)], **scores()
    ),
    "MultiHeadAttention (columns, output size)": case(
        lambda: L.MultiHeadAttention(2, 3, attention_axes=(2,), output_shape=(3, 2)), [(2, 2, 3, 4), (2, 2, 4, 5)]
    ),
    "MultiHeadAttention (two axes of three, scores)": case(
        lambda: L.MultiHeadAttention(2, 3, attention_axes=(1, 3)), [(1, 2, 2, 3, 4), (1, 3, 2, 2, 4)], **scores()
    ),
    "MultiHeadAttention (rows, masked)": case(
        lambda: L.MultiHeadAttention(2, 3, attention_axes=(1,)), [(2, 4, 2, 3), (2, 4, 2, 3)], masks=[FULL, FULL]
    ),
}

CONVOLUTIONS = {
    "Conv1DTranspose": case(lambda: L.Conv1DTranspose(3, 3), SEQUENCE),
    "Conv1DTranspose (same, strides)": case(
        lambda: L.Conv1DTranspose(3, 3, strides=2, padding="same", activation="relu"), SEQUENCE
    ),
    "Conv1DTranspose (dilated, same)": case(lambda: L.Conv1DTranspose(2, 3, dilation_rate=2, padding="same"), SEQUENCE),
    "Conv1DTranspose (channels first, output padding)": case(
        lambda: L.Conv1DTranspose(3, 2, strides=3, output_padding=2, data_format="channels_first"), SEQUENCE
    ),
    "Conv2DTranspose (dilated)": case(lambda: L.Conv2DTranspose(3, 2, dilation_rate=(2, 3)), IMAGE),
    "Conv2DTranspose (dilated, same)": case(lambda: L.Conv2DTranspose(3, 3, dilation_rate=2, padding="same"), IMAGE),
    "Conv3DTranspose": case(lambda: L.Conv3DTranspose(3, 2), VOLUME),
    "Conv3DTranspose (same, strides)": case(lambda: L.Conv3DTranspose(2, 3, strides=2, padding="same", use_bias=False), VOLUME),
    "Conv3DTranspose (dilated)": case(lambda: L.Conv3DTranspose(2, 2, dilation_rate=2), VOLUME),
    "DepthwiseConv1D": case(lambda: L.DepthwiseConv1D(3, depth_multiplier=2), SEQUENCE),
    "DepthwiseConv1D (same, strides)": case(lambda: L.DepthwiseConv1D(3, strides=2, padding="same", use_bias=False), SEQUENCE),
    "DepthwiseConv1D (dilated)": case(lambda: L.DepthwiseConv1D(2, dilation_rate=2), SEQUENCE),
    "DepthwiseConv2D (strides, dilated)": case(lambda: L.DepthwiseConv2D(2, strides=2, dilation_rate=2), IMAGE),
    "SeparableConv1D": case(lambda: L.SeparableConv1D(3, 2, activation="tanh"), SEQUENCE),
    "SeparableConv1D (depth multiplier)": case(
        lambda: L.SeparableConv1D(3, 3, strides=2, depth_multiplier=2, padding="same"), SEQUENCE
    ),
    "ConvLSTM1D": case(lambda: L.ConvLSTM1D(3, 2), [(2, 3, 6, 4)]),
    "ConvLSTM1D (sequences, masked)": case(
        lambda: L.ConvLSTM1D(2, 3, padding="same", return_sequences=True), [(2, 4, 3, 2)], masks=[MASK]
    ),
    "ConvLSTM2D": case(lambda: L.ConvLSTM2D(2, 2), FILM),
    "ConvLSTM2D (sequences, state, backwards)": case(
        lambda: L.ConvLSTM2D(2, 2, strides=2, padding="same", return_sequences=True, return_state=True, go_backwards=True),
        FILM,
    ),
    "ConvLSTM2D (dilated, hard, without bias)": case(
        lambda: L.ConvLSTM2D(2, 2, dilation_rate=2, use_bias=False, recurrent_activation="hard_sigmoid"), FILM
    ),
    "ConvLSTM2D (channels first)": case(
        lambda: L.ConvLSTM2D(2, 2, data_format="channels_first", return_sequences=True, return_state=True), [(2, 3, 2, 3, 4)]
    ),
    "ConvLSTM2D (initial state)": case(
        lambda: L.ConvLSTM2D(2, 2), [*FILM, (2, 2, 3, 2), (2, 2, 3, 2)], call=call_with_states
    ),
    "ConvLSTM3D": case(lambda: L.ConvLSTM3D(2, 2), [(1, 2, 3, 2, 3, 2)]),
}

EINSUMS = {
    "EinsumDense": case(lambda: L.EinsumDense("ab,bc->ac", output_shape=4, bias_axes="c"), VECTOR),
    "EinsumDense (of a sequence)": case(
        lambda: L.EinsumDense("abc,cd->abd", output_shape=(None, 5), bias_axes="d", activation="relu"), SEQUENCE
    ),
    "EinsumDense (into heads)": case(
        lambda: L.EinsumDense("abc,cde->abde", output_shape=(None, 2, 3), bias_axes="de"), SEQUENCE
    ),
    "EinsumDense (along time, bias of two axes)": case(
        lambda: L.EinsumDense("abc,bd->adc", output_shape=(5, 6), bias_axes="d"), SEQUENCE
    ),
    "EinsumDense (elided left)": case(lambda: L.EinsumDense("...x,xy->...y", output_shape=3, bias_axes="y"), IMAGE),
    "EinsumDense (elided right)": case(lambda: L.EinsumDense("ab...,bc->ac...", output_shape=3, bias_axes="c"), IMAGE),
    "EinsumDense (a kernel for each step)": case(
        lambda: L.EinsumDense("abc,bcd->abd", output_shape=(4, 3), bias_axes="bd"), SEQUENCE
    ),
    "EinsumDense (out of two axes)": case(lambda: L.EinsumDense("abcd,cde->abe", output_shape=(None, 3)), IMAGE),
    "EinsumDense (summed axis)": case(lambda: L.EinsumDense("abc,cd->ad", output_shape=3), SEQUENCE),
}

RESIZINGS = {
    "UpSampling2D (bicubic)": case(lambda: L.UpSampling2D((2, 3), interpolation="bicubic"), IMAGE),
    "UpSampling2D (lanczos3)": case(lambda: L.UpSampling2D((3, 2), interpolation="lanczos3"), IMAGE),
    "UpSampling2D (lanczos5)": case(lambda: L.UpSampling2D(2, interpolation="lanczos5"), IMAGE),
    "Resizing": case(lambda: L.Resizing(7, 3), IMAGE),
    "Resizing (nearest)": case(lambda: L.Resizing(3, 8, interpolation="nearest"), IMAGE),
    "Resizing (bicubic)": case(lambda: L.Resizing(3, 8, interpolation="bicubic"), IMAGE),
    "Resizing (lanczos3)": case(lambda: L.Resizing(7, 3, interpolation="lanczos3"), IMAGE),
    "Resizing (lanczos5, channels first)": case(
        lambda: L.Resizing(3, 8, interpolation="lanczos5", data_format="channels_first"), IMAGE
    ),
    "AdaptiveAveragePooling1D": case(lambda: L.AdaptiveAveragePooling1D(3), SEQUENCE),
    "AdaptiveAveragePooling2D": case(lambda: L.AdaptiveAveragePooling2D((3, 2)), IMAGE),
    "AdaptiveAveragePooling3D": case(lambda: L.AdaptiveAveragePooling3D((2, 3, 1)), VOLUME),
    "AdaptiveMaxPooling1D": case(lambda: L.AdaptiveMaxPooling1D(3), SEQUENCE),
    "AdaptiveMaxPooling2D": case(lambda: L.AdaptiveMaxPooling2D((3, 2)), IMAGE),
    # Not one place along an axis of two: TensorFlow 2.21's gradient then divides by 0 and ends the process.
    "AdaptiveMaxPooling3D": case(lambda: L.AdaptiveMaxPooling3D((2, 3, 2)), VOLUME),
    "AdaptiveMaxPooling2D (channels first)": case(lambda: L.AdaptiveMaxPooling2D((2, 4), data_format="channels_first"), IMAGE),
}

PREPARATIONS = {
    "Identity": case(lambda: L.Identity(), SEQUENCE),
    "Rescaling": case(lambda: L.Rescaling(1 / 127.5, offset=-1), IMAGE),
    "Rescaling (by channel)": case(lambda: L.Rescaling([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], offset=[1, 2, 3, 4, 5, 6]), VECTOR),
    "Normalization (given)": case(lambda: L.Normalization(mean=0.5, variance=4.0), SEQUENCE),
    "Normalization (given, by axis 1)": case(
        lambda: L.Normalization(axis=1, mean=[0.1, 0.2, 0.3, 0.4], variance=[1.0, 2.0, 3.0, 0.0]), SEQUENCE
    ),
    "Normalization (given, inverse, of all)": case(lambda: L.Normalization(axis=None, mean=0.5, variance=4.0, invert=True), SEQUENCE),
    "Normalization (given, by two axes)": case(
        lambda: L.Normalization(axis=(1, 2), mean=np.arange(24).reshape(4, 6), variance=np.arange(24).reshape(4, 6) + 1), SEQUENCE
    ),
    "CategoryEncoding": case(lambda: L.CategoryEncoding(7), VECTOR, whole_numbers_below=5),
    "CategoryEncoding (of a sequence)": case(lambda: L.CategoryEncoding(7), SEQUENCE, whole_numbers_below=5),
    "CategoryEncoding (one hot)": case(lambda: L.CategoryEncoding(5, output_mode="one_hot"), SEQUENCE, whole_numbers_below=5),
    "CategoryEncoding (one hot, of a column)": case(
        lambda: L.CategoryEncoding(5, output_mode="one_hot"), [(6, 1)], whole_numbers_below=5
    ),
    "CategoryEncoding (count)": case(lambda: L.CategoryEncoding(5, output_mode="count"), VECTOR, whole_numbers_below=4),
    "Discretization (one hot)": case(
        lambda: L.Discretization([0.5, 1, 3.5], output_mode="one_hot"), VECTOR, whole_numbers_below=5
    ),
    "Discretization (multi hot)": case(
        lambda: L.Discretization([0.5, 1, 3.5], output_mode="multi_hot"), VECTOR, whole_numbers_below=5
    ),
    "IntegerLookup (one hot)": case(
        lambda: L.IntegerLookup(vocabulary=[3, 1, 4], output_mode="one_hot"), SEQUENCE, whole_numbers_below=6
    ),
    "IntegerLookup (multi hot, mask)": case(
        lambda: L.IntegerLookup(vocabulary=[3, 1, 4], output_mode="multi_hot", mask_token=0), VECTOR, whole_numbers_below=6
    ),
    "IntegerLookup (count)": case(
        lambda: L.IntegerLookup(vocabulary=[3, 1, 4, 0, 2], output_mode="count", num_oov_indices=0), VECTOR, whole_numbers_below=5
    ),
}

ACTIVATIONS = {
    "gelu, approximate": lambda x: keras.activations.gelu(x, approximate=True),
    "leaky_relu": lambda x: keras.activations.leaky_relu(x, negative_slope=0.4),
    "elu": lambda x: keras.activations.elu(x, alpha=1.7),
    "celu": lambda x: keras.activations.celu(x, alpha=0.6),
    "glu, axis 1": lambda x: keras.activations.glu(x, axis=1),
    "soft_shrink": lambda x: keras.activations.soft_shrink(x, threshold=0.3),
    "hard_shrink": lambda x: keras.activations.hard_shrink(x, threshold=0.3),
    "squareplus": lambda x: keras.activations.squareplus(x, b=2),
    "threshold": lambda x: keras.activations.threshold(x, 0.2, -1.5),
    "softmax, axis 1": lambda x: keras.activations.softmax(x, axis=1),
    "log_softmax, axis 1": lambda x: keras.activations.log_softmax(x, axis=1),
}
PARAMETRIC = {f"Activation ({name})": case(lambda apply=apply: L.Activation(apply), SEQUENCE) for name, apply in ACTIVATIONS.items()}

write(__file__, {**NORMALIZATIONS, **ATTENTIONS, **CONVOLUTIONS, **EINSUMS, **RESIZINGS, **PREPARATIONS, **PARAMETRIC})
