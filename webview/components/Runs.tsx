import type { VNode } from "preact";
import type { RunListItem } from "../../src/protocol/monitor";
import { formatValue, readableName } from "../format";
import { request } from "../host";
import { history, runs } from "../store";
import { runColor } from "../theme";

const SYMBOLS: Record<RunListItem["state"], { icon: string; text: string }> = {
  queued: { icon: "clock", text: "waiting" },
  starting: { icon: "loading", text: "starting" },
  training: { icon: "play", text: "training" },
  finished: { icon: "check", text: "finished" },
  stopped: { icon: "debug-stop", text: "stopped" },
  "early-stopping": { icon: "debug-stop", text: "stopped early" },
  failed: { icon: "error", text: "failed" },
};

/** The runs of this folder, the newest first. */
export function Runs(): VNode {
  return (
    <nav aria-label="Runs">
      <h2>Runs</h2>
      <ul>
        {runs.value.map((run) => (
          <li key={run.run}>
            <RunButton run={run} selected={run.run === history.value?.run} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function RunButton({ run, selected }: { run: RunListItem; selected: boolean }): VNode {
  const symbol = SYMBOLS[run.state];
  const { headline } = run;
  const started = new Date(run.startedAt);
  const figure = headline === null ? "" : `, ${readableName(headline.name)} ${formatValue(headline.value)}`;
  return (
    <button
      type="button"
      class={selected ? "run selected" : "run"}
      aria-current={selected ? "true" : undefined}
      aria-label={`${run.model}, ${symbol.text}${figure}, started ${started.toLocaleString()}`}
      title={`${run.model} · ${symbol.text}${figure} · ${started.toLocaleString()}`}
      onClick={() => request({ type: "showRun", run: run.run })}
    >
      <span class="swatch" style={{ background: runColor(run.run) }} />
      <span class={`codicon codicon-${symbol.icon}`} aria-hidden="true" />
      <span class="name">{run.model}</span>
      <span class="figure">{headline === null ? "" : formatValue(headline.value)}</span>
      <span class="time">
        {started.toLocaleString([], { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" })}
      </span>
    </button>
  );
}
