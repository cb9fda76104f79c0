/** Lengths of 13 to 19 digits as bits: 1 is thirteen. */
export type Lengths = number;
export const shortest = 13;
export const longest = 19;
const from = (least: number, most = least): Lengths => {
  let bits = 0;
  for (let count = least; count <= most; count += 1) bits |= 1 << (count - shortest);
  return bits;
};

type Range = readonly [first: string, last: string, lengths: Lengths];

/**
 * Who issues what, by leading digits (ISO/IEC 7812-1), as the networks publish it and “Payment card number” of
 * Wikipedia collects it. Visa’s 13 digits are old, and still found. Closed networks (UATP, fuel and shop cards) are not
 * in here, nor are cards without a Luhn digit (China T-Union, some Diners enRoute): nothing would tell them from an
 * order number.
 */
const ranges: readonly Range[] = [
  ['4', '4', from(13) | from(16) | from(19)], // Visa
  ['51', '55', from(16)], // Mastercard
  ['2221', '2720', from(16)], // Mastercard, since 2017
  ['34', '34', from(15)], // American Express
  ['37', '37', from(15)],
  ['300', '305', from(14, 19)], // Diners Club
  ['3095', '3095', from(14, 19)],
  ['36', '36', from(14, 19)],
  ['38', '39', from(14, 19)],
  ['6011', '6011', from(16, 19)], // Discover
  ['644', '649', from(16, 19)],
  ['65', '65', from(16, 19)], // Discover, RuPay, Elo, Troy
  ['3528', '3589', from(16, 19)], // JCB
  ['62', '62', from(16, 19)], // UnionPay, and Discover’s 622126 to 622925
  ['81', '82', from(16, 19)], // UnionPay, RuPay
  ['50', '50', from(13, 19)], // Maestro; Verve 506099 to 506198, RuPay 508, Dankort 5019
  ['56', '58', from(13, 19)], // Maestro
  ['63', '63', from(13, 19)],
  ['67', '67', from(13, 19)],
  ['60', '60', from(16)], // RuPay, Hipercard
  ['2200', '2205', from(16, 19)], // Mir, Borica
  ['9792', '9792', from(16)], // Troy
];

const known = new Map<string, Lengths | undefined>();

/** The lengths of numbers with this beginning; 0 if no issuer's begins so; `undefined` while more digits are needed. */
export function lengthsOf(prefix: string): Lengths | undefined {
  if (known.has(prefix)) return known.get(prefix);
  let lengths = 0;
  let open = false;
  for (const [first, last, some] of ranges) {
    const size = Math.min(first.length, prefix.length);
    const start = prefix.slice(0, size);
    if (start < first.slice(0, size) || start > last.slice(0, size)) continue;
    lengths |= some;
    open ||= prefix.length < first.length;
  }
  const answer = open ? undefined : lengths;
  known.set(prefix, answer);
  return answer;
}
