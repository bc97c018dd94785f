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
   * A text that has none of the characters of one of these entries holds no such value. All classes are told in one pass
   * over a text which of its characters count, so that most texts meet no pattern at all. Absent: any text may.
   */
  readonly needs?: readonly string[];
  /** Characters of the shortest text that `find` accepts, when that is more than 6. */
  readonly shortest?: number;
  /**
   * When given, only values whose field name matches are looked at: for forms that prove nothing by themselves.
   * Judged once per name, so it costs nothing per value.
   */
  readonly fields?: RegExp;
  /**
   * True when `text` (one leaf value, at most 8 KiB) contains a valid one. `field` is the name it stood under in lower
   * case with words joined by "_" (`dateOfBirth` and `Date-Of-Birth` are `date_of_birth`), "" for unstructured text.
   */
  find(text: string, field: string): boolean;
  readonly examples: readonly { readonly text: string; readonly field?: string }[];
  readonly rejects: readonly { readonly text: string; readonly field?: string }[];
}

export function defineDataClass(unit: DataClass): DataClass {
  return unit;
}
