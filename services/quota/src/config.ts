import { jsonText } from '@vox/contracts';
import { busSettings, positive, requiredInProduction, serviceSettings, storeSettings } from '@vox/platform/config';
import { z } from 'zod';
import { type Bounds, defaultBounds } from './decide/believable.ts';
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

/**
 * Lists of prices as JSON: integer micro-dollars per million tokens or per minute, by model, each list from its moment
 * on.
 */
const priceTable = () =>
  jsonText(PriceTable).transform((lists): readonly PriceList[] =>
    lists.map(({ effectiveFrom, models, ends }) => ({
      effectiveFromMs: Date.parse(effectiveFrom),
      models,
      endsAtMs: Object.fromEntries(Object.entries(ends).map(([name, at]) => [name, Date.parse(at)])),
    })),
  );

/** How much of a browser's report is believed; see docs/decisions/security/0044-what-a-report-can-raise.md. */
const boundSettings = {
  REPORT_OPENING_TOKENS: positive(1_000_000)
    .default(defaultBounds.openingTokens)
    .describe('instructions and tools of an agent in tokens, for a call that was admitted without knowing them'),
  REPORT_CONTEXT_TOKENS: positive(10_000_000)
    .default(defaultBounds.contextTokens)
    .describe('the most that a response hears of what was said before'),
  REPORT_SECONDS_PER_RESPONSE: positive(60)
    .default(defaultBounds.secondsPerResponse)
    .describe('a response follows another no sooner than this, on average'),
  REPORT_OUT_TOKENS_PER_SECOND: positive(10_000)
    .default(defaultBounds.outTokensPerSecond)
    .describe('how fast a model makes sound and text'),
  REPORT_DAY_SHARE_TOKENS_PERCENT: positive(100)
    .default(defaultBounds.tokensSharePercent)
    .describe('a call that passes this share of a day’s tokens ends, where its reservation is less'),
  REPORT_DAY_SHARE_PERCENT: positive(100)
    .default(defaultBounds.dollarsSharePercent)
    .describe('a call that passes this share of a day’s dollars ends, where its reservation is less'),
};
type BoundSettings = z.infer<z.ZodObject<typeof boundSettings>>;
export const boundsOf = (settings: BoundSettings): Bounds => ({
  openingTokens: settings.REPORT_OPENING_TOKENS,
  contextTokens: settings.REPORT_CONTEXT_TOKENS,
  secondsPerResponse: settings.REPORT_SECONDS_PER_RESPONSE,
  outTokensPerSecond: settings.REPORT_OUT_TOKENS_PER_SECOND,
  slackSeconds: defaultBounds.slackSeconds,
  tokensSharePercent: settings.REPORT_DAY_SHARE_TOKENS_PERCENT,
  dollarsSharePercent: settings.REPORT_DAY_SHARE_PERCENT,
});

/** What quota reads from its environment. */
export const config = {
  schema: z.object({
    ...serviceSettings,
    ...busSettings,
    ...storeSettings('vox_quota'),
    SWEEP_MS: positive(60_000).default(1_000).describe('pause between two looks for reservations past their lease'),
    ...boundSettings,
    PRICE_TABLE: priceTable()
      .optional()
      .describe('what models cost, instead of the list built in; see docs/decisions/mechanisms/0031-prices.md'),
    PROVIDER_REGION: z
      .enum(priceRegions)
      .default('global')
      .describe(
        'which of the provider’s hosts the list built in is for; `eu` costs a tenth more for models since 2026-03-05',
      ),
  }),
  rules: [requiredInProduction('NATS_NKEY_SEED')],
};
