import type { Json } from './outcome.ts';

/** Shorter texts stand in many answers by chance: they are cut where they are the whole of one. */
const partCharsMin = 6;
const cutTo = '[secret]';

/**
 * A value without the secrets that it was asked with: a host may say back what it was sent. Cut are the secret as it
 * is, in base64 wherever it begins within what was encoded, escaped as in an address, a form or JSON, and as a number.
 * What a host makes of it besides (a hash, hexadecimal, its letters apart) nobody can know.
 */
export function withoutSecrets(value: Json, secrets: readonly string[]): Json {
  const whole = new Set(secrets.filter((secret) => secret !== ''));
  const parts = [...new Set([...whole].filter(({ length }) => length >= partCharsMin).flatMap(formsOf))];
  // The longest first: of a secret that begins another one, the rest would be left.
  parts.sort((one, other) => other.length - one.length);
  const shortest = parts.at(-1)?.length ?? Number.POSITIVE_INFINITY;
  const cut = (text: string): string => {
    if (whole.has(text)) return cutTo;
    if (text.length < shortest) return text;
    return parts.reduce((left, part) => left.replaceAll(part, cutTo), text);
  };
  const walk = (each: Json): Json => {
    if (typeof each === 'string') return cut(each);
    if (typeof each === 'number') return cut(String(each)) === String(each) ? each : cut(String(each));
    if (Array.isArray(each)) return each.map(walk);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, inner]) => [cut(name), walk(inner)]));
  };
  return whole.size === 0 ? value : walk(value);
}

/** A secret as hosts write it. */
function formsOf(secret: string): readonly string[] {
  const escaped = encodeURIComponent(secret.toWellFormed());
  const ofForm = new URLSearchParams({ '': secret }).toString().slice(1);
  const inAddress = [escaped, ofForm, ofForm.replaceAll('+', '%20')];
  const withSmall = inAddress.map((text) => text.replace(/%[0-9A-F]{2}/g, (each) => each.toLowerCase()));
  const encoded = base64Of(secret);
  const ofUrls = encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [secret, JSON.stringify(secret).slice(1, -1), ...inAddress, ...withSmall, ...encoded, ...ofUrls];
}

/**
 * A secret in base64, whole and as it stands there behind others. Three bytes are four letters, so it has three forms;
 * letters that hold bits of its neighbours too are left out.
 */
function base64Of(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const within = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return [bytes.toString('base64'), ...within];
}
