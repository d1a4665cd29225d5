import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ensureBuilt } from "./build.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
// By path: `tsc` on the PATH may be that of typescript7, which the tests use.
const TSC = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
const PROJECTS = [
  "src/tsconfig.pure.json",
  "src",
  "webview",
  "test",
  "bench",
  "scripts",
  "course",
  "course/from-scratch",
  "media/templates",
];

// The course is checked against the declarations that users get.
await ensureBuilt();
for (const project of PROJECTS) {
  const { status } = spawnSync(process.execPath, [TSC, "-p", project], { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
