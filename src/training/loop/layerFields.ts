import { UncapturableError } from "../../engine";
import { Layer } from "../../nn";

/**
 * The numbers, texts and truth values that layers keep in fields of their own. A layer that changes one while it is called may be another
 * layer in a later step; a captured step would stay the one that was recorded.
 */
export class LayerFields {
  private readonly remembered: ReadonlyMap<Layer, readonly (readonly [field: string, value: unknown])[]>;

  constructor(outermost: Layer) {
    this.remembered = new Map([...layersWithin(outermost)].map((layer) => [layer, plainFields(layer)]));
  }

  /** Gives the fields back what was in them. @throws {UncapturableError} naming the first that has changed. */
  expectUnchanged(): void {
    let first: UncapturableError | undefined;
    for (const [layer, former] of this.remembered) {
      const before = new Map(former);
      for (const [field, value] of plainFields(layer)) {
        if (before.has(field) && Object.is(before.get(field), value)) continue;
        first ??= changed(layer, field);
        Object.assign(layer, { [field]: before.get(field) });
      }
    }
    if (first !== undefined) throw first;
  }
}

function layersWithin(layer: Layer, found = new Set<Layer>()): Set<Layer> {
  if (found.has(layer)) return found;
  found.add(layer);
  for (const sublayer of layer.sublayers) layersWithin(sublayer, found);
  return found;
}

function plainFields(layer: Layer): [field: string, value: unknown][] {
  return Object.entries(layer).filter(([, value]) => ["number", "string", "boolean"].includes(typeof value));
}

function changed(layer: Layer, field: string): UncapturableError {
  return new UncapturableError(`The step changes the layer's field "${field}": it may not be the same each time.`, {
    trace: Layer.originOf(layer),
    place: layer.name,
  });
}
