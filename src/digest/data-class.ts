// The contract of one data class: a kind of sensitive value with the proof that text is one.

export interface DataClass {
  /** The file's name without extension. */
  readonly id: string;
  readonly title: string;
  /** Standard or vendor page that defines the form. */
  readonly reference: string;
  readonly sensitivity: "personal" | "financial" | "credential" | "health" | "location";
  /**
   * Cheap test that a text may contain one: a lower-case literal, or a bounded character-class regex. Runs before `find`.
   */
  readonly hint: RegExp;
  /**
   * True when `text` (one leaf value, at most 8 KiB) contains a valid one. `field` is the lower-case name it stood under;
   * use it where the form alone proves nothing (bare digits need a name that says what they are).
   */
  find(text: string, field: string): boolean;
  readonly examples: readonly { readonly text: string; readonly field?: string }[];
  readonly rejects: readonly { readonly text: string; readonly field?: string }[];
}

export function defineDataClass(unit: DataClass): DataClass {
  return unit;
}
