import { layers, sequential } from "../../dsl";
import { ModelRun } from "./modelRun";

/** Enough for V8 to note what each place in the code sees; more is slow to repeat for every realm. */
const LAYERS = 20;

/** Compiles what nearly every model needs, so that nobody waits for it. */
export function warmUp(): void {
  const run = new ModelRun();
  run.evaluate(() => {
    sequential({ inputShape: [2, 2] }, [layers.flatten(), layers.dense(2, { activation: "relu" }), layers.leakyReLU()]);
    const deep = sequential({ inputShape: [2] });
    for (let count = 0; count < LAYERS; count++) deep.add(layers.dense(2, { activation: "relu", kernelInitializer: "heNormal" }));
  });
  run.finish();
}
