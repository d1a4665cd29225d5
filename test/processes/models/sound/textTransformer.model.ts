import { arrays, input, layer, Layer, layers, model, tf, train, type Shape, type TensorInputs } from "layerwise";

/** The embeddings of tokens and of their positions, added. */
class TokenAndPositionEmbedding extends Layer {
  private readonly tokens;
  private readonly positions;

  constructor(length: number, vocabulary: number, width: number) {
    super();
    this.tokens = layers.embedding(vocabulary, width);
    this.positions = layers.embedding(length, width);
  }

  override call(inputs: TensorInputs): tf.Tensor {
    const words = inputs as tf.Tensor;
    const places = tf.range(0, words.shape[1] ?? 0, 1, "int32");
    return tf.add(this.tokens(words), this.positions(places));
  }

  override computeOutputShape(shape: Shape | readonly Shape[]): Shape {
    return [...(shape as Shape), 32];
  }
}

const text = input({ shape: [200], dtype: "int32" });
let x = layer(TokenAndPositionEmbedding)(200, 20_000, 32)(text);
const attended = layers.dropout(0.1)(layers.multiHeadAttention(2, 16)([x, x]));
const first = layers.layerNormalization({ epsilon: 1e-6 })(layers.add()([x, attended]));
const wide = layers.dense(32, { activation: "relu" })(first);
const narrow = layers.dropout(0.1)(layers.dense(32)(wide));
x = layers.layerNormalization({ epsilon: 1e-6 })(layers.add()([first, narrow]));
x = layers.globalAveragePooling1d()(x);
x = layers.dropout(0.1)(x);
x = layers.dense(20, { activation: "relu" })(x);
x = layers.dropout(0.1)(x);

export const classifier = model({ name: "classifier", inputs: text, outputs: layers.dense(2, { activation: "softmax" })(x) });
export default train(classifier, {
  data: arrays({ x: { values: new Float32Array(3 * 200), shape: [3, 200] }, y: [0, 1, 1] }),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
});
