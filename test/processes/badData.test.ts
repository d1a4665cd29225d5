import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../../scripts/build.mjs";
import { BUILD_TIMEOUT } from "./support/analyzer";
import { ModelFolder } from "./support/modelFolder";
import { isRunning } from "./support/processes";
import { ObservedTraining } from "./support/trainer";

const plan = (
  data: string,
  inputShape = "[2]",
): string => `import { arrays, csv, generator, layers, mnist, sequential, train } from "layerwise";
export default train(sequential({ name: "net", inputShape: ${inputShape} }, [layers.flatten(), layers.dense(10, { activation: "softmax", name: "out" })]), {
  data: ${data}, optimizer: "sgd", loss: "sparseCategoricalCrossentropy",
});
`;

describe("bad input ends a training with one message and no process", () => {
  const folder = new ModelFolder();
  const datasets = join(folder.path, "datasets");
  folder.write("columns.csv", "a,b,label\n1,2,0\n3,4\n");
  folder.write("cells.csv", "a,b,label\n1,two,0\n");
  folder.write("labels.csv", "a,b,label\n1,2,0\n1,2,12\n");

  beforeAll(() => ensureBuilt(), BUILD_TIMEOUT);
  afterAll(() => folder.remove());

  async function errorOf(
    name: string,
    source: string,
    env: NodeJS.ProcessEnv = {},
    options: { engine?: "tensorflow"; libraryPath?: string } = {},
  ): Promise<string> {
    const training = new ObservedTraining(
      folder.path,
      { file: folder.write(`${name.replace(/\W+/g, "-")}.model.ts`, source), ...options },
      env,
    );
    const { pid } = training.handle;
    const end = await training.ended();
    expect(end.reason).toBe("failed");
    expect(training.first("start")).toBeUndefined();
    expect(isRunning(pid!)).toBe(false);
    return end.error ?? "";
  }

  test.each([
    ["a data file that is missing", plan(`csv("nowhere.csv")`), /nowhere\.csv does not exist\. Check the path/],
    [
      "a line with too few columns",
      plan(`csv("columns.csv")`),
      /columns\.csv, line 3: expected 3 columns, as in line 1; received 2\./,
    ],
    [
      "a cell that is no number",
      plan(`csv("cells.csv")`),
      /cells\.csv, line 2, column 2 \(b\): expected a number, received "two"/,
    ],
    ["labels outside the classes", plan(`csv("labels.csv")`), /The label 12 .* has 10 units/],
    ["inputs and labels of different lengths", plan("arrays({ x: [[1, 2]], y: [0, 1] })"), /x has 1, y has 2 samples/],
    ["inputs that are not numbers", plan("arrays({ x: [[1, NaN]], y: [0] })"), /holds NaN/],
    ["no samples", plan("generator(() => [])"), /holds no samples to train on/],
    [
      "inputs of another shape",
      plan("arrays({ x: [[1, 2, 3]], y: [0] })"),
      /samples of shape \(3\); the model's input .* takes \(2\)/,
    ],
    [
      "a package that is missing",
      `import "no-such-package";\n${plan("arrays({ x: [[1, 2]], y: [0] })")}`,
      /:1:\d+: The package "no-such-package" was not found/,
    ],
    ["a file that throws what is no error", "throw null;", /model\.ts: the model file threw null\. Throw an Error/],
    [
      "layers that do not fit",
      plan("arrays({ x: [[1, 2]], y: [0] })").replace("layers.flatten()", "layers.conv2d(4, 3)"),
      /layers-that-do-not-fit\.model\.ts:2:\d+: /,
    ],
  ])("%s", async (name, source, message) => {
    expect(await errorOf(name, source)).toMatch(message);
  });

  test("a data set that is not on this computer", async () => {
    const error = await errorOf("absent", plan("mnist()", "[28, 28]"), { LAYERWISE_DATASETS: datasets });
    expect(error).toMatch(
      /data set mnist is not on this computer: .*train-images-idx3-ubyte is missing\. Get it with: node scripts\/install-datasets\.mjs mnist/,
    );
  });

  test("a data set that is cut off", async () => {
    mkdirSync(join(datasets, "mnist"), { recursive: true });
    const header = Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28]);
    writeFileSync(join(datasets, "mnist/train-images-idx3-ubyte"), Buffer.concat([header, Buffer.alloc(100)]));
    writeFileSync(join(datasets, "mnist/train-labels-idx1-ubyte"), Buffer.from([0, 0, 8, 1, 0, 0, 0, 1, 5]));
    const error = await errorOf("cut-off", plan("mnist()", "[28, 28]"), { LAYERWISE_DATASETS: datasets });
    expect(error).toMatch(
      /train-images-idx3-ubyte is cut off: expected 800 bytes for the shape \(1, 28, 28\), received 116\. Fetch it again\./,
    );
  });

  test("no TensorFlow to be found", async () => {
    const empty = join(folder.path, "empty");
    mkdirSync(empty);
    const error = await errorOf(
      "no-tensorflow",
      plan("arrays({ x: [[1, 2]], y: [0] })"),
      {},
      { engine: "tensorflow", libraryPath: empty },
    );
    expect(error).toContain(empty);
  });
});
