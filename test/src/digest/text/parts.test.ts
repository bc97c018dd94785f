// Parts of forms: fields with their texts, files with their kinds.
import { expect, test } from "vitest";
import { partsOf } from "../../../../src/digest/text/parts.ts";

const part = (head: string, text: string) =>
  `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`;

test("files are named by type or by ending", () => {
  const tree = partsOf(
    `${part('name="f"; filename="talk.wav"', "zz")}${part('name="model"', "m-7b")}--x--`,
    "x",
  );
  expect(tree.files).toEqual(["audio/wav"]);
  expect(tree.texts).toEqual([{ name: "model", path: "model", text: "m-7b" }]);
});
