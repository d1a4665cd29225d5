import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { monitorHtml } from "../../../src/extension/monitor/monitorHtml";
import { Throttle } from "../../../src/extension/monitor/throttle";

describe("the monitor's page", () => {
  it("has a policy that allows nothing but the extension's own files", () => {
    const page = monitorHtml({ script: "s.js", style: "s.css", cspSource: "https://own", nonce: "abc" });
    expect(/Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]).toBe(
      "default-src 'none'; script-src 'nonce-abc'; style-src https://own 'nonce-abc'; font-src https://own; img-src https://own data:",
    );
    expect(page).toContain('<script nonce="abc" src="s.js"></script>');
    expect(page).not.toMatch(/ style=|<style|onclick/);
  });
});

describe("a throttle", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("acts at once, and at most once an interval", () => {
    let actions = 0;
    const throttle = new Throttle(() => (actions += 1), 50);
    for (let request = 0; request < 10; request++) throttle.request();
    expect(actions).toBe(1);
    vi.advanceTimersByTime(50);
    expect(actions).toBe(2);
    vi.advanceTimersByTime(500);
    expect(actions).toBe(2);
    throttle.request();
    expect(actions).toBe(3);
  });

  it("does nothing after its end", () => {
    let actions = 0;
    const throttle = new Throttle(() => (actions += 1), 50);
    throttle.request();
    throttle.request();
    throttle.dispose();
    vi.advanceTimersByTime(500);
    expect(actions).toBe(1);
  });
});
