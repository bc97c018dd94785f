import { expect, test } from "vitest";
import { followRequest } from "../../../src/cli/follow-request.ts";

test.each([
  [{}, { files: ["a"] }],
  [{ inputFormat: "capture" }, { files: ["a"], inputFormat: "capture" }],
  [{ keylog: "keys" }, { files: ["a"], keylogFile: "keys" }],
])("%o", (flags, request) => {
  expect(followRequest(["a"], flags)).toEqual(request);
});
