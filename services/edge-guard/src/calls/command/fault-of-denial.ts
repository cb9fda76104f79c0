import type { CallMode, Denial } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';

type Asked = Readonly<{ mode: CallMode; now: Date }>;

/** What to send instead, where calls of a mode are not allowed. */
export const faultOfMode = (mode: CallMode): Fault =>
  mode === 'direct'
    ? new Fault('BROKERED_ONLY', { message: 'send an `offer`: the SDP of your peer' })
    : new Fault('DIRECT_ONLY', { message: 'leave `offer` out: these calls begin with a client secret' });

/** The denial of a request in the words of the contract. */
export function faultOfDenial({ reason, scope, retryAfterSeconds, resetsAt }: Denial, { mode, now }: Asked): Fault {
  const untilReset = resetsAt && Math.max(1, Math.ceil((Date.parse(resetsAt) - now.getTime()) / 1_000));
  const wait = retryAfterSeconds || untilReset;
  const hints = {
    ...(scope && { scope }),
    ...(wait && { retryAfterSeconds: wait }),
    ...(resetsAt && { resetsAt }),
  };
  switch (reason) {
    case 'tenant-suspended':
      return new Fault('TENANT_SUSPENDED');
    case 'key-revoked':
      return new Fault('INVALID_WIDGET_KEY');
    case 'unknown-agent':
      return invalidField('agentId', 'is no agent that this key may reach');
    case 'model-not-allowed':
      return invalidField('model', 'is not allowed for this agent');
    case 'model-without-price':
      return invalidField('model', 'has no price and is not offered');
    case 'model-ended':
      return invalidField('model', 'has been shut down by the provider; the agent needs another model');
    case 'voice-not-allowed':
      return invalidField('voice', 'is not allowed for this agent');
    case 'mode-not-allowed':
      return faultOfMode(mode);
    case 'offer':
      return invalidField('offer', 'was not accepted by the provider');
    case 'rate-of-starts':
      return new Fault('RATE_LIMIT_EXCEEDED', hints);
    case 'too-many-open':
      return new Fault('MAX_CONCURRENT_SESSIONS', hints);
    case 'quota':
      return new Fault('DAILY_QUOTA_EXCEEDED', hints);
    case 'provider':
      return new Fault('UPSTREAM_UNAVAILABLE');
    case 'expired':
    case 'unavailable':
      return new Fault('UNAVAILABLE');
  }
}
