import { readFileSync, statSync } from 'node:fs';
import { Fault } from '@vox/platform/fault';
import { type ParseError, parse } from 'jsonc-parser';

const wrong = (path: string, message: string): Fault => new Fault('INVALID_REQUEST', { issues: [{ path, message }] });
/** No file of ours is so long: a wrong name must not fill the memory. */
const bytesMax = 64 * 1024 ** 2;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read by you',
  ENOTDIR: 'stands under something that is no folder',
};

/** A file's bytes. Throws Fault INVALID_REQUEST with the file's name and why it cannot be read. */
export function bytesOf(file: string): Buffer {
  try {
    if (statSync(file).size > bytesMax)
      throw wrong(file, `has more than ${bytesMax} bytes, so it is not what is needed here`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw wrong(file, reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? 'cannot be read');
  }
}

/** Where JSON goes wrong first, as an editor counts. JSON.parse does not say it of every mistake. */
function placeOf(text: string): string {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const before = text.slice(0, errors[0]?.offset ?? text.length).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** What a file of JSON holds. Throws Fault INVALID_REQUEST with its name and the line and column where it is none. */
export function jsonOf(file: string): unknown {
  const text = bytesOf(file)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  if (text.trim() === '') throw wrong(file, 'is empty; it must hold JSON');
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(file, `is no JSON: something is wrong at ${placeOf(text)}`);
  }
}
