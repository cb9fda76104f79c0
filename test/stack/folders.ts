import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Place } from '../canary/search.ts';

/** The bytes of a file. A server may have removed the file meanwhile. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** Every file below a folder with its raw bytes, one character each: what a thief of the disks finds. */
export const filesOf = (folder: string): Place[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ name: relative(folder, file), text: bytesOf(file).toString('latin1') }));

/** The files below a folder whose raw bytes hold the text or match the pattern. */
export const holding = (folder: string, what: string | RegExp): string[] =>
  filesOf(folder)
    .filter(({ text }) => (typeof what === 'string' ? text.includes(what) : what.test(text)))
    .map(({ name }) => name);
