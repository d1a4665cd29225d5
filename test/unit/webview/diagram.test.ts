import { describe, expect, test } from "vitest";
import { drawEdge } from "../../../webview/diagram/drawEdge";
import { diagramDocument } from "../../../webview/diagram/drawDiagram";
import { fit } from "../../../webview/diagram/drawNode";
import { flowLabel, flowingShapes } from "../../../webview/diagram/flow";
import { layoutNetwork, type Layout, type PlacedItem } from "../../../webview/diagram/layout";
import { navigate, nodeOf } from "../../../webview/diagram/navigate";
import { fixedPalette, themePalette } from "../../../webview/diagram/palette";
import { findSegments } from "../../../webview/diagram/repetitions";
import { splitGraph } from "../../../webview/diagram/splitGraph";
import { element, svgText } from "../../../webview/diagram/svg";
import { chain, idsOf, layer, layoutOf, residualBlocks } from "./fixtures";

describe("repetitions", () => {
  const found = (layers: Parameters<typeof findSegments>[0]) =>
    findSegments(layers).map(({ start, period, repeats }) => `${start}: ${repeats} × ${period}`);

  test("of a chain", () => {
    expect(found(chain("Flatten", "Dense", "ReLU", "Dense", "ReLU", "Dense", "ReLU", "Softmax"))).toEqual([
      "0: 1 × 1",
      "1: 3 × 2",
      "7: 1 × 1",
    ]);
    expect(found(chain("Dense", "Dense", "Softmax"))).toHaveLength(3);
  });

  test("of blocks with branches", () => {
    expect(found(residualBlocks(4))).toEqual(["0: 1 × 1", "1: 4 × 3"]);
  });

  test("end where something else takes an output from within", () => {
    const tapped = [...residualBlocks(4), layer("tap", "Dense", 8, ["attention3"])];
    expect(found(tapped)).toEqual(["0: 1 × 1", "1: 3 × 3", "10: 1 × 1", "11: 1 × 1", "12: 1 × 1", "13: 1 × 1"]);
    const skipped = [...chain("Dense", "Dense", "Dense", "Dense"), layer("add", "Add", 8, ["l1", "l3"])];
    expect(found(skipped)).toHaveLength(5);
  });

  test("are no inputs side by side, and no layers of different shapes", () => {
    expect(found(["a", "b", "c", "d"].map((name) => layer(name, "InputLayer", 8, [])))).toHaveLength(4);
    expect(
      found([8, 7, 6, 5].map((units, index) => layer(`l${index}`, "Dense", units, index === 0 ? [] : [`l${index - 1}`]))),
    ).toHaveLength(4);
  });
});

describe("shapes along edges", () => {
  const lstm = layer("lstm", "LSTM", 8, [], {
    outputShape: [
      [null, 5, 8],
      [null, 8],
      [null, 9],
    ],
  });
  const attention = layer("attention", "Attention", 8, ["lstm", "dense"], {
    inputShape: [
      [null, 9],
      [null, 4],
    ],
  });
  const dense = layer("dense", "Dense", 4, ["lstm"], { inputShape: [null, 5, 8] });
  const x = layer("x", "X", 3, []);
  const unknown = layer("x", "X", 3, [], { outputShape: null });

  test.each([
    [lstm, dense, [lstm], "(5, 8)"],
    [lstm, attention, [lstm, dense], "(9)"],
    [dense, attention, [lstm, dense], "(4)"],
    [x, layer("y", "Y", 3, ["x"], { inputShape: null }), [x], "(3)"],
    [unknown, layer("y", "Y", 3, ["x"]), [unknown], "?"],
  ])("%#: of several outputs the one that is taken", (producer, consumer, producers, label) => {
    expect(flowLabel(flowingShapes(producer, consumer, producers))).toBe(label);
  });

  test("equal ones are counted", () => {
    expect(
      flowLabel([
        [null, 64],
        [null, 64],
        [null, null, 3],
      ]),
    ).toBe("2 × (64), (?, 3)");
  });
});

describe("layout", () => {
  const overlap = (a: PlacedItem, b: PlacedItem): boolean =>
    a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
  const related = (a: PlacedItem, b: PlacedItem): boolean => a.path.includes(b.item.id) || b.path.includes(a.item.id);
  const collisions = ({ items }: Layout): string[] =>
    items.flatMap((a, index) =>
      items.slice(index + 1).flatMap((b) => (!related(a, b) && overlap(a, b) ? [`${a.item.id} and ${b.item.id}`] : [])),
    );
  const nested = [
    layer("image", "InputLayer", 8, []),
    layer("encoder", "Functional", 8, ["image"], { params: 90, layers: residualBlocks(2) }),
    layer("a", "Dense", 8, ["encoder"], { params: 10 }),
    layer("b", "Dense", 8, ["encoder"]),
  ];

  test("no node covers another, in opened groups either", () => {
    for (const layers of [nested, residualBlocks(2), chain("A", "B", "C")]) expect(collisions(layoutOf(layers))).toEqual([]);
    const open = layoutOf(residualBlocks(3), { open: new Map([["/×Attention, Add, Dense#0", true]]) });
    expect(open.items).toHaveLength(2 + 9);
    expect(collisions(open)).toEqual([]);
  });

  test("what a frame holds lies within it, and it within the diagram", () => {
    const { items, width, height } = layoutOf(nested);
    for (const { left, top, width: w, height: h, path } of items) {
      const frame = items.find(({ item }) => item.id === path.at(-1)) ?? { left: 0, top: 0, width, height };
      expect(left).toBeGreaterThanOrEqual(frame.left);
      expect(left + w).toBeLessThanOrEqual(frame.left + frame.width + 0.01);
      expect(top).toBeGreaterThanOrEqual(frame.top);
      expect(top + h).toBeLessThanOrEqual(frame.top + frame.height + 0.01);
    }
  });

  test("edges leave at a foot and arrive at a head", () => {
    const { items, edges } = layoutOf(nested);
    for (const { from, to, points } of edges) {
      const [source, target] = [from, to].map((id) => items.find(({ item }) => item.id === id));
      if (source !== undefined) expect(points[0]!.y).toBeCloseTo(source.top + source.height);
      if (target !== undefined) expect(points.at(-1)).toMatchObject({ x: target.left + target.width / 2, y: target.top });
    }
  });

  test("ids stay when layers before are counted up, so that what was opened stays open", () => {
    const renamed = [
      layer("first", "Dense", 5, []),
      ...chain("A", "B", "A", "B", "A", "B").map((item) => ({
        ...item,
        name: `x${item.name}`,
        inbound: item.inbound.map((name) => `x${name}`),
      })),
    ];
    expect(idsOf(layoutOf(chain("A", "B", "A", "B", "A", "B")))).toEqual(["/×A, B#0"]);
    expect(idsOf(layoutOf(renamed))).toContain("/×A, B#0");
  });

  test("names that stand twice, or look like a layer within a model, lose no layer and no edge", () => {
    const layers = [
      layer("x", "InputLayer", 8, []),
      layer("a", "Sequential", 8, ["x"], { layers: [layer("b", "Dense", 8, [])] }),
      layer("a/b", "Dense", 8, ["a"]),
      layer("b", "ReLU", 8, ["a/b"]),
      layer("b", "Dense", 8, ["b"]),
    ];
    const layout = layoutOf(layers);
    expect(new Set(idsOf(layout)).size).toBe(6);
    const names = new Map(layout.items.map(({ item }) => [item.id, `${item.layer.name} ${item.layer.type}`]));
    const inner = layout.edges.flatMap(({ from, to }) => (from && to ? `${names.get(from)} → ${names.get(to)}` : []));
    expect(inner).toEqual(
      expect.arrayContaining([
        "x InputLayer → a Sequential",
        "a Sequential → a/b Dense",
        "a/b Dense → b ReLU",
        "b ReLU → b Dense",
      ]),
    );
  });

  test("as long as numbers are held back, all nodes have one height", () => {
    const layers = [
      layer("a", "Dense", 8, [], { params: 1_000 }),
      layer("b", "Dense", 8, ["a"], { params: null, hidden: true }),
      layer("c", "Dense", 8, ["b"], { params: 1 }),
    ];
    const hidden = { name: "n", key: "n", layers, params: null, flops: null, hidden: true, stale: false };
    const { items } = layoutNetwork(hidden, { size: "params", open: new Map(), measure: () => 50 });
    expect(new Set(items.map(({ height }) => height)).size).toBe(1);
  });

  test("of a thousand layers, in a row or with skip connections, none is lost and none covered", () => {
    const skipping = Array.from({ length: 1000 }, (_, index) => {
      const before = index === 0 ? [] : [`l${index - 1}`, ...(index % 4 === 0 ? [`l${index - 4}`] : [])];
      return layer(`l${index}`, `T${index}`, 8, before);
    });
    const chained = chain(...skipping.map(({ type }) => type));
    for (const layers of [chained, skipping]) {
      const { items } = layoutOf(layers);
      expect(new Set(items.map(({ item }) => item.id)).size).toBe(1000);
      const rows = items.map(({ top, height, row }) => ({ top, bottom: top + height, row }));
      for (const [index, { top, row }] of rows.entries()) {
        const before = rows[index - 1];
        if (before !== undefined && before.row < row) expect(top).toBeGreaterThan(before.bottom);
      }
    }
  });

  test("pieces are cut where all goes through one node, and nowhere else", () => {
    const nodes = ["a", "b", "c", "d", "e", "f"].map((id) => ({ id, width: 10, height: 10 }));
    const edges = ["ab", "bc", "bd", "cd", "de", "bf"].map(([from = "", to = ""]) => ({ from, to, label: undefined }));
    const pieces = splitGraph(nodes, edges).map((piece) => piece.nodes.map(({ id }) => id).join(""));
    expect(pieces).toEqual(["ab", "bcfde"]);
    const straight = edges.filter(({ to }) => to !== "f");
    expect(splitGraph(nodes.slice(0, 5), straight).map((piece) => piece.nodes.map(({ id }) => id).join(""))).toEqual([
      "ab",
      "bcd",
      "de",
    ]);
    expect(splitGraph(nodes.slice(0, 2), []).map((piece) => piece.nodes.length)).toEqual([2]);
  });
});

describe("keyboard navigation", () => {
  test("finds the node that shows a layer: the innermost that is closed, or its own", () => {
    const layout = layoutOf(residualBlocks(3));
    expect(nodeOf(layout, "add2")?.item.id).toBe("/×Attention, Add, Dense#0");
    const open = layoutOf(residualBlocks(3), { open: new Map([["/×Attention, Add, Dense#0", true]]) });
    expect(nodeOf(open, "add2")?.item.id).toBe("/×Attention, Add, Dense#0/add2");
    expect(nodeOf(open, "elsewhere")).toBeUndefined();
  });

  test("reaches every node from the first, and the first from every node", () => {
    const layout = layoutOf([...residualBlocks(2), layer("late", "Dense", 8, ["input"])]);
    const reached = new Set([layout.items[0]!.item.id]);
    for (const id of reached) {
      for (const direction of ["consumer", "left", "right"] as const) {
        const next = navigate(layout, id, direction);
        if (next !== undefined) reached.add(next);
      }
      expect(navigate(layout, id, "first")).toBe("/input");
    }
    expect([...reached].sort()).toEqual(idsOf(layout).sort());
  });
});

describe("a text that has no room", () => {
  const measure = (text: string): number => 10 * Array.from(text).length;

  test("is cut between whole characters, to what fits, and to one character at least", () => {
    expect(fit("dense", 50, "name", measure)).toBe("dense");
    expect(fit("dense_1", 50, "name", measure)).toBe("dens…");
    expect(fit("😀".repeat(100), 40, "name", measure)).toBe("😀😀😀…");
    expect(fit("😀😀", -10, "name", measure)).toBe("😀…");
  });
});

describe("SVG", () => {
  test("escapes what XML would take for its own, and leaves out what it forbids", () => {
    const text = svgText({
      width: 1,
      height: 1,
      title: 'a & "b"',
      attributes: {},
      children: [element("text", { x: 0 }, ["<i>\u0007\ud83d"])],
    });
    expect(text).toContain("<title>a &amp; &quot;b&quot;</title>");
    expect(text).toContain('<text x="0">&lt;i&gt;</text>');
  });

  test("a document has no class and no variable, and every edge's label", () => {
    const layout = layoutOf(residualBlocks(2));
    const drawing = {
      layout,
      palette: fixedPalette((name) => (name === "foreground" ? "#111111" : undefined)),
      measure: () => 10,
    };
    const text = svgText(diagramDocument(drawing, "sans-serif"));
    expect(text).not.toMatch(/class|var\(/);
    expect(text.match(/\(8\)/g)?.length).toBeGreaterThanOrEqual(layout.edges.length);
    expect(drawEdge(drawing, layout.edges[0]!).tag).toBe("g");
  });

  test("the page's colours are the theme's, with the next where it has none", () => {
    expect(themePalette("share")).toBe("var(--vscode-charts-blue, var(--vscode-foreground))");
  });
});
