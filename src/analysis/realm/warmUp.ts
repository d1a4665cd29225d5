import { layers, sequential } from "../../dsl";
import { ModelRun } from "./modelRun";

/** Compiles what nearly every model needs, so that nobody waits for it. */
export function warmUp(): void {
  const run = new ModelRun();
  run.evaluate(() => {
    sequential({ inputShape: [2, 2] }, [layers.flatten(), layers.dense(2, { activation: "relu" }), layers.leakyReLU()]);
  });
  run.finish();
}
