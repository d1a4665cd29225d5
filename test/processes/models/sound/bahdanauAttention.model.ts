import { input, layer, Layer, layers, model, tf } from "layerwise";

/** Attention by sums, whose weights add up to 1 over the steps. */
class BahdanauAttention extends Layer {
  private readonly ofStates: Layer;
  private readonly ofQuery: Layer;
  private readonly score = layers.dense(1);

  constructor(units: number) {
    super();
    this.ofStates = layers.dense(units);
    this.ofQuery = layers.dense(units);
  }

  override call([query, states]: readonly [tf.Tensor, tf.Tensor]): tf.Tensor {
    const score = this.score(tf.tanh(tf.add(this.ofStates(states), tf.expandDims(this.ofQuery(query), 1))));
    return tf.sum(tf.mul(tf.softmax(score, 1), states), 1);
  }
}

const attend = layer(BahdanauAttention);
const query = input({ shape: [16], name: "query" });
const states = input({ shape: [12, 16], name: "states" });

export const attention = model({ inputs: [query, states], outputs: attend(8)([query, states]) });
