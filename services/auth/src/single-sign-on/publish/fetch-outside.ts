import type { Egress, EgressRequest } from '@vox/platform/egress';
import { Reason } from '@vox/platform/fault';
import type { FetchOutside } from './provider.ts';

const connectMs = 2_000;
const wholeMs = 5_000;
/** A document of discovery or of keys is some kilobytes. */
const bodyMaxBytes = 262_144;
/** Where a provider says why it refuses a token (RFC 6750 §3). */
const answerHeaders = ['www-authenticate'];
/** Statuses whose answers have no body (Fetch §2.2.3). */
const withoutBody = new Set([101, 103, 204, 205, 304]);

/** `fetch` for a provider's endpoints through the guarded door: no private address, no redirect, not for long. */
export const fetchThrough =
  ({ send }: Pick<Egress, 'send'>): FetchOutside =>
  async (url, { method, headers, body }) => {
    const outcome = await send({
      ...{ url, method: method as EgressRequest['method'], headers },
      body: body === undefined || body === null ? undefined : String(body),
      ...{ connectMs, wholeMs, bodyMaxBytes, answerHeaders },
      // A provider is of a tenant. Many of a large one's tenants share its bounds.
      owner: new URL(url).host,
    });
    if (outcome.kind !== 'answered') throw new Reason(`a provider was not reached: ${outcome.reason}`);
    if (outcome.isCut) throw new Reason('a provider says too much');
    const answer = new Headers();
    for (const [name, value] of Object.entries(outcome.headers)) if (value !== undefined) answer.set(name, value);
    const said = withoutBody.has(outcome.status) ? null : new Uint8Array(outcome.body);
    return new Response(said, { status: outcome.status, headers: answer });
  };
