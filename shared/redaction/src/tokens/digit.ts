const decimal = /^\p{Nd}$/u;
const values = new Map<number, string>();

/**
 * The value of a decimal digit of any script, as '0'–'9'. Unicode encodes each script's digits as a run of ten in order
 * of value (Unicode Standard, ch. 4.6), and runs that touch are whole tens: counting from the run's start is enough.
 */
function digitOf(codePoint: number): string {
  const known = values.get(codePoint);
  if (known !== undefined) return known;
  let first = codePoint;
  while (first > 0 && decimal.test(String.fromCodePoint(first - 1))) first -= 1;
  const value = String((codePoint - first) % 10);
  values.set(codePoint, value);
  return value;
}

/** Decimal digits of any script as ASCII; full-width, Arabic-Indic, mathematical. */
export function asciiDigits(digits: string): string {
  if (/^[0-9]+$/.test(digits)) return digits;
  return Array.from(digits, (each) => digitOf(each.codePointAt(0) ?? 0x30)).join('');
}

/** The digit that a circled or raised figure stands for, if it is one. */
export function figured(sign: string): string | undefined {
  const plain = sign.normalize('NFKC');
  return /^[0-9]$/.test(plain) ? plain : undefined;
}
