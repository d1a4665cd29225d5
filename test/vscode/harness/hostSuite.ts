import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { checkout } from "./checkout";
import { desktop, type DesktopRun, runInDesktop } from "./desktop";
import { openEditor, type Editor, type EditorOptions } from "./editor";
import { hostReport, REPORT_SOCKET, type HostTest } from "./hostReport";

/** After how long without a word from the extension host a run is given up, in milliseconds: longer than one of its tests may take. */
const SILENCE = 360_000;

/** Runs a folder of mocha suites (`*.suite.ts`) in the real extension host, and returns each test's outcome. */
export async function runHostSuites(suites: string, options: EditorOptions): Promise<HostTest[]> {
  // Inside the checkout, so that the bundles find mocha.
  await mkdir(join(checkout, "out"), { recursive: true });
  const bundles = await mkdtemp(join(checkout, "out/host-suites-"));
  const folder = await mkdtemp(join(tmpdir(), "layerwise-report-"));
  const socket = join(folder, "report.sock");
  const listener = createServer();
  let editor: Editor | DesktopRun | undefined;
  try {
    const extensionTests = await bundle(suites, bundles);
    await new Promise<void>((resolve) => listener.listen(socket, resolve));
    const tests = collect(listener, () => editor?.log() ?? "");
    tests.catch(() => undefined);
    const run = { ...options, extensionTests, env: { ...options.env, [REPORT_SOCKET]: socket } };
    editor = desktop === "" ? await openEditor(run) : await runInDesktop(run);
    return await ("failure" in editor ? Promise.race([tests, editor.failure]) : tests);
  } finally {
    await editor?.[Symbol.asyncDispose]();
    listener.close();
    await rm(folder, { recursive: true, force: true });
    await rm(bundles, { recursive: true, force: true });
  }
}

/** Bundles the suites and the script that runs them to CommonJS, which is what the extension host loads. */
async function bundle(suites: string, outdir: string): Promise<string> {
  const names = (await readdir(suites)).filter((name) => name.endsWith(".suite.ts"));
  const shared = {
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node24",
    sourcemap: "inline",
    logLevel: "silent",
  } as const;
  const external = ["vscode", "mocha"];
  const entry = { index: join(checkout, "test/vscode/host/index.ts") };
  const files = Object.fromEntries(names.map((name) => [`suites/${name.slice(0, -".ts".length)}`, join(suites, name)]));
  await build({ ...shared, external, outdir, outExtension: { ".js": ".cjs" }, entryPoints: { ...entry, ...files } });
  return join(outdir, "index.cjs");
}

function collect(listener: Server, log: () => string): Promise<HostTest[]> {
  return new Promise((resolve, reject) => {
    const tests: HostTest[] = [];
    let underWay = "the start of the extension host";
    const fail = (problem: string): void => reject(new Error(`${problem} during: ${underWay}\n${log()}`));
    const silence = setTimeout(() => fail(`The extension host said nothing for ${SILENCE / 1000} s`), SILENCE);
    listener.once("connection", (connection) => {
      connection.once("close", () => {
        clearTimeout(silence);
        fail("The extension host ended");
      });
      createInterface(connection).on("line", (line) => {
        silence.refresh();
        const report = hostReport.parse(JSON.parse(line));
        if (report.event === "start") underWay = report.title;
        else if (report.event === "test") tests.push(report);
        else resolve(tests);
      });
    });
  });
}
