import { isSameName, normalize } from "./lookup";

/** What has another name here, or another place. */
interface Counterpart {
  /** A sentence that says where it went. */
  readonly advice: string;
  /** The option that is the same, where there is one. */
  readonly option?: string;
}

const WITHOUT_BATCH = "The batch is left out of a shape: inputShape: [28, 28], or shape in input({ shape: [28, 28] }).";

/** Options of Keras's layers and models that have no counterpart of the same name, in lower case. */
const OF_LAYERS: Readonly<Record<string, Counterpart>> = {
  alpha: { advice: "It is negativeSlope here, as in Keras 3.", option: "negativeSlope" },
  inputshape: { advice: "It is shape here.", option: "shape" },
  batchinputshape: { advice: WITHOUT_BATCH },
  batchshape: { advice: WITHOUT_BATCH },
  batchsize: { advice: "The size of a batch belongs to the plan: train(model, { batchSize: 32, … })." },
  inputdim: { advice: "The size of the input comes from the model: sequential({ inputShape: [8] }, [layers…])." },
  inputlength: { advice: "The length comes from the input's shape: leave it out." },
  seed: { advice: "All random numbers of a run come from one seed: train(model, { seed: 1, … })." },
  dtype: { advice: "What is computed in is decided for a run: train(model, { precision, … })." },
  stateful: { advice: "Every batch starts from zeros, or from states that the layer is called on: layer([x, h])." },
  weights: { advice: "A weight gets its first values from its initializer, which may be a function." },
  implementation: { advice: "How it is computed is the engine's affair: leave it out." },
  timemajor: { advice: "Time stands behind the batch: leave it out." },
  layers: { advice: "The layers are the second argument: sequential({ inputShape: [8] }, [layers…])." },
};

const SPLIT: Counterpart = { advice: "The data are split: data.split({ validation: 0.1 })." };
const DATA: Counterpart = { advice: "Inputs and labels are the data: data: arrays({ x, y })." };

/** Arguments of Keras's `fit` that are said elsewhere here, in lower case. */
const OF_FIT: Readonly<Record<string, Counterpart>> = {
  validationsplit: SPLIT,
  validationdata: SPLIT,
  learningrate: { advice: "It belongs to the optimizer: optimizers.adam({ learningRate: 0.001 })." },
  x: DATA,
  y: DATA,
  sampleweight: { advice: "Classes are weighted by classWeight." },
  verbose: { advice: "The monitor and the command line show the progress." },
};

/** Where a Keras option that is not among `known` has gone. @param owner What it was given to. */
export function kerasCounterpart(owner: string, option: string, known: readonly string[]): Counterpart | undefined {
  const elsewhere = owner === "train" ? OF_FIT : OF_LAYERS;
  const name = normalize(option);
  const counterpart = Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined;
  const isOption = known.some((other) => isSameName(other, option));
  if (counterpart === undefined || isOption) return undefined;
  return counterpart.option === undefined || known.includes(counterpart.option) ? counterpart : undefined;
}
