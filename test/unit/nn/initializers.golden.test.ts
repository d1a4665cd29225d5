import { expect, it } from "vitest";
import type { Initializer } from "../../../src/nn";
import * as initializers from "../../../src/nn/initializers";
import golden from "../../golden/initializers.json";

const factories = initializers as unknown as Readonly<Record<string, (options: unknown) => Initializer>>;
const context = {
  seed: 7,
  sample: (): never => {
    throw new Error("An initializer that draws takes no samples.");
  },
};

it.each(
  golden.cases.map((each) => ({ ...each, title: `${each.name} ${JSON.stringify(each.options)} of [${each.shape.join(", ")}]` })),
)("$title is distributed as Keras's", ({ name, options, shape, deviation, quantiles }) => {
  const values = factories[name]!(options).draw(shape, context).sort();
  quantiles.forEach((expected, index) => {
    const share = golden.quantiles[index]!;
    // Both are samples of 200,000: the standard error of their difference is 0.03 deviations at the ends, at most 0.012 elsewhere.
    const tolerance = share < 0.005 || share > 0.995 ? 0.15 : 0.03;
    expect(Math.abs(values[Math.floor(share * values.length)]! - expected) / deviation, `quantile ${share}`).toBeLessThan(
      tolerance,
    );
  });
});
