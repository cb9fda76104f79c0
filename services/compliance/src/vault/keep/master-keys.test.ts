import { randomBytes } from 'node:crypto';
import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileMasterKeys, readMasterKeys } from './master-keys.ts';

const line = () => randomBytes(32).toString('base64');

describe('master keys in a file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'vox-master-')), 'master.key');
  let atSeconds = 1_000;
  const write = (text: string): void => {
    writeFileSync(file, text);
    atSeconds += 10;
    utimesSync(file, atSeconds, atSeconds);
  };

  it('change with the file, and stay as they are if it cannot be read', () => {
    const [old, newest] = [line(), line()];
    write(`${old}\n`);
    const failures: unknown[] = [];
    const keys = fileMasterKeys(file, (error) => failures.push(error));
    const { kid } = keys.current();
    write(`${newest}\n${old}\n`);
    expect(keys.current().kid).not.toBe(kid);
    expect(keys.find(kid)?.key).toEqual(Buffer.from(old, 'base64'));
    write('nonsense');
    expect(keys.find(kid)).toBeDefined();
    expect(failures.length).toBeGreaterThan(0);
    expect(String(failures[0])).not.toContain('nonsense');
  });
  it('are refused if a line is no key', () => {
    for (const text of ['', 'c2hvcnQ=', `${line()}\nx`]) expect(() => readMasterKeys(text)).toThrow(RangeError);
  });
});
