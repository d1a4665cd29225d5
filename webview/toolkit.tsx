/*
 * The one door to @vscode/webview-ui-toolkit, which is deprecated: replacing it touches this file alone.
 */
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing } from "@vscode/webview-ui-toolkit";
import type { ComponentChildren, HTMLAttributes, VNode } from "preact";

declare module "preact" {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- preact's elements are declared in one
  namespace JSX {
    interface IntrinsicElements {
      "vscode-button": HTMLAttributes & { appearance: "primary" | "secondary" };
      "vscode-progress-ring": HTMLAttributes;
    }
  }
}

export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());
}

export function Button(props: {
  appearance?: "primary" | "secondary";
  title?: string;
  onClick: () => void;
  children: ComponentChildren;
}): VNode {
  return (
    <vscode-button appearance={props.appearance ?? "secondary"} title={props.title} onClick={props.onClick}>
      {props.children}
    </vscode-button>
  );
}

export function ProgressRing({ label }: { label: string }): VNode {
  return <vscode-progress-ring aria-label={label} />;
}
