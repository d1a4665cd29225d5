import { UNKNOWN } from "../../format";
import type { ModelSummary } from "../../protocol";
import { withParts } from "../models/layerCalls";

/**
 * The sizes that models as a learner may see them keep back: of layers, their weights, and whole models.
 *
 * @param told The same models as `withoutHidden` leaves them.
 */
export function withheldSizes(models: readonly ModelSummary[], told: readonly ModelSummary[]): ReadonlySet<number> {
  const sizes = models.flatMap((model, index) => {
    const seen = told[index];
    if (seen === undefined || seen === model) return [];
    const parts = withParts(seen.layers);
    const layers = withParts(model.layers).filter((layer, place) => layer !== parts[place]);
    // A weight of one dimension is as large as it is wide, which shapes and the source say too.
    const weights = layers.flatMap((layer) => layer.weights).filter(({ shape }) => shape.length > 1);
    return [
      ...[...layers, model.totals].flatMap(({ params, trainable, nonTrainable, bytes, flops }) => [
        params,
        trainable,
        nonTrainable,
        bytes,
        flops,
      ]),
      ...weights.map(({ shape }) => shape.reduce((size, dimension) => size * dimension, 1)),
    ];
  });
  // Numbers below a thousand are too many things: units, classes, epochs.
  return new Set(sizes.filter((size) => size !== null).filter((size) => size >= 1000));
}

/** A dimension, and what ends it in a list: tfjs leaves out the space, which in round brackets would be a number in groups. */
const DIMENSION = String.raw`(?:batch|null|\?|\d+)(?:·\d+)?`;
/** A bare number in round brackets is none: sentences have numbers in them too. */
const SHAPE = String.raw`(?:(?<!\w)|(?<=\bshape))(?:\((?!\d+(?:·\d+)?\))(?:${DIMENSION}(?:, |(?=\))))+\)|\[(?:${DIMENSION}(?:, ?|(?=\])))+\])`;
const GROUPED = String.raw`(?<![\w.])\d{1,3}(?:,\d{3})+(?!\w|[.,]\d)`;
/** Not a line of a file: `mlp.model.ts:1000:12`. */
const PLAIN = String.raw`(?<![\w.,:])\d{4,}(?!\w|[.:]\d)`;
const SHAPE_OR_NUMBER = new RegExp([SHAPE, GROUPED, PLAIN].join("|"), "g");

/** A text with `?` in place of each of the sizes. Shapes stay: they stand beside the calls too. */
export function withoutSizes(text: string, sizes: ReadonlySet<number>): string {
  if (sizes.size === 0) return text;
  return text.replace(SHAPE_OR_NUMBER, (found) => (sizes.has(Number(found.replaceAll(",", ""))) ? UNKNOWN : found));
}
