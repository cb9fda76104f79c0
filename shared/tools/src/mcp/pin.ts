import { hash } from 'node:crypto';

/** What a server says of a tool, as far as a pin holds it. */
export type PinnedSaying = Readonly<{ description?: string | undefined; inputSchema: unknown }>;

/** JSON with its members in order and without white space (RFC 8785), so that equal values are equal texts. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`);
  return `{${members.join(',')}}`;
}

/** SHA-256, in hexadecimal, of what a server says that a tool is for and takes. */
export const pinOf = ({ description = '', inputSchema }: PinnedSaying): string =>
  hash('sha256', canonical({ description, inputSchema }), 'hex');
