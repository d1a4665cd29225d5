/** A number that is not finite, in words. @param what `input x`. @param place `training part, sample 3, value 0`. */
export function nonFiniteMessage(what: string, value: number, place: string): string {
  return `The ${what} holds ${value} (${place}); expected finite numbers. Remove or correct the sample.`;
}

/** Whether a label is none of the classes 0 … classes − 1. */
export function isOutsideClasses(label: number, classes: number): boolean {
  return !Number.isInteger(label) || label < 0 || label >= classes;
}

/** A label that is none of an output's classes, in words. @param place `training part, sample 3`. */
export function outsideClassesMessage(label: number, classes: number, output: string, place: string): string {
  const remedy =
    Number.isInteger(label) && label >= classes
      ? `Give the last layer at least ${label + 1} units, or correct the labels.`
      : "Correct the labels, or use another loss, such as meanSquaredError for continuous values.";
  return `The label ${label} (${place}) is outside the classes: the output "${output}" has ${classes} units, so that sparseCategoricalCrossentropy takes whole numbers from 0 to ${classes - 1}. ${remedy}`;
}

/** A label that cannot be made a vector, in words. */
export function outsideEncodingMessage(label: number, classes: number, sample: number): string {
  return `oneHot(${classes}) takes whole-number labels from 0 to ${classes - 1}; received ${label} (sample ${sample}).`;
}
