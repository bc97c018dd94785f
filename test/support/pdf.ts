// What a PDF says: its words, page by page.
import PDFParser from "pdf2json";

/** Words of each page, in whatever order the file draws them. Rejects when it is no PDF. */
export function pagesOf(pdf: Uint8Array): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const parser = new PDFParser();
    parser.on("pdfParser_dataError", (failure) =>
      reject("parserError" in failure ? failure.parserError : failure),
    );
    parser.on("pdfParser_dataReady", ({ Pages }) =>
      resolve(
        Pages.map(({ Texts }) => Texts.map(({ R }) => R.map(({ T }) => readable(T)).join("")).join(" ")),
      ),
    );
    parser.parseBuffer(Buffer.from(pdf), 0);
  });
}

/** Texts may be percent-encoded; one that is not is text already. */
function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
