import { closedBy, type Identity, type Policy, type PolicyKey, revocationKey } from '@vox/contracts';
import type { Verified, WidgetClaims } from '@vox/platform/crypto';
import { Fault, Reason } from '@vox/platform/fault';
import { parseWith } from '@vox/platform/http';
import type { Request, Response } from 'express';
import { checkBot } from '../../bot/command/check-bot.ts';
import { SessionBody } from '../../calls/accept/bodies.ts';
import { checkConsent } from '../../consent/command/record-consent.ts';
import type { Needs } from '../../dependencies.ts';
import { beginOnce, type Once } from '../../idempotency/command/begin-once.ts';
import { ipDimension, ipOf, refuseKnown, take } from '../../limits/accept/count.ts';
import { checkTokenOrigin, isOurOwnPage } from '../../origin/accept/token-origin.ts';
import { keyInForce, newVisitor } from '../../tenant/command/key-in-force.ts';
import { mayCallFrom } from '../../tenant/decide/widget-key.ts';
import { bearer, loginCookie } from './bearer.ts';

/** How a caller proved who it is: never by what its body says besides. */
export type Proof =
  | Readonly<{ kind: 'token'; claims: WidgetClaims }>
  | Readonly<{ kind: 'key' }>
  | Readonly<{ kind: 'login' }>;

/** What the checks have found out so far. */
export type Found = {
  ip: string;
  /** The widget token of the Authorization header, if there is one. */
  token?: Verified<WidgetClaims>;
  body: SessionBody;
  identity?: Identity;
  /** What proved it. */
  proof?: Proof;
  policy?: Policy;
  key?: PolicyKey;
  /** The origin of the page that asks. */
  origin?: string | undefined;
  /** Set once the request has counted against its limits. */
  counted: boolean;
  /** Set when the request carries an Idempotency-Key. */
  once?: Once | undefined;
};

type Asked = Readonly<{ needs: Needs; request: Request; response: Response; found: Found }>;

/** One check. It throws a Fault to refuse. `whenDown` says what it does while its store does not answer. */
export type Check = Readonly<{
  name: string;
  whenDown: 'deny' | 'degrade' | 'per policy' | 'no store';
  run: (asked: Asked) => Promise<void> | void;
}>;

/** The checks of a session request, in the order in which they run. */
export const checks: readonly Check[] = [
  {
    name: 'client IP',
    whenDown: 'no store',
    run: ({ needs, request, found }) => {
      found.ip = ipOf(needs, request);
    },
  },
  {
    // Those already refused cost the store nothing, and nobody reads what they sent. The address is counted with its user below, in one step.
    name: 'IP limit',
    whenDown: 'no store',
    run: ({ needs, response, found }) => refuseKnown(needs, response, ipDimension(needs, found.ip)),
  },
  {
    // Whoever shows a token that is none is read no further.
    name: 'token',
    whenDown: 'no store',
    run: async ({ needs, request, found }) => {
      const given = bearer(request);
      if (given !== undefined) found.token = await needs.verifyWidget(given, needs.clock.now());
    },
  },
  {
    name: 'body',
    whenDown: 'no store',
    run: async ({ needs, request, response, found }) => {
      found.body = parseWith(SessionBody, await needs.readBody(request, response));
    },
  },
  { name: 'identity', whenDown: 'no store', run: identify },
  { name: 'user limit', whenDown: 'degrade', run: countBoth },
  {
    name: 'origin',
    whenDown: 'no store',
    run: ({ needs, request, found: { proof, key, origin } }) => {
      if (proof?.kind === 'token' && key) checkTokenOrigin(needs, request, key, proof.claims);
      else if (!(proof?.kind === 'login' ? isOurOwnPage(needs, request) : key && mayCallFrom(key, origin)))
        throw new Fault('ORIGIN_MISMATCH');
    },
  },
  {
    name: 'tenant',
    whenDown: 'no store',
    run: ({ found }) => {
      if (found.policy === undefined || closedBy(found.policy, found.key) !== undefined)
        throw new Fault('TENANT_SUSPENDED');
    },
  },
  {
    name: 'idempotency',
    whenDown: 'degrade',
    run: async ({ needs, request, found }) => {
      found.once = await beginOnce(needs, request, found);
    },
  },
  {
    // Before the proof of work, which is spent when it is looked at.
    name: 'consent',
    whenDown: 'deny',
    run: async ({ needs, found: { policy, identity, body, once } }) => {
      if (policy === undefined || identity?.kind !== 'widget' || once?.answered !== undefined) return;
      await checkConsent(needs, { policy, visitorId: identity.visitorId, given: body.consent ?? [] });
    },
  },
  {
    name: 'bot',
    whenDown: 'per policy',
    run: async ({ needs, request, found }) => {
      // What was answered before is answered again: its proof is spent. A console user has proved more than a visitor can.
      if (found.once?.answered === undefined && found.identity?.kind === 'widget')
        await checkBot(needs, request, found);
    },
  },
];

/** Runs every check. Whoever is refused before being counted is counted by address, in the one round trip that this costs. */
export async function runChecks(needs: Needs, request: Request, response: Response): Promise<Found> {
  const found: Found = { ip: '', body: {}, counted: false };
  try {
    const asked = { needs, request, response, found };
    for (const { run } of checks) await run(asked);
    return found;
  } catch (error) {
    await found.once?.forget();
    const overLimit = error instanceof Fault && error.code === 'RATE_LIMIT_EXCEEDED';
    if (!found.counted && !overLimit) await take(needs, response, [ipDimension(needs, found.ip)]);
    throw error;
  } finally {
    response.locals.tenantId = found.policy?.tenantId;
  }
}

async function countBoth({ needs, response, found }: Asked): Promise<void> {
  const { policy, identity } = found;
  if (policy === undefined || identity === undefined) throw new Fault('AUTH_REQUIRED');
  const { requestsPerMinute: perMinute, burst } = policy.limits[identity.kind];
  const person = identity.kind === 'widget' ? identity.visitorId : identity.userId;
  found.counted = true;
  await take(needs, response, [
    ipDimension(needs, found.ip),
    { scope: 'user', key: `${policy.tenantId}:${person}`, limit: { perMinute, burst } },
  ]);
}

async function identify({ needs, request, found }: Asked): Promise<void> {
  const { body, token } = found;
  if (token !== undefined) {
    const { subject, claims } = token;
    Object.assign(found, keyInForce(needs, claims.widgetKey), { origin: claims.origin });
    found.identity = { kind: 'widget', widgetKey: claims.widgetKey, visitorId: subject };
    found.proof = { kind: 'token', claims };
  } else if (body.widgetKey !== undefined) {
    Object.assign(found, keyInForce(needs, body.widgetKey), { origin: request.get('origin') });
    found.identity = { kind: 'widget', widgetKey: body.widgetKey, visitorId: newVisitor(needs) };
    found.proof = { kind: 'key' };
  } else await identifyUser(needs, request, found);
  // Another tenant's name in the body is answered as if there were no such key: nothing is learnt of that tenant.
  if (body.tenantId !== undefined && body.tenantId !== found.policy?.tenantId) throw new Fault('INVALID_WIDGET_KEY');
}

/** A console user by the login cookie. Throws Fault AUTH_REQUIRED for a login that is none any more. */
async function identifyUser(needs: Needs, request: Request, found: Found): Promise<void> {
  const cookie = loginCookie(request);
  if (cookie === undefined) throw new Fault('AUTH_REQUIRED');
  const { id, claims } = await needs.verifyLogin(cookie, needs.clock.now());
  if (!needs.policies.current() || !needs.revoked.current())
    throw new Fault('UNAVAILABLE', {}, { cause: new Reason('revocations may have been missed') });
  const policy = needs.policies.get(claims.tenantId);
  if (policy === undefined || needs.revoked.get(revocationKey('login', id)) !== undefined)
    throw new Fault('AUTH_REQUIRED');
  found.policy = policy;
  found.identity = { kind: 'console', userId: claims.userId };
  found.proof = { kind: 'login' };
}
