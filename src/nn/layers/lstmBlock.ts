import {
  add,
  concat,
  customGrad,
  engine,
  getKernel,
  type GradSaveFunc,
  matMul,
  type NamedTensorMap,
  reshape,
  slice,
  split,
  stack,
  sum,
  type Tensor,
  type Tensor2D,
  transpose,
  unstack,
  zeros,
} from "@tensorflow/tfjs-core";

/** One operation for a step of an LSTM with sigmoid and tanh, and one for its gradient: an engine that has them registers both. */
const STEP = "LSTMBlockCell";
const STEP_GRADIENT = "LSTMBlockCellGrad";

/** What a step leaves for its gradient, in the order of the operation's results; the last is the step's output. */
type StepResults = [input: Tensor, memory: Tensor, forget: Tensor, output: Tensor, candidate: Tensor, shown: Tensor, h: Tensor];
const RESULTS = 7;

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
  /** Of every step, or of the last alone. */
  readonly outputs: readonly [Tensor, ...Tensor[]];
  /** The memory after the last step; `undefined` unless asked for. */
  readonly memory: Tensor | undefined;
}

/** Whether the engine has the operations. They have no second derivative: gradients of gradients go through plain operations. */
export function hasLSTMBlock(): boolean {
  const { backendName, state } = engine();
  const isThere = (kernelName: string): boolean => (getKernel(kernelName, backendName) as unknown) !== undefined;
  return state.gradientDepth <= 1 && isThere(STEP) && isThere(STEP_GRADIENT);
}

/**
 * Runs an LSTM over a sequence. Its gradient takes two small operations a step; what the weights get of it is one matrix product over
 * all steps.
 */
export function runLSTMBlock(
  { sequence, kernel, recurrentKernel, bias, initial }: LSTMBlockInputs,
  asked: { readonly everyOutput: boolean; readonly memory: boolean },
): LSTMBlockOutputs {
  const run = customGrad((...args) => {
    const [x, inputKernel, stateKernel, offsets, h, c, save] = args as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      GradSaveFunc,
    ];
    const features = x.shape[2] ?? 0;
    const weights = inOtherOrder(concat([inputKernel, stateKernel], 0));
    const shifts = inOtherOrder(offsets);
    const inputs = unstack(x, 1);
    const results: StepResults[] = [];
    for (const input of inputs) {
      const [, memory = c, , , , , output = h] = results.at(-1) ?? [];
      results.push(runStep({ input, memory, output, weights, shifts }));
    }
    save([weights, shifts, h, c, ...inputs, ...results.flat()]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => backward(dy, saved, { steps: inputs.length, features, asked });
    return { value: packed(results, asked), gradFunc };
  });
  const width = kernel.shape[1] ?? 0;
  const packing = run(sequence, kernel, recurrentKernel, bias ?? zeros([width]), ...initial);
  return unpacked(packing, asked);
}

type Asked = Parameters<typeof runLSTMBlock>[1];

/** A custom gradient is one of a single tensor: the outputs asked for side by side, with the memory behind them. */
function packed(results: readonly StepResults[], { everyOutput, memory }: Asked): Tensor {
  const outputs = results.map((step) => step[6]).slice(everyOutput ? 0 : -1);
  const last = memory ? results.slice(-1).map((step) => step[1]) : [];
  const [first, ...others] = [...outputs, ...last] as [Tensor, ...Tensor[]];
  return everyOutput || memory ? stack([first, ...others], 1) : first;
}

function unpacked(packing: Tensor, { everyOutput, memory }: Asked): LSTMBlockOutputs {
  const parts = everyOutput || memory ? unstack(packing, 1) : [packing];
  const outputs = (memory ? parts.slice(0, -1) : parts) as [Tensor, ...Tensor[]];
  return { outputs, memory: memory ? parts.at(-1) : undefined };
}

interface StepInputs {
  readonly input: Tensor;
  readonly memory: Tensor;
  readonly output: Tensor;
  readonly weights: Tensor;
  readonly shifts: Tensor;
}

function runStep(inputs: StepInputs): StepResults {
  const attributes = { forget_bias: 0, cell_clip: -1, use_peephole: false };
  return engine().runKernel<StepResults>(STEP, stepTensors(inputs), attributes);
}

/** The operation's own names. */
function stepTensors({ input, memory, output, weights, shifts }: StepInputs): NamedTensorMap {
  const peephole = zeros([memory.shape[1] ?? 0]);
  return { x: input, cs_prev: memory, h_prev: output, w: weights, wci: peephole, wcf: peephole, wco: peephole, b: shifts };
}

function backward(
  dy: Tensor,
  [weights, shifts, h, c, ...rest]: Tensor[],
  { steps, features, asked }: { readonly steps: number; readonly features: number; readonly asked: Asked },
): Tensor[] {
  if (!weights || !shifts || !h || !c) throw new Error("The LSTM's gradient has lost what it saved.");
  const inputs = rest.slice(0, steps);
  const results = inputs.map((_, step) => rest.slice(steps + RESULTS * step, steps + RESULTS * (step + 1)) as StepResults);
  const outputsBefore = [h, ...results.slice(0, -1).map((step) => step[6])];
  const memoriesBefore = [c, ...results.slice(0, -1).map((step) => step[1])];
  const [inputKernel, stateKernel] = rowsOf(weights, features);
  const { outputs: given, memory } = unpacked(dy, asked);

  let ofMemory = memory ?? zeros(c.shape);
  let ofOutput: Tensor | undefined;
  const ofSums: Tensor[] = [];
  for (let step = steps - 1; step >= 0; step--) {
    const own = given[step - steps + given.length];
    const whole = own && ofOutput ? add<Tensor>(own, ofOutput) : (own ?? ofOutput ?? zeros(h.shape));
    const [i, cs, f, o, ci, co] = results[step] as StepResults;
    const before = { memory: memoriesBefore[step] as Tensor, output: outputsBefore[step] as Tensor };
    const tensors = stepTensors({ input: inputs[step] as Tensor, ...before, weights, shifts });
    const [ofMemoryBefore, ofSum] = engine().runKernel<Tensor[]>(
      STEP_GRADIENT,
      { ...tensors, i, cs, f, o, ci, co, cs_grad: ofMemory, h_grad: whole },
      { use_peephole: false },
    ) as [Tensor, Tensor];
    ofMemory = ofMemoryBefore;
    ofOutput = matMul(ofSum, stateKernel, false, true);
    ofSums.unshift(ofSum);
  }
  const ofAllSums = concat(ofSums, 0);
  const seen = concat([concat(inputs, 0), concat(outputsBefore, 0)], 1);
  const ofWeights = inOtherOrder(matMul(seen, ofAllSums, true));
  const ofInputs = reshape(matMul(ofAllSums, inputKernel, false, true), [steps, -1, features]);
  return [
    transpose(ofInputs, [1, 0, 2]),
    ...rowsOf(ofWeights, features),
    inOtherOrder(sum(ofAllSums, 0)),
    ofOutput ?? zeros(h.shape),
    ofMemory,
  ];
}

/** The rows that multiply the inputs, and those that multiply the state. */
function rowsOf(weights: Tensor, features: number): [Tensor, Tensor] {
  const [rows = 0, width = 0] = weights.shape;
  return [
    slice(weights as Tensor2D, [0, 0], [features, width]),
    slice(weights as Tensor2D, [features, 0], [rows - features, width]),
  ];
}

/** The operation's gates stand in the order i, c, f, o; Keras's in the order i, f, c, o. */
function inOtherOrder(gates: Tensor): Tensor {
  const [first, second, third, fourth] = split(gates, 4, -1) as [Tensor, Tensor, Tensor, Tensor];
  return concat([first, third, second, fourth], -1);
}
