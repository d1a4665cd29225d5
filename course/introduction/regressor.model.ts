// A number instead of a class: what changes?
import { generator, layers, optimizers, sequential, train } from "layerwise";

export const regressor = sequential({ name: "regressor", inputShape: [1] }, [
  layers.dense(16, { activation: "tanh" }),
  // Linear: a sigmoid could only answer with numbers between 0 and 1.
  layers.dense(1),
]);

/** 512 points on one period of a sine. */
function* sine() {
  for (let index = 0; index < 512; index++) {
    const x = (2 * index) / 511 - 1;
    yield { x: [x], y: Math.sin(Math.PI * x) };
  }
}

export default train(regressor, {
  data: generator(sine).shuffle(3).split({ validation: 0.2 }),
  optimizer: optimizers.adam({ learningRate: 0.01 }),
  loss: "meanSquaredError",
  // Accuracy counts exact hits: it says nothing here.
  metrics: ["meanAbsoluteError"],
  epochs: 50,
  seed: 1,
});
