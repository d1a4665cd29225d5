import { matMul, reshape, sum, type Tensor, transpose } from "@tensorflow/tfjs-core";

/** The labels of an operand's axes, one each. */
export type Labels = readonly string[];

/**
 * Einstein's summation over two tensors: what is not in `output` is summed. As one matrix product, so that it has gradients and can be
 * compiled. No label comes twice in one tensor, and every label of the output is one of an operand.
 */
export function einsum([a, aLabels]: readonly [Tensor, Labels], [b, bLabels]: readonly [Tensor, Labels], output: Labels): Tensor {
  const needed = (other: Labels) => (label: string) => other.includes(label) || output.includes(label);
  const left = summed(a, aLabels, needed(bLabels));
  const right = summed(b, bLabels, needed(aLabels));
  const shared = left.labels.filter((label) => right.labels.includes(label));
  const batch = shared.filter((label) => output.includes(label));
  const inner = shared.filter((label) => !output.includes(label));
  const rows = left.labels.filter((label) => !shared.includes(label));
  const columns = right.labels.filter((label) => !shared.includes(label));
  const size = (label: string): number => left.size(label) ?? right.size(label) ?? 1;
  const sizes = (labels: Labels): number[] => labels.map(size);
  const product = matMul(
    reshape(left.ordered([...batch, ...rows, ...inner]), [count(sizes(batch)), count(sizes(rows)), count(sizes(inner))]),
    reshape(right.ordered([...batch, ...inner, ...columns]), [count(sizes(batch)), count(sizes(inner)), count(sizes(columns))]),
  );
  const labels = [...batch, ...rows, ...columns];
  return new Labelled(reshape(product, sizes(labels)), labels).ordered(output);
}

class Labelled {
  constructor(
    readonly tensor: Tensor,
    readonly labels: Labels,
  ) {}

  size(label: string): number | undefined {
    return this.tensor.shape[this.labels.indexOf(label)];
  }

  ordered(labels: Labels): Tensor {
    const inOrder = labels.every((label, axis) => this.labels[axis] === label);
    return inOrder
      ? this.tensor
      : transpose(
          this.tensor,
          labels.map((label) => this.labels.indexOf(label)),
        );
  }
}

function summed(tensor: Tensor, labels: Labels, isNeeded: (label: string) => boolean): Labelled {
  const surplus = labels.flatMap((label, axis) => (isNeeded(label) ? [] : [axis]));
  return surplus.length === 0 ? new Labelled(tensor, labels) : new Labelled(sum(tensor, surplus), labels.filter(isNeeded));
}

function count(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}
