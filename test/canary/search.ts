/** A place that text is written to, and all its text. */
export type Place = Readonly<{ name: string; text: string }>;

/** A value that may be found only in places whose name matches `mayBeIn`. */
export type Canary = Readonly<{ what: string; value: string; mayBeIn?: RegExp }>;

/** The encodings in which a value may be written. */
function formsOf(value: string): ReadonlySet<string> {
  const bytes = Buffer.from(value);
  // Base64 of a longer text holds the value at one of three offsets, except for the characters at both ends.
  const inside = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(offset === 0 ? 0 : offset + 1, -2);
  });
  const base64 = inside.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]);
  return new Set([
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('hex'),
    ...base64,
  ]);
}

const shortest = 6;

/** Names each canary that is found in a forbidden place, with the place and the text before it. */
export function leaks(canaries: readonly Canary[], places: readonly Place[]): string[] {
  return canaries.flatMap(({ what, value, mayBeIn }) => {
    if (value.length < shortest) throw new RangeError(`the canary of ${what} is so short that chance could write it`);
    const forms = [...formsOf(value)].filter((form) => form.length >= shortest);
    return places
      .filter(({ name }) => !mayBeIn?.test(name))
      .flatMap(({ name, text }) => {
        const at = forms.map((form) => text.indexOf(form)).find((index) => index >= 0);
        return at === undefined ? [] : [`${what} in ${name}: …${text.slice(Math.max(0, at - 120), at)}`];
      });
  });
}
