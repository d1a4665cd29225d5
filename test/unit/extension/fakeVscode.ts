/**
 * As much of VS Code as the unit tests of the extension need, where they are of what it does and not of how VS Code shows it:
 * `vi.mock("vscode", () => import("./fakeVscode"))`.
 */

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
  ) {}

  static file(path: string): Uri {
    return new Uri("file", path);
  }

  static parse(text: string): Uri {
    return Uri.file(text.replace(/^file:\/\//, ""));
  }

  static joinPath(uri: Uri, ...parts: string[]): Uri {
    return Uri.parse(new URL(parts.join("/"), `${uri.toString()}/`).href);
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `${this.scheme}://${this.path}`;
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  constructor(
    readonly start: Position,
    readonly end: Position,
  ) {}
}

export class CodeLens {
  constructor(
    readonly range: Range,
    readonly command: unknown,
  ) {}
}

export class ThemeIcon {
  constructor(readonly id: string) {}
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void): { dispose: () => void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class LanguageModelTextPart {
  constructor(readonly value: string) {}
}

export class LanguageModelToolResult {
  constructor(readonly content: unknown[]) {}
}

/** What a test sets, and what it looks at afterwards. */
export const editor = {
  settings: new Map<string, unknown>(),
  /** The button that is pressed in every notice. */
  choice: undefined as string | undefined,
  notices: [] as { severity: "error" | "information"; text: string; buttons: string[] }[],
  executed: [] as { command: string; argument: unknown }[],
  /** What the page of the newest panel asks for, and what it is told. */
  requests: new EventEmitter<unknown>(),
  messages: [] as unknown[],
};

const never = new EventEmitter<never>().event;
const register = (): { dispose: () => void } => ({ dispose: () => undefined });

function notice(severity: "error" | "information") {
  return (text: string, ...buttons: string[]): Promise<string | undefined> => {
    editor.notices.push({ severity, text, buttons });
    return Promise.resolve(editor.choice);
  };
}

function createWebviewPanel(): object {
  return {
    visible: true,
    reveal: () => undefined,
    dispose: () => undefined,
    onDidDispose: never,
    onDidChangeViewState: never,
    webview: {
      asWebviewUri: (uri: Uri) => uri,
      onDidReceiveMessage: editor.requests.event,
      postMessage: (message: unknown) => editor.messages.push(message),
    },
  };
}

export enum ViewColumn {
  Beside = -2,
}

export const window = {
  activeTextEditor: undefined,
  visibleTextEditors: [],
  tabGroups: { all: [], onDidChangeTabs: never },
  registerWebviewPanelSerializer: register,
  createWebviewPanel,
  onDidChangeTextEditorSelection: never,
  onDidChangeActiveTextEditor: never,
  showErrorMessage: notice("error"),
  showInformationMessage: notice("information"),
};

export const commands = {
  executeCommand: (command: string, argument: unknown): Promise<void> => {
    editor.executed.push({ command, argument });
    return Promise.resolve();
  },
};

export const lm = { registerTool: register };

export const languages = { registerCodeLensProvider: register };

const folder = { uri: Uri.file("/work") };

export const workspace = {
  textDocuments: [],
  // Every file is there.
  fs: { stat: (): Promise<object> => Promise.resolve({}) },
  workspaceFolders: [folder],
  getWorkspaceFolder: (uri: Uri): typeof folder | undefined => (uri.path.startsWith(`${folder.uri.path}/`) ? folder : undefined),
  getConfiguration: (): { get: (id: string) => unknown } => ({ get: (id: string) => editor.settings.get(id) }),
  onDidChangeConfiguration: never,
  onDidRenameFiles: never,
  createFileSystemWatcher: (): object => ({
    onDidCreate: never,
    onDidDelete: never,
    onDidChange: never,
    dispose: () => undefined,
  }),
};
