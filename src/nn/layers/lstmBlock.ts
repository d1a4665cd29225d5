import {
  add,
  concat,
  customGrad,
  engine,
  expandDims,
  getKernel,
  type GradSaveFunc,
  matMul,
  type NamedTensorMap,
  reshape,
  slice,
  split,
  sum,
  type Tensor,
  type Tensor2D,
  transpose,
  unstack,
  zeros,
} from "@tensorflow/tfjs-core";

/** One operation for all steps of an LSTM with sigmoid and tanh, and one for a step's gradient: an engine that has them registers both. */
const SEQUENCE = "BlockLSTMV2";
const STEP_GRADIENT = "LSTMBlockCellGrad";

/** What each step leaves for its gradient, in the order of the operation's results, each [steps, batch, units]; the last is the output. */
type Traces = [input: Tensor, memory: Tensor, forget: Tensor, output: Tensor, candidate: Tensor, shown: Tensor, h: Tensor];

export interface LSTMBlockInputs {
  /** [batch, steps, features] */
  readonly sequence: Tensor;
  /** [features, 4 · units], gates in the order i, f, c, o. */
  readonly kernel: Tensor;
  /** [units, 4 · units] */
  readonly recurrentKernel: Tensor;
  /** [4 · units] */
  readonly bias: Tensor | undefined;
  /** Each [batch, units]. */
  readonly initial: readonly [h: Tensor, c: Tensor];
}

export interface LSTMBlockOutputs {
  /** Of every step, [batch, steps, units], or of the last alone, [batch, units]. */
  readonly output: Tensor;
  /** [batch, units] after the last step. */
  readonly last: readonly [h: Tensor, c: Tensor];
}

/** Whether the engine has the operations. They have no second derivative: gradients of gradients go through plain operations. */
export function hasLSTMBlock(): boolean {
  const { backendName, state } = engine();
  const isThere = (kernelName: string): boolean => (getKernel(kernelName, backendName) as unknown) !== undefined;
  return state.gradientDepth <= 1 && isThere(SEQUENCE) && isThere(STEP_GRADIENT);
}

/**
 * Runs an LSTM over a sequence. Its gradient takes two small operations a step; what the weights get of it is one matrix product over
 * all steps.
 */
export function runLSTMBlock(
  { sequence, kernel, recurrentKernel, bias, initial }: LSTMBlockInputs,
  { everyOutput }: { readonly everyOutput: boolean },
): LSTMBlockOutputs {
  const [, steps = 0] = sequence.shape;
  const shown = everyOutput ? steps : 1;
  const run = customGrad((...args) => {
    const [x, inputKernel, stateKernel, offsets, h, c, save] = args as [...Saved["given"], GradSaveFunc];
    const given: Saved["given"] = [transpose(x, [1, 0, 2]), inputKernel, stateKernel, offsets, h, c];
    const traces = runSequence(given);
    save([...given, ...traces]);
    const [, memories, , , , , outputs] = traces;
    const rows = concat([lastRows(outputs, shown), lastRows(memories, 1)], 0);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => backward(dy, asSaved(saved));
    return { value: rows, gradFunc };
  });
  const [, width = 0] = kernel.shape;
  // A custom gradient is one of a single tensor: the outputs asked for, with the last memory behind them.
  const rows = run(sequence, kernel, recurrentKernel, bias ?? zeros([width]), ...initial);
  const [h, c] = unstack(lastRows(rows, 2), 0) as [Tensor, Tensor];
  return { output: everyOutput ? transpose(firstRows(rows, steps), [1, 0, 2]) : h, last: [h, c] };
}

/** What the gradient is computed from. */
interface Saved {
  /** The sequence is [steps, batch, features] here. */
  readonly given: [x: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor, h: Tensor, c: Tensor];
  readonly traces: Traces;
}

function asSaved(tensors: Tensor[]): Saved {
  const GIVEN = 6;
  return { given: tensors.slice(0, GIVEN) as Saved["given"], traces: tensors.slice(GIVEN) as Traces };
}

function runSequence([x, kernel, recurrentKernel, bias, h, c]: Saved["given"]): Traces {
  const inputs = operationInputs({ x, memory: c, output: h, weights: concat([kernel, recurrentKernel], 0), shifts: bias });
  return engine().runKernel<Traces>(SEQUENCE, inputs, { cell_clip: -1, use_peephole: false });
}

interface OperationInputs {
  readonly x: Tensor;
  readonly memory: Tensor;
  readonly output: Tensor;
  readonly weights: Tensor;
  readonly shifts: Tensor;
}

/** The operations' own names. */
function operationInputs({ x, memory, output, weights, shifts }: OperationInputs): NamedTensorMap {
  const peephole = zeros([memory.shape[1] ?? 0]);
  return { x, cs_prev: memory, h_prev: output, w: weights, wci: peephole, wcf: peephole, wco: peephole, b: shifts };
}

function backward(dy: Tensor, { given: [x, kernel, recurrentKernel, bias, h, c], traces }: Saved): Tensor[] {
  const [, memories, , , , , outputs] = traces;
  const [steps = 0, batch = 0, features = 0] = x.shape;
  const inputKernel = inOtherOrder(kernel);
  const stateKernel = inOtherOrder(recurrentKernel);
  // Of the weights the operation reads the shape alone.
  const weights = concat([kernel, recurrentKernel], 0);
  const inputsOf = unstack(x, 0);
  const memoriesBefore = [c, ...unstack(memories, 0)];
  const outputsBefore = delayed(outputs, h);
  const outputsBeforeOf = unstack(outputsBefore, 0);
  const tracesOf = traces.slice(0, -1).map((trace) => unstack(trace, 0));
  const ofRows = unstack(dy, 0);
  const ofShown = ofRows.slice(0, -1);

  let ofMemory = ofRows.at(-1) as Tensor;
  let ofOutput: Tensor | undefined;
  const ofSums: Tensor[] = [];
  for (let step = steps - 1; step >= 0; step--) {
    const own = ofShown[step - steps + ofShown.length];
    const whole = own && ofOutput ? add<Tensor>(own, ofOutput) : (own ?? ofOutput ?? zeros(h.shape));
    const [i, cs, f, o, ci, co] = tracesOf.map((trace) => trace[step]) as Tensor[] as Traces;
    const before = {
      x: inputsOf[step] as Tensor,
      memory: memoriesBefore[step] as Tensor,
      output: outputsBeforeOf[step] as Tensor,
    };
    const [ofMemoryBefore, ofSum] = engine().runKernel<Tensor[]>(
      STEP_GRADIENT,
      { ...operationInputs({ ...before, weights, shifts: bias }), i, cs, f, o, ci, co, cs_grad: ofMemory, h_grad: whole },
      { use_peephole: false },
    ) as [Tensor, Tensor];
    ofMemory = ofMemoryBefore;
    ofOutput = matMul(ofSum, stateKernel, false, true);
    ofSums.unshift(ofSum);
  }
  const ofAllSums = concat(ofSums, 0);
  const ofInputs = reshape(matMul(ofAllSums, inputKernel, false, true), [steps, batch, features]);
  return [
    transpose(ofInputs, [1, 0, 2]),
    inOtherOrder(matMul(asRows(x), ofAllSums, true)),
    inOtherOrder(matMul(asRows(outputsBefore), ofAllSums, true)),
    inOtherOrder(sum(ofAllSums, 0)),
    ofOutput ?? zeros(h.shape),
    ofMemory,
  ];
}

/** What each step received as the output of the step before. */
function delayed(outputs: Tensor, initial: Tensor): Tensor {
  const [steps = 0] = outputs.shape;
  const first = expandDims(initial, 0);
  return steps === 1 ? first : concat([first, firstRows(outputs, steps - 1)], 0);
}

function firstRows(tensor: Tensor, count: number): Tensor {
  return slice(tensor, 0, count);
}

function lastRows(tensor: Tensor, count: number): Tensor {
  const [rows = 0] = tensor.shape;
  return slice(tensor, rows - count, count);
}

/** [steps, batch, values] → [steps · batch, values] */
function asRows(tensor: Tensor): Tensor2D {
  const [steps = 0, batch = 0, values = 0] = tensor.shape;
  return reshape(tensor, [steps * batch, values]);
}

/** The step's gradient has its gates in the order i, c, f, o; Keras's weights and the sequence's operation in the order i, f, c, o. */
function inOtherOrder(gates: Tensor): Tensor {
  const [first, second, third, fourth] = split(gates, 4, -1) as [Tensor, Tensor, Tensor, Tensor];
  return concat([first, third, second, fourth], -1);
}
