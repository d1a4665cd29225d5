import { layers, sequential, train } from "layerwise";
import { xor } from "layerwise/datasets";

// Widrow & Hoff 1960: a linear unit learns 0 and 1 by squared error, and is asked whether it is beyond a half.
export const adaline = sequential({ inputShape: [2] }, [layers.dense(1)]);
export default train(adaline, { data: xor(), optimizer: "sgd", loss: "mse", metrics: ["binaryAccuracy"] });
