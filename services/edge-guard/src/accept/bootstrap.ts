import type { Policy, PolicyKey } from '@vox/shared/contracts';
import { Fault } from '@vox/shared/fault';
import { parseWith } from '@vox/shared/http';
import type { RequestHandler } from 'express';
import { mayCallFrom } from '../decide/key.ts';
import { ipDimension, ipOf, keyInForce, newVisitor, take } from './checks.ts';
import { bearer } from './credentials.ts';
import type { Needs } from './needs.ts';
import { BootstrapQuery } from './shapes.ts';

const tokenSeconds = 300;
const renewGraceSeconds = 600;

type Page = Readonly<{
  policy: Policy;
  key: PolicyKey;
  origin: string;
  visitorId: string;
  agentId?: string | undefined;
}>;

/** What a page needs to show the widget, with a token of five minutes for one visitor. */
async function bootstrap(needs: Needs, { policy, key, origin, visitorId, agentId }: Page) {
  const reachable = policy.agents.filter((agent) => key.agentIds === null || key.agentIds.includes(agent.agentId));
  const agent = agentId === undefined ? reachable[0] : reachable.find((each) => each.agentId === agentId);
  if (agent === undefined)
    throw new Fault('INVALID_REQUEST', {
      issues: [{ path: 'agentId', message: 'is no agent that this key may reach' }],
    });
  const now = needs.clock.now();
  const claims = { tenantId: policy.tenantId, widgetKey: key.key, origin, agentId: agent.agentId };
  const widgetSessionToken = await needs.signWidget(claims, {
    id: needs.uuid(),
    subject: visitorId,
    now,
    lifeSeconds: tokenSeconds,
  });
  return {
    ok: true,
    tenantId: policy.tenantId,
    agentId: agent.agentId,
    displayName: agent.displayName,
    branding: policy.branding,
    widgetSessionToken,
    expiresAt: new Date(now.getTime() + tokenSeconds * 1_000).toISOString(),
    challenge: null,
    disclosure: policy.disclosure,
  };
}

export const getBootstrap =
  (needs: Needs): RequestHandler =>
  async (request, response) => {
    await take(needs, response, [ipDimension(needs, ipOf(needs, request))]);
    const { key: widgetKey, agentId } = parseWith(BootstrapQuery, request.query);
    const { policy, key } = keyInForce(needs, widgetKey);
    response.locals.tenantId = policy.tenantId;
    const origin = request.get('origin');
    if (origin === undefined || !mayCallFrom(key, origin)) throw new Fault('ORIGIN_MISMATCH');
    if (policy.status !== 'active') throw new Fault('TENANT_SUSPENDED');
    response
      .set('Cache-Control', 'no-store')
      .json(await bootstrap(needs, { policy, key, origin, visitorId: newVisitor(needs), agentId }));
  };

export const postRenew =
  (needs: Needs): RequestHandler =>
  async (request, response) => {
    await take(needs, response, [ipDimension(needs, ipOf(needs, request))]);
    const token = bearer(request);
    if (token === undefined) throw new Fault('AUTH_REQUIRED');
    const { subject, claims } = await needs.verifyWidget(token, needs.clock.now(), { graceSeconds: renewGraceSeconds });
    const { policy, key } = keyInForce(needs, claims.widgetKey);
    response.locals.tenantId = policy.tenantId;
    if (!mayCallFrom(key, claims.origin)) throw new Fault('ORIGIN_MISMATCH');
    if (policy.status !== 'active') throw new Fault('TENANT_SUSPENDED');
    response
      .set('Cache-Control', 'no-store')
      .json(
        await bootstrap(needs, { policy, key, origin: claims.origin, visitorId: subject, agentId: claims.agentId }),
      );
  };
