import type { IdentifierMatch } from '@vox/contracts';
import type { CanonicalIdentifier } from '@vox/platform/identifiers';
import type { Subject } from '../decide/subject.ts';
import type { Vault } from '../keep/vault.ts';

export type FoundSubjects = Readonly<{ subjects: readonly Subject[]; matches: readonly IdentifierMatch[] }>;

/** Finds everybody whom any of the identifiers leads to, each once, and says how many each leads to. */
export async function findAny(
  { vault }: Readonly<{ vault: Pick<Vault, 'find'> }>,
  tenantId: string,
  named: readonly CanonicalIdentifier[],
): Promise<FoundSubjects> {
  const subjects = new Map<string, Subject>();
  const matches: IdentifierMatch[] = [];
  for (const each of named) {
    const found = await vault.find(tenantId, each);
    matches.push({ kind: each.kind, subjects: found.length });
    for (const subject of found) subjects.set(subject.subjectId, subject);
  }
  return { subjects: [...subjects.values()], matches };
}
