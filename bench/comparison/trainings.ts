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
}

/** The course's network for Fashion-MNIST, trained from Layerwise's command line and by the notebook's script. */
export function makeTrainings(places: TrainingPlaces): { layerwise: Training; keras: Training } {
  const { python, scripts, dataFolder, root, runsFolder } = places;
  const modelFile = join(root, "course/fashion-mnist/mlp.model.ts");
  return {
    layerwise: {
      title: "Layerwise",
      command: (epochs) => ({
        program: process.execPath,
        args: [join(root, "dist/cli.js"), "train", modelFile, "--json", "--epochs", String(epochs), "--out", runsFolder],
        env: {},
      }),
      tellsLoss: (line) => line.startsWith('{"event":"step"'),
    },
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
