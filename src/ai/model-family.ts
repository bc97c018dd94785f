// The family of a model: what stays the same from version to version of its name.

/** Owners and regions before the name: "meta-llama/", "us.anthropic.". */
const OWNER = /^(?:[\w.-]*\/|[\w-]+\.(?=[a-z]))+/i;

/** "gpt-4o-mini" is "gpt", "us.anthropic.claude-3-haiku" is "claude", "o3-mini" is "o"; "" when it starts with no letter. */
export function modelFamily(model: string): string {
  return /^[a-z]*/i.exec(model.replace(OWNER, ""))?.[0].toLowerCase() ?? "";
}
