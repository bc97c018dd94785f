// Mail through a real SMTP server on this machine.
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { mailSender } from "../../../src/delivery/mail.ts";
import { aFindingRecord } from "../../support/governance.ts";
import { aMessage, HOSTILE, someNews } from "./a-message.ts";

let server: SMTPServer | undefined;
afterEach(
  () => new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve()))),
);

async function smtp(refuse?: number) {
  const got: { from: string; to: string[]; text: string }[] = [];
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, session, done) {
      let text = "";
      stream.setEncoding("utf8").on("data", (part: string) => (text += part));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        got.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text,
        });
        done(refuse === undefined ? null : Object.assign(new Error("no"), { responseCode: refuse }));
      });
    },
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", () => resolve()));
  const { port } = (server.server as unknown as { address(): AddressInfo }).address();
  return { got, smtpUrl: `smtp://127.0.0.1:${port}` };
}

test("news arrives as plain text; hostile names add no header and no recipient", async () => {
  const { got, smtpUrl } = await smtp();
  const send = mailSender({ smtpUrl, from: "umbra@shop.test" });
  const news = someNews({ path: HOSTILE, finding: aFindingRecord({ title: HOSTILE }) });
  expect(await send({ kind: "email", address: "sec@shop.test" }, aMessage([news]))).toEqual({ ok: true });
  expect(got).toHaveLength(1);
  expect(got[0]).toMatchObject({ from: "umbra@shop.test", to: ["sec@shop.test"] });
  const [head = ""] = got[0]?.text.split("\r\n\r\n") ?? [];
  expect(head).not.toMatch(/^Bcc:/im);
  expect(head).toContain("Message-ID: <de_1@umbra>");
  expect(head).toMatch(/^Content-Type: text\/plain/im);
});

test.each([
  [451, false],
  [550, true],
])("a server that answers %i: final %s", async (code, final) => {
  const { smtpUrl } = await smtp(code);
  const send = mailSender({ smtpUrl, from: "umbra@shop.test" });
  const result = await send({ kind: "email", address: "sec@shop.test" }, aMessage());
  expect(result).toEqual({ ok: false, error: `SMTP ${code}`, final });
});

test("without a server it says what to set", async () => {
  const send = mailSender({ smtpUrl: null, from: "umbra@localhost" });
  expect(await send({ kind: "email", address: "a@b.test" }, aMessage())).toMatchObject({
    ok: false,
    error: expect.stringContaining("UMBRA_SMTP_URL"),
  });
});

test("a report comes as page, as text and as a file", async () => {
  const { got, smtpUrl } = await smtp();
  const send = mailSender({ smtpUrl, from: "umbra@shop.test" });
  const report = { name: "shadow-api-report-2026-W47", html: "<p>whole page</p>", text: "# whole text" };
  const message = { ...aMessage([someNews({ turn: "report" })]), report };
  expect(await send({ kind: "email", address: "sec@shop.test" }, message)).toEqual({ ok: true });
  const text = got[0]?.text ?? "";
  expect(text.match(/^Content-Type: text\/html/gim)).toHaveLength(2);
  expect(text).toContain("# whole text");
  expect(text).toContain("<p>whole page</p>");
  expect(text).toMatch(/filename="?shadow-api-report-2026-W47\.html/);
});

test("a flood is told in short", async () => {
  const { got, smtpUrl } = await smtp();
  const send = mailSender({ smtpUrl, from: "umbra@shop.test" });
  const news = Array.from({ length: 300 }, () => someNews());
  await send({ kind: "email", address: "sec@shop.test" }, aMessage(news));
  expect(got[0]?.text).toContain("and 200 more: umbra findings list");
});
