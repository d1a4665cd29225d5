import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { startTrainer } from "../../client";
import type { EndEvent, TrainerMessage, TrainOptions } from "../../protocol";
import { type CommandContext, modelFilePath, refuseUsage } from "../command";
import { JsonProgress } from "../progress/json";
import { plainProgress } from "../progress/plain";
import type { Progress } from "../progress/progress";
import { TerminalProgress } from "../progress/terminal";

interface TrainArguments {
  plan?: string;
  epochs?: number;
  engine: TrainOptions["engine"];
  jit: TrainOptions["jit"];
  out?: string;
  resume?: string;
  json?: boolean;
}

export function registerTrain(program: Command, context: CommandContext): void {
  const command = program
    .command("train")
    .description("train a plan of a model file; Ctrl-C stops and keeps the weights")
    .argument("<file>", "a model file")
    .option("--plan <export>", "the export that holds the plan (default: the default export, else the only plan)")
    .option("--epochs <n>", "epochs instead of the plan's", parseEpochs)
    .addOption(new Option("--engine <name>", "what computes").choices(["auto", "tensorflow", "wasm", "cpu"]).default("auto"))
    .addOption(new Option("--jit <mode>", "whether TensorFlow compiles the step").choices(["auto", "on", "off"]).default("auto"))
    .option("--out <dir>", "the folder for runs (default: .layerwise/runs beside the model file)")
    .addOption(
      new Option("--resume <run>", "go on with a run that ended early: its folder, its name, or `last`")
        // They are the run's.
        .conflicts(["plan", "epochs", "engine", "jit"]),
    )
    .option("--json", "print one JSON object a line")
    .action(async (file: string, options: TrainArguments) => {
      const path = modelFilePath(command, file);
      const outcome = await train(path, options, context);
      if (outcome.refusal !== undefined) refuseUsage(command, outcome.refusal);
      process.exitCode = outcome.end?.reason === "failed" ? 1 : 0;
    });
}

interface Outcome {
  end: EndEvent | undefined;
  /** Why no run was made. */
  refusal: string | undefined;
}

async function train(
  file: string,
  { plan, epochs, engine, jit, out, resume, json }: TrainArguments,
  context: CommandContext,
): Promise<Outcome> {
  const progress = progressFor(json ?? false, context);
  const outcome: Outcome = { end: undefined, refusal: undefined };
  const trainer = startTrainer({
    script: join(context.scripts, "trainer.js"),
    log: context.log,
    options: {
      file,
      plan,
      epochs,
      engine,
      jit,
      runsFolder: out === undefined ? join(dirname(file), ".layerwise/runs") : resolve(out),
      resume: resume !== undefined && existsSync(join(resume, "run.json")) ? resolve(resume) : resume,
    },
    onMessage: (message) => receive(message, progress, outcome, context),
  });
  const kill = (): void => trainer.kill();
  const stop = (): void => {
    trainer.stop();
    context.log("Stopping after the step under way. Ctrl-C again ends the training at once.");
    // A model file that never lets go of the trainer keeps it from hearing anything.
    process.on("SIGINT", kill);
  };
  context.interruption.addEventListener("abort", stop);
  try {
    await trainer.exited;
  } finally {
    context.interruption.removeEventListener("abort", stop);
    process.off("SIGINT", kill);
    await trainer.dispose();
    progress.dispose();
  }
  return outcome;
}

function receive(message: TrainerMessage, progress: Progress, outcome: Outcome, { log }: CommandContext): void {
  switch (message.type) {
    case "events":
      for (const event of message.events) {
        if (event.event === "end") outcome.end = event;
        progress.show(event);
      }
      break;
    case "queued":
      log(message.message);
      break;
    case "output":
      log(message.text.replace(/\n$/, ""));
      break;
    case "refused":
      outcome.refusal = message.message;
      break;
    case "engines":
      break;
  }
}

function progressFor(json: boolean, context: CommandContext): Progress {
  if (json) return new JsonProgress(context.print, context.log);
  return process.stdout.isTTY ? new TerminalProgress(process.stdout) : plainProgress(context.print);
}

function parseEpochs(value: string): number {
  const epochs = Number(value);
  if (Number.isSafeInteger(epochs) && epochs > 0) return epochs;
  throw new InvalidArgumentError("Expected a positive whole number.");
}
