import type { EagerBinding } from "../../src/engine/eagerBinding";
import { openTensorFlow } from "../../src/engine/tensorflow";

/** The binding on the TensorFlow of this machine. */
export function openBinding(): EagerBinding {
  return openTensorFlow({ intraOpThreads: 2, interOpThreads: 2 }).binding;
}
