import { busSettings, positive, requiredInProduction, serviceSettings, storeSettings } from '@vox/shared/config';
import { z } from 'zod';
import type { PriceList } from './decide/price.ts';
import { priceRegions } from './decide/prices.ts';

const micros = z.number().int().nonnegative().max(1_000_000_000_000);
const TokenPrice = z.strictObject({
  textIn: micros,
  textOut: micros,
  audioIn: micros,
  audioOut: micros,
  cachedTextIn: micros,
  cachedAudioIn: micros,
  imageIn: micros.optional(),
  cachedImageIn: micros.optional(),
});
const TimePrice = z.strictObject({
  perMinute: micros,
  leastSeconds: z.number().int().nonnegative().max(3_600).optional(),
});
/** By the minute or by the token; told apart first, so that a mistake is named field by field. */
const Price = z.unknown().transform((value, context) => {
  const isTimed = typeof value === 'object' && value !== null && 'perMinute' in value;
  const read = (isTimed ? TimePrice : TokenPrice).safeParse(value);
  if (read.success) return read.data;
  for (const { path, message } of read.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});
const model = z.string().min(1).max(64);
const PriceTable = z
  .array(
    z.strictObject({
      effectiveFrom: z.iso.datetime(),
      models: z.record(model, Price),
      ends: z.record(model, z.iso.datetime()).default({}),
    }),
  )
  .min(1);

/** Lists of prices as JSON: integer micro-dollars per million tokens or per minute, by model, each list from its moment on. */
const priceTable = () =>
  z.string().transform((text, context): readonly PriceList[] => {
    const read = PriceTable.safeParse(parsed(text));
    if (read.success)
      return read.data.map(({ effectiveFrom, models, ends }) => ({
        effectiveFromMs: Date.parse(effectiveFrom),
        models,
        endsAtMs: Object.fromEntries(Object.entries(ends).map(([name, at]) => [name, Date.parse(at)])),
      }));
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
    PROVIDER_REGION: z
      .enum(priceRegions)
      .default('global')
      .describe(
        'which of the provider’s hosts the list built in is for; `eu` costs a tenth more for models since 2026-03-05',
      ),
  }),
  rules: [requiredInProduction('NATS_NKEY_SEED')],
};
