// Prose is told from names, codes and lists in any script.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isCode, proseOf } from "../../../../src/digest/text/prose.ts";

test.each([
  "How do I change the address of my order?",
  "Wie kann ich meine Bestellung ändern?",
  "Comment puis-je changer mon adresse ?",
  "Jak mogę zmienić adres dostawy?",
  "Как изменить адрес доставки?",
  "Πώς μπορώ να αλλάξω τη διεύθυνση;",
  "كيف يمكنني تغيير عنوان التسليم؟",
  "איך אפשר לשנות את כתובת המשלוח?",
  "मैं अपना पता कैसे बदल सकता हूँ?",
  "我的快递怎么还没有到？",
  "配送先の住所を変えたいのですが",
  "배송지 주소를 어떻게 바꾸나요?",
  "ฉันจะเปลี่ยนที่อยู่จัดส่งได้อย่างไร",
  "Làm thế nào để thay đổi địa chỉ giao hàng?",
])("%s is prose", (text) => expect(proseOf(text).wording).toBe("prose"));

test.each([
  "",
  "42",
  "red wool scarf",
  "ORD-2024-0001 X9",
  "3f2504e0-4f89-11d3",
  "纯棉毛毯灰色",
  "Anna Maria Huber",
])("%s is none", (text) => expect(proseOf(text).wording).not.toBe("prose"));

test("languages are told where small words do", () => {
  expect(proseOf("Ich weiß nicht, wie das geht und was es kostet").language).toBe("de");
  expect(proseOf("I do not know how this works and what it costs").language).toBe("en");
});

test("code is told from prose", () => {
  expect(isCode("def mean(xs):\n    return sum(xs) / len(xs)")).toBe(true);
  expect(isCode("SELECT name, count(*) FROM orders WHERE paid = 1 GROUP BY name;")).toBe(true);
  expect(isCode("Please return the book (it is due) to the library.")).toBe(false);
});

test("never throws", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (text) => {
      expect(["prose", "words", "none"]).toContain(proseOf(text).wording);
      expect(typeof isCode(text)).toBe("boolean");
    }),
  );
});
