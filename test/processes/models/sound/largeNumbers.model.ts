import { arrays, input, layers, model, optimizers, sequential, train } from "layerwise";
import { mnist } from "layerwise/datasets";

// Bytes are no mistake where a layer scales them, where Adam sets the size of its steps, or where steps are small or held down.
const hidden = () => [layers.flatten(), layers.dense(64, { activation: "relu" }), layers.dense(10, { activation: "softmax" })];
const loss = "sparseCategoricalCrossentropy";

export const rescaled = sequential({ name: "rescaled", inputShape: [28, 28] }, [layers.rescaling(1 / 255), ...hidden()]);
export const first = train(rescaled, { data: mnist(), optimizer: "sgd", loss });

export const plain = sequential({ name: "plain", inputShape: [28, 28] }, hidden());
export const second = train(plain, { data: mnist(), optimizer: "adam", loss });
export const third = train(plain, { data: mnist(), optimizer: optimizers.sgd({ learningRate: 1e-5 }), loss });
export const fourth = train(plain, { data: mnist(), optimizer: "sgd", loss, clipNorm: 1 });

const map = input({ shape: [8, 8, 1] });
const classes = layers.conv2d(3, 1, { activation: "softmax" })(layers.conv2d(8, 3, { padding: "same", activation: "relu" })(map));
export const segmenter = model({ name: "segmenter", inputs: map, outputs: classes });
export default train(segmenter, {
  data: arrays({
    x: { values: new Float32Array(128), shape: [2, 8, 8, 1] },
    y: { values: Int32Array.from({ length: 128 }, (_, place) => place % 3), shape: [2, 8, 8] },
  }).scale(100),
  optimizer: "adam",
  loss,
});
