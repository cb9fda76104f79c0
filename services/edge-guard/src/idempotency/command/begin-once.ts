import type { Identity, Policy } from '@vox/contracts';
import { digest, seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Request } from 'express';
import { z } from 'zod';
import type { SessionBody } from '../../calls/accept/bodies.ts';
import { limitKeyOf } from '../../client/decide/address.ts';
import type { Needs } from '../../dependencies.ts';
import type { Proof } from '../../identity/accept/caller.ts';

/** A request that is answered once under its key. `answered` is what was said before. */
export type Once = Readonly<{
  answered?: unknown;
  remember: (answer: unknown) => Promise<void>;
  /** Gives the key free again, for the request came to nothing. */
  forget: () => Promise<void>;
}>;

const Mark = z.object({ body: z.string(), sealed: z.string().optional() });
const Key = z.string().regex(/^[\x21-\x7e]{1,255}$/);
/** As long as a browser may reasonably ask again for an answer that it lost. */
const answerLifeMs = 600_000;
const marginMs = 1_000;

type Asking = Readonly<{
  identity?: Identity;
  proof?: Proof;
  policy?: Policy;
  origin?: string | undefined;
  ip: string;
  body: SessionBody;
}>;

/** Whose a key is: of whoever proved itself, by what it proved itself with. A widget key proves no visitor, so there it is the address of a page. */
function scopeOf({ identity, proof, policy, origin = '', ip }: Asking): readonly string[] {
  if (identity === undefined || proof === undefined || policy === undefined) throw new Fault('AUTH_REQUIRED');
  const { tenantId } = policy;
  if (identity.kind === 'console') return ['login', tenantId, identity.userId];
  if (proof.kind === 'token') return ['token', tenantId, identity.widgetKey, identity.visitorId, proof.claims.origin];
  return ['key', tenantId, identity.widgetKey, limitKeyOf(ip), origin];
}

/**
 * Begins a request under its Idempotency-Key header (IETF draft-ietf-httpapi-idempotency-key-header). `undefined` when it has none. Throws
 * Fault IDEMPOTENCY_CONFLICT while the first one is under way, IDEMPOTENCY_MISMATCH when it asked for something else. The bot proof is no
 * part of what is asked: it differs each time.
 */
export async function beginOnce(needs: Needs, request: Request, asking: Asking): Promise<Once | undefined> {
  const given = request.get('idempotency-key');
  if (given === undefined) return undefined;
  if (!Key.safeParse(given).success)
    throw new Fault('INVALID_REQUEST', {
      issues: [{ path: 'Idempotency-Key', message: 'must be 1–255 visible ASCII characters' }],
    });
  const key = `once:${digest(...scopeOf(asking), given)}`;
  const { bot: _proof, ...asked } = asking.body;
  const body = digest(JSON.stringify(asked));
  const standing = await needs.marks.claim(key, JSON.stringify({ body }), needs.settings.requestDeadlineMs + marginMs);
  const forget = () => needs.marks.drop(key);
  const remember = (answer: unknown) =>
    needs.marks.put(
      key,
      JSON.stringify({ body, sealed: seal(needs.sealKey, key, JSON.stringify(answer)) }),
      answerLifeMs,
    );
  if (standing === undefined) return { remember, forget };

  const mark = Mark.parse(JSON.parse(standing));
  if (mark.body !== body) throw new Fault('IDEMPOTENCY_MISMATCH');
  const answer = mark.sealed === undefined ? undefined : unseal(needs.sealKey, key, mark.sealed);
  if (answer === undefined) throw new Fault('IDEMPOTENCY_CONFLICT', { retryAfterSeconds: 1 });
  return { answered: JSON.parse(answer), remember: async () => undefined, forget: async () => undefined };
}
