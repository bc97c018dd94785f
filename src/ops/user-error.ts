// What the person who started the program can mend: told as one sentence, without a stack.

/** The message is one sentence (or a few) that names what is wrong and what to do next; commands exit with 2. */
export class UserError extends Error {
  override readonly name: string = "UserError";
}
