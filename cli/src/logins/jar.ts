/** The cookies of one server. A server may say what it likes: few and short ones are kept. */
export type Jar = Readonly<{
  /** The Cookie header; `undefined` where there is no cookie. */
  header: () => string | undefined;
  keep: (setCookies: readonly string[]) => void;
  cookies: () => Readonly<Record<string, string>>;
}>;

const pair = /^([A-Za-z0-9_!#$%&'*+.^`|~-]{1,64})=([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{0,4096})(;|$)/;
const cookiesMax = 16;

/** `onChange` hears of every change. */
export function jarOf(from: Readonly<Record<string, string>>, onChange: () => void = () => undefined): Jar {
  const kept = new Map(Object.entries(from));
  function take(text: string): void {
    const [, name, value] = pair.exec(text) ?? [];
    if (name === undefined || value === undefined) return;
    if (value === '' || /;\s*max-age=0\s*(;|$)/i.test(text)) kept.delete(name);
    else if (kept.has(name) || kept.size < cookiesMax) kept.set(name, value);
  }
  return {
    header: () => (kept.size === 0 ? undefined : [...kept].map(([name, value]) => `${name}=${value}`).join('; ')),
    keep(setCookies) {
      for (const text of setCookies) take(text);
      if (setCookies.length > 0) onChange();
    },
    cookies: () => Object.fromEntries(kept),
  };
}
