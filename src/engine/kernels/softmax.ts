import { div, exp, max, Softmax, sub, sum, type Tensor } from "@tensorflow/tfjs-core";
import { RecordingBinding } from "../recording/recordingBinding";
import { RecordableBackend } from "../recording/recordableBackend";
import { replaceKernel } from "./registry";

/**
 * A softmax in a recorded step is written out: the operations are those of the cross-entropy beside it, so that TensorFlow runs them once,
 * while oneDNN's softmax of a small batch takes as long as a whole layer.
 */
export function replaceSoftmax(backendName: string): void {
  replaceKernel(Softmax, backendName, (softmax) => (params) => {
    const { backend, inputs } = params;
    if (!(backend instanceof RecordableBackend) || !(backend.binding instanceof RecordingBinding)) return softmax(params);
    const logits = inputs["logits"] as Tensor;
    const powers = exp(sub(logits, max(logits, -1, true)));
    return div(powers, sum(powers, -1, true));
  });
}
