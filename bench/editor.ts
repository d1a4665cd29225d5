/**
 * How long the editor waits for a model's numbers: `npm run bench:editor -- [--rounds 200] [--write]`. The files take turns with an empty one, so
 * that a busy machine slows both.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { runScript, step } from "../scripts/lib/steps.mjs";
import { AnalyzerUnderTest } from "./editor/analyzerUnderTest";
import { type EditedFile, EMPTY, inLoop, writtenOut } from "./editor/editedFiles";
import { type Latencies, type Measurements, page } from "./editor/page";
import { variable } from "./environment";

/** Milliseconds between two keys of a fast typist. */
const TYPING_PAUSE = 100;
const COLD_STARTS = 10;
const MEMORY_EDITS = 1_000;
const WARM_UP_EDITS = 10;
/** Of the rounds, for a file that takes long. */
const LONG_FILE_SHARE = 0.2;

const root = variable("LAYERWISE_BENCH_ROOT");

async function measureEdits(folder: string, edited: EditedFile, rounds: number): Promise<Latencies> {
  const analyzer = new AnalyzerUnderTest(root, folder);
  const [typed, atOnce, empty]: number[][] = [[], [], []];
  try {
    for (let edit = 0; edit < WARM_UP_EDITS; edit++) await analyzer.edit(edited);
    for (let round = 0; round < rounds; round++) {
      empty?.push(await analyzer.edit(EMPTY, TYPING_PAUSE));
      typed?.push(await analyzer.edit(edited, TYPING_PAUSE));
      atOnce?.push(await analyzer.edit(edited));
    }
  } finally {
    await analyzer.dispose();
  }
  return { title: edited.title, typed: typed ?? [], atOnce: atOnce ?? [], empty: empty ?? [] };
}

async function measureColdStart(folder: string, edited: EditedFile): Promise<number> {
  const analyzer = new AnalyzerUnderTest(root, folder);
  try {
    return await analyzer.edit(edited);
  } finally {
    await analyzer.dispose();
  }
}

async function measureColdStarts(folder: string): Promise<Measurements["coldStarts"]> {
  const [empty, model]: [number[], number[]] = [[], []];
  for (let start = 0; start < COLD_STARTS; start++) {
    empty.push(await measureColdStart(folder, EMPTY));
    model.push(await measureColdStart(folder, writtenOut(60)));
  }
  return { empty, model };
}

async function measureMemory(folder: string, edited: EditedFile): Promise<number> {
  const analyzer = new AnalyzerUnderTest(root, folder);
  try {
    for (let edit = 0; edit < MEMORY_EDITS; edit++) await analyzer.edit(edited);
    return analyzer.residentBytes;
  } finally {
    await analyzer.dispose();
  }
}

async function measure(rounds: number): Promise<Measurements> {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? "unknown processor"}, Node.js ${process.versions.node}; load before: ${(loadavg()[0] ?? 0).toFixed(1)}`;
  const folder = await mkdtemp(join(tmpdir(), "layerwise-bench-"));
  try {
    const latencies: Latencies[] = [];
    for (const edited of [writtenOut(60), inLoop(60), writtenOut(1_000), inLoop(1_000)]) {
      const share = edited.layers > 100 ? LONG_FILE_SHARE : 1;
      latencies.push(await step(edited.title, () => measureEdits(folder, edited, Math.ceil(share * rounds))));
    }
    const coldStarts = await step("Cold starts", () => measureColdStarts(folder));
    const memory = await step(`Memory after ${MEMORY_EDITS} edits`, async () => ({
      edits: MEMORY_EDITS,
      empty: await measureMemory(folder, EMPTY),
      model: await measureMemory(folder, writtenOut(60)),
    }));
    return { date: new Date(), machine, pause: TYPING_PAUSE, latencies, coldStarts, memory };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: "string", default: "200" }, write: { type: "boolean", default: false } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds takes a whole number from 1; received ${values.rounds}.`);
  const measured = page(await measure(rounds));
  console.log(measured);
  if (!values.write) return;
  const file = join(root, "docs/benchmarks-editor.md");
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, measured);
}

void runScript(bench);
