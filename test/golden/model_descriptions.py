"""200 models, each described once. models.py says what a description means.

    [class, argument…, {option: value}]        a layer by Keras's names
    sequential(title, shape, *layers)          ["repeat", n, layers] among the layers is a loop
    functional(title, inputs, steps, outputs)  steps: [result, layer, input], ["let", name, layer or model], ["repeat", n, steps];
                                               "=name" stands for what `let` named
"""


def sequential(title, shape, *layers, **options):
    return {"title": title, "kind": "sequential", "shape": shape, "layers": list(layers), **options}


def functional(title, inputs, steps, outputs, **options):
    return {"title": title, "kind": "functional", "inputs": inputs, "steps": steps, "outputs": outputs, **options}


def one(layer, shape, title=None, **options):
    """A model of one layer."""
    return sequential(title or " ".join(str(part) for part in layer), shape, layer, **options)


def merge(layer, *shapes):
    names = "abc"[: len(shapes)]
    return functional(f"{layer} of {len(shapes)}", dict(zip(names, shapes)), [["y", layer, list(names)]], ["y"])


VECTOR = [6]
SEQUENCE = [8, 6]
TIMES = [None, 6]
IMAGE = [12, 11, 4]
ANY_IMAGE = [None, None, 4]
VOLUME = [6, 7, 5, 4]
FILM = [5, 8, 7, 3]

DENSE = [
    one(["Dense", 5], VECTOR),
    one(["Dense", 5, {"use_bias": False, "activation": "relu"}], VECTOR),
    one(["Dense", 5, {"kernel_initializer": "he_normal", "trainable": False}], VECTOR),
    one(["Dense", 5], SEQUENCE, "Dense of a sequence"),
    one(["Dense", 5], ANY_IMAGE, "Dense of images of any size"),
    one(["Dense", 3, {"name": "head", "activation": "softmax"}], VECTOR),
    one(["EinsumDense", "ab,bc->ac", [64], {"bias_axes": "c"}], VECTOR),
    one(["EinsumDense", "abc,cd->abd", [8, 64], {"bias_axes": "d"}], SEQUENCE),
    one(["EinsumDense", "...x,xy->...y", [7]], SEQUENCE),
    one(["EinsumDense", "abc,cde->abde", [None, 2, 5]], TIMES),
    one(["Embedding", 100, 7], [9]),
    one(["Embedding", 50, 3, {"mask_zero": True}], [None], "Embedding of any length"),
    one(["Identity"], SEQUENCE),
    one(["Masking", {"mask_value": -1.0}], TIMES),
    one(["Activation", "tanh"], VECTOR),
]

ACTIVATIONS = [
    one(["ReLU", {"max_value": 6.0, "negative_slope": 0.1}], IMAGE),
    one(["LeakyReLU"], VECTOR),
    one(["LeakyReLU", {"negative_slope": 0.1}], VECTOR),
    one(["ELU"], VECTOR),
    one(["Softmax"], VECTOR),
    one(["Softmax", {"axis": 1}], SEQUENCE),
    one(["PReLU"], IMAGE),
    one(["PReLU", {"shared_axes": [1, 2]}], IMAGE),
    one(["PReLU", {"shared_axes": [1]}], SEQUENCE),
]

SHAPES = [
    one(["Flatten"], IMAGE),
    one(["Flatten"], [5], "Flatten of a vector"),
    one(["Reshape", [4, 12]], SEQUENCE),
    one(["Reshape", [-1, 3]], SEQUENCE),
    one(["Reshape", [48]], SEQUENCE),
    one(["Reshape", [-1, 3]], TIMES, "Reshape of any length"),
    one(["Permute", [2, 1]], SEQUENCE),
    one(["Permute", [3, 1, 2]], ANY_IMAGE),
    one(["RepeatVector", 4], VECTOR),
    one(["ZeroPadding1D", 2], SEQUENCE),
    one(["ZeroPadding1D", [1, 3]], TIMES),
    one(["ZeroPadding2D", [1, 2]], IMAGE),
    one(["ZeroPadding2D", [[1, 0], [2, 3]], {"data_format": "channels_first"}], IMAGE),
    one(["ZeroPadding3D", 1], VOLUME),
    one(["Cropping1D", [1, 2]], SEQUENCE),
    one(["Cropping2D", [[1, 2], [3, 0]]], IMAGE),
    one(["Cropping3D", 1], VOLUME),
    one(["UpSampling1D", 3], TIMES),
    one(["UpSampling2D", [2, 3], {"interpolation": "bilinear"}], IMAGE),
    one(["UpSampling2D", 2], ANY_IMAGE),
    one(["UpSampling3D", 2], VOLUME),
    one(["Resizing", 5, 9], IMAGE),
    one(["Resizing", 5, 9, {"interpolation": "nearest"}], ANY_IMAGE),
    one(["Rescaling", 0.00392], IMAGE),
    one(["CategoryEncoding", 9], [4]),
    one(["CategoryEncoding", 9, {"output_mode": "one_hot"}], [1]),
    one(["Discretization", {"bin_boundaries": [0.0, 1.0, 2.0]}], VECTOR),
    one(["Normalization", {"mean": 2.0, "variance": 4.0}], VECTOR),
]

CONVOLUTIONS = [
    one(["Conv1D", 8, 3], SEQUENCE),
    one(["Conv1D", 8, 3, {"padding": "causal", "dilation_rate": 2}], TIMES),
    one(["Conv1D", 8, 4, {"padding": "same", "strides": 3, "use_bias": False}], SEQUENCE),
    one(["Conv1D", 6, 3, {"groups": 3}], SEQUENCE),
    one(["Conv2D", 8, 3], IMAGE),
    one(["Conv2D", 8, [3, 5], {"padding": "same", "strides": 2}], IMAGE),
    one(["Conv2D", 8, 3, {"dilation_rate": [2, 3]}], IMAGE),
    one(["Conv2D", 8, 1, {"groups": 2, "activation": "relu"}], IMAGE),
    one(["Conv2D", 8, 3, {"strides": [3, 2]}], ANY_IMAGE),
    one(["Conv3D", 4, 2], VOLUME),
    one(["Conv3D", 4, [1, 3, 2], {"strides": [1, 2, 1], "padding": "same"}], VOLUME),
    one(["Conv1DTranspose", 5, 3, {"strides": 2}], SEQUENCE),
    one(["Conv1DTranspose", 5, 3, {"strides": 2, "padding": "same"}], SEQUENCE),
    one(["Conv2DTranspose", 5, 3], IMAGE),
    one(["Conv2DTranspose", 5, [4, 3], {"strides": 2, "padding": "same", "use_bias": False}], IMAGE),
    one(["Conv2DTranspose", 5, 3, {"strides": 3, "output_padding": 1}], IMAGE),
    one(["Conv2DTranspose", 5, 2, {"strides": 2}], ANY_IMAGE),
    one(["Conv3DTranspose", 2, 3, {"strides": 2}], VOLUME),
    one(["DepthwiseConv1D", 3, {"depth_multiplier": 2}], SEQUENCE),
    one(["DepthwiseConv2D", 3, {"depth_multiplier": 3, "padding": "same"}], IMAGE),
    one(["DepthwiseConv2D", 3, {"strides": 2, "use_bias": False}], IMAGE),
    one(["SeparableConv1D", 8, 3], SEQUENCE),
    one(["SeparableConv2D", 8, 3, {"depth_multiplier": 2, "strides": 2}], IMAGE),
    one(["SeparableConv2D", 8, 3, {"padding": "same", "use_bias": False}], ANY_IMAGE),
]

POOLING = [
    one(["MaxPooling1D"], SEQUENCE),
    one(["MaxPooling1D", 3, {"strides": 2, "padding": "same"}], TIMES),
    one(["MaxPooling2D"], IMAGE),
    one(["MaxPooling2D", [3, 2], {"strides": 1}], IMAGE),
    one(["MaxPooling2D", 2, {"padding": "same"}], IMAGE),
    one(["MaxPooling2D", 3], ANY_IMAGE),
    one(["MaxPooling2D", 2, {"data_format": "channels_first"}], [3, 12, 10]),
    one(["MaxPooling3D", 2], VOLUME),
    one(["AveragePooling1D", 4], SEQUENCE),
    one(["AveragePooling2D", 2, {"strides": 3, "padding": "same"}], IMAGE),
    one(["AveragePooling3D", [1, 2, 2]], VOLUME),
    one(["GlobalMaxPooling1D"], TIMES),
    one(["GlobalMaxPooling2D", {"keepdims": True}], IMAGE),
    one(["GlobalMaxPooling3D"], VOLUME),
    one(["GlobalAveragePooling1D", {"keepdims": True}], TIMES),
    one(["GlobalAveragePooling2D"], ANY_IMAGE),
    one(["GlobalAveragePooling2D", {"data_format": "channels_first"}], IMAGE),
    one(["GlobalAveragePooling3D"], VOLUME),
    one(["AdaptiveMaxPooling1D", 3], SEQUENCE),
    one(["AdaptiveMaxPooling2D", [3, 4]], IMAGE),
    one(["AdaptiveMaxPooling3D", 2], VOLUME),
    one(["AdaptiveAveragePooling1D", 3], SEQUENCE),
    one(["AdaptiveAveragePooling2D", 5], IMAGE),
    one(["AdaptiveAveragePooling3D", [1, 2, 3]], VOLUME),
]

RECURRENT = [
    one(["LSTM", 5], SEQUENCE),
    one(["LSTM", 5, {"return_sequences": True, "use_bias": False}], TIMES),
    one(["LSTM", 5, {"dropout": 0.2, "recurrent_dropout": 0.1, "go_backwards": True}], SEQUENCE),
    one(["GRU", 5], SEQUENCE),
    one(["GRU", 5, {"reset_after": False, "return_sequences": True}], TIMES),
    one(["GRU", 5, {"use_bias": False}], SEQUENCE),
    one(["SimpleRNN", 5], SEQUENCE),
    one(["SimpleRNN", 5, {"activation": "relu", "return_sequences": True, "use_bias": False}], TIMES),
    one(["ConvLSTM1D", 4, 3], [5, 8, 3]),
    one(["ConvLSTM2D", 4, 3], FILM),
    one(["ConvLSTM2D", 4, [3, 2], {"padding": "same", "return_sequences": True, "strides": 2}], FILM),
    one(["ConvLSTM3D", 2, 2], [3, 4, 5, 4, 2]),
    one(["Bidirectional", ["LSTM", 5]], SEQUENCE),
    one(["Bidirectional", ["GRU", 5, {"return_sequences": True}], {"merge_mode": "sum"}], TIMES),
    one(["Bidirectional", ["SimpleRNN", 5], {"merge_mode": "ave"}], SEQUENCE),
    one(["Bidirectional", ["LSTM", 4], {"backward_layer": ["GRU", 4, {"go_backwards": True}]}], SEQUENCE),
    one(["TimeDistributed", ["Dense", 5]], SEQUENCE),
    one(["TimeDistributed", ["Conv2D", 4, 3]], FILM),
    one(["TimeDistributed", ["Flatten"]], FILM),
    functional("LSTM with its states", {"x": SEQUENCE}, [[["y", "h", "c"], ["LSTM", 4, {"return_state": True, "return_sequences": True}], "x"]], ["y", "h", "c"]),
    functional("GRU with its state", {"x": SEQUENCE}, [[["y", "h"], ["GRU", 4, {"return_state": True}], "x"]], ["y", "h"]),
    functional(
        "an encoder's states start a decoder",
        {"source": TIMES, "target": [None, 5]},
        [
            [["encoded", "h", "c"], ["LSTM", 7, {"return_state": True}], "source"],
            ["decoded", ["LSTM", 7, {"return_sequences": True}], ["target", "h", "c"]],
            ["y", ["Dense", 5, {"activation": "softmax"}], "decoded"],
        ],
        ["y"],
    ),
]

NORMALIZATION = [
    one(["BatchNormalization"], IMAGE),
    one(["BatchNormalization", {"axis": 1}], IMAGE),
    one(["BatchNormalization", {"scale": False}], VECTOR),
    one(["BatchNormalization", {"center": False, "trainable": False}], VECTOR),
    one(["LayerNormalization"], SEQUENCE),
    one(["LayerNormalization", {"axis": [1, 2]}], SEQUENCE),
    one(["LayerNormalization", {"center": False}], VECTOR),
    one(["GroupNormalization", 2], IMAGE),
    one(["GroupNormalization", {"groups": 3, "axis": 1, "scale": False}], IMAGE),
    one(["RMSNormalization"], SEQUENCE),
    one(["UnitNormalization"], VECTOR),
    one(["SpectralNormalization", ["Dense", 4]], VECTOR),
    one(["SpectralNormalization", ["Conv2D", 4, 3]], IMAGE),
    one(["Dropout", 0.4], IMAGE),
    one(["SpatialDropout1D", 0.3], SEQUENCE),
    one(["SpatialDropout2D", 0.3], IMAGE),
    one(["SpatialDropout3D", 0.3], VOLUME),
    one(["GaussianDropout", 0.3], VECTOR),
    one(["GaussianNoise", 0.3], VECTOR),
    one(["AlphaDropout", 0.3], VECTOR),
    one(["ActivityRegularization", {"l1": 0.1}], VECTOR),
]

MERGING = [
    *(merge([name], SEQUENCE, SEQUENCE) for name in ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"]),
    merge(["Add"], SEQUENCE, SEQUENCE, SEQUENCE),
    merge(["Add"], SEQUENCE, [1, 6]),
    merge(["Multiply"], [8, 1], [6]),
    merge(["Concatenate"], SEQUENCE, [8, 2], [8, 3]),
    merge(["Concatenate", {"axis": 1}], SEQUENCE, TIMES),
    merge(["Dot", {"axes": 1}], VECTOR, VECTOR),
    merge(["Dot", {"axes": [2, 2], "normalize": True}], SEQUENCE, [3, 6]),
]

ATTENTION = [
    functional("self attention", {"x": TIMES}, [["y", ["MultiHeadAttention", 2, 3], ["x", "x"]]], ["y"]),
    functional("attention with a key", {"q": [5, 4], "v": [7, 3], "k": [7, 6]}, [["y", ["MultiHeadAttention", 3, 4, {"value_dim": 5}], ["q", "v", "k"]]], ["y"]),
    functional("attention to another size", {"q": [5, 4], "v": TIMES}, [["y", ["MultiHeadAttention", 2, 4, {"output_shape": [9], "use_bias": False}], ["q", "v"]]], ["y"]),
    functional("attention over two axes", {"x": IMAGE}, [["y", ["MultiHeadAttention", 2, 4, {"attention_axes": [1, 2]}], ["x", "x"]]], ["y"]),
    functional("grouped queries", {"q": [5, 4], "v": [7, 4]}, [["y", ["GroupQueryAttention", 3, 6, 2], ["q", "v"]]], ["y"]),
    merge(["Attention"], [5, 4], [7, 4]),
    merge(["Attention", {"use_scale": True, "score_mode": "concat"}], [5, 4], [7, 4]),
    merge(["AdditiveAttention"], [5, 4], [7, 4]),
    merge(["AdditiveAttention", {"use_scale": False}], [5, 4], [7, 4], [7, 4]),
]

OWN = [
    one(["Scale", 2.0], VECTOR),
    one(["RBF", 7], VECTOR),
    one(["Residual", 6, 2], VECTOR),
    one(["Swap"], SEQUENCE),
    one(["Swap"], TIMES, "Swap of any length"),
    one(["Positions", 8], SEQUENCE),
    one(["Frozen", 3], VECTOR),
    one(["Lambda", "square"], SEQUENCE),
    one(["Lambda", "sumOfSteps"], SEQUENCE),
    sequential("own layers among others", SEQUENCE, ["Positions", 8], ["Flatten"], ["RBF", 12], ["Scale", 0.5], ["RBF", 3]),
    functional("own layer called twice", {"a": VECTOR, "b": VECTOR}, [["let", "rbf", ["RBF", 5]], ["p", "=rbf", "a"], ["q", "=rbf", "b"], ["y", ["Subtract"], ["p", "q"]]], ["y"]),
]

SHARED_ENCODER = sequential("encoder", VECTOR, ["Dense", 8, {"activation": "relu"}], ["Dense", 4], name="encoder")
TOWER = functional("tower", {"t": VECTOR}, [["u", ["Dense", 4], "t"], ["v", ["Dense", 4], "u"], ["w", ["Add"], ["u", "v"]]], ["w"], name="tower")
DEEPER = functional("deeper", {"d": VECTOR}, [["let", "inner", TOWER], ["e", "=inner", "d"], ["f", ["Dense", 6], "e"]], ["f"], name="deeper")


def transformer(blocks, width, heads):
    block = [
        ["n", ["LayerNormalization"], "x"],
        ["a", ["MultiHeadAttention", heads, width // heads, {"dropout": 0.1}], ["n", "n"]],
        ["x", ["Add"], ["x", "a"]],
        ["m", ["LayerNormalization"], "x"],
        ["f", ["Dense", 4 * width, {"activation": "gelu"}], "m"],
        ["g", ["Dense", width], "f"],
        ["x", ["Add"], ["x", "g"]],
    ]
    steps = [["x", ["Embedding", 100, width], "tokens"], ["repeat", blocks, block], ["p", ["GlobalAveragePooling1D"], "x"], ["y", ["Dense", 3], "p"]]
    return functional(f"transformer of {blocks} blocks", {"tokens": [16]}, steps, ["y"])


def residual_network(blocks, filters):
    block = [
        ["a", ["Conv2D", filters, 3, {"padding": "same", "use_bias": False}], "x"],
        ["b", ["BatchNormalization"], "a"],
        ["c", ["ReLU"], "b"],
        ["d", ["Conv2D", filters, 3, {"padding": "same", "use_bias": False}], "c"],
        ["e", ["BatchNormalization"], "d"],
        ["f", ["Add"], ["x", "e"]],
        ["x", ["ReLU"], "f"],
    ]
    steps = [["x", ["Conv2D", filters, 7, {"strides": 2, "padding": "same"}], "image"], ["repeat", blocks, block], ["p", ["GlobalAveragePooling2D"], "x"], ["y", ["Dense", 10], "p"]]
    return functional(f"residual network of {blocks} blocks", {"image": [32, 32, 3]}, steps, ["y"])


def unet(filters):
    return functional(
        f"U-Net of {filters} filters",
        {"image": [16, 16, 1]},
        [
            ["a", ["Conv2D", filters, 3, {"padding": "same"}], "image"],
            ["b", ["MaxPooling2D"], "a"],
            ["c", ["Conv2D", 2 * filters, 3, {"padding": "same"}], "b"],
            ["d", ["UpSampling2D", 2], "c"],
            ["e", ["Concatenate"], ["a", "d"]],
            ["y", ["Conv2D", 1, 1, {"activation": "sigmoid"}], "e"],
        ],
        ["y"],
    )


NETWORKS = [
    sequential("MLP", [28, 28], ["Flatten"], ["Dense", 300], ["LeakyReLU"], ["Dense", 100], ["LeakyReLU"], ["Dense", 10, {"activation": "softmax"}]),
    sequential("60 layers in a loop", VECTOR, ["repeat", 30, [["Dense", 20], ["ReLU"]]], ["Dense", 1]),
    sequential("a loop of normalized blocks", IMAGE, ["repeat", 3, [["Conv2D", 8, 3, {"padding": "same"}], ["BatchNormalization"], ["ReLU"]]], ["GlobalAveragePooling2D"], ["Dense", 2]),
    sequential("LeNet", [28, 28, 1], ["Conv2D", 6, 5, {"padding": "same"}], ["AveragePooling2D", 2], ["Conv2D", 16, 5], ["AveragePooling2D", 2], ["Flatten"], ["Dense", 120], ["Dense", 84], ["Dense", 10]),
    sequential("stacked LSTM", TIMES, ["LSTM", 8, {"return_sequences": True}], ["Dropout", 0.2], ["LSTM", 8], ["Dense", 1]),
    sequential("text classifier", [None], ["Embedding", 1000, 16, {"mask_zero": True}], ["Bidirectional", ["LSTM", 8]], ["Dense", 1, {"activation": "sigmoid"}]),
    sequential("convolutional autoencoder", [28, 28, 1], ["Conv2D", 8, 3, {"strides": 2, "padding": "same"}], ["Conv2D", 4, 3, {"strides": 2, "padding": "same"}], ["Conv2DTranspose", 8, 3, {"strides": 2, "padding": "same"}], ["Conv2DTranspose", 1, 3, {"strides": 2, "padding": "same"}]),
    sequential("sequential in sequential", VECTOR, SHARED_ENCODER, ["Dense", 2]),
    sequential("functional in sequential", VECTOR, TOWER, ["Dense", 2]),
    sequential("a frozen part", VECTOR, ["Dense", 8, {"trainable": False}], ["BatchNormalization"], ["Dense", 2]),
    sequential("names of one's own", VECTOR, ["Dense", 8, {"name": "first"}], ["Dense", 8], ["Dense", 8, {"name": "third"}], ["Dense", 8], name="named"),
    transformer(1, 8, 2),
    transformer(4, 16, 4),
    residual_network(2, 8),
    residual_network(8, 16),
    unet(4),
    unet(16),
    functional("shared layer", {"a": VECTOR, "b": VECTOR}, [["let", "d", ["Dense", 4]], ["p", "=d", "a"], ["q", "=d", "b"], ["y", ["Concatenate"], ["p", "q"]]], ["y"]),
    functional("a layer called on its own output", {"a": VECTOR}, [["let", "d", ["Dense", 6]], ["b", "=d", "a"], ["c", "=d", "b"], ["y", ["Dense", 1], "c"]], ["y"]),
    functional("shared sequential model", {"a": VECTOR, "b": VECTOR}, [["let", "e", SHARED_ENCODER], ["p", "=e", "a"], ["q", "=e", "b"], ["y", ["Dot", {"axes": 1}], ["p", "q"]]], ["y"]),
    functional("shared functional model", {"a": VECTOR, "b": VECTOR}, [["let", "e", TOWER], ["p", "=e", "a"], ["q", "=e", "b"], ["y", ["Subtract"], ["p", "q"]]], ["y"]),
    functional("model in model in model", {"a": VECTOR}, [["let", "m", DEEPER], ["b", "=m", "a"], ["y", ["Dense", 1], "b"]], ["y"], name="outer"),
    functional("two inputs, two outputs", {"a": VECTOR, "b": SEQUENCE}, [["f", ["Flatten"], "b"], ["c", ["Concatenate"], ["a", "f"]], ["y", ["Dense", 3], "c"], ["z", ["Dense", 1], "c"]], ["y", "z"]),
    functional("a long way beside a short one", {"a": VECTOR}, [["b", ["Dense", 6], "a"], ["c", ["Dense", 6], "b"], ["d", ["Dense", 6], "c"], ["s", ["Dense", 6], "a"], ["y", ["Add"], ["d", "s"]]], ["y"]),
]

MODELS = [*DENSE, *ACTIVATIONS, *SHAPES, *CONVOLUTIONS, *POOLING, *RECURRENT, *NORMALIZATION, *MERGING, *ATTENTION, *OWN, *NETWORKS]
