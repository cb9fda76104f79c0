import { z } from 'zod';
import { AuditEntry, AuditLine } from './entry.ts';

/** A line of an export, as it is written and no other way: its fields in the order of their schema, without a space. */
export const auditLineText = (line: AuditLine): string => JSON.stringify(AuditLine.parse(line));

/**
 * What a line of an export says; `undefined` for a text that is none, to the byte. A field that stands twice, or one more than we write, would be
 * shown to whoever reads the file, and no hash covers it.
 */
export function readAuditLine(text: string): AuditLine | undefined {
  try {
    const line = AuditLine.parse(JSON.parse(text));
    return JSON.stringify(line) === text ? line : undefined;
  } catch {
    return undefined;
  }
}

type Part = z.core.JSONSchema.BaseSchema;

/** A string as JSON is written, without what it would need `\u` for: such a line is read in full. */
const plainText = String.raw`[^"\\\x00-\x1f]*(?:\\["\\bfnrt][^"\\\x00-\x1f]*)*`;

/** The texts that a field may have in a line, as a pattern: never one that its schema refuses. */
function patternOf(part: Part): string {
  if (part.anyOf !== undefined) return part.anyOf.map((each) => patternOf(each as Part)).join('|');
  if (part.type === 'null') return 'null';
  if (part.type === 'integer') return String.raw`[1-9]\d{0,14}`;
  if (part.const !== undefined) return JSON.stringify(part.const);
  if (part.enum !== undefined) return part.enum.map((each) => JSON.stringify(each)).join('|');
  if (part.pattern !== undefined) return `"(?:${part.pattern.replace(/^\^|\$$/g, '')})"`;
  return `"${part.minLength === undefined ? '' : '(?!")'}${plainText}"`;
}
const lengthMaxOf = ({ maxLength, anyOf = [] }: Part): number =>
  Math.min(maxLength ?? Infinity, ...anyOf.map((each) => lengthMaxOf(each as Part)));

/** A line that is an entry, and then its fields as JSON in the order of the schema, with their quotation marks and escapes. */
export type EntryFields = readonly string[];

/** Takes entries of an export apart without parsing them. It answers `undefined` for whatever it is not sure of: that is read in full. */
export function entryFieldsReader(): (line: string) => EntryFields | undefined {
  const parts = Object.entries(z.toJSONSchema(AuditEntry).properties ?? {}) as [string, Part][];
  const fields = parts.map(([name, part]) => `"${name}":(${patternOf(part)})`);
  const form = new RegExp(`^\\{${fields.join(',')},"kind":"entry"\\}$`);
  // An escape counts twice, so this refuses some that would do, and lets none pass that would not.
  const bounded = parts
    .map(([, part], at) => [at + 1, 2 + lengthMaxOf(part)] as const)
    .filter(([, max]) => max < Infinity);
  return (line) => {
    const found = form.exec(line);
    if (found === null) return undefined;
    for (const [at, max] of bounded) if ((found[at]?.length ?? 0) > max) return undefined;
    return found;
  };
}
