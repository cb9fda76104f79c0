import { ReadUsage, readUsage } from '@vox/contracts';
import type { Stack } from '@vox/local/stack';
import { countUsage } from '@vox/quota/ledger';
import { listPrices } from '@vox/quota/prices';
import { someOffer } from '@vox/testing';
import { expect } from 'vitest';
import type { Answer, Shop } from '../stack/visitor.ts';

/** What the provider says of one call. */
export type Account = Readonly<{
  id: string;
  openedAt: string;
  endedAt?: string;
  responses: readonly Readonly<{ usage: unknown }>[];
}>;

/** What one response uses, of every kind and cached in part. */
const someUsage = {
  ...{ total_tokens: 350, input_tokens: 150, output_tokens: 200 },
  input_token_details: {
    ...{ text_tokens: 100, audio_tokens: 50, cached_tokens: 30 },
    cached_tokens_details: { text_tokens: 30 },
  },
  output_token_details: { text_tokens: 50, audio_tokens: 150 },
};

const model = 'gpt-realtime-2.1';

/** Begins a brokered call of a new visitor. */
export const startBrokered = (shop: Shop): Promise<Answer> =>
  shop.post('/api/session', { widgetKey: shop.widgetKey, offer: someOffer });
/** The provider's id of a call: the simulator writes it into its answers. */
export const callOf = ({ body }: Pick<Answer, 'body'>): string => /rtc_[\w-]+/.exec(String(body.answer))?.[0] ?? '';

/** The simulated provider of a stack, whose calls have no sound and speak only when they are told to. */
export async function providerOf(stack: Stack) {
  const simulator = `${stack.simulatorUrl}/simulator`;
  const headers = { 'content-type': 'application/json' };
  const say = (path: string, method: string, body: object): Promise<Response> =>
    fetch(`${simulator}${path}`, { method, headers, body: JSON.stringify(body) });
  const read = async <T>(path: string): Promise<T> => (await (await fetch(`${simulator}${path}`)).json()) as T;
  await say('/settings', 'PUT', { media: 'none', connectMs: 3_600_000 });
  await say('/conversation', 'PUT', { turnMs: 0 });
  let responses = 0;
  const accounts = async (): Promise<Account[]> => (await read<{ calls: Account[] }>('/books')).calls;
  const emit = (id: string, ...events: object[]) => say(`/calls/${id}/events`, 'POST', { events });
  return {
    accounts,
    emit,
    account: (id: string) => read<Account>(`/books/${id}`),
    sidebands: async (id: string) => (await read<{ sidebands?: number }>(`/calls/${id}`)).sidebands ?? 0,
    /** Calls that began since a moment and are not over. */
    open: async (since: string) =>
      (await accounts()).filter(({ endedAt, openedAt }) => endedAt === undefined && openedAt >= since),
    /** The agent answers in a call, and the provider bills it. */
    respond(id: string, usage: object = someUsage) {
      responses += 1;
      return emit(id, { type: 'response.done', response: { id: `resp_${responses}`, status: 'completed', usage } });
    },
    /** Our books say of a tenant's calls what the provider's say, to the micro-dollar. */
    async sameBooks(shop: Shop, granted: readonly Answer[], since: string): Promise<void> {
      const own = new Set(granted.map(callOf));
      const price = listPrices.flatMap(({ models }) => models[model] ?? [])[0];
      if (price === undefined) throw new RangeError('the model has no price');
      const micros = (await accounts())
        .filter(({ id }) => own.has(id))
        .flatMap((account) => account.responses)
        .reduce((sum, { usage }) => sum + countUsage(price, readUsage(usage).usage).micros, 0);
      const [day = ''] = since.split('T');
      const asked = { tenantId: shop.tenantId, from: day, to: day, by: 'day' as const };
      const booked = async () => (await stack.operator.ask(ReadUsage, asked)).totals.micros;
      await expect.poll(booked, { timeout: 20_000, interval: 500 }).toBe(micros);
    },
  };
}
