import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Analyzed } from "../../src/client";
import type { LayerSummary } from "../../src/protocol";
import { provideAnalyzer } from "./support/analyzer";
import { mutated } from "./support/mutations";

/** `npm run test:mutations` asks for all 1,000. */
const COUNT = Number(process.env["LAYERWISE_MUTATIONS"] ?? 120);
/** Of one evaluation, in milliseconds. */
const TIME_LIMIT = 500;
/** Far beyond what ends an evaluation: an answer that takes longer never comes. */
const HANGS = 60_000;

const COURSE = fileURLToPath(new URL("../../course", import.meta.url));
const templates = readdirSync(COURSE, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".model.ts"))
  .sort()
  .map((file) => readFileSync(join(COURSE, file), "utf8"));

/** Whether a result stands without a diagnostic: the file ran to its end and every number is known. */
function isWhole({ analysis: { models }, complete }: Analyzed): boolean {
  const isKnown = ({ params, outputShape, layers }: LayerSummary): boolean =>
    params !== null && outputShape !== null && (layers ?? []).every(isKnown);
  return complete && models.length > 0 && models.every(({ layers }) => layers.every(isKnown));
}

describe("model files with seeded mistakes", () => {
  const ends: string[] = [];
  const { analyzer, folder } = provideAnalyzer((line) => ends.push(line));

  async function answered(file: string, text: string): Promise<Analyzed> {
    let timer: NodeJS.Timeout | undefined;
    const hangs = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${HANGS / 1_000} s`)), HANGS);
    });
    try {
      return await Promise.race([analyzer.analyze(file, { overlays: { [file]: text }, timeLimit: TIME_LIMIT }), hangs]);
    } finally {
      clearTimeout(timer);
    }
  }

  test(`${COUNT} of them are answered each, with a diagnostic where there is no whole model, by one analyzer`, async () => {
    const file = folder.write("mutated.model.ts", templates[0]!);
    await answered(file, templates[0]!);
    const { pid } = analyzer;
    const failures: string[] = [];
    let withDiagnostics = 0;
    for (let seed = 0; seed < COUNT; seed++) {
      const text = mutated(templates[seed % templates.length]!, seed);
      const result = await answered(file, text).catch((error: unknown) => error as Error);
      if (result instanceof Error) failures.push(`seed ${seed}: ${result.message}\n${text}`);
      else if (result.analysis.diagnostics.length > 0) withDiagnostics++;
      else if (!isWhole(result)) failures.push(`seed ${seed}: no diagnostic\n${text}`);
    }
    expect(failures).toEqual([]);
    expect(analyzer.pid, ends.join("\n")).toBe(pid);
    // Most mistakes are no comments.
    expect(withDiagnostics).toBeGreaterThan(COUNT / 2);
    // And the next file finds everything in order.
    expect((await answered(file, templates[0]!)).complete).toBe(true);
  }, 1_800_000);
});
