import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import type { ShownRun } from "../../src/protocol/monitor";
import { runColor, themeVersion } from "../theme";
import { ProgressRing } from "../toolkit";
import { Chart } from "./Chart";
import { bestEpoch, chartsOf } from "./series";

/** Small multiples of equal width on one axis of epochs. */
export function Charts({ run }: { run: ShownRun }): VNode {
  const charts = useMemo(() => chartsOf(run), [run]);
  if (run.stepRecords.length === 0 && run.epochEvents.length === 0) return <Waiting run={run} />;
  return (
    <>
      {charts.map((data) => (
        <Chart
          // A theme's change draws a new chart: a canvas does not follow CSS.
          key={`${run.run} ${data.name} ${themeVersion.value.toString()}`}
          data={data}
          epochs={run.epochs ?? 1}
          best={bestEpoch(run)}
          color={runColor(run.run)}
        />
      ))}
    </>
  );
}

function Waiting({ run }: { run: ShownRun }): VNode {
  const text =
    run.end !== null
      ? "This run ended before its first step."
      : run.state === "queued"
        ? "Another run trains on this device. This one starts when it ends; Stop takes it out of the queue."
        : "Starting: loading TensorFlow and reading the data…";
  return (
    <p class="waiting">
      {run.end === null && run.state !== "queued" && <ProgressRing label="Starting" />}
      {text}
    </p>
  );
}
