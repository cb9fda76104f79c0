import type { FieldMistake, Said, SaidValues } from '@vox/contracts';
import { z } from 'zod';

type Raw = Parameters<NonNullable<ReturnType<typeof z.config>['localeError']>>[0];
type Told = Said<FieldMistake>;

const told = (mistake: FieldMistake, message: string, values?: SaidValues): Told => ({
  ...{ message, mistake },
  ...(values !== undefined && { values }),
});

const nouns: Readonly<Record<string, readonly [FieldMistake, string]>> = {
  string: ['not-text', 'text'],
  number: ['not-a-number', 'a number'],
  int: ['not-whole', 'a whole number'],
  boolean: ['not-true-or-false', 'true or false'],
  array: ['not-a-list', 'a list'],
  object: ['not-an-object', 'an object'],
  record: ['not-an-object', 'an object'],
  null: ['not-null', 'null'],
};
const forms: Readonly<Record<string, readonly [FieldMistake, string]>> = {
  email: ['no-email', 'an e-mail address'],
  url: ['no-url', 'a URL'],
  uuid: ['no-uuid', 'a UUID, such as 6f9619ff-8b86-4d11-b42d-00c04fc964ff'],
  datetime: ['no-moment', 'a moment in UTC, such as 2026-05-01T12:00:00Z'],
  date: ['no-day', 'a day, such as 2026-05-01'],
  base64: ['no-base64', 'base64'],
};
const units: Readonly<Record<string, 'characters' | 'entries'>> = {
  ...{ string: 'characters', array: 'entries', set: 'entries' },
};
const one = { characters: 'character', entries: 'entry' } as const;

const shown = (value: unknown): string => (typeof value === 'string' ? value : String(value));

type Bound = Readonly<{ origin: string; inclusive?: boolean }>;

/** How many characters or entries there are, or how large a number is. */
function bound(end: 'least' | 'most', { origin, inclusive = true }: Bound, at: unknown): Told {
  const unit = units[origin];
  const isLeast = end === 'least';
  const values = { [end]: typeof at === 'number' ? at : shown(at) };
  if (unit !== undefined && isLeast && Number(at) === 1) return told('empty', 'must not be empty');
  const words = isLeast ? (inclusive ? 'at least' : 'more than') : inclusive ? 'at most' : 'less than';
  if (unit !== undefined)
    return told(
      `${isLeast ? 'too-few' : 'too-many'}-${unit}`,
      `must have ${words} ${shown(at)} ${Number(at) === 1 ? one[unit] : unit}`,
      values,
    );
  const mistake = isLeast ? (inclusive ? 'below' : 'not-more-than') : inclusive ? 'above' : 'not-less-than';
  return told(mistake, `must be ${words} ${shown(at)}`, values);
}

function wrongType({ input, expected }: Extract<Raw, { code: 'invalid_type' }>): Told {
  if (input === undefined) return told('required', 'is required');
  const [mistake, noun] = nouns[expected] ?? ['other-type', `of the type ${expected}`];
  return told(mistake, `must be ${noun}`, mistake === 'other-type' ? { type: expected } : undefined);
}

function wrongForm({ format, pattern }: Extract<Raw, { code: 'invalid_format' }>): Told {
  const form = format === 'regex' ? String(pattern) : format;
  const [mistake, noun] = forms[format] ?? ['other-form', `of the form ${form}`];
  return told(mistake, `must be ${noun}`, mistake === 'other-form' ? { form } : undefined);
}

function wrongValue({ values }: Extract<Raw, { code: 'invalid_value' }>): Told {
  const allowed = values.map(shown).join(', ');
  return values.length === 1
    ? told('other-value', `must be ${allowed}`, { allowed })
    : told('none-of', `must be one of: ${allowed}`, { allowed });
}

/**
 * What is wrong with a field, as the end of a sentence that begins with the field's name, and as a code. The value is
 * never repeated.
 */
export function wordingOf(issue: Raw): Told {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue);
    case 'invalid_value':
      return wrongValue(issue);
    case 'too_small':
      return bound('least', issue as Bound, issue.minimum);
    case 'too_big':
      return bound('most', issue as Bound, issue.maximum);
    case 'invalid_format':
      return wrongForm(issue);
    case 'not_multiple_of':
      return told('no-multiple', `must be a multiple of ${issue.divisor}`, { divisor: String(issue.divisor) });
    case 'unrecognized_keys': {
      const fields = issue.keys.join(', ');
      const noun = issue.keys.length === 1 ? 'the field' : 'the fields';
      return told('unknown-fields', `must not have ${noun} ${fields}`, { fields });
    }
    case 'invalid_key':
      return told('unknown-name', 'has a name that is not allowed');
    default:
      return told('unfit', 'is of no form that is allowed here');
  }
}

/** Sets our words for every mistake for which a schema has none, wherever it is checked. */
export const speakPlainly = (): void => void z.config({ localeError: (issue) => wordingOf(issue).message });
