import { type Acting, mistakeSaid, webhookEndpointsMax } from '@vox/contracts';
import { activeTraceparent, type Bus } from '@vox/platform/bus';
import { Fault, invalidField, issueAt } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { BookDecision, BookEntry, EndpointBook } from '../decide/endpoint.ts';
import type { Endpoints } from '../keep/endpoints.ts';
import { publishBookEntry } from '../publish/facts.ts';

export type ChangeEndpointsDependencies = Readonly<{
  endpoints: Pick<Endpoints, 'read' | 'update'>;
  bus: Pick<Bus, 'publish'>;
  clock: Clock;
  uuid: () => string;
}>;

const emptyBook = (tenantId: string): EndpointBook => ({ tenantId, endpoints: [], untold: [] });

/** Stores what is decided of a tenant's endpoints, and publishes it. Throws the fault of a refusal. */
export async function changeEndpoints(
  dependencies: ChangeEndpointsDependencies,
  tenantId: string,
  by: Acting,
  decide: (book: EndpointBook, nowMs: number) => BookDecision,
): Promise<EndpointBook> {
  const stamp = stampOf(dependencies, by);
  const { book, refused } = await dependencies.endpoints.update<{ book: EndpointBook; refused?: BookDecision }>(
    tenantId,
    (known = emptyBook(tenantId)) => {
      const decision = decide(known, stamp.atMs);
      if (decision.kind === 'unchanged') return { result: { book: known } };
      if (decision.kind === 'note') return written({ ...known, endpoints: decision.endpoints });
      if (decision.kind !== 'change') return { result: { book: known, refused: decision } };
      const { endpointId, change, endpoints } = decision;
      return written({ ...known, endpoints, untold: [...known.untold, { ...stamp, endpointId, change }] });
    },
  );
  if (refused !== undefined) throw faultOf(refused);
  await publishBook(dependencies, book);
  return book;
}

const written = (book: EndpointBook) => ({ result: { book }, state: book });

const stampOf = (
  { uuid, clock }: Pick<ChangeEndpointsDependencies, 'uuid' | 'clock'>,
  { actor, reason, requestId }: Acting,
): Omit<BookEntry, 'endpointId' | 'change'> => ({
  id: uuid(),
  by: { actor, reason, requestId },
  traceparent: activeTraceparent(),
  atMs: clock.now().getTime(),
});

/** Publishes what a tenant's outbox holds, and clears it. After a crash in between, the sweep publishes it again. */
export async function publishBook(
  { endpoints, bus }: Pick<ChangeEndpointsDependencies, 'endpoints' | 'bus'>,
  { tenantId, untold }: EndpointBook,
): Promise<void> {
  if (untold.length === 0) return;
  for (const entry of untold) await publishBookEntry(bus, tenantId, entry);
  const told = new Set(untold.map(({ id }) => id));
  await endpoints.update(tenantId, (known) =>
    known === undefined
      ? { result: undefined }
      : { result: undefined, state: { ...known, untold: known.untold.filter(({ id }) => !told.has(id)) } },
  );
}

export const noEndpoint = (): Fault =>
  new Fault('NOT_FOUND', { issues: [issueAt('endpointId', mistakeSaid('no-endpoint'))] });

const faultOf = ({ kind }: BookDecision): Fault =>
  kind === 'too many'
    ? invalidField('url', mistakeSaid('endpoints-full', { most: webhookEndpointsMax }))
    : noEndpoint();
