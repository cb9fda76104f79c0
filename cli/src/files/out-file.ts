import { constants, rmSync } from 'node:fs';
import { access, type FileHandle, link, lstat, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Fault, invalidField } from '@vox/platform/fault';

/** A file that appears whole or not at all. */
export type OutFile = Readonly<{
  write: (bytes: Uint8Array) => Promise<void>;
  /** Gives the file its name. Throws Fault INVALID_REQUEST if that was taken meanwhile, and keeps the bytes aside. */
  keep: () => Promise<void>;
  /** Removes what was written. After `keep` it does nothing. */
  drop: () => Promise<void>;
}>;

type Wrong = (message: string) => Fault;
const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Why a file of this name cannot be written, and what to do. `undefined` when it can be written. */
async function hindrance(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const parent = await stat(folder).catch(() => undefined);
  if (parent === undefined) return `names a folder that does not exist: ${folder}. Make it, or name another`;
  if (!parent.isDirectory()) return `names ${folder} as a folder, but it is a file. Name another`;
  const there = await lstat(path).catch(() => undefined);
  if (there?.isDirectory()) return `is a folder. Name a file in it, such as ${join(path, 'export.zip')}`;
  if (there !== undefined) return 'exists already, and is never overwritten. Name another file, or move this one';
  const may = await access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return may ? undefined : `is in a folder that you may not write to: ${folder}. Name another`;
}

/**
 * Opens a file under a temporary name beside the final one. Throws Fault INVALID_REQUEST, about the option that names
 * the file, if it cannot be written.
 */
export async function openOutFile(out: string, option = '--out'): Promise<OutFile> {
  const wrong: Wrong = (message) => invalidField(option, message);
  const path = resolve(out);
  const hinders = await hindrance(path);
  if (hinders !== undefined) throw wrong(hinders);
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  let file: FileHandle | undefined = await open(part, 'wx', 0o600).catch((error: unknown) => {
    throw wrong(`cannot be written (${codeOf(error)}). Name a file in another folder`);
  });
  const leave = (): void => rmSync(part, { force: true });
  process.once('exit', leave);
  const close = async (): Promise<void> => {
    process.off('exit', leave);
    await file?.close();
    file = undefined;
  };
  return {
    async write(bytes) {
      await file?.writeFile(bytes).catch((error: unknown) => {
        throw wrong(
          codeOf(error) === 'ENOSPC' ? 'does not fit: the disk is full' : `cannot be written (${codeOf(error)})`,
        );
      });
    },
    async keep() {
      await file?.sync();
      await close();
      await named(part, path, wrong);
    },
    async drop() {
      if (file === undefined) return;
      await close();
      await rm(part, { force: true });
    },
  };
}

/** Names by a link, which never replaces a file. A disk without links gets a rename. */
async function named(part: string, path: string, wrong: Wrong): Promise<void> {
  try {
    await link(part, path);
    await rm(part, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return rename(part, path);
    throw wrong(`was taken meanwhile; the archive is in ${part}`);
  }
}
