import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuditEntry } from './entry.ts';
import { auditLineText, entryFieldsReader, readAuditLine } from './line.ts';

const usual: AuditEntry = {
  ...{ tenantId: 'acme', sequence: 7, factId: 'f7', type: 'act', source: 'auth', subject: 'acme' },
  ...{ time: '2028-02-29T12:00:00.000Z', actor: 'operator:ada', action: 'key.revoke', target: 'key:one' },
  ...{ reason: null, outcome: 'done', requestId: 'r1', traceId: null, data: '{"a":"b\\\\"}', previous: '', hash: 'h' },
};
const names = Object.keys(usual) as (keyof AuditEntry)[];
/** What a field may be, may just not be, and is not. */
const values = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 2 ** 53, '', '_platform', 'Acme', 'refused', {}, []),
  fc.constantFrom('2026-02-29T12:00:00.000Z', '2026-04-30T23:59:59Z', '2026-04-31T00:00:00Z', '2026-04-30T24:00:00Z'),
  fc.integer({ min: 1 }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(32, 33, 40, 41, 64, 65, 100, 101, 128, 129, 200, 201).map((length) => 'a'.repeat(length)),
  fc.constantFrom(32, 64, 100, 200).map((length) => '"'.repeat(length)),
);
const fieldsOf = entryFieldsReader();
const read = (text: string): unknown[] | undefined =>
  fieldsOf(text)
    ?.slice(1)
    .map((field) => JSON.parse(field));

describe('an entry as a line of an export', () => {
  it('is split without being parsed, for every usual tenant, time and reason', () => {
    for (const over of [
      {},
      { tenantId: '_platform' },
      { reason: 'a "word" – façade 😀' },
      { outcome: 'refused' as const },
    ]) {
      const entry = { ...usual, ...over };
      expect(read(auditLineText({ kind: 'entry', ...entry }))).toEqual(Object.values(entry));
    }
  });
  it('is split only when its schema accepts it, and then into its own fields', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), values, fc.constantFrom(...names), values, (one, a, other, b) => {
        const entry = { ...usual, [one]: a, [other]: b };
        const found = read(JSON.stringify({ ...entry, kind: 'entry' }));
        if (found === undefined) return;
        expect(found).toEqual(Object.values(entry));
        expect(AuditEntry.safeParse(entry).success).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
  it('is refused with a field missing, a field added, or fields in another order', () => {
    const line = auditLineText({ kind: 'entry', ...usual });
    const { reason: _, ...less } = usual;
    for (const other of [
      { ...less, kind: 'entry' },
      { ...usual, more: 1, kind: 'entry' },
      { kind: 'entry', ...usual },
      usual,
    ]) {
      expect(fieldsOf(JSON.stringify(other))).toBeUndefined();
      expect(readAuditLine(JSON.stringify(other))).toBeUndefined();
    }
    expect(readAuditLine(line)).toEqual({ kind: 'entry', ...usual });
    expect(readAuditLine(` ${line}`)).toBeUndefined();
  });
});
