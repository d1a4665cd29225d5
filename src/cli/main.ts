import { Command, CommanderError } from "commander";
import type { CommandContext, RegisterCommand } from "./command";
import { registerEngines } from "./commands/engines";
import { registerRuntime } from "./commands/runtime";
import { registerSummary } from "./commands/summary";
import { registerTrain } from "./commands/train";
import { listenForInterruption, STOPPED_BY_SIGINT } from "./interruption";

const COMMANDS: readonly RegisterCommand[] = [registerSummary, registerTrain, registerEngines, registerRuntime];

const WRONG_USAGE = 2;

const context: CommandContext = {
  scripts: import.meta.dirname,
  interruption: listenForInterruption(),
  print: (text) => void process.stdout.write(`${text}\n`),
  log: (text) => void process.stderr.write(`${text}\n`),
};

// The reader of a pipe, such as `head`, has enough. Children end when this process does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const program = new Command("layerwise")
  .description("Build, teach and train neural networks written as *.model.ts files.")
  .exitOverride()
  .showHelpAfterError("(layerwise --help lists the commands)");
for (const register of COMMANDS) register(program, context);

async function main(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help that was asked for is no error.
      process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE;
    } else if (!context.interruption.aborted) {
      context.log(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    }
  }
  if (context.interruption.aborted) process.exitCode = STOPPED_BY_SIGINT;
}

void main();
