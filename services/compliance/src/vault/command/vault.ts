import { createHmac } from 'node:crypto';
import type { SubjectIdentifier } from '@vox/contracts';
import { derivedUuid, seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { CanonicalIdentifier } from '@vox/platform/identifiers';
import { everyTagged } from '@vox/platform/store';
import { forgotten, identified, newSubject, type Subject } from '../decide/keys.ts';
import { indexTag, type Subjects, subjectCell } from '../keep/keys.ts';
import { decoded, encoded, type KeyRing, type KeyRingNeeds, keyBytes } from './key-ring.ts';

/**
 * Persons, and what is sealed for them. A person's data open only with the person's key, which stands sealed under the tenant's, which stands
 * sealed under a master key: to forget one person is to destroy one key.
 */
export type Vault = Readonly<{
  /** What an identifier is found by: a keyed hash, another for each form and for each tenant. Hexadecimal. */
  blindIndex: (tenantId: string, identifier: CanonicalIdentifier) => Promise<string>;
  /** The subject behind a visitor or console user, made when its first datum comes. A forgotten one stays forgotten. */
  subjectOf: (tenantId: string, identifier: CanonicalIdentifier) => Promise<Subject>;
  /**
   * The same with what seals and opens for it: for the visitor who is new, and whom it costs one write. `box` is `undefined` where it is forgotten.
   */
  open: (
    tenantId: string,
    identifier: CanonicalIdentifier,
  ) => Promise<Readonly<{ subject: Subject; box: Box | undefined }>>;
  subject: (tenantId: string, subjectId: string) => Promise<Subject | undefined>;
  /** Every living subject that is known by an identifier. An e-mail address may have several: one for each visit. */
  find: (tenantId: string, identifier: CanonicalIdentifier) => Promise<readonly Subject[]>;
  /** Adds identifiers that a subject gave, and takes away those under the indexes `gone`. Answers false, and does nothing, for one that is forgotten or unknown. */
  identify: (
    tenantId: string,
    subjectId: string,
    identifiers: readonly CanonicalIdentifier[],
    gone?: readonly string[],
  ) => Promise<boolean>;
  /** What a subject is known by, as it was kept; nothing of one that is forgotten. */
  identifiersOf: (subject: Subject) => Promise<readonly (SubjectIdentifier & Readonly<{ index: string }>)[]>;
  /** What seals and opens for one subject, or `undefined` when it is forgotten. To be held for one piece of work, not longer. */
  box: (subject: Pick<Subject, 'tenantId' | 'subjectId'>) => Promise<Box | undefined>;
  /** Destroys a subject's key and what it could be found by. Safe to repeat. */
  forget: (tenantId: string, subjectId: string) => Promise<void>;
}>;

/** Seals for one place and opens at that place alone; `undefined` when place or bytes are others. */
export type Box = Readonly<{
  seal: (place: string, text: string) => string;
  open: (place: string, sealed: string) => string | undefined;
}>;

export type VaultNeeds = Omit<KeyRingNeeds, 'tenantKeys' | 'masterKeys'> & Readonly<{ subjects: Subjects }>;

type Whose = Pick<Subject, 'tenantId' | 'subjectId'>;
const placeOf = ({ tenantId, subjectId }: Whose): string => `subject:${tenantId}:${subjectId}`;

export function vault(ring: KeyRing, { subjects, clock, random }: VaultNeeds): Vault {
  const boxUnder = (whose: Whose, key: Uint8Array): Box => ({
    seal: (place, text) => seal(key, `${placeOf(whose)}:${place}`, text, random),
    open: (place, sealed) => unseal(key, `${placeOf(whose)}:${place}`, sealed),
  });
  const subject: Vault['subject'] = (tenantId, subjectId) => subjects.read(subjectCell(tenantId, subjectId));
  const boxOf = async (stored: Subject | undefined): Promise<Box | undefined> => {
    if (stored?.key == null) return undefined;
    const key = unseal((await ring.keysOf(stored.tenantId)).data, placeOf(stored), stored.key);
    if (key === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('the key of a subject does not open') });
    return boxUnder(stored, decoded(key));
  };
  const box: Vault['box'] = async (whose) => boxOf(await subject(whose.tenantId, whose.subjectId));
  const blindIndex: Vault['blindIndex'] = async (tenantId, identifier) => {
    const { index } = await ring.keysOf(tenantId);
    return createHmac('sha256', index).update(`${identifier.kind}:${identifier.form}`).digest('hex');
  };
  const known = async (tenantId: string, { seal: sealed }: Box, identifier: CanonicalIdentifier) => ({
    kind: identifier.kind,
    index: await blindIndex(tenantId, identifier),
    sealed: sealed(`identifier:${identifier.kind}`, identifier.form),
  });

  const whoseOf = async (tenantId: string, identifier: CanonicalIdentifier): Promise<Whose> => ({
    tenantId,
    subjectId: derivedUuid('subject', tenantId, await blindIndex(tenantId, identifier)),
  });
  /** The subject that stands, or a new one. */
  async function begin(whose: Whose, identifier: CanonicalIdentifier): Promise<Subject> {
    const { tenantId, subjectId } = whose;
    const key = random(keyBytes);
    const sealedKey = seal((await ring.keysOf(tenantId)).data, placeOf(whose), encoded(key), random);
    const first = await known(tenantId, boxUnder(whose, key), identifier);
    const born = newSubject(whose, sealedKey, [first], clock.now().getTime());
    return subjects.update<Subject>(subjectCell(tenantId, subjectId), (now) =>
      now === undefined ? { result: born, state: born } : { result: now },
    );
  }

  return {
    blindIndex,
    subject,
    box,
    async subjectOf(tenantId, identifier) {
      const whose = await whoseOf(tenantId, identifier);
      return (await subject(tenantId, whose.subjectId)) ?? begin(whose, identifier);
    },
    async open(tenantId, identifier) {
      const stands = await begin(await whoseOf(tenantId, identifier), identifier);
      return { subject: stands, box: await boxOf(stands) };
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
      const more = await Promise.all(identifiers.map((each) => known(tenantId, opened, each)));
      return subjects.update<boolean>(subjectCell(tenantId, subjectId), (now) =>
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
      await subjects.update(subjectCell(tenantId, subjectId), (now) =>
        now?.key == null ? { result: undefined } : { result: undefined, state: forgotten(now, nowMs) },
      );
    },
  };
}
