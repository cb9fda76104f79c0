import { seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Subject, SubjectId } from '../decide/subject.ts';
import { decoded, encoded, type KeyRing, keyBytes } from './key-ring.ts';
import type { Box } from './vault.ts';

/** The boxes of subjects: each opens with the subject's own key, which stands sealed under the tenant's. */
export type Boxes = Readonly<{
  /** `undefined` for a subject that is forgotten or unknown. */
  of: (stored: Subject | undefined) => Promise<Box | undefined>;
  /** A key for a new subject, sealed as it is stored, and the box that opens with it. */
  fresh: (subject: SubjectId) => Promise<Readonly<{ sealedKey: string; box: Box }>>;
}>;

export type BoxDependencies = Readonly<{ ring: KeyRing; random: (size: number) => Uint8Array }>;

const placeOf = ({ tenantId, subjectId }: SubjectId): string => `subject:${tenantId}:${subjectId}`;

export function boxesUnder({ ring, random }: BoxDependencies): Boxes {
  const boxUnder = (subject: SubjectId, key: Uint8Array): Box => ({
    seal: (place, text) => seal(key, `${placeOf(subject)}:${place}`, text, random),
    open: (place, sealed) => unseal(key, `${placeOf(subject)}:${place}`, sealed),
  });
  return {
    async of(stored) {
      if (stored?.key == null) return undefined;
      const key = unseal((await ring.keysOf(stored.tenantId)).data, placeOf(stored), stored.key);
      if (key === undefined)
        throw new Fault('INTERNAL', {}, { cause: new Error('the key of a subject does not open') });
      return boxUnder(stored, decoded(key));
    },
    async fresh(subject) {
      const key = random(keyBytes);
      const { data } = await ring.keysOf(subject.tenantId);
      return { sealedKey: seal(data, placeOf(subject), encoded(key), random), box: boxUnder(subject, key) };
    },
  };
}
