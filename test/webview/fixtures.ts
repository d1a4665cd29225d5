import { drawnNetwork } from "../../src/extension/monitor/drawnNetwork";
import type { Diagnostic, LayerSummary, ModelSummary } from "../../src/protocol/analysis";
import type { RunListItem, ShownRun } from "../../src/protocol/monitor";
import type { Network } from "../../src/protocol/network";

const FILE = "/workspace/deep.model.ts";

export function layer(
  name: string,
  type: string,
  units: number,
  params: number,
  inbound: readonly string[],
  line: number,
): LayerSummary {
  return {
    name,
    type,
    file: FILE,
    line,
    column: 3,
    endLine: line,
    endColumn: 30,
    times: 1,
    inputShape: [null, units],
    outputShape: [null, units],
    params,
    trainable: params,
    nonTrainable: 0,
    weights: [],
    derivation: params.toString(),
    flops: 0,
    inbound: [...inbound],
    bytes: 4 * params,
    documentation: null,
  };
}

/** What the page gets of a model. @param hidden The names of the layers that are still to be predicted. */
export function drawn(summary: ModelSummary, hidden: readonly string[] = [], diagnostics: readonly Diagnostic[] = []): Network {
  return drawnNetwork(summary, { isHidden: ({ name }) => hidden.includes(name), diagnostics, stale: false });
}

export function model(name: string, layers: LayerSummary[]): ModelSummary {
  const params = layers.reduce((sum, { params: count }) => sum + (count ?? 0), 0);
  return {
    name,
    export: name,
    kind: "functional",
    file: FILE,
    line: 4,
    column: 14,
    inputShape: [null, 28, 28],
    outputShape: [null, 10],
    layers,
    totals: { params, trainable: params, nonTrainable: 0, bytes: 4 * params, flops: null },
  };
}

/** The 60-layer network of the Fashion-MNIST practical: 862,510 parameters. */
export function deepNetwork(): ModelSummary {
  const layers = [
    layer("flatten", "Flatten", 784, 0, [], 5),
    layer("dense", "Dense", 300, 235_500, ["flatten"], 6),
    layer("leaky_re_lu", "LeakyReLU", 300, 0, ["dense"], 7),
  ];
  for (let index = 1; index <= 60; index++) {
    const former = layers.at(-1)!.name;
    const params = index === 1 ? 30_100 : 10_100;
    layers.push(layer(`dense_${index.toString()}`, "Dense", 100, params, [former], 9));
    layers.push(layer(`leaky_re_lu_${index.toString()}`, "LeakyReLU", 100, 0, [`dense_${index.toString()}`], 10));
  }
  layers.push(layer("dense_61", "Dense", 10, 1_010, ["leaky_re_lu_60"], 12));
  return model("deep", layers);
}

/** Two inputs that are merged, and two outputs. */
export function branchedNetwork(): ModelSummary {
  return model("branched", [
    layer("image", "InputLayer", 64, 0, [], 3),
    layer("text", "InputLayer", 16, 0, [], 4),
    layer("dense", "Dense", 32, 2080, ["image"], 5),
    layer("dense_1", "Dense", 32, 544, ["text"], 6),
    layer("concatenate", "Concatenate", 64, 0, ["dense", "dense_1"], 7),
    layer("topic", "Dense", 10, 650, ["concatenate"], 8),
    layer("score", "Dense", 1, 65, ["concatenate"], 9),
  ]);
}

/** A model in a model. */
export function nestedNetwork(): ModelSummary {
  const inside = [
    layer("inner_input", "InputLayer", 64, 0, [], 3),
    layer("hidden", "Dense", 32, 2080, ["inner_input"], 4),
    layer("code", "Dense", 8, 264, ["hidden"], 5),
  ];
  return model("nested", [
    layer("image", "InputLayer", 64, 0, [], 7),
    { ...layer("encoder", "Functional", 8, 2344, ["image"], 6), layers: inside },
    layer("score", "Dense", 1, 9, ["encoder"], 8),
  ]);
}

/** A run of five epochs, made up to look like training: the loss falls, the noise shrinks. */
export function runHistory(upToEpoch: number, options: Partial<ShownRun> = {}): ShownRun {
  const steps = 1719;
  const stepRecords: ShownRun["stepRecords"] = [];
  for (let step = 20; step <= upToEpoch * steps; step += 20) {
    const x = step / steps;
    const wobble = Math.sin(step * 12.9898) * 0.03 * Math.exp(-x / 3);
    const loss = 0.42 + 1.4 * Math.exp(-1.2 * x) + wobble;
    stepRecords.push({
      event: "step",
      epoch: Math.floor((step - 1) / steps) + 1,
      step: ((step - 1) % steps) + 1,
      loss,
      metrics: { accuracy: 0.85 - 0.5 * Math.exp(-1.4 * x) - wobble / 3 },
      msPerStep: 4.31,
    });
  }
  const epochEvents: ShownRun["epochEvents"] = [];
  for (let epoch = 1; epoch <= Math.floor(upToEpoch); epoch++) {
    epochEvents.push({
      event: "epoch",
      epoch,
      loss: 0.42 + 1.4 * Math.exp(-1.2 * epoch),
      valLoss: 0.448 + 0.5 * Math.exp(-0.9 * epoch) + (epoch > 4 ? 0.02 : 0),
      metrics: { accuracy: 0.85 - 0.5 * Math.exp(-1.4 * epoch), valAccuracy: 0.849 - 0.2 * Math.exp(-epoch) },
      learningRate: 1e-3,
      seconds: 7.4,
    });
  }
  return {
    run: "20261122T100000Z-deep-k3x9",
    model: "deep",
    file: "fashion-mnist/deep.model.ts",
    state: "training",
    engine: {
      name: "tensorflow",
      version: "2.21.0",
      device: "CPU",
      captured: true,
      jit: true,
      reason: "libtensorflow was found in the cache.",
    },
    steps,
    epochs: 5,
    stepRecords,
    epochEvents,
    diagnoses: [],
    end: null,
    ...options,
  };
}

export function runList(current: ShownRun): RunListItem[] {
  return [
    {
      run: current.run,
      model: current.model,
      startedAt: "2026-11-22T10:00:00Z",
      state: current.state,
      headline: { name: "valAccuracy", value: 0.833 },
    },
    {
      run: "20261122T093000Z-mlp-a81c",
      model: "mlp",
      startedAt: "2026-11-22T09:30:00Z",
      state: "finished",
      headline: { name: "valAccuracy", value: 0.8492 },
    },
    {
      run: "20261122T091500Z-mlp-77fe",
      model: "mlp",
      startedAt: "2026-11-22T09:15:00Z",
      state: "failed",
      headline: { name: "loss", value: "NaN" },
    },
  ];
}
