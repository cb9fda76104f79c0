import { type CallMode, type Denial, mistakeSaid, type RefusalReason } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';

type Asked = Readonly<{ mode: CallMode; now: Date }>;

const refused = (reason: RefusalReason, message: string) => ({ reason, message });

/** What to send instead, where calls of a mode are not allowed. */
export const faultOfMode = (mode: CallMode): Fault =>
  mode === 'direct'
    ? new Fault('BROKERED_ONLY', refused('needs-offer', 'send an `offer`: the SDP of your peer'))
    : new Fault('DIRECT_ONLY', refused('takes-no-offer', 'leave `offer` out: these calls begin with a client secret'));

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
      return invalidField('agentId', mistakeSaid('agent-out-of-reach'));
    case 'model-not-allowed':
      return invalidField('model', mistakeSaid('model-not-allowed'));
    case 'model-without-price':
      return invalidField('model', mistakeSaid('model-without-price'));
    case 'model-ended':
      return invalidField('model', mistakeSaid('model-ended'));
    case 'voice-not-allowed':
      return invalidField('voice', mistakeSaid('model-not-allowed'));
    case 'mode-not-allowed':
      return faultOfMode(mode);
    case 'offer':
      return invalidField('offer', mistakeSaid('offer-refused'));
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
