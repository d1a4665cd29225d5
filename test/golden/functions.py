"""Writes functions.json: losses, metrics, regularizers and constraints as Keras 3.15.1 computes them.

Run: python functions.py   (keras==3.15.1, tensorflow-cpu==2.21.0)
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf
from keras import constraints, losses, metrics, regularizers

rng = np.random.default_rng(3)


def listed(value):
    """Eight digits: every float32, in a small file."""
    return json.loads(json.dumps(np.asarray(value, dtype="float64").tolist()), parse_float=lambda x: float(f"{float(x):.8g}"))


def softmax(logits):
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


REAL = (rng.normal(size=(6, 3)).astype("float32"), rng.normal(size=(6, 3)).astype("float32"))
POSITIVE = (rng.uniform(0.1, 3, (6, 3)).astype("float32"), rng.uniform(0.1, 3, (6, 3)).astype("float32"))
BINARY = (rng.integers(0, 2, (6, 3)).astype("float32"), rng.uniform(0.02, 0.98, (6, 3)).astype("float32"))
BINARY_LOGITS = (BINARY[0], (rng.normal(size=(6, 3)) * 8).astype("float32"))
CLASSES = rng.integers(0, 4, 6)
LOGITS = (rng.normal(size=(6, 4)) * 6).astype("float32")
PROBABILITIES = softmax(rng.normal(size=(6, 4))).astype("float32")
ONE_HOT = np.eye(4, dtype="float32")[CLASSES]
SEQUENCE_CLASSES = rng.integers(0, 4, (2, 3))
SEQUENCE = softmax(rng.normal(size=(2, 3, 4))).astype("float32")
COLUMN = (rng.normal(size=6).astype("float32"), rng.normal(size=(6, 1)).astype("float32"))


def loss_case(name, keras_loss, data, options=None):
    y_true, y_pred = data
    prediction = tf.Variable(y_pred)
    keras_loss.reduction = "none"
    with tf.GradientTape() as tape:
        values = keras_loss(y_true, prediction)
        total = tf.reduce_sum(values)
    gradient = tape.gradient(total, prediction)
    return {
        "name": name,
        "options": options or {},
        "yTrue": listed(y_true),
        "yPred": listed(y_pred),
        "values": listed(values),
        "gradient": listed(gradient),
    }


def loss_cases():
    yield loss_case("meanSquaredError", losses.MeanSquaredError(), REAL)
    yield loss_case("meanSquaredError", losses.MeanSquaredError(), COLUMN)
    yield loss_case("meanAbsoluteError", losses.MeanAbsoluteError(), REAL)
    yield loss_case("meanAbsolutePercentageError", losses.MeanAbsolutePercentageError(), POSITIVE)
    yield loss_case("meanSquaredLogarithmicError", losses.MeanSquaredLogarithmicError(), POSITIVE)
    yield loss_case("huber", losses.Huber(), REAL)
    yield loss_case("huber", losses.Huber(delta=0.3), REAL, {"delta": 0.3})
    yield loss_case("logCosh", losses.LogCosh(), REAL)
    yield loss_case("poisson", losses.Poisson(), POSITIVE)
    yield loss_case("klDivergence", losses.KLDivergence(), (PROBABILITIES[::-1].copy(), PROBABILITIES))
    yield loss_case("cosineSimilarity", losses.CosineSimilarity(), REAL)
    yield loss_case("hinge", losses.Hinge(), BINARY)
    yield loss_case("hinge", losses.Hinge(), (2 * BINARY[0] - 1, REAL[1]))
    yield loss_case("squaredHinge", losses.SquaredHinge(), BINARY)
    yield loss_case("categoricalHinge", losses.CategoricalHinge(), (ONE_HOT, LOGITS))
    yield loss_case("binaryCrossentropy", losses.BinaryCrossentropy(), BINARY)
    yield loss_case("binaryCrossentropy", losses.BinaryCrossentropy(from_logits=True), BINARY_LOGITS, {"fromLogits": True})
    yield loss_case("binaryCrossentropy", losses.BinaryCrossentropy(label_smoothing=0.2), BINARY, {"labelSmoothing": 0.2})
    yield loss_case("binaryFocalCrossentropy", losses.BinaryFocalCrossentropy(), BINARY)
    yield loss_case(
        "binaryFocalCrossentropy",
        losses.BinaryFocalCrossentropy(apply_class_balancing=True, alpha=0.3, gamma=1.5),
        BINARY,
        {"applyClassBalancing": True, "alpha": 0.3, "gamma": 1.5},
    )
    yield loss_case("categoricalCrossentropy", losses.CategoricalCrossentropy(), (ONE_HOT, PROBABILITIES))
    yield loss_case("categoricalCrossentropy", losses.CategoricalCrossentropy(from_logits=True), (ONE_HOT, LOGITS), {"fromLogits": True})
    yield loss_case(
        "categoricalCrossentropy",
        losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1),
        (ONE_HOT, LOGITS),
        {"fromLogits": True, "labelSmoothing": 0.1},
    )
    yield loss_case("sparseCategoricalCrossentropy", losses.SparseCategoricalCrossentropy(), (CLASSES, PROBABILITIES))
    yield loss_case("sparseCategoricalCrossentropy", losses.SparseCategoricalCrossentropy(), (SEQUENCE_CLASSES, SEQUENCE))
    yield loss_case("sparseCategoricalCrossentropy", losses.SparseCategoricalCrossentropy(from_logits=True), (CLASSES[:, None], LOGITS), {"fromLogits": True})
    yield loss_case("categoricalFocalCrossentropy", losses.CategoricalFocalCrossentropy(), (ONE_HOT, PROBABILITIES))


def metric_case(name, keras_metric, data, options=None, weights=None):
    """Two batches of unequal size."""
    y_true, y_pred = data
    for part in (slice(0, 4), slice(4, None)):
        keras_metric.update_state(y_true[part], y_pred[part], sample_weight=None if weights is None else weights[part])
    return {
        "name": name,
        "options": options or {},
        "yTrue": listed(y_true),
        "yPred": listed(y_pred),
        "weights": None if weights is None else listed(weights),
        "split": 4,
        "result": listed(keras_metric.result()),
    }


def metric_cases():
    weights = rng.uniform(0.5, 2, 6).astype("float32")
    one_hot_guess = (ONE_HOT, PROBABILITIES)
    yield metric_case("binaryAccuracy", metrics.BinaryAccuracy(), BINARY)
    yield metric_case("binaryAccuracy", metrics.BinaryAccuracy(threshold=0.8), BINARY, {"threshold": 0.8})
    yield metric_case("categoricalAccuracy", metrics.CategoricalAccuracy(), one_hot_guess)
    yield metric_case("sparseCategoricalAccuracy", metrics.SparseCategoricalAccuracy(), (CLASSES, PROBABILITIES))
    yield metric_case("sparseCategoricalAccuracy", metrics.SparseCategoricalAccuracy(), (CLASSES, PROBABILITIES), weights=weights)
    yield metric_case("accuracy", metrics.BinaryAccuracy(), (BINARY[0][:, 0], BINARY[1][:, :1]))
    yield metric_case("accuracy", metrics.CategoricalAccuracy(), one_hot_guess)
    yield metric_case("accuracy", metrics.SparseCategoricalAccuracy(), (CLASSES, PROBABILITIES))
    yield metric_case("topKCategoricalAccuracy", metrics.TopKCategoricalAccuracy(k=2), one_hot_guess, {"k": 2})
    yield metric_case("sparseTopKCategoricalAccuracy", metrics.SparseTopKCategoricalAccuracy(k=3), (CLASSES, PROBABILITIES), {"k": 3})
    yield metric_case("meanSquaredError", metrics.MeanSquaredError(), REAL)
    yield metric_case("meanSquaredError", metrics.MeanSquaredError(), REAL, weights=weights)
    yield metric_case("meanAbsoluteError", metrics.MeanAbsoluteError(), REAL)
    yield metric_case("meanAbsolutePercentageError", metrics.MeanAbsolutePercentageError(), POSITIVE)
    yield metric_case("meanSquaredLogarithmicError", metrics.MeanSquaredLogarithmicError(), POSITIVE)
    yield metric_case("rootMeanSquaredError", metrics.RootMeanSquaredError(), REAL)
    yield metric_case("cosineSimilarity", metrics.CosineSimilarity(), REAL)
    yield metric_case("logCosh", metrics.LogCoshError(), REAL)
    yield metric_case("r2Score", metrics.R2Score(), REAL)
    yield metric_case("r2Score", metrics.R2Score(class_aggregation="variance_weighted_average"), REAL, {"classAggregation": "varianceWeightedAverage"}, weights)
    yield metric_case("f1Score", metrics.F1Score(average="macro"), one_hot_guess)
    yield metric_case("f1Score", metrics.F1Score(average="micro", threshold=0.3), one_hot_guess, {"average": "micro", "threshold": 0.3})
    yield metric_case("f1Score", metrics.F1Score(average="weighted"), one_hot_guess, {"average": "weighted"}, weights)
    yield metric_case("precision", metrics.Precision(), BINARY)
    yield metric_case("precision", metrics.Precision(thresholds=0.3, class_id=1), BINARY, {"threshold": 0.3, "classId": 1}, weights)
    yield metric_case("recall", metrics.Recall(), BINARY)
    yield metric_case("auc", metrics.AUC(), BINARY)
    yield metric_case("auc", metrics.AUC(curve="PR"), BINARY, {"curve": "PR"})
    yield metric_case("auc", metrics.AUC(curve="PR", summation_method="majoring", num_thresholds=7), BINARY, {"curve": "PR", "summationMethod": "majoring", "numThresholds": 7})
    yield metric_case("auc", metrics.AUC(), BINARY, {}, weights)
    yield metric_case("binaryCrossentropy", metrics.BinaryCrossentropy(), BINARY, weights=weights)
    yield metric_case("binaryCrossentropy", metrics.BinaryCrossentropy(from_logits=True), BINARY_LOGITS, {"fromLogits": True})
    yield metric_case("categoricalCrossentropy", metrics.CategoricalCrossentropy(label_smoothing=0.1), one_hot_guess, {"labelSmoothing": 0.1})
    yield metric_case("sparseCategoricalCrossentropy", metrics.SparseCategoricalCrossentropy(), (CLASSES, PROBABILITIES))
    yield metric_case("hinge", metrics.Hinge(), BINARY)
    yield metric_case("squaredHinge", metrics.SquaredHinge(), BINARY)
    yield metric_case("categoricalHinge", metrics.CategoricalHinge(), (ONE_HOT, LOGITS))
    yield metric_case("klDivergence", metrics.KLDivergence(), (PROBABILITIES[::-1].copy(), PROBABILITIES))
    yield metric_case("poisson", metrics.Poisson(), POSITIVE)


WEIGHT = rng.normal(size=(3, 2)).astype("float32")


def value_case(name, function, arguments):
    return {"name": name, "arguments": arguments, "values": listed(WEIGHT), "result": listed(function(tf.constant(WEIGHT)))}


def regularizer_cases():
    yield value_case("l1", regularizers.L1(), [])
    yield value_case("l2", regularizers.L2(0.3), [0.3])
    yield value_case("l1l2", regularizers.L1L2(0.1, 0.2), [{"l1": 0.1, "l2": 0.2}])
    yield value_case("orthogonal", regularizers.OrthogonalRegularizer(), [])
    yield value_case("orthogonal", regularizers.OrthogonalRegularizer(0.5, mode="columns"), [{"factor": 0.5, "mode": "columns"}])


def constraint_cases():
    yield value_case("maxNorm", constraints.MaxNorm(0.7), [{"maxValue": 0.7}])
    yield value_case("nonNeg", constraints.NonNeg(), [])
    yield value_case("unitNorm", constraints.UnitNorm(axis=1), [{"axis": 1}])
    yield value_case("minMaxNorm", constraints.MinMaxNorm(0.5, 0.6, rate=0.8, axis=[0, 1]), [{"minValue": 0.5, "maxValue": 0.6, "rate": 0.8, "axis": [0, 1]}])


golden = {
    "losses": list(loss_cases()),
    "metrics": list(metric_cases()),
    "regularizers": list(regularizer_cases()),
    "constraints": list(constraint_cases()),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n")
