import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';
import type { Backups } from '../reach/backups.ts';
import { Mistake, sentencesOf } from '../text/sentences.ts';

const takenAt = '2026-05-01T12:00:00.000Z';
const of = (kind: 'data' | 'keys') => ({
  header: { format: 1, kind, backupId: 'b1', takenAt, version: '0.9.0', keyId: 'k', salt: 's' },
  manifest: { parts: [], messages: 1, documents: 2, isOneMoment: true, finishedAt: takenAt },
});

describe('vox backup', () => {
  let folder: string;
  let said: unknown[];
  let notes: string[];
  let noted: string[];
  let breaks: string | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vox-backup-'));
    [said, notes, noted, breaks] = [[], [], [], undefined];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const backups: Backups = {
    async take(kind, { write, allowSeveralMoments }) {
      await write(Buffer.from(`${kind} ${allowSeveralMoments}`));
      if (breaks === kind) throw new Mistake(['the NATS server went silent while VOX_CALLS was read']);
      return of(kind);
    },
    async noteTaken({ header }) {
      if (breaks === 'note') throw new Mistake(['it could not be noted that this was done']);
      noted.push(header.kind);
    },
    verify: async () => of('data'),
    drill: async () => of('data'),
    restore: async () => of('data'),
    last: async () => ({}),
  };
  const vox = (...words: string[]): Promise<unknown> =>
    voxCommand(
      {
        ask: async () => Promise.reject(new Error('nobody is asked')),
        ...{ actor: 'operator:test', requestId: 'r', print: async () => undefined },
        note: (text) => void notes.push(text),
        say: (answer: unknown) => void said.push(answer),
      },
      undefined,
      undefined,
      backups,
    ).parseAsync(words, { from: 'user' });
  const file = (name: string): string => join(folder, name);

  it('writes the data and then the keys to files of their own, and notes both', async () => {
    await vox('backup', '--out', file('data'), '--keys-out', file('keys'), '--several-moments');
    expect([readFileSync(file('data'), 'utf8'), readFileSync(file('keys'), 'utf8')]).toEqual([
      'data true',
      'keys true',
    ]);
    expect(noted).toEqual(['data', 'keys']);
    expect(said).toMatchObject([
      [
        { kind: 'data', file: file('data') },
        { kind: 'keys', file: file('keys') },
      ],
    ]);
  });
  it('leaves no file when it breaks off, and none that looks like a backup', async () => {
    breaks = 'data';
    const refusal = await vox('backup', '--out', file('data')).catch(sentencesOf);
    expect(refusal).toEqual(['the NATS server went silent while VOX_CALLS was read.']);
    expect(readdirSync(folder)).toEqual([]);
    expect([said, noted]).toEqual([[], []]);
  });
  it('keeps the backup when it cannot be noted, and says so', async () => {
    breaks = 'note';
    await vox('backup', '--out', file('data'));
    expect(existsSync(file('data'))).toBe(true);
    expect(notes).toEqual(['it could not be noted that this was done.']);
  });
  it.each([
    [[], '--out must be given, or --keys-out, or both.'],
    [['--out', 'there'], '--out exists already, and is never overwritten. Name another file, or move this one.'],
    [
      ['--keys-out', 'there'],
      '--keys-out exists already, and is never overwritten. Name another file, or move this one.',
    ],
  ])('refuses %j by the name of the option', async (options, sentence) => {
    writeFileSync(file('there'), 'older');
    const words = options.map((each) => (each === 'there' ? file(each) : each));
    expect(await vox('backup', ...words).catch(sentencesOf)).toEqual([sentence]);
    expect(readFileSync(file('there'), 'utf8')).toBe('older');
  });
  it('says after a restore what must follow before visitors may come', async () => {
    await vox('restore', file('data'));
    expect(notes.join()).toMatch(/vox bus apply.*vox subject replay.*reconciliation/);
  });
});
