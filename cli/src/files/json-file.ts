import { readFileSync, statSync } from 'node:fs';
import { Fault, invalidField } from '@vox/platform/fault';
import { type ParseError, parse } from 'jsonc-parser';

/** No file that `vox` reads is so long. A mistyped name must not fill the memory. */
const bytesMax = 64 * 1024 ** 2;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder, not a file',
  EACCES: 'cannot be read: you lack the right',
  ENOTDIR: 'lies under a file, not a folder',
};

/** The bytes of a file. Throws Fault INVALID_REQUEST with the name of the file and the reason. */
export function bytesOf(file: string): Buffer {
  try {
    if (statSync(file).size > bytesMax)
      throw invalidField(file, `has more than ${bytesMax} bytes, so it is not the right file`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw invalidField(file, reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? 'cannot be read');
  }
}

/** The place of the first mistake in JSON, as an editor counts. JSON.parse does not name it for every mistake. */
function placeOf(text: string): string {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const before = text.slice(0, errors[0]?.offset ?? text.length).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** The value in a JSON file. Throws Fault INVALID_REQUEST with the name, line and column of the first mistake. */
export function jsonOf(file: string): unknown {
  const text = bytesOf(file)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  if (text.trim() === '') throw invalidField(file, 'is empty; it must hold JSON');
  try {
    return JSON.parse(text);
  } catch {
    throw invalidField(file, `is not JSON: the mistake is at ${placeOf(text)}`);
  }
}
