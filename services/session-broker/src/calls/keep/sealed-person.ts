import { createHmac } from 'node:crypto';
import { Identity } from '@vox/contracts';
import { seal, unseal } from '@vox/platform/crypto';
import type { Needs } from '../../dependencies.ts';
import { personScope } from '../../slots/decide/slots.ts';
import type { Grant } from '../decide/session.ts';

const referenceChars = 22;
const place = (sessionId: string): string => `person:${sessionId}`;

/**
 * An identity to count and list by: one person's is always the same, and only whoever has the key can tell whether it is somebody's. What stands in a
 * document stands in freed pages and backups of the store, long after the document is gone, so no document names a person in clear.
 */
export function referTo({ personKey }: Pick<Needs, 'personKey'>, tenantId: string, identity: Identity): Identity {
  const text = `${tenantId}:${personScope(identity)}`;
  const reference = createHmac('sha256', personKey).update(text).digest('base64url').slice(0, referenceChars);
  return identity.kind === 'widget'
    ? { ...identity, visitorId: `v_${reference}` }
    : { kind: 'console', userId: reference };
}

export const sealIdentity = ({ sealKey }: Pick<Needs, 'sealKey'>, sessionId: string, identity: Identity): string =>
  seal(sealKey, place(sessionId), JSON.stringify(identity));

/** A session with whom it is with, to be told. Where the key was changed meanwhile it keeps the reference: its end must be told all the same. */
export function inTheOpen<S extends Grant>({ sealKey }: Pick<Needs, 'sealKey'>, sessionId: string, session: S): S {
  const text = unseal(sealKey, place(sessionId), session.sealedIdentity);
  return text === undefined ? session : { ...session, identity: Identity.parse(JSON.parse(text)) };
}
