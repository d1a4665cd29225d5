import { declarations } from "./declarations";
import { ModelError } from "./errors";
import { LSTM } from "./layers/lstm";
import { Recurrent } from "./layers/recurrent";
import { SymbolicTensor } from "./symbolic";

/** More places than anybody unpacks; a spread ends here. */
const MOST_PLACES = 16;

/**
 * `const [output, h, c] = lstm(x)`: what is one tensor was taken for several. In a tolerant evaluation that is reported and the places are filled,
 * a recurrent layer's with its states. What comes of a layer that failed has its diagnostic.
 *
 * The types do not tell: for TypeScript a symbolic tensor is no list.
 */
export function installUnpacking(): void {
  Object.defineProperty(SymbolicTensor.prototype, Symbol.iterator, {
    configurable: true,
    writable: true,
    value(this: SymbolicTensor) {
      if (this.shape !== null) declarations().report(unpackedError(this));
      return placesOf(this);
    },
  });
}

function* placesOf(tensor: SymbolicTensor): Generator<SymbolicTensor> {
  yield tensor;
  const { node, dtype } = tensor;
  const states = tensor.shape === null ? [] : stateNames(node.layer);
  for (let place = 1; place < MOST_PLACES; place++) {
    const shape = node.layer instanceof Recurrent && place <= states.length ? [null, node.layer.units] : null;
    yield new SymbolicTensor(shape, dtype, node, place);
  }
}

function unpackedError({ node: { layer } }: SymbolicTensor): ModelError {
  const refused = `${layer.name} returns one tensor, which was unpacked as if there were several.`;
  const states = stateNames(layer);
  const advice =
    states.length > 0
      ? `With returnState: true it returns a list, const [${["output", ...states].join(", ")}] = …; without, there are no brackets: const output = …`
      : "Leave out the brackets: const y = …";
  const error = new ModelError("invalid-argument", `${refused} ${advice}`, layer);
  if (states.length > 0) error.mistake = { kind: "option", option: "returnState", text: "true" };
  return error;
}

/** What a recurrent layer could return besides its output. */
function stateNames(layer: unknown): readonly string[] {
  if (!(layer instanceof Recurrent) || layer.returnState) return [];
  return layer instanceof LSTM ? ["h", "c"] : ["state"];
}
