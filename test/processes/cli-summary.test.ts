import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../../scripts/build.mjs";
import { Analysis } from "../../src/protocol";
import { BUILD_TIMEOUT } from "./support/analyzer";
import { ModelFolder, positionOf } from "./support/modelFolder";
import { descendants, isEvaluator, untilEnded, waitFor } from "./support/processes";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const COURSE = fileURLToPath(new URL("../../course", import.meta.url));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function start(...args: string[]): { pid: number; interrupt: () => void; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (output.stdout += String(data)));
  child.stderr.on("data", (data) => (output.stderr += String(data)));
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, ...output })));
  return { pid: child.pid!, interrupt: () => child.kill("SIGINT"), ended };
}

const run = (...args: string[]): Promise<Ended> => start(...args).ended;

const TWO_INPUTS = `import { input, layers, model } from "layerwise";
const a = input({ shape: [4] });
const b = input({ shape: [4] });
export const two = model({ name: "two", inputs: [a, b], outputs: layers.dense(1)(layers.add()([a, b])) });
`;
const MISMATCH = `import { sequential, layers } from "layerwise";
export const cnn = sequential({ name: "cnn", inputShape: [4, 4, 1] }, [layers.conv2d(2, 3),
  layers.conv2d(2, 3),
]);
`;

describe("layerwise summary", () => {
  const folder = new ModelFolder();
  beforeAll(ensureBuilt, BUILD_TIMEOUT);
  afterAll(() => folder.remove());

  test.each([
    ["fashion-mnist/mlp.model.ts", [235_500, 30_100, 1_010], 266_610],
    ["fashion-mnist/deep.model.ts", [235_500, 30_100, ...Array<number>(59).fill(10_100), 1_010], 862_510],
    ["rbf/dense.model.ts", [50_240, 4_160, 650], 55_050],
    ["rbf/rbf.model.ts", [50_304, 4_224, 650], 55_178],
  ])("%s --json has the parameters that the course derives", async (file, params, total) => {
    const { code, stdout, stderr } = await run("summary", `${COURSE}/${file}`, "--json");
    expect(code).toBe(0);
    // The sixty layers' initializer is the course's own question.
    expect(stderr).toMatch(file.includes("deep") ? /^.*deep\.model\.ts:15:71: warning: .*\n {2}fix: .*\n$/ : /^$/);
    const [model] = Analysis.parse(JSON.parse(stdout)).models;
    expect(model?.layers.map((layer) => layer.params).filter((count) => count !== 0)).toEqual(params);
    expect(model?.totals).toMatchObject({ params: total, bytes: 4 * total });
  });

  test("prints Keras's table, with what each layer of a functional model is connected to", async () => {
    const { code, stdout } = await run("summary", folder.write("two.model.ts", TWO_INPUTS));
    expect(code).toBe(0);
    expect(stdout).toBe(`Model: "two"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━┳━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
┃ Layer (type)               ┃ Output Shape ┃ Param # ┃ Connected to               ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━╇━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━━┩
│ input_layer (InputLayer)   │ (None, 4)    │       0 │ -                          │
├────────────────────────────┼──────────────┼─────────┼────────────────────────────┤
│ input_layer_1 (InputLayer) │ (None, 4)    │       0 │ -                          │
├────────────────────────────┼──────────────┼─────────┼────────────────────────────┤
│ add (Add)                  │ (None, 4)    │       0 │ input_layer, input_layer_1 │
├────────────────────────────┼──────────────┼─────────┼────────────────────────────┤
│ dense (Dense)              │ (None, 1)    │       5 │ add                        │
└────────────────────────────┴──────────────┴─────────┴────────────────────────────┘
 Total params: 5 (20.00 B)
 Trainable params: 5 (20.00 B)
 Non-trainable params: 0 (0.00 B)
 FLOPs: 8 per sample
`);
  });

  test("exits with 1 and prints the object all the same when the model is wrong", async () => {
    const file = folder.write("mismatch.model.ts", MISMATCH);
    const { code, stdout, stderr } = await run("summary", file, "--json");
    expect(code).toBe(1);
    const { models, diagnostics } = Analysis.parse(JSON.parse(stdout));
    const place = positionOf(MISMATCH, "3),\n]");
    expect(diagnostics).toMatchObject([{ severity: "error", file, ...place }]);
    expect(models[0]?.layers[0]?.params).toBe(20);
    expect(stderr).toContain(`mismatch.model.ts:${place.line}:${place.column}: error: `);
  });

  test.each([
    [["summary"], /missing required argument 'file'/],
    [["summary", "/nowhere.model.ts", "--json"], /there is no file \/nowhere\.model\.ts/],
    [["summary", "a.model.ts", "--jsno"], /unknown option '--jsno'/],
    [["sumary"], /unknown command 'sumary'/],
    [[], /Usage: layerwise/],
  ])("%j is wrong usage: exit code 2, nothing on stdout", async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  test("SIGINT ends it with exit code 130, and nothing stays behind", async () => {
    const { pid, interrupt, ended } = start("summary", folder.write("endless.model.ts", "for (;;);"), "--json");
    await waitFor(() => descendants(pid).find(isEvaluator));
    const family = descendants(pid);
    interrupt();
    expect(await ended).toMatchObject({ code: 130, stdout: "" });
    await untilEnded(family);
  });
});
