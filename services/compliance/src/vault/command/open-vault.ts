import { createHmac } from 'node:crypto';
import { derivedUuid } from '@vox/platform/crypto';
import type { CanonicalIdentifier } from '@vox/platform/identifiers';
import { everyTagged } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import { forgotten, identified, newSubject, type SealedIdentifier, type Subject } from '../decide/subject.ts';
import { type BoxDependencies, boxesUnder } from '../keep/boxes.ts';
import { indexTag, type Subjects, subjectDocumentKey } from '../keep/subjects.ts';
import type { Box, Vault } from '../keep/vault.ts';

export type VaultDependencies = BoxDependencies & Readonly<{ subjects: Subjects; clock: Clock }>;

/** Opens the vault over the stored subjects. */
export function openVault({ ring, subjects, clock, random }: VaultDependencies): Vault {
  const boxes = boxesUnder({ ring, random });
  const subject: Vault['subject'] = (tenantId, subjectId) => subjects.read(subjectDocumentKey(tenantId, subjectId));
  const box: Vault['box'] = async ({ tenantId, subjectId }) => boxes.of(await subject(tenantId, subjectId));
  const blindIndex: Vault['blindIndex'] = async (tenantId, identifier) => {
    const { index } = await ring.keysOf(tenantId);
    return createHmac('sha256', index).update(`${identifier.kind}:${identifier.form}`).digest('hex');
  };
  const sealedIn = async (
    opened: Box,
    tenantId: string,
    identifier: CanonicalIdentifier,
  ): Promise<SealedIdentifier> => ({
    kind: identifier.kind,
    index: await blindIndex(tenantId, identifier),
    sealed: opened.seal(`identifier:${identifier.kind}`, identifier.form),
  });
  const subjectIdOf = async (tenantId: string, identifier: CanonicalIdentifier): Promise<string> =>
    derivedUuid('subject', tenantId, await blindIndex(tenantId, identifier));

  /** The subject that stands, or a new one. */
  async function begin(tenantId: string, subjectId: string, identifier: CanonicalIdentifier): Promise<Subject> {
    const fresh = await boxes.fresh({ tenantId, subjectId });
    const first = await sealedIn(fresh.box, tenantId, identifier);
    const born = newSubject({ tenantId, subjectId }, fresh.sealedKey, [first], clock.now().getTime());
    return (await subjects.decideOnce(subjectDocumentKey(tenantId, subjectId), { propose: () => born })).state;
  }

  return {
    blindIndex,
    subject,
    box,
    async subjectOf(tenantId, identifier) {
      const subjectId = await subjectIdOf(tenantId, identifier);
      return (await subject(tenantId, subjectId)) ?? begin(tenantId, subjectId, identifier);
    },
    async open(tenantId, identifier) {
      const stored = await begin(tenantId, await subjectIdOf(tenantId, identifier), identifier);
      return { subject: stored, box: await boxes.of(stored) };
    },
    async find(tenantId, identifier) {
      const tag = indexTag(tenantId, await blindIndex(tenantId, identifier));
      const found: Subject[] = [];
      for await (const { state } of everyTagged(subjects, tag)) found.push(state);
      return found;
    },
    async identify(tenantId, subjectId, identifiers, gone = []) {
      const opened = await box({ tenantId, subjectId });
      if (opened === undefined) return false;
      const more = await Promise.all(identifiers.map((each) => sealedIn(opened, tenantId, each)));
      return subjects.update<boolean>(subjectDocumentKey(tenantId, subjectId), (now) =>
        now?.key == null ? { result: false } : { result: true, state: identified(now, more, gone) },
      );
    },
    async identifiersOf(stored) {
      const opened = await box(stored);
      return stored.identifiers.flatMap(({ kind, index, sealed }) => {
        const value = opened?.open(`identifier:${kind}`, sealed);
        return value === undefined ? [] : [{ kind, value, index }];
      });
    },
    async forget(tenantId, subjectId) {
      const nowMs = clock.now().getTime();
      await subjects.update(subjectDocumentKey(tenantId, subjectId), (now) =>
        now?.key == null ? { result: undefined } : { result: undefined, state: forgotten(now, nowMs) },
      );
    },
  };
}
