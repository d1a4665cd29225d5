import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Charts } from "../charts/Charts";
import { DiagramView, NetworkAside } from "../diagram/views";
import { connected, history, network, runs, view } from "../store";
import { Diagnoses } from "./Diagnoses";
import { Empty } from "./Empty";
import { EpochTable } from "./EpochTable";
import { Header } from "./Header";
import { Runs } from "./Runs";

/** Below this width the panel is one column and the network is folded. */
const NARROW = 820;

export function Monitor(): VNode | null {
  const narrow = useNarrow();
  if (!connected.value) return null;
  const shown = history.value;
  if (view.value === "diagram") {
    return <div class="monitor diagram">{network.value === null ? <Empty /> : <DiagramView />}</div>;
  }
  if (shown === null) {
    return (
      <div class={narrow ? "monitor narrow" : "monitor"}>
        <div class="columns">
          {runs.value.length > 0 && <Runs />}
          <Empty />
        </div>
      </div>
    );
  }
  return (
    <div class={narrow ? "monitor narrow" : "monitor"}>
      <Header run={shown} />
      <div class="columns">
        <Runs />
        <section class="charts" aria-label="Training curves">
          <Charts run={shown} />
          <EpochTable run={shown} />
        </section>
        {network.value !== null &&
          (narrow ? (
            <details class="folded">
              <summary>Network</summary>
              <NetworkAside />
            </details>
          ) : (
            <NetworkAside />
          ))}
      </div>
      <Diagnoses run={shown} />
    </div>
  );
}

function useNarrow(): boolean {
  const query = `(max-width: ${NARROW.toString()}px)`;
  const [narrow, setNarrow] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const update = (): void => setNarrow(list.matches);
    list.addEventListener("change", update);
    return () => list.removeEventListener("change", update);
  }, [query]);
  return narrow;
}
