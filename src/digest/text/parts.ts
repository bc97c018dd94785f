// Reads multipart forms as far as behaviour needs it: texts of fields, and of files what kind they are.
import { readMultipart } from "../multipart.ts";
import { addField } from "./fields.ts";
import type { Tree } from "./tree.ts";
import { addText, emptyTree } from "./tree.ts";

const FILE_TYPE =
  /^content-disposition:[^\r\n]{0,400};\s*filename[^\r\n]{0,400}\r?\n(?:[^\r\n]{1,400}\r?\n)??content-type:\s*([\w.+-]+\/[\w.+-]+)/gim;
const FILE_NAME = /;\s*filename\*?="?[^"\r\n]{0,200}?\.(\w{2,5})"?/gi;
const AUDIO = /^(?:mp3|wav|m4a|ogg|oga|opus|flac|webm|aac)$/i;
const IMAGE = /^(?:png|jpe?g|webp|gif|heic|bmp|tiff?)$/i;

export function partsOf(text: string, boundary: string): Tree {
  const tree = emptyTree();
  for (const part of readMultipart(text, boundary)) {
    if (part.text === null) addText(tree, part.name, "");
    else addField(tree, part.name, part.text);
  }
  for (const [, type = ""] of text.matchAll(FILE_TYPE)) tree.files.push(type.toLowerCase());
  for (const [, extension = ""] of text.matchAll(FILE_NAME)) {
    if (AUDIO.test(extension)) tree.files.push(`audio/${extension.toLowerCase()}`);
    else if (IMAGE.test(extension)) tree.files.push(`image/${extension.toLowerCase()}`);
  }
  return tree;
}
