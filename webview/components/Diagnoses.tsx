import type { VNode } from "preact";
import type { DiagnosisEvent } from "../../src/protocol/training";
import type { ShownRun } from "../../src/protocol/monitor";
import { reveal } from "../host";
import { findLayer } from "../diagram/level";
import { network, selectedLayers } from "../store";
import { Button } from "../toolkit";

/** What went wrong and what to do, below everything. */
export function Diagnoses({ run }: { run: ShownRun }): VNode | null {
  const error = run.end?.error;
  if (error === undefined && run.diagnoses.length === 0) return null;
  return (
    <footer>
      {error !== undefined && (
        <p class="diagnosis failed" role="alert">
          <span class="codicon codicon-error" aria-hidden="true" />
          <strong>Training failed</strong>
          <span class="message">{error}</span>
        </p>
      )}
      {run.diagnoses.map((diagnosis, index) => (
        <Diagnosis key={index} diagnosis={diagnosis} />
      ))}
    </footer>
  );
}

function Diagnosis({ diagnosis }: { diagnosis: DiagnosisEvent }): VNode {
  const layer = diagnosis.layer === null ? undefined : findLayer(network.value?.layers ?? [], diagnosis.layer);
  return (
    <p class="diagnosis" role="alert">
      <span class="codicon codicon-warning" aria-hidden="true" />
      <strong>{titleOf(diagnosis.code)}</strong>
      <span class="message">{diagnosis.message}</span>
      {layer !== undefined && (
        <Button
          onClick={() => {
            selectedLayers.value = [layer.name];
            reveal(layer, true);
          }}
        >
          Show in source
        </Button>
      )}
    </p>
  );
}

/** `vanishing-gradient` → `Vanishing gradient`; `nan` → `Not a number` */
function titleOf(code: string): string {
  if (code === "nan") return "Not a number";
  const words = code.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
