import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Command } from "commander";
import type { CommandContext } from "../command";

export function registerRuntime(program: Command, context: CommandContext): void {
  program
    .command("runtime")
    .description("TensorFlow's library")
    .command("install")
    .description("download TensorFlow's library into the user's cache")
    .action(async () => {
      const script = join(context.scripts, "../scripts/install-runtime.mjs");
      const child = spawn(process.execPath, [script], { stdio: ["ignore", "inherit", "inherit"] });
      context.interruption.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
      const [code] = (await once(child, "close")) as [number | null];
      process.exitCode = code ?? 1;
    });
}
