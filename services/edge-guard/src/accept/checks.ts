import { type Identity, type Policy, type PolicyKey, revocationKey } from '@vox/shared/contracts';
import { Fault } from '@vox/shared/fault';
import { parseWith } from '@vox/shared/http';
import type { Request, Response } from 'express';
import { clientIp, limitKeyOf } from '../decide/client-ip.ts';
import { livingKey, mayCallFrom, tenantOfKey } from '../decide/key.ts';
import type { Dimension } from '../decide/window.ts';
import { bearer } from './credentials.ts';
import { showLimits } from './limit-headers.ts';
import type { Needs } from './needs.ts';
import { SessionBody } from './shapes.ts';

/** What the checks have found out so far. */
export type Found = {
  ip?: string;
  body?: SessionBody;
  identity?: Identity;
  tenantId?: string;
  policy?: Policy;
  key?: PolicyKey;
  /** The origin of the page that asks. */
  origin?: string | undefined;
};

/** One check. It throws a Fault to refuse. `whenDown` says what it does while its store does not answer. */
export type Check = Readonly<{
  name: string;
  whenDown: 'deny' | 'degrade' | 'no store';
  run: (needs: Needs, request: Request, response: Response, found: Found) => Promise<void> | void;
}>;

/** Takes from every dimension at once; while the store is down, from a bounded bucket in this process. */
export async function take(needs: Needs, response: Response, dimensions: readonly Dimension[]): Promise<void> {
  const answer = await needs.limits.take(dimensions).catch((error: unknown) => {
    needs.log.warn({ error }, 'the limits are counted in this process, for their store does not answer');
    return needs.fallback.take(dimensions);
  });
  showLimits(response, answer, needs.clock.now());
  if (answer.kind === 'refused')
    throw new Fault('RATE_LIMIT_EXCEEDED', {
      scope: answer.by.scope,
      retryAfterSeconds: Math.ceil(answer.retryMs / 1_000),
    });
}

export const ipOf = (needs: Needs, request: Request): string =>
  clientIp(request.socket.remoteAddress ?? '', request.get('x-forwarded-for'), needs.settings.proxies);
export const ipDimension = (needs: Needs, ip: string): Dimension => ({
  scope: 'ip',
  key: limitKeyOf(ip),
  limit: needs.settings.ipLimit,
});

/** What a widget key stands for now; unknown, revoked and expired look the same. */
export function keyInForce(needs: Needs, widgetKey: string): { policy: Policy; key: PolicyKey } {
  if (!needs.policies.current() || !needs.revoked.current())
    throw new Fault('UNAVAILABLE', {}, { cause: new Error('revocations may have been missed') });
  const policy = needs.policies.get(tenantOfKey(widgetKey) ?? '');
  const key = livingKey(
    policy,
    widgetKey,
    needs.revoked.get(revocationKey('widget-key', widgetKey)) !== undefined,
    needs.clock.now().getTime(),
  );
  if (policy === undefined || key === undefined) throw new Fault('INVALID_WIDGET_KEY');
  return { policy, key };
}

/** The checks of a session request, in the order in which they run. */
export const checks: readonly Check[] = [
  {
    name: 'client IP',
    whenDown: 'no store',
    run: (needs, request, _response, found) => void (found.ip = ipOf(needs, request)),
  },
  {
    name: 'IP limit',
    whenDown: 'degrade',
    run: (needs, _request, response, found) => take(needs, response, [ipDimension(needs, found.ip ?? '')]),
  },
  {
    name: 'body',
    whenDown: 'no store',
    run: (_needs, request, _response, found) => void (found.body = parseWith(SessionBody, request.body)),
  },
  { name: 'identity', whenDown: 'no store', run: identify },
  {
    name: 'user limit',
    whenDown: 'degrade',
    run: async (needs, _request, response, { policy, identity }) => {
      if (policy === undefined || identity === undefined) throw new Fault('AUTH_REQUIRED');
      const { requestsPerMinute: perMinute, burst } = policy.limits[identity.kind];
      const person = identity.kind === 'widget' ? identity.visitorId : identity.userId;
      await take(needs, response, [
        { scope: 'user', key: `${policy.tenantId}:${person}`, limit: { perMinute, burst } },
      ]);
    },
  },
  {
    name: 'origin',
    whenDown: 'no store',
    run: (_needs, _request, _response, { key, origin }) => {
      if (key === undefined || !mayCallFrom(key, origin)) throw new Fault('ORIGIN_MISMATCH');
    },
  },
  {
    name: 'bot',
    whenDown: 'deny',
    run: (_needs, _request, _response, { policy }) => {
      // Only `off` can be honoured: a tenant that asks for proof gets no call without one.
      if (policy?.bot.mode !== 'off') throw new Fault('BOT_BLOCKED');
    },
  },
  {
    name: 'tenant',
    whenDown: 'no store',
    run: (_needs, _request, _response, { policy }) => {
      if (policy?.status !== 'active') throw new Fault('TENANT_SUSPENDED');
    },
  },
];

async function identify(needs: Needs, request: Request, _response: Response, found: Found): Promise<void> {
  const given = bearer(request);
  const { body } = found;
  if (given !== undefined) {
    const { subject, claims } = await needs.verifyWidget(given, needs.clock.now());
    Object.assign(found, keyInForce(needs, claims.widgetKey), { origin: claims.origin });
    found.identity = { kind: 'widget', widgetKey: claims.widgetKey, visitorId: subject };
  } else if (body?.widgetKey !== undefined) {
    Object.assign(found, keyInForce(needs, body.widgetKey), { origin: request.get('origin') });
    found.identity = { kind: 'widget', widgetKey: body.widgetKey, visitorId: newVisitor(needs) };
  } else throw new Fault('AUTH_REQUIRED');
  found.tenantId = found.policy?.tenantId ?? '';
  // Another tenant's name in the body is answered as if there were no such key: nothing is learnt of that tenant.
  if (body?.tenantId !== undefined && body.tenantId !== found.tenantId) throw new Fault('INVALID_WIDGET_KEY');
}

const visitorBytes = 16;
export const newVisitor = (needs: Needs): string =>
  `v_${Buffer.from(needs.random(visitorBytes)).toString('base64url')}`;
