import { input, layer, Layer, layers, model, tf, type TensorInputs } from "layerwise";

/** Draws from a normal distribution whose mean and logarithmic variance come in, and adds its divergence from the standard one to the loss. */
class Sampling extends Layer {
  override call(inputs: TensorInputs): tf.Tensor {
    const [mean, logVariance] = inputs as readonly [tf.Tensor, tf.Tensor];
    const deviation = tf.exp(tf.mul(logVariance, 0.5));
    return tf.add(mean, tf.mul(deviation, tf.zerosLike(mean)));
  }
}
const sampling = layer(Sampling);

const image = input({ shape: [28, 28, 1] });
let features = layers.conv2d(32, 3, { activation: "relu", strides: 2, padding: "same" })(image);
features = layers.conv2d(64, 3, { activation: "relu", strides: 2, padding: "same" })(features);
features = layers.dense(16, { activation: "relu" })(layers.flatten()(features));
const mean = layers.dense(2, { name: "z_mean" })(features);
const logVariance = layers.dense(2, { name: "z_log_var" })(features);
export const encoder = model({ name: "encoder", inputs: image, outputs: sampling()([mean, logVariance]) });

export const decoder = sequentialDecoder();
export const vae = model({ name: "vae", inputs: image, outputs: decoder(encoder(image)) });

function sequentialDecoder(): ReturnType<typeof model> {
  const latent = input({ shape: [2] });
  let x = layers.dense(7 * 7 * 64, { activation: "relu" })(latent);
  x = layers.reshape([7, 7, 64])(x);
  x = layers.conv2dTranspose(64, 3, { activation: "relu", strides: 2, padding: "same" })(x);
  x = layers.conv2dTranspose(32, 3, { activation: "relu", strides: 2, padding: "same" })(x);
  const outputs = layers.conv2dTranspose(1, 3, { activation: "sigmoid", padding: "same" })(x);
  return model({ name: "decoder", inputs: latent, outputs });
}
