/** What is typed into: model files of which one number is changed again and again. */
export interface EditedFile {
  readonly title: string;
  readonly layers: number;
  /** The text after an edit, which differs from those before. */
  text(edit: number): string;
}

const HEAD = `import { layers, sequential } from "layerwise";\n\n`;
const UNITS = 16;

/** Nothing but the import: what an analysis takes in any case. */
export const EMPTY: EditedFile = { title: "empty", layers: 0, text: (edit) => `${HEAD}// ${edit}\n` };

/** Each layer on a line of its own. */
export function writtenOut(layers: number): EditedFile {
  const line = `  layers.dense(${UNITS}, { activation: "relu", kernelInitializer: "heNormal" }),\n`;
  const text = (edit: number): string =>
    `${HEAD}export const network = sequential({ inputShape: [${8 + edit}] }, [\n${line.repeat(layers)}]);\n`;
  return { title: `${layers.toLocaleString("en")} layers, a line each`, layers, text };
}

/** All layers from one call. */
export function inLoop(layers: number): EditedFile {
  const text = (edit: number): string => `${HEAD}export const network = sequential({ inputShape: [${8 + edit}] });
for (let i = 0; i < ${layers}; i++) network.add(layers.dense(${UNITS}, { activation: "relu", kernelInitializer: "heNormal" }));
`;
  return { title: `${layers.toLocaleString("en")} layers in a loop`, layers, text };
}
