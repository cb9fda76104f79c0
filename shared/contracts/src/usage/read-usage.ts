import { type TokenUsage, tokensMax, usageSecondsMax } from './usage.ts';

/** What could be read of a provider's usage. `flagged` when something is missing or odd, or contradicts the rest. */
export type UnderstoodUsage = Readonly<{ usage: TokenUsage; flagged: boolean }>;

type Fields = Readonly<Record<string, unknown>>;
/** Notes that something was odd. */
type Notes = { flagged: boolean };

const noUsage: TokenUsage = { textIn: 0, textOut: 0, audioIn: 0, audioOut: 0, cachedIn: 0 };

/**
 * Reads the `usage` of `response.done` or of a transcription, in whatever form a provider sends it. It never throws.
 * Tokens of an unknown kind stand in `unknownIn`, `unknownOut` and `unknown`, so that pricing can take the dearest
 * kind. `status` is the response's status: a response that was cut off may lack usage.
 */
export function readUsage(payload: unknown, status?: unknown): UnderstoodUsage {
  if (payload === null || payload === undefined)
    return { usage: noUsage, flagged: status === 'completed' || status === 'incomplete' };
  const fields = fieldsOf(payload);
  if (fields === undefined) return { usage: noUsage, flagged: true };
  const isTimed = fields.type === 'duration' || (fields.type === undefined && fields.seconds !== undefined);
  return isTimed ? timed(fields) : counted(fields);
}

/** The seconds of a Live session. They are totals, so the largest counts and nothing is added up. */
export function readLiveSeconds(payloads: readonly unknown[]): Readonly<{ seconds: number; flagged: boolean }> {
  const read = payloads.map((payload) => readUsage(payload));
  return {
    seconds: Math.max(0, ...read.map(({ usage }) => usage.seconds ?? 0)),
    flagged: read.some(({ usage, flagged }) => flagged || usage.seconds === undefined),
  };
}

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

/** A number that is as it should be, or can still be understood; `undefined` when there is none. */
function numberOf(value: unknown, most: number, notes: Notes): number | undefined {
  if (value === null || value === undefined) return undefined;
  const isPlain = typeof value === 'number' && value >= 0 && value <= most;
  if (isPlain) return value;
  notes.flagged = true;
  const number = typeof value === 'string' && /^\d{1,15}(?:\.\d{1,6})?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number >= 0 ? Math.min(number, most) : undefined;
}

function countOf(value: unknown, notes: Notes): number | undefined {
  const number = numberOf(value, tokensMax, notes);
  if (number === undefined || Number.isInteger(number)) return number;
  notes.flagged = true;
  return Math.ceil(number);
}

function timed({ seconds: given }: Fields): UnderstoodUsage {
  const notes: Notes = { flagged: false };
  const seconds = numberOf(given, usageSecondsMax, notes);
  return { usage: { ...noUsage, seconds: seconds ?? 0 }, flagged: notes.flagged || seconds === undefined };
}

function counted(fields: Fields): UnderstoodUsage {
  const notes: Notes = { flagged: fields.type !== undefined && fields.type !== 'tokens' };
  const total = countOf(fields.total_tokens, notes);
  const input = sideOf(fields, 'input', ['text', 'audio', 'image'], notes);
  const output = sideOf(fields, 'output', ['text', 'audio'], notes);
  const sum = input.total + output.total;
  const rest = Math.max(0, (total ?? sum) - sum);
  if ((total !== undefined && total !== sum) || input.isSilent || output.isSilent) notes.flagged = true;
  // Tokens missing from the total belong to the side that says nothing, if there is one.
  const isOf = (side: Side, other: Side): number => (side.isSilent && !other.isSilent ? rest : 0);
  const unknown = input.isSilent === output.isSilent ? rest : 0;
  const { text = 0, audio = 0, image = 0 } = input.known;
  const usage = {
    ...{
      textIn: text,
      audioIn: audio,
      imageIn: image,
      unknownIn: Math.min(tokensMax, input.unknown + isOf(input, output)),
    },
    ...{
      textOut: output.known.text ?? 0,
      audioOut: output.known.audio ?? 0,
      unknownOut: Math.min(tokensMax, output.unknown + isOf(output, input)),
    },
    ...{ unknown, ...cachedOf(input, notes) },
  };
  return { usage, flagged: notes.flagged };
}

/**
 * One side of a usage: tokens by kind, tokens of an unknown kind, and all of them. Silent when nothing is said of this
 * side.
 */
type Side = Readonly<{
  known: Readonly<Record<string, number>>;
  unknown: number;
  total: number;
  isSilent: boolean;
  details: Fields;
}>;

/** Parts of other counts, not kinds of their own. */
const isPart = (name: string): boolean => /^(?:cached|cache|reasoning|accepted|rejected)_/.test(name);

function sideOf(fields: Fields, side: string, kinds: readonly string[], notes: Notes): Side {
  const given = fields[`${side}_token_details`] ?? fields[`${side}_tokens_details`];
  const details = fieldsOf(given);
  if (details === undefined && given !== null && given !== undefined) notes.flagged = true;
  const total = countOf(fields[`${side}_tokens`], notes);
  const known: Record<string, number> = {};
  let strange = 0;
  for (const [name, value] of Object.entries(details ?? {})) {
    if (!name.endsWith('_tokens') || isPart(name)) continue;
    const count = countOf(value, notes) ?? 0;
    const kind = name.slice(0, -'_tokens'.length);
    if (kinds.includes(kind)) known[kind] = count;
    else strange += count;
  }
  const sum = Object.values(known).reduce((all, each) => all + each, strange);
  if (strange > 0 || (total !== undefined && total !== sum)) notes.flagged = true;
  const unknown = Math.min(tokensMax, strange + Math.max(0, (total ?? sum) - sum));
  const isSilent = total === undefined && Object.keys(known).length === 0 && strange === 0;
  return { known, unknown, total: Math.max(total ?? 0, sum), isSilent, details: details ?? {} };
}

type Cached = Pick<TokenUsage, 'cachedIn' | 'cachedTextIn' | 'cachedAudioIn' | 'cachedImageIn'>;

/**
 * The cached part of the input, by kind as far as that is known. It is never more than the input, nor more than the
 * given total.
 */
function cachedOf({ known, details }: Side, notes: Notes): Cached {
  const given = fieldsOf(details.cached_tokens_details);
  if (given === undefined && details.cached_tokens_details != null) notes.flagged = true;
  const all = countOf(details.cached_tokens, notes);
  const within = (kind: string): number => {
    const count = countOf(given?.[`${kind}_tokens`], notes) ?? 0;
    if (count > (known[kind] ?? 0)) notes.flagged = true;
    return Math.min(count, known[kind] ?? 0);
  };
  const parts = { audio: within('audio'), image: within('image'), text: within('text') };
  const sum = parts.audio + parts.image + parts.text;
  const input = Object.values(known).reduce((one, other) => one + other, 0);
  const cachedIn = Math.min(all ?? sum, input, tokensMax);
  if ((all ?? sum) > input || (given !== undefined && cachedIn !== sum)) notes.flagged = true;
  // When the parts are more than the whole, the excess is cut where caching saves most, which is among sound.
  let over = Math.max(0, sum - cachedIn);
  for (const kind of ['audio', 'image', 'text'] as const) {
    const cut = Math.min(over, parts[kind]);
    parts[kind] -= cut;
    over -= cut;
  }
  return { cachedIn, cachedTextIn: parts.text, cachedAudioIn: parts.audio, cachedImageIn: parts.image };
}
