import { declarations } from "./declarations";
import type { Layer, LayerOptions } from "./layer";
import { unknownOption } from "./unknownOption";

/** The names of a layer class's options, those of every layer left out. */
export type OptionNames = Readonly<Record<string, true>>;

type NamesOf<Options extends LayerOptions> = Readonly<Record<Exclude<keyof Options, keyof LayerOptions>, true>>;

/** Names a class's options beside the class. The options' type decides: one that is left out or made up does not compile. */
export function optionNames<Options extends LayerOptions = LayerOptions>(names: NamesOf<Options>): OptionNames {
  return names;
}

const OF_EVERY_LAYER = {
  name: true,
  trainable: true,
  inputShape: true,
  activityRegularizer: true,
} satisfies Record<keyof LayerOptions, true>;

export function isKnownOption(optionNames: OptionNames, name: string): boolean {
  return Object.hasOwn(optionNames, name) || Object.hasOwn(OF_EVERY_LAYER, name);
}

/** A class's options and those of every layer. */
export function knownOptions(optionNames: OptionNames): string[] {
  return Object.keys({ ...optionNames, ...OF_EVERY_LAYER });
}

/**
 * Reports options that the layer's class does not have. A class of one's own is not checked unless it declares `optionNames` itself: what
 * it passes on to the constructor of `Layer` is its own affair.
 */
export function reportUnknownOptions(layer: Layer, layerClass: { readonly optionNames?: OptionNames }, options: object): void {
  if (!Object.hasOwn(layerClass, "optionNames")) return;
  const { optionNames = {} } = layerClass;
  for (const name of Object.keys(options)) {
    if (isKnownOption(optionNames, name)) continue;
    declarations().report(unknownOption(layer.name, name, knownOptions(optionNames), layer));
  }
}
