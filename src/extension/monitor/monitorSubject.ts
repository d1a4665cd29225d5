import * as vscode from "vscode";
import * as z from "zod/mini";

const StoredSubject = z.object({
  home: z.string(),
  file: z.nullable(z.string()),
  model: z.nullable(z.string()),
  key: z.nullable(z.string()),
  run: z.nullable(z.string()),
  view: z.enum(["training", "diagram"]),
});

/** What the monitor shows. */
export interface MonitorSubject {
  /** The folder whose runs are listed. */
  readonly home: vscode.Uri;
  /** The model file that is trained and drawn. */
  readonly file: vscode.Uri | null;
  /** The plan that its button trains. */
  readonly plan?: string | undefined;
  /** The name of the model that the plan trains. */
  readonly model: string | null;
  /** The key of the model that is drawn while no run is shown. */
  readonly key: string | null;
  readonly run: string | null;
  readonly view: "training" | "diagram";
}

const KEY = "layerwise.monitor";

/** Remembers what the monitor shows over a reload of the window. */
export function rememberSubject(state: vscode.Memento, { home, file, model, key, run, view }: MonitorSubject): void {
  const uris = { home: home.toString(), file: file?.toString() ?? null };
  const stored: z.infer<typeof StoredSubject> = { ...uris, model, key, run, view };
  void state.update(KEY, stored);
}

export function recallSubject(state: vscode.Memento): MonitorSubject | undefined {
  const stored = StoredSubject.safeParse(state.get(KEY));
  if (!stored.success) return undefined;
  const { home, file, ...rest } = stored.data;
  return { ...rest, home: vscode.Uri.parse(home), file: file === null ? null : vscode.Uri.parse(file) };
}
