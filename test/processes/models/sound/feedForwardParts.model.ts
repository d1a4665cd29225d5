import { input, Layer, layer, layers, model, sequential, tf, type TensorInputs } from "layerwise";

const feedForward = (width: number) => sequential({}, [layers.dense(2 * width, { activation: "relu" }), layers.dense(width)]);

class FeedForward extends Layer {
  private readonly part: ReturnType<typeof feedForward>;

  constructor(width: number) {
    super();
    this.part = feedForward(width);
  }

  override call(inputs: TensorInputs): tf.Tensor {
    const x = inputs as tf.Tensor;
    return tf.add(x, this.part.apply(x));
  }
}

const words = input({ shape: [20, 32] });
const attended = layers.add()([words, layers.multiHeadAttention(2, 16)([words, words])]);
const changed = layers.layerNormalization()(layers.add()([attended, feedForward(32)(attended)]));
const pooled = layers.globalAveragePooling1d()(layer(FeedForward)(32)(changed));

export const network = model({ inputs: words, outputs: layers.dense(2, { activation: "softmax" })(pooled) });
