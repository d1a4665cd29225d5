/** Losses by what they are made for. */
export const ONE_HOT_LOSSES = ["categoricalCrossentropy", "categoricalFocalCrossentropy"];
export const CLASS_LOSSES = ["sparseCategoricalCrossentropy", ...ONE_HOT_LOSSES];
export const BINARY_LOSSES = ["binaryCrossentropy", "binaryFocalCrossentropy"];
export const REGRESSION_LOSSES = [
  "meanSquaredError",
  "meanAbsoluteError",
  "meanAbsolutePercentageError",
  "meanSquaredLogarithmicError",
  "huber",
  "logCosh",
];
