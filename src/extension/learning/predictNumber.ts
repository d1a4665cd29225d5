import * as vscode from "vscode";
import { formatCount, formatShapes } from "../../format";
import { deriveParameters, deriveRepeatedParameters } from "../math/derivation";
import type { LayerHint } from "../models/annotations";
import { flattenedShape } from "../models/flattenedShape";
import { layerNames, totalParams } from "../models/layerText";
import { evaluateArithmetic } from "./arithmetic";
import type { HiddenNumbers } from "./hiddenNumbers";
import { missingTerm } from "./missingTerm";

const giveUp: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("eye"), tooltip: "Show the number" };

/**
 * Asks for the number of parameters of the layers that a call made, until it is right, shown on demand, or given up. A wrong answer is told
 * which term is missing. @returns the derivation where it was found or shown.
 */
export async function predictNumber(file: vscode.Uri, hint: LayerHint, hidden: HiddenNumbers): Promise<string | undefined> {
  const { layers, model } = hint;
  const [first] = layers;
  const params = totalParams(layers);
  if (params === null) throw new Error(`The parameters of ${first.name} are not known: what reaches it is not.`);
  const shapes = `${formatShapes(first.inputShape)} → ${formatShapes(layers.at(-1)?.outputShape ?? null)}`;
  const shown = await ask({
    title: `How many parameters has ${layerNames(layers)}?`,
    prompt: `${first.type}, ${shapes}. A number, or how it is made: 3 * 4 + 4.`,
    objection: (answer) => (answer === params ? undefined : missingTerm(answer, layers, model)),
  });
  if (!shown) return undefined;
  await hidden.reveal(file, layers);
  const derivation = layers.length > 1 ? deriveRepeatedParameters(layers) : deriveParameters(first, flattenedShape(first, model));
  return derivation?.text ?? formatCount(params);
}

interface Question {
  readonly title: string;
  readonly prompt: string;
  /** What is wrong with an answer; undefined for the right one. */
  readonly objection: (answer: number) => string | undefined;
}

/** @returns whether the answer may be shown now. */
function ask({ title, prompt, objection }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const input = vscode.window.createInputBox();
    input.title = title;
    input.prompt = prompt;
    input.placeholder = "parameters";
    input.buttons = [giveUp];
    input.ignoreFocusOut = true;
    const end = (shown: boolean): void => {
      resolve(shown);
      input.dispose();
    };
    input.onDidAccept(() => {
      const answer = evaluateArithmetic(input.value);
      const message =
        answer === undefined ? "Write a number such as 235,500, or sums and products of numbers." : objection(answer);
      if (message === undefined) end(true);
      else input.validationMessage = { message, severity: vscode.InputBoxValidationSeverity.Warning };
    });
    input.onDidChangeValue(() => (input.validationMessage = undefined));
    input.onDidTriggerButton(() => end(true));
    input.onDidHide(() => end(false));
    input.show();
  });
}
