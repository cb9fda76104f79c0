import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { freshSetting } from './fresh-setting.ts';
import { positive } from './kinds.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-fresh-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'setting');
let writes = 0;
/** Two writes within one tick of the file system’s clock would look like one. */
function write(text: string): void {
  writeFileSync(file, text);
  writes += 1;
  utimesSync(file, new Date(), new Date(1_000_000 * writes));
}

describe('a setting that comes from a file', () => {
  it('is what the file holds now, and stays what it was, and says so once, while the file is wrong or away', () => {
    write('1');
    const told = vi.fn();
    const setting = freshSetting('SETTING', { SETTING_FILE: file }, positive().optional(), 1, told);
    expect(setting()).toBe(1);
    write('2\n');
    expect(setting()).toBe(2);
    write('none');
    expect([setting(), setting(), told.mock.calls.length]).toEqual([2, 2, 1]);
    rmSync(file);
    expect([setting(), setting(), told.mock.calls.length]).toEqual([2, 2, 2]);
    write('3');
    expect(setting()).toBe(3);
  });
});

describe('a setting that comes from the environment', () => {
  it('never changes', () => {
    write('4');
    expect(freshSetting('OTHER', { SETTING_FILE: file, OTHER: '1' }, positive(), 1)()).toBe(1);
  });
});
