import { isSameName, nearestName, normalize } from "../../nn/lookup";

/** What other libraries call a layer, in lower case. */
const HABITS: Readonly<Record<string, string>> = {
  linear: "dense",
  fullyconnected: "dense",
  fc: "dense",
  rnn: "simpleRNN",
  concat: "concatenate",
  cat: "concatenate",
  merge: "concatenate",
  sum: "add",
  mul: "multiply",
  view: "reshape",
  unflatten: "reshape",
  multihead: "multiHeadAttention",
  mha: "multiHeadAttention",
  upsample: "upSampling2d",
  dropout1d: "spatialDropout1d",
  dropout2d: "spatialDropout2d",
  dropout3d: "spatialDropout3d",
  instancenorm: "groupNormalization",
};

/** The layer that a name most likely means: by the habits of other libraries, or by its spelling. */
export function likelyLayer(written: string, known: readonly string[]): string | undefined {
  const word = normalize(written);
  return (Object.hasOwn(HABITS, word) ? HABITS[word] : undefined) ?? spelledLayer(written, known);
}

/** The layer whose name is the same but for case and abbreviations, else the nearest. */
export function spelledLayer(written: string, known: readonly string[]): string | undefined {
  const word = normalize(written);
  if (Object.hasOwn(HABITS, word)) return undefined;
  const spelledOut = spellOut(word);
  return (
    known.find((name) => isSameName(name, word)) ??
    known.find((name) => isSameName(name, spelledOut)) ??
    nearestName(written, known)
  );
}

/** `globalavgpool2d` is `globalaveragepooling2d`, PyTorch's `convtranspose2d` Keras's `conv2dtranspose`, `batchnorm2d` has no rank. */
function spellOut(word: string): string {
  return word
    .replace(/avg/, "average")
    .replace(/pool(?!ing)/, "pooling")
    .replace(/norm(?!al)/, "normalization")
    .replace(/pad(?!ding)/, "padding")
    .replace(/normalization\dd$/, "normalization")
    .replace(/^convtranspose(\dd)$/, "conv$1transpose");
}
