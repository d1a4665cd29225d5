import { afterEach, expect, test } from "vitest";
import type { Candidate, Column } from "../../../bench/comparison/columns";
import { comparisonTable } from "../../../bench/comparison/table";
import { takeTurns } from "../../../bench/comparison/takeTurns";
import { Worker } from "../../../bench/comparison/worker";

/** A process that answers as the trainings do; `act` is the body of a function of the request. */
function worker(act: string): Worker {
  const script = `
    const act = (request) => { ${act} };
    require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
      console.log(JSON.stringify(act(JSON.parse(line))));
    });`;
  const made = new Worker({ program: process.execPath, args: ["-e", script], env: {} });
  workers.push(made);
  return made;
}

const workers: Worker[] = [];

afterEach(() => {
  for (const made of workers.splice(0)) made.dispose();
});

/** Takes so many milliseconds a step. */
const steady = (milliseconds: number): Worker =>
  worker(`return { ok: request.command === "round" ? { steps: 10, milliseconds: ${10 * milliseconds} } : {} };`);

const candidate = (name: string, made: Worker): Candidate => ({ name, worker: made, variant: {} });
const column = (title: string, library: Column["library"], ...candidates: Candidate[]): Column => ({
  title,
  library,
  candidates,
});

const turns = { rounds: 5, milliseconds: 1 };

test("a column shows the fastest of its candidates, and ratios compare with the best of each library", async () => {
  const columns = [
    column("best Keras", "Keras", candidate("plain", steady(4)), candidate("jit", steady(2))),
    column("PyTorch", "PyTorch", candidate("PyTorch", steady(3))),
    column("Layerwise", "Layerwise", candidate("Layerwise", steady(1.5))),
  ];
  const entrants = await takeTurns("mlp", columns, turns);
  expect(comparisonTable(columns, [{ workload: "mlp", entrants }]).split("\n")[2]).toBe(
    "| mlp | 2.00 (2.00–2.00): jit | 3.00 (3.00–3.00) | 1.50 (1.50–1.50) | 0.75 × | 0.50 × |",
  );
});

test.each([
  ["refuses to prepare", `return { error: "no compiler" };`, "failed: no compiler"],
  ["answers what is no answer", `return 42;`, `failed: it answered "42"; expected {"ok": …} or {"error": "…"}`],
  ["ends", `process.exit(3);`, "failed: the process ended with exit code 3"],
])("one that %s says so in its cell, and the others go on", async (_, act, cell) => {
  const columns = [
    column("best Keras", "Keras", candidate("Keras", worker(act))),
    column("Layerwise", "Layerwise", candidate("Layerwise", steady(1))),
  ];
  const entrants = await takeTurns("mlp", columns, turns);
  expect(comparisonTable(columns, [{ workload: "mlp", entrants }]).split("\n")[2]).toBe(
    `| mlp | ${cell} | 1.00 (1.00–1.00) | – | – |`,
  );
});

test("a program that is not there is a failure", async () => {
  const missing = new Worker({ program: "/nowhere/python", args: [], env: {} });
  const columns = [column("Keras", "Keras", candidate("Keras", missing))];
  const [entrant] = (await takeTurns("mlp", columns, turns)).values();
  expect(entrant?.failure).toMatch(/^\/nowhere\/python could not be started: /);
});

test("a process that does not answer is ended", async () => {
  const silent = new Worker({ program: process.execPath, args: ["-e", "process.stdin.resume()"], env: {} });
  workers.push(silent);
  await expect(silent.request({ command: "release", contender: "silent" }, 100)).rejects.toThrow(
    'no answer to "release" within 0.1 s',
  );
});
