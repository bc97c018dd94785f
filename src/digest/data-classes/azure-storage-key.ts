// Azure storage account key.
import { defineDataClass } from "../data-class.ts";

export default defineDataClass({
  id: "azure-storage-key",
  title: "Azure storage account key",
  reference: "https://learn.microsoft.com/en-us/azure/storage/common/storage-account-keys-manage",
  sensitivity: "credential",
  needs: ["="],
  shortest: 88,
  hint: /[A-Za-z0-9+/]{86}==/,
  find: (text, field) =>
    /AccountKey=[A-Za-z0-9+/]{86}==/.test(text) || (/key/.test(field) && /^[A-Za-z0-9+/]{86}==$/.test(text)),
  examples: [
    { text: `AccountName=x;AccountKey=${"aB3".repeat(28)}aB==` },
    { text: `${"aB3".repeat(28)}aB==`, field: "account_key" },
  ],
  rejects: [{ text: `${"aB3".repeat(28)}aB==` }, { text: "AccountKey=short==" }],
});
