// Marks of generated text, in many languages.
import { expect, test } from "vitest";
import {
  countNamed,
  hasMarkdown,
  hasStyle,
  isModel,
  isNamed,
  isNamedInPart,
  isQuestion,
  isRefusal,
} from "../../../../src/digest/text/marks.ts";

test("names in many languages", () => {
  for (const name of ["question", "frage", "pregunta", "вопрос", "質問", "질문"])
    expect(isNamed("promptNames", name)).toBe(true);
  expect(isNamed("promptNames", "address")).toBe(false);
  expect(isNamedInPart("answerNames", "bot_answer_text")).toBe(true);
  expect(countNamed("stepNames", ["thought", "action", "price"])).toBe(2);
});

test("phrases", () => {
  expect(isRefusal("I'm sorry, but I can't help with that.")).toBe(true);
  expect(isRefusal("Lo siento, no puedo ayudarte con eso.")).toBe(true);
  expect(isRefusal("The shop is closed on Sundays.")).toBe(false);
  expect(hasStyle("Sure, here is what you need.")).toBe(true);
  expect(hasStyle("Gerne, ich erkläre es Ihnen.")).toBe(true);
  expect(hasStyle("The shop is closed on Sundays.")).toBe(false);
  expect(isQuestion("¿Dónde está la biblioteca?")).toBe(true);
  expect(isQuestion("Please close the door.")).toBe(false);
});

test("layout", () => {
  expect(hasMarkdown("Open **My orders** first.")).toBe(true);
  expect(hasMarkdown("- one thing\n- another thing")).toBe(true);
  expect(hasMarkdown("2 * 3 is six.")).toBe(false);
});

test("models are families, or sizes under a telling name", () => {
  expect(isModel("gpt-4o-mini", "x")).toBe(true);
  expect(isModel("acme-7b-v3", "model")).toBe(true);
  expect(isModel("acme-7b-v3", "part")).toBe(false);
  expect(isModel("corolla", "model")).toBe(false);
});
