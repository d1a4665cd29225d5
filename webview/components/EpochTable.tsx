import type { VNode } from "preact";
import type { ShownRun } from "../../src/protocol/monitor";
import { formatSeconds, formatValue, readableName } from "../format";

/** The epochs' figures as a table: for screen readers beside the curves, and for everyone when unfolded. */
export function EpochTable({ run }: { run: ShownRun }): VNode | null {
  const epochs = run.epochEvents;
  const first = epochs[0];
  if (first === undefined) return null;
  const metrics = Object.keys(first.metrics);
  const best = run.end?.best?.epoch;
  return (
    <details class="epochs">
      <summary>Epochs as a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">epoch</th>
            <th scope="col">loss</th>
            {first.valLoss !== null && <th scope="col">validation loss</th>}
            {metrics.map((name) => (
              <th key={name} scope="col">
                {readableName(name.replace(/^val(?=[A-Z])/, "validation"))}
              </th>
            ))}
            <th scope="col">time</th>
          </tr>
        </thead>
        <tbody>
          {epochs.map((epoch) => (
            <tr key={epoch.epoch}>
              <th scope="row">
                {epoch.epoch}
                {epoch.epoch === best && " (best)"}
              </th>
              <td>{formatValue(epoch.loss)}</td>
              {epoch.valLoss !== null && <td>{formatValue(epoch.valLoss)}</td>}
              {metrics.map((name) => (
                <td key={name}>{formatValue(epoch.metrics[name] ?? "NaN")}</td>
              ))}
              <td>{formatSeconds(epoch.seconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
