import { type EngineAvailability, TrainerMessage, type TrainerRequest, type TrainOptions } from "../protocol";
import { type ChildExit, ChildProcess } from "./childProcess";

/** How long a trainer may take to write its weights after its owner has let go, in milliseconds. */
const GRACE = 10_000;

/** What TensorFlow prints at every start though nothing is wrong. */
const NOTICES = new RegExp(
  [
    String.raw`absl::InitializeLog\(\)`,
    "oneDNN custom operations are on",
    // XLA calls its own tuning flags processor features, and reads its cached code as text before it reads it as what it is.
    "Error parsing text-format tensorflow.XlaSerializedCacheEntry",
    String.raw`Target machine feature \+prefer-no-(scatter|gather) is not +supported on the host machine`,
  ].join("|"),
);

export interface TrainerOptions {
  /** The absolute path of `dist/trainer.js`. */
  script: string;
  options: TrainOptions;
  /** Receives everything the trainer tells. The last message is `refused`, or `events` with `end` in it, even if the process is killed. */
  onMessage: (message: TrainerMessage) => void;
  /** Lines for a log. */
  log?: ((line: string) => void) | undefined;
  /** The trainer's environment. Default: this process's. */
  env?: NodeJS.ProcessEnv | undefined;
}

/** A training under way. */
export interface TrainerHandle {
  readonly pid: number | undefined;
  /** Ends the training after the step under way; the weights are kept. */
  stop(): void;
  /** Lets go of the trainer: it writes its weights and exits; one that does not is killed. Resolves when it has ended. */
  dispose(): Promise<void>;
  /** Ends the process at once; the weights of the last steps are lost. */
  kill(): void;
  /** Resolves when the process has ended. */
  readonly exited: Promise<ChildExit>;
}

/** Starts a trainer: a process of its own for one run. */
export function startTrainer({ script, options, onMessage, log, env }: TrainerOptions): TrainerHandle {
  const begin = performance.now();
  let told = false;
  let stopping = false;
  let resolveExit: (exit: ChildExit) => void = () => undefined;
  const exited = new Promise<ChildExit>((resolve) => (resolveExit = resolve));
  const child = new ChildProcess<TrainerRequest, TrainerMessage>({
    script,
    message: TrainerMessage,
    log: withoutNotices(log),
    env,
    grace: GRACE,
    onMessage: (message) => {
      told ||= isLast(message);
      onMessage(message);
    },
    onExit: (exit) => {
      const seconds = (performance.now() - begin) / 1000;
      if (!told) onMessage(stopping && exit.signal === "SIGINT" ? stoppedEarly(seconds) : endedEarly(exit, seconds));
      resolveExit(exit);
    },
  });
  child.send({ type: "train", options });
  return {
    get pid() {
      return child.pid;
    },
    stop: () => {
      stopping = true;
      child.send({ type: "stop" });
    },
    dispose: () => child.dispose(),
    kill: () => child.kill(),
    exited,
  };
}

function withoutNotices(log: ((line: string) => void) | undefined): ((line: string) => void) | undefined {
  return (
    log &&
    ((line) => {
      if (!NOTICES.test(line)) log(line);
    })
  );
}

function isLast(message: TrainerMessage): boolean {
  return message.type === "refused" || (message.type === "events" && message.events.some(({ event }) => event === "end"));
}

/** A terminal's Ctrl-C reaches the trainer too, and ends one that has only begun to start. */
function stoppedEarly(seconds: number): TrainerMessage {
  return { type: "events", events: [{ event: "end", reason: "stopped", testLoss: null, test: null, best: null, seconds }] };
}

/** What the process could no longer tell itself. */
function endedEarly({ description }: ChildExit, seconds: number): TrainerMessage {
  const error = `The trainer ended before the training did: ${description}. Resume the run to go on from its last checkpoint, or train again to start anew.`;
  return { type: "events", events: [{ event: "end", reason: "failed", testLoss: null, test: null, best: null, seconds, error }] };
}

/** Every engine, and whether it can run here. @param script The absolute path of `dist/trainer.js`. */
export async function listEngines(script: string, log?: (line: string) => void): Promise<readonly EngineAvailability[]> {
  let engines: readonly EngineAvailability[] | undefined;
  let refusal: string | undefined;
  const { description } = await new Promise<ChildExit>((onExit) => {
    const child = new ChildProcess<TrainerRequest, TrainerMessage>({
      script,
      message: TrainerMessage,
      log: withoutNotices(log),
      onMessage: (message) => {
        if (message.type === "engines") engines = message.engines;
        else if (message.type === "refused") refusal = message.message;
      },
      onExit,
    });
    child.send({ type: "listEngines" });
  });
  if (engines === undefined) throw new Error(`The engines could not be listed: ${refusal ?? `${description}.`}`);
  return engines;
}
