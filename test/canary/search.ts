/** Somewhere that text ends up, and all the text that is there. */
export type Place = Readonly<{ name: string; text: string }>;

/** Something that must not be found outside the places whose name matches `mayBeIn`. */
export type Canary = Readonly<{ what: string; value: string; mayBeIn?: RegExp }>;

/** The ways in which a value may be written down without being hidden. */
function formsOf(value: string): ReadonlySet<string> {
  const bytes = Buffer.from(value);
  // Base64 of a longer text holds the value at one of three offsets, but for the signs at both ends.
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

/** Names each canary that is found where it may not be, with the place and a little of what stands before it. */
export function leaks(canaries: readonly Canary[], places: readonly Place[]): string[] {
  return canaries.flatMap(({ what, value, mayBeIn }) => {
    if (value.length < shortest) throw new RangeError(`the canary of ${what} is too short to be told from chance`);
    const forms = [...formsOf(value)].filter((form) => form.length >= shortest);
    return places
      .filter(({ name }) => !mayBeIn?.test(name))
      .flatMap(({ name, text }) => {
        const at = forms.map((form) => text.indexOf(form)).find((index) => index >= 0);
        return at === undefined ? [] : [`${what} in ${name}: …${text.slice(Math.max(0, at - 120), at)}`];
      });
  });
}
