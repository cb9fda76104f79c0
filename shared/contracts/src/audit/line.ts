import { z } from 'zod';
import { AuditEntry, AuditLine } from './entry.ts';

/** The only way to write a line of an export: its fields in the order of their schema, without a space. */
export const auditLineText = (line: AuditLine): string => JSON.stringify(AuditLine.parse(line));

/**
 * Reads a line of an export; `undefined` for a text that is not exactly one. No hash covers a field that stands twice
 * or is unknown, yet it would be shown to whoever reads the file.
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

/** A JSON string without `\u` escapes: a line with one is parsed in full. */
const plainText = String.raw`[^"\\\x00-\x1f]*(?:\\["\\bfnrt][^"\\\x00-\x1f]*)*`;

/** A pattern for the texts of a field. It never matches a text that the schema refuses. */
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

/**
 * The whole line of an entry, and then its fields as JSON in the order of the schema, with quotation marks and escapes.
 */
export type EntryFields = readonly string[];

/**
 * Splits entries of an export without parsing them. It returns `undefined` for every line that it is not sure of: those
 * are parsed in full.
 */
export function entryFieldsReader(): (line: string) => EntryFields | undefined {
  const parts = Object.entries(z.toJSONSchema(AuditEntry).properties ?? {}) as [string, Part][];
  const fields = parts.map(([name, part]) => `"${name}":(${patternOf(part)})`);
  const form = new RegExp(`^\\{${fields.join(',')},"kind":"entry"\\}$`);
  // An escape counts twice, so this refuses some valid lines and lets no invalid one pass.
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
