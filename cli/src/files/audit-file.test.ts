import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verified } from '@vox/compliance/audit';
import { auditLineText } from '@vox/contracts';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { chainOf, exportOf, key, keysText, perPage } from './audit-export.fixture.ts';
import { verifyFile } from './audit-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-audit-file-'));
const [file, keys] = [join(folder, 'export.ndjson'), join(folder, 'keys.json')];
writeFileSync(keys, keysText(key));
afterAll(() => rmSync(folder, { recursive: true }));

const verified = (bytes: Uint8Array | string): Promise<Verified> => {
  writeFileSync(file, bytes);
  return verifyFile(file, keys);
};
const count = 14;
const lines = await exportOf(chainOf(count));
const texts = lines.map(auditLineText);
const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
/** The line of a byte. The end of a line belongs to it. */
const lineAt = (place: number): number => bytes.subarray(0, place).toString('latin1').split('\n').length - 1;
/** The entry of a line, or the next one. */
const entryAt = (line: number): number => 1 + lines.slice(0, line).filter(({ kind }) => kind === 'entry').length;

describe('the verification of an export file', () => {
  it('finds a file sound as it was written, with any words in it, and without the last end of line too', async () => {
    const sound = { first: 1, entries: count, checkpoints: 4, broken: null };
    expect(await verified(bytes)).toEqual(sound);
    expect(await verified(bytes.subarray(0, -1))).toEqual(sound);
    const excerpt = (await exportOf(chainOf(count), { filter: { action: 'key.*' } }))
      .map((line) => `${auditLineText(line)}\n`)
      .join('');
    expect(await verified(excerpt)).toMatchObject({ entries: count, broken: null });
  });
  it('names the entry in which any bit was flipped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }), async (place, bit) => {
        const changed = Buffer.from(bytes);
        changed[place] = (changed[place] ?? 0) ^ (1 << bit);
        const { broken } = await verified(changed);
        const line = lineAt(place);
        if (lines[line]?.kind === 'entry') expect(broken?.sequence).toBe(entryAt(line));
        else expect(broken).not.toBeNull();
      }),
      { numRuns: 400 },
    );
  }, 30_000);
  it('names the entry in which the file was cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 2 }), async (place) => {
        const { broken } = await verified(bytes.subarray(0, place));
        // A cut at the end of a line leaves that line whole: the next one is missing.
        expect(broken?.sequence).toBe(entryAt(bytes[place] === 10 ? lineAt(place) + 1 : lineAt(place)));
      }),
      { numRuns: 300 },
    );
  }, 30_000);
  it('names the place of the first line that was dropped, doubled or moved', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.constantFrom('drop', 'double', 'move'), async (one, other, how) => {
        const [from, to] = [one % texts.length, other % texts.length];
        const line = texts[from] as string;
        const changed = {
          drop: () => texts.toSpliced(from, 1),
          double: () => texts.toSpliced(from, 0, line),
          move: () => texts.toSpliced(from, 1).toSpliced(to, 0, line),
        }[how]();
        // A checkpoint in another place still holds: the signed pages cover every entry.
        const bare = (all: readonly string[]) => all.filter((text) => !text.includes('"kind":"checkpoint"')).join();
        fc.pre(bare(changed) !== bare(texts));
        const { broken } = await verified(changed.join('\n'));
        expect(broken).not.toBeNull();
        const first = changed.findIndex((text, place) => text !== texts[place]);
        // A page is signed as a whole, so a break in it is named by its first entry.
        expect(broken?.sequence).toBeLessThanOrEqual(entryAt(first) + 1);
        expect(broken?.sequence).toBeGreaterThan(entryAt(first) - 1 - perPage);
      }),
      { numRuns: 300 },
    );
  }, 30_000);
  it('accepts nothing that no hash covers: no field twice, no new field, no other spelling', async () => {
    const whole = texts.map((text) => `${text}\n`).join('');
    const twice = '"actor":"operator:eve","actor":"operator:ada"';
    for (const [from, to] of [
      ['"actor":"operator:ada"', twice],
      ['"kind":"entry"', '"kind":"entry","note":"proven"'],
      ['"outcome":"done"', '"outcome": "done"'],
      ['"actor":"operator:ada"', '"actor":"operator:\\u0061da"'],
      ['\\u001f', '\\u001F'],
    ] as const) {
      const changed = whole.replace(from, to);
      expect(changed).not.toBe(whole);
      expect((await verified(changed)).broken).toMatchObject({ cause: 'changed' });
    }
  });
  it('fills no memory when a file has no end of line', async () => {
    expect((await verified(`${texts[0]}\n${'a'.repeat(9 * 1_048_576)}`)).broken).toEqual({
      sequence: 1,
      cause: 'changed',
    });
  });
});
