/** The page that `npm run bench -- --write` writes, around what was measured. */
export function documentAround(measured: string): string {
  return `# Benchmarks

<!-- Written by \`npm run bench -- --write\`: change bench/comparison/document.ts instead. -->

${measured}
## What is measured

- **Networks** (\`bench/workloads.ts\`, \`bench/python\`): *mlp* 784-300-100-10 with leaky ReLU, *deep* 60 × dense(100, SELU), *cnn* two convolutions with
  pooling and two dense layers, all by SGD; *lstm* LSTM(64) on 28 rows of 28 by Adam; *rbf* 784-64-64-10 with the course's own layer of
  Gaussian basis functions, distances by broadcasting, by RMSprop. The same architecture, batch and data shapes everywhere.
- **Keras fit** is \`compile\` and \`fit\` over arrays with their defaults, as in a notebook; **best Keras** the fastest of \`jit_compile\` on and off, \`steps_per_execution\` 1 and
  50, oneDNN on and off, named in the cell. Milliseconds are the time of \`fit\` by its steps, after a first epoch that compiles.
- **PyTorch** is a plain loop over tensors in memory: a batch gathered by shuffled indices, forward, loss, accuracy, backward, optimizer. *Compiled* is
  \`torch.compile\` around forward pass and loss.
- **Layerwise** is the loop of a run: the epoch's order, gathering, learning rate, step, and reports read as for the monitor. *Eager* runs operation by operation,
  *captured* as one TensorFlow function a step, *XLA* the same function compiled; *auto* is what a run does by default.
- Every library has a process of its own with its default number of threads; these live through the benchmark and take turns, so that a busy machine
  slows all of them. What fails says why in its cell.
- **First loss**: from starting \`dist/cli.js train\` on \`course/fashion-mnist/mlp.model.ts\` to its first \`step\` event, and from starting \`bench/python/fashion_mnist.py\`
  to the line its callback prints after the first batch. **Memory** is the largest sum of resident memory of a command's processes, looked at
  ten times a second; pages that processes share count for each.
`;
}
