// Slack and Microsoft Teams: the same words, each in the form and with the escapes of its incoming webhooks.
import type { FindingNews } from "../model/governance.ts";
import type { PostOptions } from "./guarded-post.ts";
import { guardedPost } from "./guarded-post.ts";
import { detail, headline, subjectOf } from "./news-text.ts";
import type { Message, Send } from "./sender.ts";

// A chat message is read, not scrolled: the rest is counted.
const MOST_SHOWN = 10;

interface ChatContact {
  readonly kind: "slack" | "teams";
  readonly url: string;
}

export function chatSender(options: PostOptions): Send<ChatContact> {
  return ({ kind, url }, message) => {
    const body = JSON.stringify(kind === "slack" ? slackMessage(message) : teamsMessage(message));
    return guardedPost(
      url,
      { headers: { "content-type": "application/json", "user-agent": "Umbra" }, body },
      options,
    );
  };
}

/*
  Slack, "Formatting text for app surfaces": &, < and > are control characters and have entities. Blocks of plain_text
  know no other markup, so that names with *, _, ` or <!channel> stay what they are.
*/
export function slackMessage({ news }: Message): object {
  const blocks = shown(news).flatMap((one) => [
    { type: "header", text: plain(headline(one).slice(0, 150)) },
    { type: "section", text: plain(detail(one).slice(0, 2900)) },
  ]);
  return {
    text: escaped(subjectOf(news)),
    blocks: [...blocks, ...more(news).map((text) => ({ type: "section", text: plain(text) }))],
  };
}

function plain(text: string): object {
  return { type: "plain_text", text, emoji: false };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Adaptive Card 1.4: TextRun inside RichTextBlock is shown as it is, where TextBlock would read Markdown. */
export function teamsMessage({ news }: Message): object {
  const body = [
    rich(subjectOf(news), true),
    ...shown(news).flatMap((one) => [rich(headline(one), true), rich(detail(one), false)]),
    ...more(news).map((text) => rich(text, false)),
  ];
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body,
  };
  return {
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }],
  };
}

function rich(text: string, bold: boolean): object {
  return {
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text, ...(bold && { weight: "bolder" }) }],
  };
}

function shown(news: readonly FindingNews[]): readonly FindingNews[] {
  return news.slice(0, MOST_SHOWN);
}

function more(news: readonly FindingNews[]): readonly string[] {
  return news.length > MOST_SHOWN ? [`and ${news.length - MOST_SHOWN} more`] : [];
}
