// Tells words that public API descriptions share: the only values a shape may name, because they say nothing of anyone.

/*
  Words that stand as values of enumerations in public API descriptions of several providers: states, kinds, roles,
  units. Letters, "_" and "-" alone, so that no number and no token can pass for one.
*/
const COMMON =
  "active inactive enabled disabled pending approved rejected accepted declined open opened closed draft published archived deleted created updated new running stopped paused failed failure success succeeded complete completed done cancelled canceled expired queued processing in_progress ready waiting scheduled error warning info debug critical high medium low none all any true false yes no on off public private internal external user users admin owner member guest group team organization company person individual business customer client account order item product payment invoice refund subscription charge card bank cash credit debit transfer deposit monthly yearly daily weekly hourly month year day week hour minute second asc desc ascending descending male female other unknown default custom standard basic premium free trial paid unpaid partial full read write execute create update delete get post put patch text image video audio file folder document link email phone sms push string number integer boolean date object array list";
const words: ReadonlySet<string> = new Set(COMMON.split(" "));

const SHORTEST = 2;
const LONGEST = 32;

/** Whether a value may be named: a word of the public vocabulary in any of the usual spellings. */
export function isEnumWord(text: string): boolean {
  return text.length >= SHORTEST && text.length <= LONGEST && words.has(text);
}
