import { decodeFloat, type DiagnosisEvent, type StepRecord } from "../../protocol";

/** What the first loss that is not a number means, and what to do. */
export function nonFiniteLoss({ epoch, step, loss }: StepRecord, learningRate: number): DiagnosisEvent {
  const what = Number.isNaN(decodeFloat(loss)) ? "NaN (not a number)" : "infinite";
  const gentler = Number((learningRate / 10).toPrecision(3));
  return {
    event: "diagnosis",
    code: "nan",
    layer: null,
    message:
      `The loss became ${what} in epoch ${epoch}, step ${step}, with learning rate ${learningRate}. ` +
      `Most often the learning rate is too high, so that the weights grow without bound: try ${gentler}, or clipNorm: 1. ` +
      "Else look for inputs that are not scaled (.standardize()), and for a logarithm or a division by 0 in a layer or loss of your own.",
  };
}
