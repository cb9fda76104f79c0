import { createHmac } from 'node:crypto';
import { Identity } from '@vox/contracts';
import { type SealKey, type SealKeys, seal, unseal } from '@vox/platform/crypto';
import { personScope } from '../../slots/mod.ts';
import type { Grant } from '../decide/session.ts';

const referenceChars = 22;
const place = (sessionId: string): string => `person:${sessionId}`;

/**
 * A reference to count and list an identity by. One person has always the same, and only the owner of the key can tell
 * whose it is. Freed pages and backups of the store outlive a document, so no document names a person in clear.
 */
export function referTo(personKey: SealKey, tenantId: string, identity: Identity): Identity {
  const text = `${tenantId}:${personScope(identity)}`;
  const reference = createHmac('sha256', personKey).update(text).digest('base64url').slice(0, referenceChars);
  return identity.kind === 'widget' ? { ...identity, visitorId: `v_${reference}` } : { ...identity, userId: reference };
}

export const sealIdentity = (sealKey: SealKeys, sessionId: string, identity: Identity): string =>
  seal(sealKey, place(sessionId), JSON.stringify(identity));

/**
 * A session with its identity in the open, for a fact. When the key was changed meanwhile it keeps the reference, for
 * its end must be published all the same.
 */
export function inTheOpen<S extends Grant>(sealKey: SealKeys, sessionId: string, session: S): S {
  const text = unseal(sealKey, place(sessionId), session.sealedIdentity);
  return text === undefined ? session : { ...session, identity: Identity.parse(JSON.parse(text)) };
}
