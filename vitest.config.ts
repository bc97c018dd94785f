// Four kinds of tests: unit (pure and quick), contract (one suite, every implementation), scenarios (files in, inventory out), e2e (real processes).
import { defineConfig } from "vitest/config";

// CI names a folder for the counts; people see the default reporter alone.
const reports = process.env["VITEST_REPORTS"];

const setupFiles = ["test/support/property-seed.ts"];

export default defineConfig({
  test: {
    ...(reports === undefined
      ? {}
      : { reporters: ["default", ["json", { outputFile: `${reports}/${process.pid}.json` }]] }),
    projects: [
      {
        test: {
          name: "unit",
          setupFiles,
          include: ["test/{src,collectors,meta}/**/*.test.ts"],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "contract",
          setupFiles,
          include: ["test/contract/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "scenarios",
          setupFiles,
          include: ["test/scenarios/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
