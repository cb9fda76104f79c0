/** What a descriptor of a tool says of where it is sent and with which secrets. */

const secretPlace = /\{\{ *secrets\.([A-Z][A-Z0-9_]{0,63}) *\}\}/g;

/** The kind of a tool: one of the page has none of its own. @param {any} tool @returns {string} */
export const kindOf = (tool) => tool.kind ?? 'function';

/** Host and port of whom a tool asks, if it asks anybody. @param {any} tool */
export function hostOf(tool) {
  const url = tool.http?.urlTemplate ?? tool.server ?? tool.link?.urlTemplate ?? '';
  const start = /^https?:\/\/[^/?#\\]*/i.exec(url)?.[0];
  return start !== undefined && URL.canParse(start) ? new URL(start).host : undefined;
}

/**
 * The secrets that a tool sends, and whether it may: `missing`, or `elsewhere` for one that its host may not be sent.
 * @param {any} tool @param {readonly any[]} kept the secrets that there are
 * @returns {readonly Readonly<{name: string, state: 'kept' | 'missing' | 'elsewhere'}>[]}
 */
export function secretsOf(tool, kept) {
  const sent = JSON.stringify([tool.http, tool.headers]);
  const host = hostOf(tool);
  const names = new Set([...sent.matchAll(secretPlace)].map(([, name = '']) => name));
  return [...names].map((name) => {
    const secret = kept.find((each) => each.name === name);
    if (secret === undefined) return { name, state: 'missing' };
    return { name, state: secret.inForce.hosts.includes(host) ? 'kept' : 'elsewhere' };
  });
}

/**
 * What the linter says of one tool of a list, with the place in that tool.
 * @param {readonly any[]} findings @param {number} at
 */
export const findingsOf = (findings, at) =>
  findings
    .filter(({ place }) => place.startsWith(`${at}.`))
    .map((each) => ({ ...each, place: each.place.slice(`${at}.`.length) }));
