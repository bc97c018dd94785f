// Where commands look for Umbra, and with which token.
import { Command } from "commander";
import { afterEach, expect, test, vi } from "vitest";
import { apiOf, declareApiFlags } from "../../../src/cli/api-options.ts";

afterEach(() => void vi.unstubAllEnvs());

test("on this machine unless told otherwise, with the token of the environment", () => {
  vi.stubEnv("UMBRA_API_TOKEN", "a-token");
  const read = (...words: string[]) => declareApiFlags(new Command()).parse(words, { from: "user" }).opts();
  expect(apiOf(read() as never)).toEqual({ url: "http://127.0.0.1:8080", token: "a-token" });
  expect(read("--url", "http://umbra.test", "--json")).toEqual({ url: "http://umbra.test", json: true });
});
