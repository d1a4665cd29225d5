import type { VNode } from "preact";
import { request } from "../host";
import { missing, network, runs, view } from "../store";
import { Button } from "../toolkit";

/** Before the first run, or where there is no model to draw. */
export function Empty(): VNode {
  if (view.value === "diagram" && missing.value !== null) {
    return (
      <div class="empty" role="status">
        <h2>{missing.value} is gone</h2>
        <p>
          It was deleted, or moved outside of VS Code. Its diagram comes back with it; for another one open a *.model.ts file.
        </p>
      </div>
    );
  }
  if (view.value === "diagram") {
    return (
      <div class="empty">
        <h2>No model to draw</h2>
        <p>
          Open a *.model.ts file that makes a model with sequential or model; its layers appear here. Where an open file makes
          none, the Problems view says what keeps it from that.
        </p>
      </div>
    );
  }
  return (
    <div class="empty">
      <h2>{runs.value.length === 0 ? "No runs yet" : `${network.value?.name ?? "This model"} has no run yet`}</h2>
      <p>
        Press ▶ Train model above a <code>train(…)</code> call, or run <em>Layerwise: Train Model</em> from the command palette.
        Loss and metrics are drawn here while the model trains.
      </p>
      <Button appearance="primary" onClick={() => request({ type: "train" })}>
        {network.value === null ? "Train model" : `Train ${network.value.name}`}
      </Button>
    </div>
  );
}
