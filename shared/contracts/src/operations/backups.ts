import { z } from 'zod';
import { documentKind } from '../kinds/document.ts';

/** `data` is all that the installation keeps but the keys of persons; `keys` is those, and who was erased. */
export const BackupKind = z.enum(['data', 'keys']);
export type BackupKind = z.infer<typeof BackupKind>;

/** Keyed by `<what>.<kind>`; see backupDocumentKey. */
export const BackupDocument = documentKind(
  'backups',
  'When a backup was last taken, and when one was last restored to servers of a trial.',
  z.object({
    at: z.iso.datetime().describe('when it was done'),
    backupId: z.uuid(),
    takenAt: z.iso.datetime().describe('when the backup was begun'),
    version: z.string().describe('of VOX, which took the backup'),
    messages: z.number().int().nonnegative(),
    documents: z.number().int().nonnegative(),
    seconds: z.number().int().nonnegative().describe('how long it took'),
  }),
);
export type BackupDocument = z.infer<typeof BackupDocument.data>;

export const backupDocumentKey = (what: 'taken' | 'drilled', kind: BackupKind): string => `${what}.${kind}`;
