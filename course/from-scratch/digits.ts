// A network from scratch learns handwritten digits. Run it with Node 24: node course/from-scratch/digits.ts
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { argv, env, platform } from "node:process";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { Linear, ReLU } from "./layers.ts";
import { crossentropyFromLogits } from "./losses.ts";
import { Matrix } from "./matrix.ts";
import { accuracy, MultiLayerNetwork, type Samples, trainNetwork, trainTestSplit } from "./network.ts";
import { randomNumbers } from "./random.ts";

/** 1,797 digits of 8×8 pixels, 0–16, and the class at the end of each line. */
export function readDigits(path: string): Samples {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  const rows = lines.map((line) => line.split(",").map(Number));
  // Scaled to 0–1: with 0–16 the first step would kill most ReLU units.
  return { x: Matrix.from(rows.map((row) => row.slice(0, 64).map((pixel) => pixel / 16))), labels: rows.map((row) => row[64]!) };
}

/** Trains 64 → 32 → 10 and returns the accuracy on the test part. */
export function learnDigits(samples: Samples, onEpoch?: (epoch: number, loss: number) => void): number {
  const random = randomNumbers(420);
  const { training, test } = trainTestSplit(samples, 0.2, random);
  const network = new MultiLayerNetwork()
    .add(new Linear(64, 32, random))
    .add(new ReLU())
    .add(new Linear(32, 10, random));
  trainNetwork(network, training, {
    loss: crossentropyFromLogits,
    classes: 10,
    learningRate: 0.1,
    batchSize: 32,
    epochs: 100,
    random,
    onEpoch: (epoch, loss) => onEpoch?.(epoch, loss),
  });
  return accuracy(network, test);
}

function datasetsFolder(): string {
  if (env.LAYERWISE_DATASETS !== undefined) return env.LAYERWISE_DATASETS;
  const caches: Partial<Record<typeof platform, string>> = {
    darwin: join(homedir(), "Library/Caches"),
    win32: env.LOCALAPPDATA ?? join(homedir(), "AppData/Local"),
  };
  return join(caches[platform] ?? env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "layerwise/datasets");
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  const samples = readDigits(join(datasetsFolder(), "digits/digits.csv.gz"));
  const result = learnDigits(samples, (epoch, loss) => {
    if (epoch % 10 === 0) console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}`);
  });
  console.log(`accuracy on the test part: ${result.toFixed(3)}`);
}
