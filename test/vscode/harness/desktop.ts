import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { PassThrough } from "node:stream";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { checkout } from "./checkout";
import { type EditorOptions, testEnvironment, writeSettings } from "./editor";

/**
 * The desktop VS Code in which the host suites run instead of code-server's: the path of its executable, or a version that
 * is downloaded, such as `stable` or `1.110.0`. Empty: code-server's.
 */
export const desktop = process.env["LAYERWISE_TEST_VSCODE"] ?? "";

/** A desktop VS Code that runs suites in its extension host and then ends by itself. */
export interface DesktopRun extends AsyncDisposable {
  /** What it printed so far. */
  log(): string;
  /** Rejects when it ends otherwise than after the suites. */
  readonly failure: Promise<never>;
}

/** Starts the suites in a desktop VS Code (https://github.com/microsoft/vscode-test). */
export async function runInDesktop(options: EditorOptions & { readonly extensionTests: string }): Promise<DesktopRun> {
  const folder = await mkdtemp(join(tmpdir(), "layerwise-desktop-"));
  await writeSettings(join(folder, "User"), options);
  const output = new PassThrough();
  let printed = "";
  output.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const ended = runTests({
    vscodeExecutablePath: isAbsolute(desktop) ? desktop : await downloadAndUnzipVSCode(desktop),
    extensionDevelopmentPath: options.extension ?? checkout,
    extensionTestsPath: options.extensionTests,
    extensionTestsEnv: await testEnvironment(folder, options),
    launchArgs: [options.workspace, `--user-data-dir=${folder}`, `--extensions-dir=${join(folder, "extensions")}`],
    stdout: output,
    stderr: output,
  });
  const failure = ended.then(
    () => new Promise<never>(() => undefined),
    (error: unknown) => Promise.reject(new Error(`The desktop VS Code ${desktop} failed: ${String(error)}\n${printed}`)),
  );
  failure.catch(() => undefined);
  return {
    log: () => printed,
    failure,
    [Symbol.asyncDispose]: async () => {
      await ended.catch(() => undefined);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
