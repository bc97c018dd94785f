// A question is remembered by the id it got, for a while, and below where it was asked.
import { expect, test } from "vitest";
import type { Exchange } from "../../../../src/model/exchange.ts";
import { askOf } from "../../../../src/digest/text/ask.ts";
import { createJobs } from "../../../../src/digest/text/jobs.ts";
import { treeOf } from "../../../../src/digest/text/tree.ts";
import { exchangesOf } from "../../ai/talks.ts";

const request = (method: string, path: string, after = 0): Exchange => {
  const [exchange] = exchangesOf({ name: "", kind: null, method, path, turns: [{}] });
  return { ...(exchange as Exchange), startedAt: (exchange as Exchange).startedAt + after };
};
const ask = askOf(treeOf({ q: "Write a short text about the sea." }));
const answered = (value: unknown) => ({ tree: treeOf(value), frames: null, page: false, media: null });

test("found by its id, until it is closed", () => {
  const jobs = createJobs();
  jobs.note(request("POST", "/gen/jobs"), ask, answered({ id: "j-1", state: "queued" }));
  expect(jobs.find(request("GET", "/gen/jobs/j-1", 500))).toEqual(ask);
  expect(jobs.find(request("GET", "/gen/jobs/j-1/result", 500))).toEqual(ask);
  expect(jobs.find(request("GET", "/other/j-1", 500))).toBeNull();
  expect(jobs.find(request("GET", "/gen/jobs/j-2", 500))).toBeNull();
  jobs.close(request("GET", "/gen/jobs/j-1", 500));
  expect(jobs.find(request("GET", "/gen/jobs/j-1", 600))).toBeNull();
});

test("ids have any name, stand in a header, and are asked for in a query", () => {
  const jobs = createJobs();
  jobs.note(request("POST", "/gen/jobs"), ask, answered({ bilet: "x81", stan: "nowy" }));
  expect(jobs.find(request("GET", "/gen/jobs/x81", 500))).toEqual(ask);
  expect(jobs.find(request("GET", "/gen/jobs/nowy", 500))).toBeNull();
  expect(jobs.find(request("GET", "/gen/jobs?b=x81", 500))).toEqual(ask);
  const [begun] = exchangesOf({
    name: "",
    kind: null,
    method: "POST",
    path: "/gen/jobs",
    answerHeaders: [["location", "https://service.example/gen/jobs/y7"]],
    turns: [{ status: 202 }],
  });
  jobs.note(begun as Exchange, ask, answered({}));
  expect(jobs.find(request("GET", "/gen/jobs/y7", 500))).toEqual(ask);
});

test("people answer later than this", () => {
  const jobs = createJobs();
  jobs.note(request("POST", "/gen/jobs"), ask, answered({ id: 991 }));
  expect(jobs.find(request("GET", "/gen/jobs/991", 121_000))).toBeNull();
});

test("the oldest go first", () => {
  const jobs = createJobs();
  for (let id = 0; id < 5000; id += 1) jobs.note(request("POST", "/gen/jobs"), ask, answered({ id }));
  expect(jobs.find(request("GET", "/gen/jobs/1", 500))).toBeNull();
  expect(jobs.find(request("GET", "/gen/jobs/4999", 500))).toEqual(ask);
});
