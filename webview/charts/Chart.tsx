import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { formatValue, readableName } from "../format";
import { themeColor } from "../theme";
import { bestEpochMark, endLabels } from "./marks";
import type { ChartData } from "./series";

/** Room for the labels at the lines' ends, in pixels. */
const LABEL_WIDTH = 104;

export function Chart(props: { data: ChartData; epochs: number; best: number | null; color: string }): VNode {
  const { data, epochs, best, color } = props;
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  // uPlot keeps its options for life; what changes is read from here.
  const latest = useRef({ epochs, best, data });
  latest.current = { epochs, best, data };

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const plot = new uPlot(
      options(color, () => latest.current),
      data.aligned,
      element,
    );
    chart.current = plot;
    const fit = (): void => {
      const { width, height } = element.getBoundingClientRect();
      if (width > 0 && height > 0) plot.setSize({ width: Math.floor(width), height: Math.floor(height) });
    };
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    fit();
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [color]);

  useEffect(() => {
    chart.current?.setData(data.aligned);
  }, [data, epochs, best]);

  return (
    <figure class="chart">
      <figcaption>
        <strong>{readableName(data.name)}</strong>
        <span class="key" aria-hidden="true">
          <svg viewBox="0 0 18 8">
            <path d="M0 4H18" stroke={color} stroke-width="1" />
          </svg>
          training
          <svg viewBox="0 0 18 8">
            <path d="M0 4H18" stroke={color} stroke-width="2.5" />
            <circle cx="9" cy="4" r="3" fill={color} />
          </svg>
          validation
        </span>
      </figcaption>
      <div ref={place} class="plot" role="img" aria-label={describe(data)} />
    </figure>
  );
}

function describe(data: ChartData): string {
  const part = (name: string, value: number | null): string => (value === null ? "" : `, ${name} ${formatValue(value)}`);
  return `Curve of ${readableName(data.name)}${part("training", data.training)}${part("validation", data.validation)}`;
}

function options(color: string, latest: () => { epochs: number; best: number | null; data: ChartData }): uPlot.Options {
  const foreground = themeColor("foreground", "#cccccc");
  const dim = themeColor("descriptionForeground", foreground);
  const grid = `color-mix(in srgb, ${foreground} 14%, transparent)`;
  const font = `11px ${themeColor("font-family", "sans-serif")}`;
  const axis = { stroke: dim, font, ticks: { show: false } };
  return {
    width: 400,
    height: 200,
    padding: [6, LABEL_WIDTH, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: "epochs" }, drag: { x: false, y: false }, points: { size: 5 } },
    scales: { x: { time: false, range: () => [0, Math.max(1, latest().epochs)] } },
    axes: [
      { ...axis, grid: { show: false }, size: 22, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
      {
        ...axis,
        grid: { stroke: grid, width: 1 },
        size: 52,
        space: 34,
        values: (_plot, ticks) => ticks.map((tick) => formatValue(tick)),
      },
    ],
    series: [
      {},
      { label: "training", stroke: color, width: 1, spanGaps: true, points: { show: false } },
      {
        label: "validation",
        stroke: color,
        width: 2.5,
        spanGaps: true,
        points: { show: true, size: 6, fill: color, stroke: color },
      },
    ],
    plugins: [bestEpochMark(() => latest().best, dim, font), endLabels(() => latest().data, color, foreground, dim, font)],
  };
}
