import { describe, expect, it } from 'vitest';
import {
  freshRedactionState,
  type RedactionState,
  redactJson,
  redactSession,
  strictestPolicy,
  unknownRedactionState,
} from '../mod.ts';
import { workOf } from './work.fixture.ts';

/** Texts that are made to be read again and again: each is repeated. */
const hostile: Readonly<Record<string, readonly string[]>> = {
  'look-alike letters': ['51O5 ', 'lO', '1O', '5 1 O 5 '],
  'spaced digits': ['4', '4 1 1 1 ', '4111 1111 1111 1112 ', '.1', '-1', '①', '1\u200b'],
  'list markers': ['1. 4111 ', '1) 41 2) 11 ', '- 1\n', '1. one '],
  homophones: ['ate won to for ', 'to for ', 'won 4 4 4 4 ', 'four ate '],
  'half account numbers': [
    'DE89 ',
    'de89',
    'DE89 3704 0044 0532 0130 0',
    'D E 8 9 ',
    'DE oh ',
    'DE double ',
    'Delta Echo eight ',
  ],
  'half numbers of a person': ['078-05-', '078 05 112 ', 'ssn 078 ', '123.456.789-'],
  'number words': [
    'four ',
    'double double ',
    'forty-one hundred ',
    'cuatro mil ciento once ',
    'quatre vingt dix ',
    'cento e onze ',
  ],
  'number words of the others': [
    'ein und vierzig ',
    'hundert',
    'ventuno cento ',
    'eenentwintig honderd ',
    'ek do teen ',
  ],
  'what was cut before': [
    '[REDACTED:card]',
    '[REDACTED:card] 4111 ',
    '[REDACTED:cvc] 12/27 ',
    '[REDACTED:card …1111] ',
  ],
  'JSON in a text': ['{"card":"4111"}', '{"a":', '[1,', '"\\"'],
  corrections: ['4111 no wait ', 'no wait, sorry 5 ', '4111 1111 no wait 1111 '],
  'unknown cues': [
    'blafasel number 4111 ',
    'foo code 123 ',
    'number of the ',
    'C V V 1 ',
    'expiry 12/27 123 ',
    '1227 123 ',
    '1020 100 100 ',
    '4 card ',
  ],
  'other forms': [
    '+1 415 555 0123 ',
    '12:30:45 ',
    '40.7128, ',
    '4,111,111 ',
    '2024-05-06 ',
    'a1b2 ',
    '&nbsp;1',
    'e\u0301',
  ],
};
const asked: RedactionState = {
  ...freshRedactionState,
  topic: { is: 'card', age: 1 },
  nearby: { card: 1, code: 1, expiry: 1, cvv: 1, due: 1 },
  awaited: { iban: 1, ssn: 1 },
};
const states: Readonly<Record<string, RedactionState>> = {
  fresh: freshRedactionState,
  lost: unknownRedactionState,
  asked,
};
const cases = Object.entries(hostile).flatMap(([what, pieces]) =>
  pieces.flatMap((piece) => Object.entries(states).map(([named, state]) => [what, piece, named, state] as const)),
);

const [short, long] = [512, 2_048];
/** Of so many times the text, so many times the work, and a fifth more. */
const growthMost = (times: number): number => times * 1.2;
const workPerSign = 450;
const filled = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
const readOne = (state: RedactionState, text: string): number =>
  workOf(() => void redactSession(state, [{ role: 'user', text }], strictestPolicy));

/** A number with Luhn’s digit. */
function card(at: number): string {
  const digits = `41111111${String(at).padStart(7, '0')}`;
  const sum = Array.from(digits, Number).reduce(
    (all, digit, place) => all + (place % 2 ? digit : ((digit * 2) % 10) + (digit > 4 ? 1 : 0)),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

// The engine counts a block a little more or less often as it compiles: what passes a bound by that is counted again.
describe('the work of the redactor on a text', { timeout: 60_000, retry: 2 }, () => {
  it.each(cases)('grows with its length and with nothing else: %s, %j, %s', (_what, piece, _named, state) => {
    readOne(state, filled(piece, 64));
    const [less, more] = [readOne(state, filled(piece, short)), readOne(state, filled(piece, long))];
    expect(more).toBeLessThan(less * growthMost(long / short));
    expect(more).toBeLessThan(long * workPerSign);
  });
});

describe('the work of the redactor on JSON', { timeout: 60_000 }, () => {
  const many = (size: number): string[] => Array.from({ length: size }, (_, at) => card(at));
  it.each<[string, (size: number) => unknown]>([
    ['keys that read the same once they are cut', (size) => Object.fromEntries(many(size).map((key) => [key, 1]))],
    ['one array of cards', (size) => many(size)],
    ['objects of cards', (size) => many(size).map((each) => ({ card_number: each, cvv: '123' }))],
    ['JSON within strings', (size) => many(size).map((each) => JSON.stringify({ card_number: each }))],
  ])('grows with its length and with nothing else: %s', (_what, made) => {
    const read = (size: number): number => {
      const value = made(size);
      return workOf(() => void redactJson(value, strictestPolicy));
    };
    read(4);
    expect(read(800)).toBeLessThan(read(100) * growthMost(800 / 100));
  });
});

describe('a session', { timeout: 60_000 }, () => {
  it.each([[['4111', 'four one', '51O5 12', 'ok']], [['4111 1111 1111 1111']], [['4111 111 no 111']]])(
    'asks as much of each message, however many come at once: %j',
    (texts) => {
      const read = (size: number): number => {
        const messages = Array.from({ length: size }, (_, at) => ({
          role: at % 3 === 0 ? 'assistant' : 'user',
          text: texts[at % texts.length] ?? '',
        }));
        return workOf(() => void redactSession(unknownRedactionState, messages, strictestPolicy));
      };
      read(4);
      expect(read(800)).toBeLessThan(read(100) * growthMost(800 / 100));
    },
  );
});

describe('a text of a quarter of a megabyte', { timeout: 60_000 }, () => {
  it.each(['won 4 4 4 4 ', '4 1 1 1 ', '078-05-1120 x ', '4111111111111111 '])('is read to its end: %j', (piece) => {
    const text = filled(piece, 262_144);
    expect(() => redactSession(unknownRedactionState, [{ role: 'user', text }], strictestPolicy)).not.toThrow();
  });
});
