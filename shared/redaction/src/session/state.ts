import { z } from 'zod';
import { ageMost, partsMost } from '../cards/follow.ts';
import { type Nearby, nearMost } from '../cards/nearby.ts';
import { merged, type Open, opensMost } from '../cards/open.ts';
import { beginningOf } from '../characters.ts';
import { longest } from '../digits/issuer.ts';
import { type Topic, topics } from '../tokens/cues.ts';

const modulo10 = z.number().int().min(0).max(9);
const age = z.number().int().min(1).max(nearMost).nullable();
const roleLongest = 32;
/** Utterances for which a word that names the digits’ kind holds. */
const topicMost = 6;

const OpenCard = z.object({
  prefix: z
    .string()
    .regex(/^[0-9]{0,3}$/)
    .describe('leading digits while they do not yet tell the issuer'),
  lengths: z.number().int().min(0).max(127).describe('lengths that its issuer uses, a bit each from 13'),
  count: z
    .number()
    .int()
    .min(1)
    .max(longest - 1)
    .describe('digits so far'),
  even: modulo10.describe('Luhn’s sum, should its length be even'),
  odd: modulo10.describe('the same, should it be odd'),
  parts: z.number().int().min(1).max(partsMost),
  age: z.number().int().min(0).max(ageMost),
  role: z.string().max(roleLongest),
  leads: z.boolean(),
  thick: z.boolean(),
  terse: z.boolean(),
  whole: z.boolean(),
});

/**
 * The state that one batch of a session passes to the next: counts, sums and ages. It holds no text, and at most three
 * leading digits of a card (which do not yet tell its issuer). Its size is bounded, and it is made to be sealed all the
 * same.
 */
export const RedactionState = z.object({
  open: z.array(OpenCard).max(opensMost),
  topic: z.object({ is: z.enum(topics), age: z.number().int().min(1).max(topicMost) }).nullable(),
  nearby: z.object({ card: age, code: age, expiry: age, cvv: age, due: age.default(null) }),
  awaited: z
    .object({ iban: age, ssn: age })
    .describe('utterances since an account or a person’s number was asked for or begun'),
  unheard: z
    .number()
    .int()
    .min(0)
    .max(partsMost)
    .describe('utterances with digits that may end a card nobody saw begin'),
});
export type RedactionState = z.infer<typeof RedactionState>;

export type Awaited = RedactionState['awaited'];

/** A session’s start. */
export const freshRedactionState: RedactionState = {
  open: [],
  topic: null,
  nearby: { card: null, code: null, expiry: null, cvv: null, due: null },
  awaited: { iban: null, ssn: null },
  unheard: 0,
};
/**
 * The state of a session whose earlier utterances are unknown: a card may be under way. Use it whenever a state is lost
 * or does not parse.
 */
export const unknownRedactionState: RedactionState = {
  ...freshRedactionState,
  nearby: { card: 1, code: null, expiry: null, cvv: null, due: null },
  unheard: partsMost - 1,
};

/** The same state in the form that is used while a batch is read. */
export type ReadingState = Readonly<{
  opens: readonly Open[];
  topic: RedactionState['topic'];
  nearby: Nearby;
  awaited: Awaited;
  unheard: number;
}>;

export const readingStateOf = ({ open, ...rest }: RedactionState): ReadingState => ({
  ...rest,
  opens: open.map((each) => ({ ...each, spans: [] })),
});

export const redactionStateOf = ({ opens, topic, nearby, awaited, unheard }: ReadingState): RedactionState => ({
  open: merged(opens.map((open) => ({ ...open, spans: [] }))).map(({ spans: _, ...open }) => open),
  topic,
  nearby,
  awaited,
  unheard,
});

export const roleOf = (role: string): string => beginningOf(role, roleLongest);

/**
 * After a whole card, said or cut, digits are of something else again: the next digits are asked nothing that they
 * would not be asked without that card.
 */
export function nextTopic(
  before: RedactionState['topic'],
  here: Topic | undefined,
  whole: boolean,
): RedactionState['topic'] {
  const is = here ?? before?.is;
  if (whole && (is === 'card' || is === 'payment')) return null;
  if (here !== undefined) return { is: here, age: 1 };
  return before === null || before.age >= topicMost ? null : { ...before, age: before.age + 1 };
}
