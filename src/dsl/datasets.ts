import { arrays, DataSet } from "./data";

/** 70,000 grey images of clothes, 28×28 with values 0–255, in 10 classes: 60,000 to train on, 10,000 to test. Xiao et al. 2017. */
export function fashionMnist(): DataSet {
  return named("fashion-mnist", { inputShape: [28, 28], inputRange: [0, 255], classes: 10, samples: 60_000, hasTest: true });
}

/** 70,000 handwritten digits, 28×28 with values 0–255: 60,000 to train on, 10,000 to test. LeCun et al. 1998. */
export function mnist(): DataSet {
  return named("mnist", { inputShape: [28, 28], inputRange: [0, 255], classes: 10, samples: 60_000, hasTest: true });
}

/** 1,797 handwritten digits, 8×8 with values 0–16. Alpaydin & Kaynak 1998. */
export function digits(): DataSet {
  return named("digits", { inputShape: [8, 8], inputRange: [0, 16], classes: 10, samples: 1797 });
}

/** 150 flowers of three species by four lengths in cm. Fisher 1936. */
export function iris(): DataSet {
  return named("iris", { inputShape: [4], inputRange: [0.1, 7.9], classes: 3, samples: 150 });
}

/** Whether exactly one of two inputs is 1: four samples that no straight line separates. */
export function xor(): DataSet {
  return arrays({
    x: [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
    y: [0, 1, 1, 0],
  });
}

/**
 * How readily one amino acid takes another's place in evolution: for each of the 380 ordered pairs of different amino acids, inputs
 * `i` and `j` (numbers 0–19 in the order ARNDCQEGHILKMFPSTWYV) and the BLOSUM62 score as target. Henikoff & Henikoff 1992.
 */
export function blosum62(): DataSet {
  return named("blosum62", { inputShapes: { i: [1], j: [1] }, samples: 380 });
}

function named(name: string, description: DataSet["description"]): DataSet {
  return new DataSet({ kind: "named", name }, description);
}
