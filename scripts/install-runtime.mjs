// Downloads TensorFlow's C library into the user's cache: `layerwise runtime install` runs this.
import { runScript } from "./lib/steps.mjs";
import { ensureTensorflow } from "./lib/tensorflow.mjs";

await runScript(async () => {
  console.log(await ensureTensorflow());
});
