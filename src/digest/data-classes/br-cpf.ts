// Brazilian CPF.
import { digitsOf, weightedSum } from "../check-digits.ts";
import { defineDataClass } from "../data-class.ts";

const ANY = /(?<!\d)\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\d)/g;
const WRITTEN = /(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)/g;

function isCpf(digits: string): boolean {
  if (/^(\d)\1+$/.test(digits)) return false;
  const first = ((weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
  const second = ((weightedSum(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
  return first === Number(digits[9]) && second === Number(digits[10]);
}

export default defineDataClass({
  id: "br-cpf",
  title: "Brazilian CPF",
  reference: "https://www.gov.br/receitafederal/pt-br/assuntos/meu-cpf",
  sensitivity: "personal",
  hint: /\d{3}\.?\d{3}\.?\d{3}-?\d{2}/,
  fields: /^$|cpf|(^|_)(documento|document(_number)?|tax_?id)($|_)/,
  find: (text, field) =>
    (text.match(field === "" ? WRITTEN : ANY) ?? []).some((found) => isCpf(digitsOf(found))),
  examples: [
    { text: "529.982.247-25", field: "cpf" },
    { text: "52998224725", field: "documento" },
    { text: "CPF 529.982.247-25" },
  ],
  rejects: [
    { text: "529.982.247-26", field: "cpf" },
    { text: "111.111.111-11", field: "cpf" },
    { text: "52998224725" },
  ],
});
