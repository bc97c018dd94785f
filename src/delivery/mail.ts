// E-mail over SMTP: plain text, one message for all news of one round; a report comes whole, as HTML and as text.
import { createTransport } from "nodemailer";
import type { FindingNews } from "../model/governance.ts";
import { detail, headline, oneLine, subjectOf } from "./news-text.ts";
import type { RenderedReport, Send } from "./sender.ts";

export interface MailOptions {
  /** smtp://user:password@host:587 or smtps://…; null: e-mail is not set up. */
  readonly smtpUrl: string | null;
  readonly from: string;
}

const TIMEOUT_MS = 10_000;
// RFC 5321 replies: from 500 on the server will not take this message.
const PERMANENT = 500;

export function mailSender({
  smtpUrl,
  from,
}: MailOptions): Send<{ readonly kind: "email"; readonly address: string }> {
  if (smtpUrl === null)
    return async () => ({ ok: false, error: "e-mail is not set up: UMBRA_SMTP_URL", final: false });
  const transport = createTransport(smtpUrl, {
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as object);
  return async ({ address }, { key, news, report }) => {
    try {
      await transport.sendMail({
        from,
        to: { name: "", address },
        subject: oneLine(subjectOf(news)),
        ...(report === undefined ? { text: linesOf(news) } : bodyOf(report, news)),
        // Mail programs and servers fold messages of the same id.
        messageId: `<${key}@umbra>`,
        headers: { "Auto-Submitted": "auto-generated" },
      });
      return { ok: true };
    } catch (failure) {
      const { responseCode = 0, code = "smtp" } = failure as { responseCode?: number; code?: string };
      const error = responseCode > 0 ? `SMTP ${responseCode}` : code;
      return { ok: false, error, final: responseCode >= PERMANENT };
    }
  };
}

// A mail of more is searched, not read; the rest is counted, and all of it stands in Umbra.
const MOST_SHOWN = 100;

function linesOf(news: readonly FindingNews[]): string {
  const shown = news.slice(0, MOST_SHOWN).map((one) => `${headline(one)}\n${detail(one)}\n`);
  const left = news.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${left} more: umbra findings list\n`] : [])].join("\n");
}

/** Mail programs show what they can of the page; the file beside it is the page as it is meant. */
function bodyOf({ name, html, text }: RenderedReport, news: readonly FindingNews[]) {
  return {
    text: `${linesOf(news)}\n${text}`,
    html,
    attachments: [{ filename: `${name}.html`, content: html, contentType: "text/html; charset=utf-8" }],
  };
}
