// What a PDF says: its words, page by page.
import PDFParser from "pdf2json";

/** Words of each page, ligatures taken apart, in whatever order the file draws them. Rejects when it is no PDF. */
export function pagesOf(pdf: Uint8Array): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const parser = new PDFParser();
    parser.on("pdfParser_dataError", (failure) =>
      reject("parserError" in failure ? failure.parserError : failure),
    );
    parser.on("pdfParser_dataReady", ({ Pages }) =>
      resolve(
        Pages.map(({ Texts }) =>
          Texts.map(({ R }) => R.map(({ T }) => readable(T)).join(""))
            .join(" ")
            .normalize("NFKC"),
        ),
      ),
    );
    // Below 0: it says nothing of links, which are no form fields.
    parser.parseBuffer(Buffer.from(pdf), -1);
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
