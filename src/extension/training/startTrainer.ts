import { ChildProcess } from "../../client";
import { TrainerMessage, type TrainerRequest } from "../../protocol";
import type { Trainer } from "./trainingRun";
import type { StartTraining } from "./trainings";

/** How long a trainer may take to write its weights when it is let go, in milliseconds. */
const GRACE = 10_000;

/** Starts a trainer's process for one run. @param script Absolute path of `dist/trainer.js`. */
export function trainerStarter(script: string): StartTraining {
  return (options, onMessage, log): Trainer => {
    const { promise: exited, resolve: onExit } = Promise.withResolvers<{ description: string }>();
    const child = new ChildProcess<TrainerRequest, TrainerMessage>({
      script,
      message: TrainerMessage,
      grace: GRACE,
      onMessage,
      onExit,
      log,
    });
    child.send({ type: "train", options });
    return {
      get pid() {
        return child.pid;
      },
      exited,
      stop: () => child.send({ type: "stop" }),
      dispose: () => child.dispose(),
    };
  };
}
