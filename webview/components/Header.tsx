import type { VNode } from "preact";
import { formatCount } from "../../src/format/numbers";
import { isResumable, type ShownRun } from "../../src/protocol/monitor";
import { formatMilliseconds, formatSeconds, formatValue, readableName } from "../format";
import { request } from "../host";
import { type Progress, progressOf } from "../progress";
import { Button } from "../toolkit";

const STATE_NAMES: Record<ShownRun["state"], string> = {
  queued: "waiting for another run",
  starting: "starting",
  training: "training",
  finished: "finished",
  stopped: "stopped",
  "early-stopping": "stopped early",
  failed: "failed",
};

const ENGINE_NAMES = { tensorflow: "TensorFlow", wasm: "WebAssembly", cpu: "JavaScript" } as const;

/** One row: run, state, progress, speed, engine, and what can be done. */
export function Header({ run }: { run: ShownRun }): VNode {
  const progress = progressOf(run);
  const active = run.state === "queued" || run.state === "starting" || run.state === "training";
  return (
    <header>
      <h1 title={run.file}>{run.model}</h1>
      <span class={`state ${run.state}`} role="status">
        {STATE_NAMES[run.state]}
      </span>
      {active && <ProgressBar progress={progress} />}
      <Figures run={run} progress={progress} active={active} />
      <span class="engine" title={run.engine?.reason}>
        {run.engine !== null && engineText(run.engine)}
      </span>
      {active ? (
        <Button
          appearance="primary"
          title="Ends after the step under way; the weights are kept"
          onClick={() => request({ type: "stop", run: run.run })}
        >
          Stop
        </Button>
      ) : (
        <>
          {isResumable(run) && (
            <Button
              appearance="secondary"
              title="Goes on from the run's last checkpoint"
              onClick={() => request({ type: "resume", run: run.run })}
            >
              Resume
            </Button>
          )}
          <Button
            appearance="primary"
            title="Trains the plan of the active model file"
            onClick={() => request({ type: "train" })}
          >
            Train again
          </Button>
        </>
      )}
    </header>
  );
}

function ProgressBar({ progress }: { progress: Progress }): VNode {
  const share = progress.share ?? 0;
  const percent = Math.round(100 * share);
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label="Training progress"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div style={{ width: `${(100 * share).toFixed(2)}%` }} />
    </div>
  );
}

function Figures({ run, progress, active }: { run: ShownRun; progress: Progress; active: boolean }): VNode | null {
  if (run.steps === null || run.epochs === null) return null;
  return (
    <>
      <span>
        epoch {progress.epoch} / {run.epochs}
      </span>
      {active && (
        <span class="step">
          step {formatCount(progress.step)} / {formatCount(run.steps)}
        </span>
      )}
      {active && progress.msPerStep !== null && <span>{formatMilliseconds(progress.msPerStep)} ms/step</span>}
      {progress.secondsLeft !== null && <span class="dim">{formatSeconds(progress.secondsLeft)} left</span>}
      {run.end !== null && <Results run={run} />}
    </>
  );
}

function Results({ run }: { run: ShownRun }): VNode | null {
  const { end } = run;
  if (end === null) return null;
  const tests = Object.entries(end.test ?? {});
  return (
    <>
      {tests.map(([name, value]) => (
        <span key={name} class="result">
          test {readableName(name)} <strong>{formatValue(value)}</strong>
        </span>
      ))}
      {end.testLoss !== null && (
        <span class="result">
          test loss <strong>{formatValue(end.testLoss)}</strong>
        </span>
      )}
      <span class="dim">{formatSeconds(end.seconds)}</span>
    </>
  );
}

function engineText(engine: NonNullable<ShownRun["engine"]>): string {
  const ways = [engine.captured ? "captured" : "eager", ...(engine.jit ? ["XLA"] : [])];
  return `${ENGINE_NAMES[engine.name]} ${engine.version} · ${engine.device} · ${ways.join(", ")}`;
}
