import type { Cut } from './cut.ts';

/** Lengths by country (IBAN Registry of SWIFT, ISO 13616). */
const lengths: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
    'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((each) => [each.slice(0, 2), Number(each.slice(2))]),
);

/** The remainder by 97 of the number with its first four signs at the end and letters from A = 10 (ISO 7064, MOD 97-10). */
function isValid(iban: string): boolean {
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Not within a word: what is read is read by words. */
const start = /(?<![\p{L}\p{M}\p{Cf}])(?=[A-Z]{2}[0-9]{2})/giu;
const separators = ' .\u00a0\u202f';

/** IBANs, together or in groups: the country’s length, and the check digits. */
export function ibans(text: string): Cut[] {
  const found: Cut[] = [];
  for (const match of text.matchAll(start)) {
    const length = lengths[text.slice(match.index, match.index + 2).toUpperCase()];
    if (length === undefined) continue;
    const end = match.index < (found.at(-1)?.end ?? 0) ? undefined : endAfter(text, match.index, length);
    if (end !== undefined) found.push({ start: match.index, end, kind: 'iban' });
  }
  return found;
}

function endAfter(text: string, from: number, length: number): number | undefined {
  let iban = '';
  for (let at = from; at < text.length && at < from + length * 2; at += 1) {
    const sign = text[at] ?? '';
    if (/[A-Z0-9]/i.test(sign)) iban += sign.toUpperCase();
    else if (!separators.includes(sign)) return undefined;
    if (iban.length === length) return !endsWithin(text, at) && isValid(iban) ? at + 1 : undefined;
  }
  return undefined;
}

/** Whether the sign at a place goes on: a word or a number that is cut in two would be read as another. */
function endsWithin(text: string, at: number): boolean {
  const [sign, next] = [text[at] ?? '', text.slice(at + 1, at + 3)];
  return /[0-9]/.test(sign) ? /^\p{Nd}/u.test(next) : /^[\p{L}\p{M}\p{Cf}]/u.test(next);
}
