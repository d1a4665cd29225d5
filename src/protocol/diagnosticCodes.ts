/** The gravest first. */
export const SEVERITIES = ["error", "warning", "info"] as const;
export type DiagnosticSeverity = (typeof SEVERITIES)[number];

interface DiagnosticKind {
  /** An error keeps the model from being trained. A finding may be milder than its kind. */
  readonly severity: DiagnosticSeverity;
  /** For lists of the codes, such as a setting's completion. */
  readonly title: string;
}

/** Every diagnostic there is, by its stable code. docs/diagnostics.md has a section for each, whose heading is the code. */
export const DIAGNOSTICS = {
  "shape-mismatch": { severity: "error", title: "A layer does not take an input of this shape" },
  "recurrent-input-rank": { severity: "error", title: "A recurrent layer receives rows instead of sequences" },
  "merge-shape-mismatch": { severity: "error", title: "Inputs of different shapes are merged" },
  "kernel-larger-than-input": { severity: "error", title: "A window is larger than what it slides over" },
  "missing-input-shape": { severity: "warning", title: "A sequential model has no input shape" },
  "data-shape-mismatch": { severity: "error", title: "The data have another shape than the model's input" },
  "missing-flatten": { severity: "warning", title: "A dense layer receives an image or a sequence" },
  "superfluous-flatten": { severity: "info", title: "A flatten layer receives what is flat already" },
  "large-dense-after-flatten": { severity: "info", title: "Most parameters sit in a dense layer after a flattened feature map" },
  "linear-stack": { severity: "warning", title: "Layers without an activation between them" },
  "softmax-in-hidden-layer": { severity: "warning", title: "Softmax before another layer" },
  "softmax-over-one-unit": { severity: "warning", title: "Softmax over a single unit" },
  "output-activation-twice": { severity: "warning", title: "Another activation behind the output's probabilities" },
  "initializer-activation-mismatch": { severity: "warning", title: "An initializer made for another activation" },
  "loss-activation-mismatch": { severity: "warning", title: "The loss expects another output activation" },
  "loss-label-mismatch": { severity: "error", title: "The loss expects labels of another form" },
  "metric-label-mismatch": { severity: "error", title: "A metric expects labels of another form" },
  "label-shape-mismatch": { severity: "error", title: "Labels of another shape than the output" },
  "output-units-mismatch": { severity: "error", title: "Not as many output units as classes" },
  "label-range-mismatch": { severity: "warning", title: "Labels that the output cannot reach" },
  "regression-loss-for-classes": { severity: "warning", title: "A regression loss for classes" },
  "accuracy-for-regression": { severity: "warning", title: "Accuracy for a regression" },
  "dropout-at-output": { severity: "warning", title: "Dropout at the output" },
  "bias-before-batch-normalization": { severity: "info", title: "A bias that batch normalization takes away" },
  "unscaled-inputs": { severity: "warning", title: "Inputs of a size that spoils the training" },
  "embedding-index-range": { severity: "error", title: "Numbers for which an embedding has no row" },
  "learning-rate-scale": { severity: "warning", title: "A learning rate far from what the optimizer wants" },
  "nothing-trainable": { severity: "error", title: "A model without a weight that may change is trained" },
  "unused-layer": { severity: "warning", title: "A layer that no model uses" },
  "unused-input": { severity: "warning", title: "An input that no output depends on" },
  "duplicate-name": { severity: "error", title: "Two layers of one model have the same name" },
  "disconnected-graph": { severity: "error", title: "An output depends on an input that the model does not name" },
  "invalid-argument": { severity: "error", title: "An argument of the wrong kind" },
  "unknown-name": { severity: "error", title: "A name that does not exist" },
  "layer-call-failed": { severity: "error", title: "A layer's own code failed" },
  "own-function-failed": { severity: "error", title: "A loss or metric of one's own failed" },
  "batch-dimension-lost": { severity: "error", title: "An output without the batch as its first dimension" },
  "no-model": { severity: "error", title: "A file without a model" },
  "syntax-error": { severity: "error", title: "The file does not compile" },
  "top-level-await": { severity: "error", title: "The file waits at its top level" },
  "missing-file": { severity: "error", title: "An imported file does not exist" },
  "missing-package": { severity: "error", title: "An imported package is not installed" },
  exception: { severity: "error", title: "The file threw" },
  "unhandled-rejection": { severity: "error", title: "A promise was rejected" },
  "stack-overflow": { severity: "error", title: "A recursion without end" },
  "unavailable-in-analysis": { severity: "error", title: "The file reaches for the disk, the network or a process" },
  "evaluation-timeout": { severity: "error", title: "The file does not come to an end" },
  "evaluation-crashed": { severity: "error", title: "The file could not be evaluated" },
} as const satisfies Record<string, DiagnosticKind>;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;
