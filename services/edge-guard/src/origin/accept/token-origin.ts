import type { PolicyKey } from '@vox/contracts';
import type { SessionClaims, WidgetClaims } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Request } from 'express';
import type { Needs } from '../../dependencies.ts';
import { mayCallFrom } from '../../tenant/decide/widget-key.ts';
import { maySpeakForCall, mayUseToken } from '../decide/origin.ts';

/** A page of our own names with it the origin that may frame it. */
const framedByHeader = 'x-vox-framed-by';

/** Whether a page of our own asks. A browser sends cookies along with what other pages ask, so nobody else may use one. */
export const isOurOwnPage = ({ settings }: Needs, request: Request): boolean =>
  settings.publicOrigins.has(request.get('origin') ?? '');

/** Throws Fault ORIGIN_MISMATCH unless a page asks that may use this token, and its key is still bound to the token's origin. */
export function checkTokenOrigin(needs: Needs, request: Request, key: PolicyKey, { origin }: WidgetClaims): void {
  const asker = { origin: request.get('origin'), framedBy: request.get(framedByHeader) };
  if (!mayCallFrom(key, origin) || !mayUseToken(origin, asker, needs.settings.publicOrigins))
    throw new Fault('ORIGIN_MISMATCH');
}

/** Throws Fault ORIGIN_MISMATCH for a page that has nothing to do with the call. A key that was revoked still says whose pages its calls are of. */
export function checkCallOrigin(needs: Needs, request: Request, { tenantId, identity }: SessionClaims): void {
  const keys = needs.policies.get(tenantId)?.keys ?? [];
  const ofKey = identity.kind === 'widget' ? keys.find(({ key }) => key === identity.widgetKey)?.origins : undefined;
  if (!maySpeakForCall(request.get('origin'), ofKey ?? [], needs.settings.publicOrigins))
    throw new Fault('ORIGIN_MISMATCH');
}
