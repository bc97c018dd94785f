// A role's context for tests: silent, with its own counters, and settings of which a test names what matters.
import type { RoleContext } from "../../src/app/backends.ts";
import type { Settings } from "../../src/ops/config.ts";
import { readSettings } from "../../src/ops/config.ts";
import { SILENT } from "../../src/ops/log.ts";
import { createMetrics } from "../../src/ops/metrics.ts";
import { createShutdown } from "../../src/ops/shutdown.ts";

export function aRole(given: Partial<Settings> = {}): RoleContext {
  const settings = { ...readSettings({ listen: "127.0.0.1:0" }, {}, "/nowhere"), ...given };
  return { settings, log: SILENT, metrics: createMetrics(), shutdown: createShutdown({ log: SILENT }) };
}
