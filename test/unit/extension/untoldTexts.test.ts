import * as vscode from "vscode";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ModelDocuments } from "../../../src/extension/models/modelDocuments";
import { DrawnModels } from "../../../src/extension/monitor/drawnModels";
import { InspectModelTool } from "../../../src/extension/tools/inspectModelTool";
import { RunsFolder } from "../../../src/extension/training/runsFolder";
import { notifyEnd } from "../../../src/extension/training/trainingNotices";
import { TrainingRun, type Outcome } from "../../../src/extension/training/trainingRun";
import type { Training } from "../../../src/extension/training/trainings";
import type { Diagnostic, EndEvent, RunEvent, RunHistory, TrainerMessage } from "../../../src/protocol";
import { editor } from "./fakeVscode";
import { analysis, layer, model, modelFile } from "./fixtures";
import { hiddenNumbers, openModel, uri } from "./openModel";

vi.mock("vscode", () => import("./fakeVscode"));

const network = model([layer({ line: 3 })]);
const told = "dense cannot hold 235,500 values of its 235500, for [235500] alone.";
const untold = "dense cannot hold ? values of its ?, for [235500] alone.";
const hidden = hiddenNumbers();

beforeEach(() => {
  editor.settings.set("layerwise.hints.predict", true);
  editor.notices.length = 0;
  editor.executed.length = 0;
  editor.choice = undefined;
});

describe("a text about models", () => {
  it("does not tell what is still to be predicted", () => {
    expect(hidden.untoldText([network])(told)).toBe(untold);
  });

  it("is whole where nothing is to be predicted, and where no model is known", () => {
    expect(hidden.untoldText([])(told)).toBe(told);
    editor.settings.set("layerwise.hints.predict", false);
    expect(hidden.untoldText([network])(told)).toBe(told);
  });

  it("does not tell the size of a layer that another model file makes, and tells that of one which no model file makes", () => {
    const from = (file: string) => model([layer({ line: 3, file })]);
    expect(hidden.untoldText([from("/work/parts.model.ts")])(told)).toBe(untold);
    expect(hidden.untoldText([from("/work/blocks.ts")])(told)).toBe(told);
  });
});

describe("the end of a run in the monitor", () => {
  const end: EndEvent = { event: "end", reason: "failed", testLoss: null, test: null, best: null, seconds: 1, error: told };
  const history: Pick<RunHistory, "network" | "end"> = { network, end };
  const endOf = async (fields: Partial<RunHistory>): Promise<EndEvent | null> =>
    new DrawnModels(await openModel(), hidden).endOfRun({ ...history, ...fields } as RunHistory);

  it("does not tell in its reason what is still to be predicted", async () => {
    expect(await endOf({})).toEqual({ ...end, error: untold });
  });

  it("is otherwise as it was", async () => {
    const finished: EndEvent = { ...end, reason: "finished", error: undefined };
    expect(await endOf({ end: finished })).toBe(finished);
    expect(await endOf({ end: null })).toBeNull();
    expect(await endOf({ network: null })).toEqual(end);
  });
});

describe("the notice at the end of a training", () => {
  const ended: Outcome = { kind: "ended" };
  const notify = async (outcome: Outcome, events: RunEvent[] = [], monitorVisible = false): Promise<typeof editor.notices> => {
    await notifyEnd({ ...training(events), outcome }, { monitorVisible, untold: hidden.untoldText([network]) });
    return editor.notices;
  };
  const end = (fields: Partial<EndEvent>): EndEvent => ({
    ...{ event: "end", reason: "finished", testLoss: null, test: null, best: null, seconds: 1 },
    ...fields,
  });

  it("does not tell what is still to be predicted, whatever went wrong", async () => {
    await notify({ kind: "refused", message: told });
    await notify({ kind: "died", message: told });
    await notify(ended, [end({ reason: "failed", error: told })]);
    expect(editor.notices).toEqual([
      { severity: "error", text: `mlp was not trained: ${untold}`, buttons: ["Train Again"] },
      { severity: "error", text: `${untold} What it wrote until then is kept.`, buttons: ["Show Monitor", "Train Again"] },
      { severity: "error", text: `Training of mlp failed: ${untold}`, buttons: ["Show Monitor", "Train Again"] },
    ]);
  });

  it("comes where the open monitor does not show the end by itself", async () => {
    expect(await notify(ended, [end({})], true)).toEqual([]);
    expect(await notify(ended, [end({})])).toMatchObject([{ severity: "information", text: "Training of mlp finished." }]);
  });

  it("does with the model of name and key what its buttons say", async () => {
    const target = { uri, plan: "default", model: "mlp", key: "mlp (2)" };
    editor.choice = "Show Monitor";
    await notify(ended, [end({})]);
    editor.choice = "Train Again";
    await notify({ kind: "refused", message: told });
    expect(editor.executed).toEqual([
      { command: "layerwise.showMonitor", argument: target },
      { command: "layerwise.trainModel", argument: target },
    ]);
  });
});

describe("what an assistant in the editor is told", () => {
  const problem: Diagnostic = {
    ...{ code: "c", severity: "warning", message: told, file: modelFile, line: 3, column: 1, endLine: 3, endColumn: 11 },
    fixes: [],
  };
  const inspect = async (): Promise<string> => {
    const result = { analysis: { ...analysis([network]), diagnostics: [problem] } };
    const tool = new InspectModelTool((await openModel(result, result)) as ModelDocuments, hidden);
    const { content } = await tool.invoke({ input: { file: modelFile }, toolInvocationToken: undefined });
    return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("");
  };

  it("has no number that is still to be predicted, in the diagnostics neither", async () => {
    const text = await inspect();
    expect(text).not.toMatch(/235,500|\b235500\b(?!\])|266610|942000|470400/);
    expect(JSON.parse(text)).toMatchObject({ diagnostics: [{ message: untold }], models: [{ layers: [{ params: null }] }] });
    expect(text).toMatch(/still to be predicted: do not tell them/);
  });

  it("has all numbers where none is to be predicted", async () => {
    editor.settings.set("layerwise.hints.predict", false);
    expect(JSON.parse(await inspect())).toMatchObject({
      diagnostics: [{ message: told }],
      models: [{ layers: [{ params: 235_500 }] }],
    });
  });
});

/** A training that has told so much. */
function training(events: RunEvent[]): Training {
  const trainer = {
    pid: 1,
    stop: () => undefined,
    exited: new Promise<never>(() => undefined),
    dispose: () => Promise.resolve(),
  };
  let tell: (message: TrainerMessage) => void = () => undefined;
  const run = new TrainingRun(
    { run: "new-1", model: "mlp", file: "mlp.model.ts", network },
    (onMessage) => {
      tell = onMessage;
      return trainer;
    },
    () => undefined,
    () => undefined,
  );
  tell({ type: "events", events });
  const request = { file: uri, plan: "default", model: "mlp", key: "mlp (2)", network };
  return { run, request, folder: new RunsFolder("/work", () => undefined) };
}
