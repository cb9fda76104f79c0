import { readFileSync } from 'node:fs';
import { TokenUsage } from '@vox/contracts';
import { listPrices } from '@vox/quota/prices';
import { describe, expect, it } from 'vitest';
import { UsageBody } from '../../services/edge-guard/src/calls/accept/bodies.ts';
import { usageOf } from '../../services/edge-guard/src/calls/decide/usage.ts';
import { countPayload, countUsage } from '../../services/quota/src/decide/count-usage.ts';
import { priceOf } from '../../services/quota/src/decide/price.ts';

/** What a browser loads is no TypeScript. */
const page: string = '../../widget/src/page/direct/usage.js';
const { reportOf } = (await import(page)) as { reportOf: (sessionId: string, id: string, usage: unknown) => unknown };
type Case = { name: string; model: string; usage?: unknown };
const file = new URL('../../services/quota/src/decide/usage-cases.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };
const sessionId = '00000000-0000-4000-8000-000000000000';

describe('usage on its way from the provider through the page and the route to its price', () => {
  it.each(cases.filter(({ usage }) => usage).map((each) => [each.name, each] as const))(
    'counts what the payload counts: %s',
    (_name, { model, usage }) => {
      const price = priceOf(listPrices, model, 0);
      if (price === undefined) throw new RangeError(model);
      const body = UsageBody.parse(reportOf(sessionId, 'resp_1', usage));
      const counted = countUsage(price, TokenUsage.parse(usageOf(body)));
      expect(counted).toMatchObject(countPayload(price, usage));
    },
  );
});
