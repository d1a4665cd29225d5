/** A model's name as an identifier: `fashion-mnist` → `fashionMnist`. */
export function identifierOf(name: string): string {
  const identifier = name.replace(/[-_. ]+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? "");
  return /^[A-Za-z_$]/.test(identifier) ? identifier : `model${identifier}`;
}

/** Whether a text can be the part of a model file's name before `.model.ts`. */
export function isModelName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name);
}

/** What a new model file can begin with: `media/templates/<file>.model.ts`. */
export const templates = [
  { file: "mlp", label: "MLP", detail: "Dense layers on Fashion-MNIST" },
  { file: "cnn", label: "CNN", detail: "Convolutions and pooling on Fashion-MNIST" },
  { file: "lstm", label: "LSTM", detail: "A recurrent network that reads an image row by row" },
  { file: "functional", label: "Functional", detail: "A graph of layers with a residual connection" },
  { file: "rbf", label: "RBF", detail: "A layer of your own: radial basis functions" },
  { file: "autoencoder", label: "Autoencoder", detail: "An encoder and a decoder as models within a model" },
  { file: "transformer", label: "Transformer block", detail: "Self-attention, normalization and residual connections" },
] as const;

/** A template's text for a model of this name; in the template it is called `network`. */
export function fillTemplate(template: string, name: string): string {
  return template.replaceAll('"network"', JSON.stringify(name)).replace(/\bnetwork\b(?!")/g, identifierOf(name));
}
