// Adds up vitest's JSON reports and prints the closing line; fails when a test failed, was skipped, or when none ran.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const [folder = "."] = process.argv.slice(2);
const reports = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")));
const sum = (field) => reports.reduce((total, report) => total + report[field], 0);
const passed = sum("numPassedTests");
// A file that cannot even be loaded holds no failed test.
const broken = reports.flatMap(({ testResults }) =>
  testResults.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0),
);
const failed = sum("numFailedTests") + broken.length;
const skipped = sum("numPendingTests") + sum("numTodoTests");
for (const { name } of broken) process.stdout.write(`could not run: ${path.relative(process.cwd(), name)}\n`);
for (const { testResults } of reports) {
  for (const { name, assertionResults } of testResults) {
    for (const { status, fullName } of assertionResults) {
      if (status === "passed") continue;
      process.stdout.write(`${status}: ${path.relative(process.cwd(), name)}: ${fullName}\n`);
    }
  }
}
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed > 0 || skipped > 0 || passed === 0 ? 1 : 0;
