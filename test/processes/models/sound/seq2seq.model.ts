import { input, layers, model } from "layerwise";

// Translation by characters with teacher forcing, as in Keras's examples.
const tokens = 71;
const source = input({ shape: [null, tokens], name: "source" });
const target = input({ shape: [null, tokens], name: "target" });
const encoder = layers.lstm(256, { returnState: true });
const [, hidden, cell] = encoder.apply(source) as unknown as ReturnType<typeof input>[];
const decoder = layers.lstm(256, { returnSequences: true });
const decoded = decoder([target, hidden!, cell!]);

export const translator = model({
  name: "translator",
  inputs: [source, target],
  outputs: layers.dense(tokens, { activation: "softmax" })(decoded),
});
