import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyFile } from '@vox/cli/audit-file';
import { type AuditEntry, auditForms, auditLineText } from '@vox/contracts';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { chainOf, exportOf, key, keysText, someKey } from '../../cli/src/files/audit-export.fixture.ts';

type Found = Readonly<{ broken: Readonly<{ cause: string }> | null; not?: string; tenantId?: string }>;
type VerifyInBrowser = (file: Blob, given: object) => Promise<Found>;
const page = '../../console/src/page/audit-file/verify-file.js';
const { verifyFile: verifyInBrowser } = (await import(page)) as { verifyFile: VerifyInBrowser };

const folder = mkdtempSync(join(tmpdir(), 'vox-verified-alike-'));
const [file, keysFile] = [join(folder, 'export.ndjson'), join(folder, 'keys.json')];
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(keysFile, keysText(key));
const [forms, { keys }] = [auditForms(), JSON.parse(keysText(key)) as { keys: object[] }];

/** What the command finds in a file, once the browser has found the same. */
async function found(bytes: Uint8Array, tenantId?: string): Promise<string> {
  writeFileSync(file, bytes);
  const byCommand = await verifyFile(file, keysFile, tenantId);
  const { tenantId: _, ...inBrowser } = await verifyInBrowser(new Blob([Buffer.from(bytes)]), {
    keys,
    forms,
    tenantId,
  });
  expect(inBrowser).toEqual(byCommand);
  return byCommand.not ?? byCommand.broken?.cause ?? 'sound';
}

const stranger = someKey('00000000-0000-4000-8000-00000000000f');
const chain = chainOf(14);
const other = await exportOf(chainOf(14, 'm'));
const textsOf = (lines: Awaited<ReturnType<typeof exportOf>>): string[] => lines.map(auditLineText);
const whole = textsOf(await exportOf(chain));
const bases = [
  whole,
  textsOf(await exportOf(chain, { filter: { action: 'key.*' } })),
  textsOf(await exportOf(chain, { filter: { from: chain[5]?.time ?? '', to: chain[9]?.time ?? '' } })),
  textsOf(await exportOf(chain, { begins: 4 })),
  textsOf(await exportOf(chain, { begins: 4, by: stranger })),
  textsOf(await exportOf(chain, { by: stranger })),
  textsOf(other),
];
const bytesOf = (texts: readonly string[]): Buffer => Buffer.from(texts.map((text) => `${text}\n`).join(''));
const entriesOf = (lines: typeof other) => lines.filter(({ kind }) => kind === 'entry') as unknown as AuditEntry[];
/** The line of an entry, as the other chain has it. */
const foreign = (sequence: number): string =>
  auditLineText({ kind: 'entry', ...entriesOf(other)[sequence - 1] } as (typeof other)[number]);
/** The whole export, with lines of the other chain in the place of some of its own. */
const mixed = (is: (sequence: number) => boolean): Buffer =>
  bytesOf(
    whole.map((text) => {
      const { kind, sequence } = JSON.parse(text) as { kind: string; sequence: number };
      return kind === 'entry' && is(sequence) ? foreign(sequence) : text;
    }),
  );
const without = (is: (text: string) => boolean): Buffer => bytesOf(whole.filter((text) => !is(text)));

describe('an exported audit log that a browser verifies', () => {
  it('is found to be what the command finds, for each way in which it can be wrong', async () => {
    const forged = (kind: string) =>
      bytesOf(whole.map((text) => (text.includes(`"kind":"${kind}"`) ? sign(text) : text)));
    const sign = (text: string) => text.replace(/\.[A-Za-z0-9_-]{20}/, `.${'A'.repeat(20)}`);
    const cases: readonly (readonly [string, Uint8Array, string?])[] = [
      ['sound', bytesOf(whole)],
      ['sound', bytesOf(whole), 'acme'],
      ['other-tenant', bytesOf(whole), 'other'],
      ['sound', bytesOf(bases[1] ?? [])],
      ['sound', bytesOf(bases[2] ?? [])],
      ['sound', bytesOf(bases[3] ?? [])],
      ['empty', Buffer.from('')],
      ['empty', Buffer.from(' \n\n')],
      ['csv', Buffer.from('sequence,time,outcome\r\n1,2026-05-05T12:00:00.000Z,done\r\n')],
      ['csv', Buffer.from('\ufeff"sequence";"time";"outcome"\n')],
      ['no-export', Buffer.from('{"hello":"world"}\n')],
      ['no-export', Buffer.from([0x50, 0x4b, 3, 4, 255, 254, 10, 128])],
      ['truncated', Buffer.from('{"kind":"exp')],
      ['truncated', bytesOf(whole).subarray(0, -90)],
      ['other-keys', bytesOf(bases[5] ?? [])],
      ['other-keys', bytesOf(bases[4] ?? [])],
      ['page-forged', forged('page')],
      ['checkpoint-forged', forged('checkpoint')],
      ['anchor-forged', bytesOf([...whole.slice(0, 3), bases[3]?.[1] ?? '', ...whole.slice(3)])],
      ['unlinked', mixed((sequence) => sequence === 7)],
      ['rewritten', mixed(() => true)],
      ['missing', without((text) => text.includes('"sequence":3,'))],
      ['repeated', bytesOf([...whole.slice(0, 3), whole[2] ?? '', ...whole.slice(3)])],
      ['changed', Buffer.from(bytesOf(whole).toString().replace('key:9', 'key:8'))],
      ['changed', Buffer.from(bytesOf(whole).toString().replace('"kind":"entry"', '"kind":"entry","note":"x"'))],
    ];
    for (const [expected, bytes, tenantId] of cases) expect(await found(bytes, tenantId)).toBe(expected);
  });
  it('is found to be what the command finds, whatever lines are dropped, doubled, moved, swapped or bent', async () => {
    const line = fc.nat({ max: 99 });
    const bend = fc.constantFrom(
      ...[
        ['"', '\\"'],
        ['acme', '_platform'],
        ['"done"', '"refused"'],
        ['operator', ''],
        [':null', ':""'],
        [',', ', '],
      ],
      ...[
        ['"sequence":', '"sequence":1'],
        ['T12:', 'T24:'],
        ['Z"', '+00:00"'],
        ['eyJ', 'eyK'],
        ['{', ' {'],
        ['}', '}\r'],
      ],
      ...[
        ['\\u', '\\U'],
        ['/', '\\/'],
        ['a', '\u0000'],
        ['"filter":{', '"filter":{"actor":"x",'],
        ['"reason"', '"toString"'],
      ],
    );
    const change = fc.oneof(
      fc.record({ how: fc.constant('drop'), at: line }),
      fc.record({ how: fc.constant('double'), at: line, to: line }),
      fc.record({ how: fc.constant('move'), at: line, to: line }),
      fc.record({ how: fc.constant('take'), at: line, from: fc.nat({ max: bases.length - 1 }), line }),
      fc.record({ how: fc.constant('bend'), at: line, bend }),
    ) as fc.Arbitrary<Change>;
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bases),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        async (base, changes) => {
          seen.add(await found(bytesOf(changes.reduce(changed, base))));
        },
      ),
      { numRuns: 200 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['changed', 'missing', 'page-forged', 'sound']));
  }, 60_000);
  it('is found to be what the command finds, wherever it is cut off or a bit of it is flipped', async () => {
    const bytes = bytesOf(whole);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 8 }), async (place, bit) => {
        const bent = bit === 8 ? bytes.subarray(0, place) : Buffer.from(bytes);
        if (bit < 8) bent[place] = (bent[place] ?? 0) ^ (1 << bit);
        await found(bent);
      }),
      { numRuns: 120 },
    );
  }, 60_000);
});

type Change = Readonly<{ how: string; at: number; to: number; from: number; line: number; bend: [string, string] }>;

function changed(texts: readonly string[], { how, at, to, from, line, bend }: Change): string[] {
  const place = at % Math.max(1, texts.length);
  const text = texts[place] ?? '';
  if (how === 'drop') return texts.toSpliced(place, 1);
  if (how === 'double') return texts.toSpliced(to % (texts.length + 1), 0, text);
  if (how === 'move') return texts.toSpliced(place, 1).toSpliced(to % Math.max(1, texts.length), 0, text);
  if (how === 'bend') return texts.with(place, text.replace(bend[0], bend[1]));
  const base = bases[from] ?? whole;
  return texts.with(place, base[line % base.length] ?? '');
}
