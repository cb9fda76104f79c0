import { type CanonicalIdentifier, readIdentifier } from '@vox/platform/identifiers';
import type { Countries, Subject, Vault } from '../../vault/mod.ts';

export type BrokenDependencies = Countries & Readonly<{ vault: Pick<Vault, 'identifiersOf' | 'blindIndex'> }>;

/** An identifier that names nobody today, or that is looked for under another index than it stands under. */
export type BrokenIdentifier = Readonly<{
  subjectId: string;
  kind: 'email' | 'phone';
  cause: 'nobody' | 'outdated';
  index: string;
  /** What it says today, if it names somebody. */
  read: CanonicalIdentifier | undefined;
}>;

/** Finds by which identifiers of a subject it cannot be found any more. */
export async function findBroken(
  { vault, policies }: BrokenDependencies,
  subject: Subject,
): Promise<readonly BrokenIdentifier[]> {
  const { tenantId, subjectId } = subject;
  const country = policies.get(tenantId)?.country ?? null;
  const found: BrokenIdentifier[] = [];
  for (const { kind, value, index } of await vault.identifiersOf(subject)) {
    if (kind !== 'email' && kind !== 'phone') continue;
    const read = readIdentifier({ kind, value }, country);
    if (read === undefined) found.push({ subjectId, kind, cause: 'nobody', index, read });
    else if ((await vault.blindIndex(tenantId, read)) !== index)
      found.push({ subjectId, kind, cause: 'outdated', index, read });
  }
  return found;
}
