import { byWord, type Cue } from '../words/cue-words.ts';
import type { Token } from './token.ts';

export type { Cue } from '../words/cue-words.ts';

export const hints = (token: Token | undefined, cue: Cue): boolean =>
  token?.as === 'word' && (byWord.get(token.text)?.has(cue) ?? false);

/**
 * The topics of numbers: a card, its code or expiry, a payment (by card or not), an account, a person's number, or
 * something else.
 */
export const topics = ['card', 'detail', 'payment', 'iban', 'ssn', 'other'] as const;
export type Topic = (typeof topics)[number];

function topicOf(token: Token): Topic | undefined {
  const found = token.as === 'word' ? byWord.get(token.text) : undefined;
  if (found === undefined) return undefined;
  for (const topic of ['card', 'iban', 'ssn', 'other', 'payment'] as const) if (found.has(topic)) return topic;
  if (found.has('amount') || found.has('street')) return 'other';
  return found.has('codeName') || found.has('code') || found.has('expiry') ? 'detail' : undefined;
}

/** Payment by card stays about the card. */
const then = (topic: Topic | undefined, next: Topic | undefined): Topic | undefined =>
  next === undefined || (next === 'payment' && topic === 'card') ? topic : next;

/** The topic by the last word before a place in the text that names a kind of number. */
export function topicBefore(tokens: readonly Token[], before: number): Topic | undefined {
  let topic: Topic | undefined;
  for (const token of tokens) {
    if (token.start >= before) break;
    topic = then(topic, topicOf(token));
  }
  return topic;
}

/** The same before each of several places, in their order. */
export function topicsBefore(tokens: readonly Token[], places: readonly number[]): readonly (Topic | undefined)[] {
  let [topic, at]: [Topic | undefined, number] = [undefined, 0];
  return places.map((place) => {
    for (let token = tokens[at]; token !== undefined && token.start < place; token = tokens[at]) {
      topic = then(topic, topicOf(token));
      at += 1;
    }
    return topic;
  });
}

const ofAddress = new Set(
  'zip zipcode postcode postal address adresse direccion endereco indirizzo adres plz cep'.split(' '),
);
/** How many words stand between an address and the card that it belongs to: “the zip code for the card”. */
const ofCardMost = 4;
const isAddressOfCard = (tokens: readonly Token[]): boolean => {
  const card = tokens.findLastIndex((token) => topicOf(token) === 'card');
  const before = tokens.slice(Math.max(0, card - ofCardMost), Math.max(0, card));
  const address = before.findLastIndex((token) => token.as === 'word' && ofAddress.has(token.text));
  return address >= 0 && before.slice(address).every((token) => token.as === 'word' && !token.and);
};

/**
 * The topic that a text leaves for the next one. “The code on the back of your card” is about the code, and “how much
 * would you like to pay” about an amount. The last four digits of a card may be shown, and so may its address.
 */
export function topicAfter(tokens: readonly Token[]): Topic | undefined {
  const topic = topicBefore(tokens, Number.POSITIVE_INFINITY);
  const other = topic === 'payment' ? 'amount' : topic === 'card' ? 'lastCount' : undefined;
  if (other !== undefined && tokens.some((token) => hints(token, other))) return 'other';
  if (topic === 'card' && isAddressOfCard(tokens)) return 'other';
  return topic === 'card' && tokens.some((token) => topicOf(token) === 'detail') ? 'detail' : topic;
}
