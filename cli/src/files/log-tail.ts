import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Mistake } from '../text/sentences.ts';

/** The end of a file, at most so many bytes of it. Throws Mistake where it cannot be read. */
export function tailOf(file: string, bytesMax: number, exitCode: number): string {
  try {
    const handle = openSync(file, 'r');
    try {
      const { size } = fstatSync(handle);
      const bytes = Buffer.alloc(Math.min(size, bytesMax));
      readSync(handle, bytes, 0, bytes.length, size - bytes.length);
      const text = bytes.toString('utf8');
      // The first line of a part is a part of a line.
      return size > bytesMax ? text.slice(text.indexOf('\n') + 1) : text;
    } finally {
      closeSync(handle);
    }
  } catch {
    throw new Mistake([`--log must name files that can be read; ${file} cannot`], exitCode);
  }
}
