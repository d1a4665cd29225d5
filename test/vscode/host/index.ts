import { readdirSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import Mocha from "mocha";
import { REPORT_SOCKET, type HostReport } from "../harness/hostReport";

/** After how long a test is taken to hang, in milliseconds. */
const PATIENCE = 300_000;

class Silent extends Mocha.reporters.Base {
  override epilogue(): void {
    // The runner of the runner prints.
  }
}

/** What VS Code calls in the extension host: runs every suite beside this script and reports each test. */
export async function run(): Promise<void> {
  const path = process.env[REPORT_SOCKET];
  if (path === undefined) throw new Error(`The environment variable ${REPORT_SOCKET} names no socket to report to.`);
  const socket = createConnection(path);
  const report = (line: HostReport): void => void socket.write(`${JSON.stringify(line)}\n`);

  const mocha = new Mocha({ ui: "bdd", timeout: PATIENCE, reporter: Silent });
  const suites = join(__dirname, "suites");
  for (const name of readdirSync(suites).sort()) mocha.addFile(join(suites, name));
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    const tested = (test: Mocha.Runnable, outcome: "passed" | "failed" | "pending", error = ""): void =>
      report({ event: "test", title: test.fullTitle(), outcome, error });
    runner.on("test", (test) => report({ event: "start", title: test.fullTitle() }));
    runner.on("pass", (test) => tested(test, "passed"));
    runner.on("fail", (test, error: Error) => tested(test, "failed", error.stack ?? error.message));
    runner.on("pending", (test) => tested(test, "pending"));
  });
  report({ event: "end" });
  await new Promise<void>((resolve) => socket.end(resolve));
}
