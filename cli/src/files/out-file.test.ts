import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOutFile } from './out-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vox-out-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const why = (path: string): Promise<string> =>
  openOutFile(path).then(
    () => 'it can be written',
    (error: { answer: { issues: { path: string; message: string }[] } }) =>
      error.answer.issues.map(({ path, message }) => `${path} ${message}`).join(),
  );
const isRoot = process.getuid?.() === 0;

describe('the file for an archive', () => {
  it('is refused before anything is fetched when it cannot be written, with what to do', async () => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'there'), 'kept');
    expect(await why(join(folder, 'none', 'a.zip'))).toMatch(
      /^--out names a folder that does not exist: .*none. Make it/,
    );
    expect(await why(join(folder, 'there', 'a.zip'))).toMatch(/but it is a file/);
    expect(await why(join(folder, 'sub'))).toMatch(/is a folder. Name a file in it/);
    expect(await why(join(folder, 'there'))).toMatch(/exists already, and is never overwritten/);
    expect(readFileSync(join(folder, 'there'), 'utf8')).toBe('kept');
    expect(readdirSync(folder).sort()).toEqual(['sub', 'there']);
  });
  it.skipIf(isRoot)('is refused in a folder that may not be written to, with what to do', async () => {
    chmodSync(folder, 0o500);
    expect(await why(join(folder, 'a.zip'))).toMatch(/that you may not write to/);
    chmodSync(folder, 0o700);
  });
  it('gets its name once it is whole, is for its owner alone, and leaves nothing when it is dropped', async () => {
    const path = join(folder, 'a.zip');
    const file = await openOutFile(path);
    await file.write(Buffer.from('one '));
    await file.write(Buffer.from('two'));
    expect(existsSync(path)).toBe(false);
    await file.keep();
    await file.drop();
    expect(readFileSync(path, 'utf8')).toBe('one two');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const other = await openOutFile(join(folder, 'b.zip'));
    await other.write(Buffer.from('half'));
    await other.drop();
    expect(readdirSync(folder)).toEqual(['a.zip']);
  });
  it('never replaces a file that took its name meanwhile', async () => {
    const path = join(folder, 'a.zip');
    const file = await openOutFile(path);
    await file.write(Buffer.from('ours'));
    writeFileSync(path, 'theirs');
    await expect(file.keep()).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(readFileSync(path, 'utf8')).toBe('theirs');
  });
});
