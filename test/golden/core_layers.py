"""Golden numbers of activations, dense, normalization, merging, reshaping, embedding and masking layers.

Writes core_layers.json beside this file; layer_golden.py says what it holds.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    python test/golden/core_layers.py
"""

import keras
import numpy as np
from keras import layers as L

from layer_golden import call_with_list, write

MASK = np.array([[True, True, False, True], [False, True, False, False]])
OTHER_MASK = np.array([[True, False, False, True], [True, True, True, False]])
VECTOR = (2, 6)
SEQUENCE = (2, 4, 3)
IMAGE = (2, 4, 5, 2)

# Not sparsemax: that of Keras 3.15 sums the cumulative sums, and its outputs do not sum to 1.
ACTIVATIONS = [
    "linear", "relu", "relu6", "leaky_relu", "elu", "selu", "celu", "gelu", "glu", "silu", "sigmoid", "log_sigmoid", "hard_sigmoid",
    "hard_silu", "tanh", "hard_tanh", "tanh_shrink", "softplus", "softsign", "soft_shrink", "hard_shrink", "squareplus", "mish",
    "exponential", "sparse_plus", "sparse_sigmoid", "softmax", "log_softmax",
]


def case(make, *shapes, masks=(), training=False, whole_numbers_below=None):
    """Weights are positive: some are variances."""
    arguments = {"training": True} if training else {}
    own = {"masks": masks, "arguments": arguments, "whole_numbers_below": whole_numbers_below}
    return {"make": make, "shapes": shapes, "call": call_with_list, "positive_weights": True, **own}


# What changes its input in training alone, by chance.
REGULARIZATION = {
    "Dropout": lambda: L.Dropout(0.4),
    "SpatialDropout1D": lambda: L.SpatialDropout1D(0.4),
    "GaussianDropout": lambda: L.GaussianDropout(0.4),
    "GaussianNoise": lambda: L.GaussianNoise(0.4),
    "AlphaDropout": lambda: L.AlphaDropout(0.4),
    "ActivityRegularization": lambda: L.ActivityRegularization(0.1, 0.1),
}

CASES = {
    **{f"Activation {name}": case(lambda name=name: L.Activation(getattr(keras.activations, name)), VECTOR) for name in ACTIVATIONS},
    "Dense": case(lambda: L.Dense(4), VECTOR),
    "Dense of a sequence": case(lambda: L.Dense(4, activation="selu", use_bias=False), SEQUENCE),
    "ReLU": case(lambda: L.ReLU(), VECTOR),
    "ReLU with everything": case(lambda: L.ReLU(threshold=0.1, negative_slope=0.2, max_value=0.6), VECTOR),
    "LeakyReLU": case(lambda: L.LeakyReLU(), VECTOR),
    "ELU": case(lambda: L.ELU(alpha=1.5), VECTOR),
    "PReLU": case(lambda: L.PReLU(shared_axes=[1]), SEQUENCE),
    "Softmax": case(lambda: L.Softmax(), VECTOR),
    "Softmax in time": case(lambda: L.Softmax(axis=1), SEQUENCE),
    "Flatten": case(lambda: L.Flatten(), IMAGE),
    "Flatten channels first": case(lambda: L.Flatten(data_format="channels_first"), IMAGE),
    "Reshape": case(lambda: L.Reshape((-1, 5)), IMAGE),
    "Permute": case(lambda: L.Permute((3, 1, 2)), IMAGE),
    "RepeatVector": case(lambda: L.RepeatVector(3), VECTOR),
    "Add": case(lambda: L.Add(), VECTOR, VECTOR, VECTOR),
    "Add of different ranks": case(lambda: L.Add(), SEQUENCE, (2, 3)),
    "Subtract": case(lambda: L.Subtract(), VECTOR, VECTOR),
    "Multiply": case(lambda: L.Multiply(), VECTOR, VECTOR, VECTOR),
    "Multiply masked": case(lambda: L.Multiply(), SEQUENCE, SEQUENCE, masks=(MASK, OTHER_MASK)),
    "Average": case(lambda: L.Average(), VECTOR, VECTOR, VECTOR),
    "Maximum": case(lambda: L.Maximum(), VECTOR, VECTOR),
    "Maximum masked": case(lambda: L.Maximum(), SEQUENCE, SEQUENCE, masks=(MASK, OTHER_MASK)),
    "Minimum": case(lambda: L.Minimum(), VECTOR, VECTOR),
    "Concatenate": case(lambda: L.Concatenate(axis=1), SEQUENCE, (2, 2, 3)),
    "Dot": case(lambda: L.Dot(axes=-1), VECTOR, VECTOR),
    "Dot normalized": case(lambda: L.Dot(axes=1, normalize=True), VECTOR, VECTOR),
    "Dot of sequences": case(lambda: L.Dot(axes=(2, 1)), SEQUENCE, (2, 3, 5)),
    "Dot of an image": case(lambda: L.Dot(axes=(1, 1)), IMAGE, (2, 4)),
    "BatchNormalization": case(lambda: L.BatchNormalization(), SEQUENCE),
    "BatchNormalization training": case(lambda: L.BatchNormalization(), SEQUENCE, training=True),
    "BatchNormalization masked": case(lambda: L.BatchNormalization(), SEQUENCE, masks=(MASK,), training=True),
    "BatchNormalization of axis 1": case(lambda: L.BatchNormalization(axis=1, momentum=0.5, epsilon=0.1, scale=False), IMAGE, training=True),
    "LayerNormalization": case(lambda: L.LayerNormalization(), VECTOR),
    "LayerNormalization over two axes": case(lambda: L.LayerNormalization(axis=[1, 2]), IMAGE),
    "Embedding": case(lambda: L.Embedding(5, 3), (2, 6), whole_numbers_below=5),
    "Masking": case(lambda: L.Masking(), SEQUENCE),
    **{f"{name} outside of training": case(make, SEQUENCE) for name, make in REGULARIZATION.items()},
}

write(__file__, CASES)
