import { z } from 'zod';

type Raw = Parameters<NonNullable<ReturnType<typeof z.config>['localeError']>>[0];

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};
const forms: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  url: 'a URL',
  uuid: 'a UUID, such as 6f9619ff-8b86-4d11-b42d-00c04fc964ff',
  datetime: 'a moment in UTC, such as 2026-05-01T12:00:00Z',
  date: 'a day, such as 2026-05-01',
  base64: 'base64',
};
const units: Readonly<Record<string, string>> = { string: ' characters', array: ' entries', set: ' entries' };

const shown = (value: unknown): string => (typeof value === 'string' ? value : String(value));

function bound(
  least: boolean,
  { origin, inclusive = true }: { origin: string; inclusive?: boolean },
  at: unknown,
): string {
  const unit = units[origin];
  if (unit !== undefined && least && Number(at) === 1) return 'must not be empty';
  const many = unit !== undefined && Number(at) === 1 ? unit.slice(0, -1).replace('entrie', 'entry') : (unit ?? '');
  const how = {
    true: { true: 'at least', false: 'more than' },
    false: { true: 'at most', false: 'less than' },
  } as const;
  const words = how[`${least}`][`${inclusive}`];
  return `must ${unit === undefined ? 'be' : 'have'} ${words} ${shown(at)}${many}`;
}

/**
 * What is wrong with a field, as the end of a sentence that begins with the field's name. The value is never repeated.
 */
function wordingOf(issue: Raw): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is required'
        : `must be ${nouns[issue.expected] ?? `of the type ${issue.expected}`}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${shown(issue.values[0])}`
        : `must be one of: ${issue.values.map(shown).join(', ')}`;
    case 'too_small':
      return bound(true, issue as { origin: string; inclusive?: boolean }, issue.minimum);
    case 'too_big':
      return bound(false, issue as { origin: string; inclusive?: boolean }, issue.maximum);
    case 'invalid_format':
      if (issue.format === 'regex') return `must be of the form ${String(issue.pattern)}`;
      return `must be ${forms[issue.format] ?? `of the form ${issue.format}`}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `must not have ${issue.keys.length === 1 ? 'the field' : 'the fields'} ${issue.keys.join(', ')}`;
    case 'invalid_key':
      return 'has a name that is not allowed';
    default:
      return 'is of no form that is allowed here';
  }
}

/** Sets our words for every mistake for which a schema has none, wherever it is checked. */
export const speakPlainly = (): void => void z.config({ localeError: wordingOf });
