import { busSettings, positive, requiredInProduction, serviceSettings, storeSettings } from '@vox/shared/config';
import { z } from 'zod';
import type { PriceList } from './decide/price.ts';

const micros = z.number().int().nonnegative().max(1_000_000_000_000);
const Price = z.strictObject({
  textIn: micros,
  textOut: micros,
  audioIn: micros,
  audioOut: micros,
  cachedTextIn: micros,
  cachedAudioIn: micros,
});
const PriceTable = z
  .array(z.strictObject({ effectiveFrom: z.iso.datetime(), models: z.record(z.string().min(1).max(64), Price) }))
  .min(1);

/** Lists of prices as JSON: integer micro-dollars per million tokens, by model, each list from its moment on. */
const priceTable = () =>
  z.string().transform((text, context): readonly PriceList[] => {
    const read = PriceTable.safeParse(parsed(text));
    if (read.success)
      return read.data.map(({ effectiveFrom, models }) => ({ effectiveFromMs: Date.parse(effectiveFrom), models }));
    for (const { path, message } of read.error.issues)
      context.addIssue({ code: 'custom', message: `at ${path.join('.') || 'its top'}: ${message}` });
    return z.NEVER;
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What quota reads from its environment. */
export const config = {
  schema: z.object({
    ...serviceSettings,
    ...busSettings,
    ...storeSettings('vox_quota'),
    SWEEP_MS: positive(60_000).default(1_000).describe('pause between two looks for reservations past their lease'),
    PRICE_TABLE: priceTable()
      .optional()
      .describe('what models cost, instead of the list built in; see docs/decisions/prices.md'),
  }),
  rules: [requiredInProduction('NATS_NKEY_SEED')],
};
