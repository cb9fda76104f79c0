import type { Egress, EgressRequest } from '@vox/platform/egress';
import { Reason } from '@vox/platform/fault';
import type { FetchOutside } from './provider.ts';

const connectMs = 2_000;
const wholeMs = 5_000;
/** A document of discovery or of keys is some kilobytes. */
const bodyMaxBytes = 262_144;
/** Statuses whose answers have no body (Fetch §2.2.3). */
const withoutBody = new Set([101, 103, 204, 205, 304]);

/** `fetch` for a provider's endpoints through the guarded door: no private address, no redirect, not for long. */
export const fetchThrough =
  ({ send }: Pick<Egress, 'send'>): FetchOutside =>
  async (url, { method, headers, body }) => {
    const outcome = await send({
      ...{ url, method: method as EgressRequest['method'], headers },
      body: body === undefined || body === null ? undefined : String(body),
      ...{ connectMs, wholeMs, bodyMaxBytes },
    });
    if (outcome.kind !== 'answered') throw new Reason(`a provider was not reached: ${outcome.reason}`);
    if (outcome.isCut) throw new Reason('a provider says too much');
    const answer = new Headers();
    for (const [name, value] of Object.entries(outcome.headers))
      for (const each of [value ?? []].flat()) answer.append(name, each);
    const said = withoutBody.has(outcome.status) ? null : new Uint8Array(outcome.body);
    return new Response(said, { status: outcome.status, headers: answer });
  };
