import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { type Command, Option } from "commander";
import type { CommandContext } from "../command";

export function registerRuntime(program: Command, context: CommandContext): void {
  program
    .command("runtime")
    .description("TensorFlow's library")
    .command("install")
    .description("download TensorFlow's library into the user's cache")
    .addOption(
      new Option("--device <device>", "for an NVIDIA GPU, with CUDA, or for the processor; auto: what is present")
        .choices(["auto", "cpu", "gpu"])
        .default("auto"),
    )
    .action(async ({ device }: { device: string }) => {
      const script = join(context.scripts, "../scripts/install-runtime.mjs");
      const child = spawn(process.execPath, [script, "--device", device], { stdio: ["ignore", "inherit", "inherit"] });
      const kill = (): void => void child.kill("SIGTERM");
      context.interruption.addEventListener("abort", kill);
      try {
        process.exitCode = await exitCodeOf(child);
      } catch (error) {
        throw new Error(
          `${script} could not be started (${error instanceof Error ? error.message : String(error)}). Start it with: node ${script}`,
          { cause: error },
        );
      } finally {
        context.interruption.removeEventListener("abort", kill);
      }
    });
}

/** 1 where a signal ended the process. @throws where it could not be started. */
function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
