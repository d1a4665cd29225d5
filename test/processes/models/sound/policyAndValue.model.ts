import { input, layers, model } from "layerwise";

// Actor and critic share their first layers.
const observation = input({ shape: [4], name: "observation" });
const common = layers.dense(128, { activation: "relu" })(observation);
const action = layers.dense(2, { activation: "softmax", name: "action" })(common);
const critic = layers.dense(1, { name: "critic" })(common);

export const actorCritic = model({ inputs: observation, outputs: [action, critic] });
