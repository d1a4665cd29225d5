import * as vscode from "vscode";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { CommandHandlers } from "../../../src/extension/commandHandlers";
import { commandLink, commandTarget } from "../../../src/extension/commandTarget";
import { ModelLensProvider } from "../../../src/extension/editor/codeLenses";
import type { ModelSummaries } from "../../../src/extension/editor/summaries";
import type { ModelDocuments } from "../../../src/extension/models/modelDocuments";
import { DrawnModels } from "../../../src/extension/monitor/drawnModels";
import { Monitor } from "../../../src/extension/monitor/monitor";
import { recallSubject, rememberSubject, type MonitorSubject } from "../../../src/extension/monitor/monitorSubject";
import { trainModel } from "../../../src/extension/training/trainCommand";
import { RunsFolder } from "../../../src/extension/training/runsFolder";
import { TrainingRun } from "../../../src/extension/training/trainingRun";
import type { Training, Trainings, TrainRequest } from "../../../src/extension/training/trainings";
import { editor } from "./fakeVscode";
import { analysis, layer, model, plan } from "./fixtures";
import { hiddenNumbers, openModel, uri } from "./openModel";

vi.mock("vscode", () => import("./fakeVscode"));

const first = model([layer({ line: 2, name: "first" })], { name: "net", line: 1 });
const second = model([layer({ line: 5, name: "second" })], { name: "net", line: 4 });
/** Two models of one name, and a plan for the second. */
const twins = analysis([first, second], [plan({ model: "net", modelIndex: 1, line: 8 })]);
/** As far as the file came when it did not run to its end. */
const withoutPlan = { analysis: analysis([first, second]), complete: false };
const target = { uri, plan: "default", model: "net", key: "net (2)" };
const hidden = hiddenNumbers();

const runsFolder = new RunsFolder("/work", () => undefined);
const shown: MonitorSubject[] = [];
const started: TrainRequest[] = [];
const trainings: Pick<Trainings, "list" | "folder" | "active" | "start" | "onDidChange" | "onDidEnd"> = {
  onDidChange: new vscode.EventEmitter<never>().event,
  onDidEnd: new vscode.EventEmitter<never>().event,
  active: [],
  folder: () => runsFolder,
  list: () => Promise.resolve([]),
  start: (request) => {
    started.push(request);
    return Promise.resolve(training(request));
  },
};
const shownTo: Pick<Monitor, "show"> = {
  show: (subject) => {
    shown.push(subject);
    return Promise.resolve();
  },
};

function commands(documents: Pick<ModelDocuments, "get" | "analyze">): CommandHandlers["handlers"] {
  const none: unknown = {};
  return new CommandHandlers(
    documents as ModelDocuments,
    trainings as Trainings,
    shownTo as Monitor,
    none as ModelSummaries,
    hidden,
    "",
    none as vscode.LogOutputChannel,
  ).handlers;
}

function training(request: TrainRequest): Training {
  const trainer = {
    pid: 1,
    stop: () => undefined,
    exited: new Promise<never>(() => undefined),
    dispose: () => Promise.resolve(),
  };
  const start = { run: "new-1", model: request.model, file: "mlp.model.ts", network: request.network };
  const run = new TrainingRun(
    start,
    () => trainer,
    () => undefined,
    () => undefined,
  );
  return { request, run, folder: runsFolder };
}

/** What the page is told to draw. */
function drawnTwin(key: string): unknown {
  return expect.objectContaining({ type: "show", network: expect.objectContaining({ name: "net", key }) as unknown });
}

beforeEach(() => {
  shown.length = 0;
  started.length = 0;
});

describe("the lenses of models of one name", () => {
  it("name the model and its key", async () => {
    const documents = await openModel({ analysis: twins });
    const pace = { predict: () => Promise.resolve(undefined) };
    const lenses = new ModelLensProvider(documents as ModelDocuments, hidden, pace);
    const { document } = documents.get(uri) ?? {};
    const found = document === undefined ? [] : await lenses.provideCodeLenses(document);
    expect(found.map(({ command }) => [command?.command, command?.arguments?.[0] as unknown])).toEqual([
      ["layerwise.showLayerDiagram", { uri, model: "net", key: "net" }],
      ["layerwise.showLayerDiagram", { uri, model: "net", key: "net (2)" }],
      ["layerwise.trainModel", target],
      ["layerwise.showMonitor", target],
      ["layerwise.showLayerDiagram", target],
    ]);
  });
});

describe("a command's target", () => {
  it("is read with its key from a lens and from a link", () => {
    expect(commandTarget({ ...target, layer: "second" })).toEqual({ ...target, layer: "second" });
    const [, argument = ""] = /\?(.*)\)$/.exec(commandLink("Diagram", "layerwise.showLayerDiagram", target)) ?? [];
    const [read] = JSON.parse(decodeURIComponent(argument)) as unknown[];
    expect(commandTarget(read)).toMatchObject({ plan: "default", model: "net", key: "net (2)" });
    expect(commandTarget({ uri, model: 1, key: 2 })).toEqual({ uri });
  });
});

describe("the monitor", () => {
  it("shows the network that the plan trains before there is a run of it", async () => {
    const documents = await openModel({ analysis: twins });
    await commands(documents)["layerwise.showMonitor"](target);
    expect(shown).toMatchObject([{ plan: "default", model: "net", key: "net (2)", run: null, view: "training" }]);
    const drawn = shown.map((subject) => new DrawnModels(documents, hidden).network(uri, subject));
    expect(drawn).toMatchObject([{ name: "net", key: "net (2)", layers: [{ name: "second" }] }]);
  });

  it("shows a run's model by name and key", async () => {
    await commands(await openModel({ analysis: twins }, { analysis: twins }))["layerwise.trainModel"]({ uri, plan: "default" });
    expect(shown).toMatchObject([{ plan: "default", model: "net", key: "net (2)", run: "new-1", view: "training" }]);
  });

  it("draws what is chosen by key, and trains its plan's model by name", async () => {
    const state: Partial<vscode.Memento> = { update: () => Promise.resolve() };
    const context: Partial<vscode.ExtensionContext> = {
      extensionUri: uri,
      workspaceState: state as vscode.ExtensionContext["workspaceState"],
    };
    const monitor = new Monitor(
      context as vscode.ExtensionContext,
      (await openModel({ analysis: twins })) as ModelDocuments,
      trainings as Trainings,
      hidden,
      {} as vscode.LogOutputChannel,
    );
    await monitor.show({ home: uri, file: uri, plan: "default", model: "net", key: "net (2)", run: null, view: "training" });
    editor.requests.fire({ type: "train" });
    expect(editor.executed.filter(({ command }) => command === "layerwise.trainModel")).toEqual([
      { command: "layerwise.trainModel", argument: target },
    ]);
    editor.requests.fire({ type: "ready" });
    await vi.waitFor(() => expect(editor.messages).toContainEqual(drawnTwin("net (2)")));
    editor.requests.fire({ type: "showModel", key: "net" });
    await vi.waitFor(() => expect(editor.messages).toContainEqual(drawnTwin("net")));
    expect(monitor.subject).toMatchObject({ model: "net", key: "net" });
  });

  it("remembers both over a reload of the window, and nothing that is not whole", () => {
    const store = new Map<string, unknown>();
    const state: Pick<vscode.Memento, "get" | "update"> = {
      get: (key: string) => store.get(key),
      update: (key, value) => Promise.resolve(void store.set(key, value)),
    };
    const subject: MonitorSubject = { home: uri, file: uri, model: "net", key: "net (2)", run: null, view: "diagram" };
    rememberSubject(state as vscode.Memento, subject);
    expect(recallSubject(state as vscode.Memento)).toEqual(subject);
    for (const [key, value] of store) store.set(key, { ...(value as object), key: 2 });
    expect(recallSubject(state as vscode.Memento)).toBeUndefined();
  });
});

describe("a training", () => {
  it("has the network of its plan", async () => {
    await trainModel(await openModel({ analysis: twins }, { analysis: twins }), trainings, hidden, { uri, plan: "default" });
    expect(started).toEqual([{ file: uri, plan: "default", model: "net", key: "net (2)", network: second }]);
  });

  it("has the lens's model where the newest analysis does not know its plan any more", async () => {
    const documents = await openModel({ analysis: twins }, withoutPlan, withoutPlan, withoutPlan);
    await trainModel(documents, trainings, hidden, target);
    await trainModel(documents, trainings, hidden, { ...target, key: undefined });
    await trainModel(documents, trainings, hidden, { ...target, model: "gone" });
    expect(started).toEqual([
      { file: uri, plan: "default", model: "net", key: "net (2)", network: second },
      { file: uri, plan: "default", model: "net", key: "net", network: first },
      { file: uri, plan: "default", model: "gone", key: null, network: null },
    ]);
  });
});
