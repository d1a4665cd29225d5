// Downloads TensorFlow's C library into the user's cache: `layerwise runtime install` runs this.
import { parseArgs } from "node:util";
import { findNvidiaGpu } from "./lib/nvidia.mjs";
import { log, runScript, SetupError } from "./lib/steps.mjs";
import { deviceFor, ensureTensorflow } from "./lib/tensorflow.mjs";

const { values } = parseArgs({ options: { device: { type: "string", default: "auto" } } });

await runScript(async () => {
  console.log(await ensureTensorflow(await chosenDevice(values.device)));
});

/** @param {string} device */
async function chosenDevice(device) {
  if (device === "cpu" || device === "gpu") return device;
  if (device !== "auto")
    throw new SetupError(`--device takes auto, cpu or gpu; received ${device}`, { todo: "name one of them, or none." });
  const seenBy = await findNvidiaGpu();
  const chosen = deviceFor(seenBy !== undefined, `${process.platform}-${process.arch}`);
  if (seenBy !== undefined)
    log(
      `An NVIDIA GPU is present (${seenBy}): TensorFlow for the ${chosen === "gpu" ? "GPU" : "processor, there is no other for this platform"}.`,
    );
  return chosen;
}
