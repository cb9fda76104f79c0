import { Fault, Reason } from '@vox/platform/fault';
import type { NoStream } from '../keep/open-streams.ts';

/** Why a stream is not opened, for whoever asked for it: their share is taken, or this copy has no room. */
export function refusalOf(why: NoStream): Fault {
  if (why === 'holder-has-enough') return new Fault('RATE_LIMIT_EXCEEDED', { scope: 'user' });
  return new Fault('UNAVAILABLE', {}, { cause: new Reason(`no stream is let in: ${why}`) });
}
