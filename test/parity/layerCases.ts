import type { Layer } from "../../src/nn";
import { type ActivationName, activationNames } from "../../src/nn/activations";
import * as L from "../../src/nn/layers";
import { toSnakeCase } from "../../src/nn/naming";
import type { LayerCase } from "../unit/nn/layerCase";
import { layerCasesB } from "../unit/nn/layerCasesB";
import { furtherLayersC, layerCasesC } from "../unit/nn/layerCasesC";

/** By the names that the golden files give the cases. */
export type LayerFactories = Readonly<Record<string, () => Layer>>;

/** Keras 3.15's sparsemax does not return probabilities; `core_layers.py` says why. */
const comparableActivations = activationNames.filter((name) => name !== "sparsemax");

const sequences = { returnSequences: true };

const coreLayers: LayerFactories = {
  ...Object.fromEntries(
    comparableActivations.map((name) => [`Activation ${toSnakeCase(name)}`, () => new L.Activation(name as ActivationName)]),
  ),
  Dense: () => new L.Dense(4),
  "Dense of a sequence": () => new L.Dense(4, { activation: "selu", useBias: false }),
  ReLU: () => new L.ReLU(),
  "ReLU with everything": () => new L.ReLU({ threshold: 0.1, negativeSlope: 0.2, maxValue: 0.6 }),
  LeakyReLU: () => new L.LeakyReLU(),
  ELU: () => new L.ELU({ alpha: 1.5 }),
  PReLU: () => new L.PReLU({ sharedAxes: [1] }),
  Softmax: () => new L.Softmax(),
  "Softmax in time": () => new L.Softmax({ axis: 1 }),
  Flatten: () => new L.Flatten(),
  "Flatten channels first": () => new L.Flatten({ dataFormat: "channelsFirst" }),
  Reshape: () => new L.Reshape([-1, 5]),
  Permute: () => new L.Permute([3, 1, 2]),
  RepeatVector: () => new L.RepeatVector(3),
  Add: () => new L.Add(),
  "Add of different ranks": () => new L.Add(),
  Subtract: () => new L.Subtract(),
  Multiply: () => new L.Multiply(),
  "Multiply masked": () => new L.Multiply(),
  Average: () => new L.Average(),
  Maximum: () => new L.Maximum(),
  "Maximum masked": () => new L.Maximum(),
  Minimum: () => new L.Minimum(),
  Concatenate: () => new L.Concatenate({ axis: 1 }),
  Dot: () => new L.Dot(),
  "Dot normalized": () => new L.Dot({ axes: 1, normalize: true }),
  "Dot of sequences": () => new L.Dot({ axes: [2, 1] }),
  "Dot of an image": () => new L.Dot({ axes: [1, 1] }),
  BatchNormalization: () => new L.BatchNormalization(),
  "BatchNormalization training": () => new L.BatchNormalization(),
  "BatchNormalization masked": () => new L.BatchNormalization(),
  "BatchNormalization of axis 1": () => new L.BatchNormalization({ axis: 1, momentum: 0.5, epsilon: 0.1, scale: false }),
  LayerNormalization: () => new L.LayerNormalization(),
  "LayerNormalization over two axes": () => new L.LayerNormalization({ axis: [1, 2] }),
  Embedding: () => new L.Embedding(5, 3),
  Masking: () => new L.Masking(),
  "Dropout outside of training": () => new L.Dropout(0.4),
  "SpatialDropout1D outside of training": () => new L.SpatialDropout1D(0.4),
  "GaussianDropout outside of training": () => new L.GaussianDropout(0.4),
  "GaussianNoise outside of training": () => new L.GaussianNoise(0.4),
  "AlphaDropout outside of training": () => new L.AlphaDropout(0.4),
  "ActivityRegularization outside of training": () => new L.ActivityRegularization({ l1: 0.1, l2: 0.1 }),
};

/** What a mask changes; the masks are the golden file's. */
const maskedLayers: LayerFactories = {
  "GlobalAveragePooling1D (masked)": () => new L.GlobalAveragePooling1D(),
  "LSTM (masked)": () => new L.LSTM(5, sequences),
  "LSTM (masked, backwards)": () => new L.LSTM(5, { goBackwards: true }),
  "GRU (masked)": () => new L.GRU(5, sequences),
  "Bidirectional (product, masked)": () => new L.Bidirectional(new L.LSTM(3, sequences), { mergeMode: "mul" }),
  "TimeDistributed (LSTM, masked)": () => new L.TimeDistributed(new L.LSTM(3)),
  "MultiHeadAttention (masked)": () => new L.MultiHeadAttention(2, 3),
};

/** By class and title. */
function factoriesOf(cases: readonly LayerCase[]): LayerFactories {
  return Object.fromEntries(
    cases.map(({ title, make }) => {
      const { name } = make().constructor;
      return [title === undefined ? name : `${name} (${title})`, make];
    }),
  );
}

/** For each golden file of layers, what makes its cases' layers. */
export const LAYER_FACTORIES: Readonly<Record<string, LayerFactories>> = {
  core_layers: coreLayers,
  layers_b: { ...factoriesOf(layerCasesB), ...maskedLayers },
  layers_c: { ...factoriesOf(layerCasesC), ...furtherLayersC },
};
