/** How formulas call a weight, by its name within the layer; where several are given, the one that the formula uses. */
const symbols: Readonly<Record<string, readonly string[]>> = {
  kernel: ["W"],
  recurrent_kernel: ["U"],
  bias: ["b"],
  depthwise_kernel: ["D", "W"],
  pointwise_kernel: ["P"],
  embeddings: ["E"],
  gamma: [String.raw`\gamma`],
  beta: [String.raw`\beta`],
  moving_mean: [String.raw`\bar\mu`],
  moving_variance: [String.raw`\bar\sigma^2`],
  alpha: [String.raw`\alpha`],
  scale: [String.raw`\gamma`, "g", "w"],
  vector_u: ["u"],
  concat_score_weight: ["w"],
  "query/kernel": ["W^Q"],
  "key/kernel": ["W^K"],
  "value/kernel": ["W^V"],
  "gate/kernel": ["W^G"],
  "attention_output/kernel": ["W^O"],
  "query/bias": ["b^Q"],
  "key/bias": ["b^K"],
  "value/bias": ["b^V"],
  "gate/bias": ["b^G"],
  "attention_output/bias": ["b^O"],
};

/** The symbol of a weight in a layer's formula; undefined for a weight that formulas do not name. */
export function weightSymbol(weight: string, formula: string): string | undefined {
  const candidates = symbols[weight] ?? wrappedSymbols(weight) ?? [];
  return candidates.find((symbol) => texTokens(formula).includes(symbol)) ?? candidates[0];
}

/** A layer that holds another writes that one's formula; bidirectional layers hold two, whose arrows tell them apart. */
function wrappedSymbols(weight: string): readonly string[] | undefined {
  const [, direction, inner = ""] = /^(?:(forward|backward)_)?[^/]+\/(.+)$/.exec(weight) ?? [];
  if (direction === undefined) return symbols[inner];
  const arrow = direction === "forward" ? String.raw`\overrightarrow` : String.raw`\overleftarrow`;
  return symbols[inner]?.map((symbol) => `${arrow}{${symbol}}`);
}

/** LaTeX's tokens: a command, or one character. */
export function texTokens(tex: string): string[] {
  return tex.match(/\\[a-zA-Z]+|\\.|[^\\]/gs) ?? [];
}
