import { type Acting, type WebhookEventType, webhookEndpointsMax } from '@vox/contracts';

/** What messages are signed with. The secret is sealed; `endsAtMs` is set once it has a successor. */
export type Secret = Readonly<{ sealed: string; createdAtMs: number; endsAtMs: number | null }>;

export type DisabledWhy = 'asked' | 'gone' | 'failing';
export type Endpoint = Readonly<{
  endpointId: string;
  url: string;
  description: string;
  types: readonly WebhookEventType[];
  disabledWhy: DisabledWhy | null;
  createdAtMs: number;
  /** What happened before is not sent. */
  enabledAtMs: number;
  /** The newest first. Two at most: the second is in its grace. */
  secrets: readonly Secret[];
  /** Since when nothing arrived that was tried. */
  failingSinceMs: number | null;
}>;

export type EndpointChange = 'created' | 'updated' | 'secret-rotated' | 'removed' | 'gone' | 'failing';
/** A change that is still to be published. `id` becomes the id of the fact. */
export type BookEntry = Readonly<{
  id: string;
  by: Acting;
  traceparent?: string | undefined;
  atMs: number;
  endpointId: string;
  change: EndpointChange;
}>;

/** The endpoints of a tenant, and its outbox. */
export type EndpointBook = Readonly<{
  tenantId: string;
  endpoints: readonly Endpoint[];
  untold: readonly BookEntry[];
}>;

export type BookDecision =
  | Readonly<{ kind: 'change'; endpoints: readonly Endpoint[]; endpointId: string; change: EndpointChange }>
  /** Something changes that nobody is told. */
  | Readonly<{ kind: 'note'; endpoints: readonly Endpoint[] }>
  | Readonly<{ kind: 'unchanged' | 'no endpoint' | 'too many' }>;

/** An endpoint that fails for so long is disabled. */
export const failingMaxMs = 3 * 86_400_000;

type NewEndpoint = Pick<Endpoint, 'endpointId' | 'url' | 'description' | 'types'> & Readonly<{ sealed: string }>;

export function createEndpoint(
  { endpoints }: Pick<EndpointBook, 'endpoints'>,
  { sealed, ...given }: NewEndpoint,
  nowMs: number,
): BookDecision {
  if (endpoints.length >= webhookEndpointsMax) return { kind: 'too many' };
  const created: Endpoint = {
    ...given,
    ...{ disabledWhy: null, createdAtMs: nowMs, enabledAtMs: nowMs, failingSinceMs: null },
    secrets: [{ sealed, createdAtMs: nowMs, endsAtMs: null }],
  };
  return { kind: 'change', endpoints: [...endpoints, created], endpointId: given.endpointId, change: 'created' };
}

type Wanted = Readonly<{
  url?: string | undefined;
  description?: string | undefined;
  types?: readonly WebhookEventType[] | undefined;
  status?: 'enabled' | 'disabled' | undefined;
}>;

/** Enabled again, an endpoint begins anew: what it failed at before does not count against it. */
export function updateEndpoint(
  book: Pick<EndpointBook, 'endpoints'>,
  endpointId: string,
  wanted: Wanted,
  nowMs: number,
) {
  return changing(book, endpointId, 'updated', (known): Endpoint => {
    const isEnabling = wanted.status === 'enabled' && known.disabledWhy !== null;
    return {
      ...known,
      url: wanted.url ?? known.url,
      description: wanted.description ?? known.description,
      types: wanted.types ?? known.types,
      ...(isEnabling && { disabledWhy: null, enabledAtMs: nowMs, failingSinceMs: null }),
      ...(wanted.status === 'disabled' && { disabledWhy: known.disabledWhy ?? 'asked' }),
    };
  });
}

/** The secret before works until its grace ends. One that was in its grace already works no more. */
export const rotateSecret = (
  book: Pick<EndpointBook, 'endpoints'>,
  endpointId: string,
  { sealed, graceMs }: Readonly<{ sealed: string; graceMs: number }>,
  nowMs: number,
): BookDecision =>
  changing(book, endpointId, 'secret-rotated', (known) => {
    const former = known.secrets.slice(0, graceMs > 0 ? 1 : 0).map((each) => ({ ...each, endsAtMs: nowMs + graceMs }));
    return { ...known, secrets: [{ sealed, createdAtMs: nowMs, endsAtMs: null }, ...former] };
  });

export function removeEndpoint({ endpoints }: Pick<EndpointBook, 'endpoints'>, endpointId: string): BookDecision {
  const left = endpoints.filter((each) => each.endpointId !== endpointId);
  if (left.length === endpoints.length) return { kind: 'no endpoint' };
  return { kind: 'change', endpoints: left, endpointId, change: 'removed' };
}

/** What a round of tries says of an endpoint: it has answered, it failed, or it said that it is gone. */
export function noteHealth(
  book: Pick<EndpointBook, 'endpoints'>,
  endpointId: string,
  health: 'well' | 'failing' | 'gone',
  nowMs: number,
): BookDecision {
  const known = book.endpoints.find((each) => each.endpointId === endpointId);
  if (known === undefined || known.disabledWhy !== null) return { kind: 'unchanged' };
  const since = known.failingSinceMs;
  if (health === 'gone') return changing(book, endpointId, 'gone', () => ({ ...known, disabledWhy: 'gone' }));
  if (health === 'failing' && since !== null && nowMs - since >= failingMaxMs)
    return changing(book, endpointId, 'failing', () => ({ ...known, disabledWhy: 'failing' }));
  const failingSinceMs = health === 'well' ? null : (since ?? nowMs);
  if (failingSinceMs === since) return { kind: 'unchanged' };
  return { kind: 'note', endpoints: replaced(book.endpoints, { ...known, failingSinceMs }) };
}

/** The secrets that messages are signed with at a moment, the newest first. */
export const signingSecrets = ({ secrets }: Pick<Endpoint, 'secrets'>, nowMs: number): readonly Secret[] =>
  secrets.filter(({ endsAtMs }) => endsAtMs === null || endsAtMs > nowMs);

/** Whether an endpoint is to be told of something that happened. */
export const wants = (endpoint: Endpoint, type: string, happenedAtMs: number): boolean =>
  endpoint.disabledWhy === null &&
  happenedAtMs >= endpoint.enabledAtMs &&
  (endpoint.types as readonly string[]).includes(type);

const replaced = (endpoints: readonly Endpoint[], endpoint: Endpoint): readonly Endpoint[] =>
  endpoints.map((each) => (each.endpointId === endpoint.endpointId ? endpoint : each));

function changing(
  { endpoints }: Pick<EndpointBook, 'endpoints'>,
  endpointId: string,
  change: EndpointChange,
  next: (known: Endpoint) => Endpoint,
): BookDecision {
  const known = endpoints.find((each) => each.endpointId === endpointId);
  if (known === undefined) return { kind: 'no endpoint' };
  return { kind: 'change', endpoints: replaced(endpoints, next(known)), endpointId, change };
}
