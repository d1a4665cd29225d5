import { join } from "node:path";
import type { Training } from "./wholeTraining";

export interface TrainingPlaces {
  readonly python: string;
  /** The folder of the Python scripts. */
  readonly scripts: string;
  /** The IDX files of Fashion-MNIST. */
  readonly dataFolder: string;
  /** Layerwise's checkout, built. */
  readonly root: string;
  /** Where Layerwise may write its runs. */
  readonly runsFolder: string;
  /** Where nothing is that XLA has compiled before. */
  readonly emptyFolder: string;
}

export interface Trainings {
  readonly layerwise: Training;
  /** Without what XLA has compiled in other runs. */
  readonly coldLayerwise: Training;
  readonly keras: Training;
}

/** The course's network for Fashion-MNIST, trained from Layerwise's command line and by the notebook's script. */
export function makeTrainings(places: TrainingPlaces): Trainings {
  const { python, scripts, dataFolder, root, runsFolder, emptyFolder } = places;
  const modelFile = join(root, "course/fashion-mnist/mlp.model.ts");
  const layerwise = (title: string, env: Record<string, string>): Training => ({
    title,
    command: (epochs) => ({
      program: process.execPath,
      args: [join(root, "dist/cli.js"), "train", modelFile, "--json", "--epochs", String(epochs), "--out", runsFolder],
      env,
    }),
    tellsLoss: (line) => line.startsWith('{"event":"step"'),
  });
  return {
    layerwise: layerwise("Layerwise", {}),
    coldLayerwise: layerwise("Layerwise, nothing compiled before", {
      TF_XLA_FLAGS: `--tf_xla_persistent_cache_directory=${emptyFolder}`,
    }),
    keras: {
      title: "Keras",
      command: (epochs) => ({
        program: python,
        args: [join(scripts, "fashion_mnist.py"), dataFolder, String(epochs)],
        env: { KERAS_BACKEND: "tensorflow", TF_CPP_MIN_LOG_LEVEL: "2" },
      }),
      tellsLoss: (line) => line.startsWith('{"loss"'),
    },
  };
}
