/**
 * One source of a content security policy: no white space, and none of the signs that part sources, directives and
 * policies (W3C CSP3 §2.2).
 */
const source = /^[\x21-\x2b\x2d-\x3a\x3c-\x7e]+$/;
const directive = /^[a-z-]+$/;

/** A content security policy. Throws RangeError for a source that would be more than one. */
export const contentPolicy = (directives: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(directives)
    .map(([name, sources]) => {
      if (!directive.test(name) || sources.length === 0) throw new RangeError(`${name} is no directive with sources`);
      const wrong = sources.find((each) => !source.test(each));
      if (wrong !== undefined) throw new RangeError(`${name} names a source that is none`);
      return `${name} ${sources.join(' ')}`;
    })
    .join('; ');

const escaped = (text: string): string => text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * A page with its `%PLACES%` filled, each value as text. What a value says is never read again, so that it fills no
 * other place.
 */
export const filled = (html: string, values: Readonly<Record<string, string>>): string =>
  html.replace(/%([A-Z]+)%/g, (place, name: string) =>
    Object.hasOwn(values, name) ? escaped(values[name] ?? '') : place,
  );
