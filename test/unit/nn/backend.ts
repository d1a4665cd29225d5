import "@tensorflow/tfjs-backend-cpu";
import { beforeAll } from "vitest";
import { env, ready, setBackend } from "@tensorflow/tfjs-core";
import "../../../src/nn/gradients";

/** Tests of the mathematics run on tfjs's plain JavaScript backend, with gradients. Import this file for its effect. */
beforeAll(async () => {
  // Keeps tfjs from recommending its Node package on the console.
  env().set("PROD", true);
  await setBackend("cpu");
  await ready();
});
