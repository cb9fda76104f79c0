import type { LanguageName } from './spell.ts';

/**
 * Sentences around planted secrets. `{card}` is a card; `{1}` to `{4}` are its parts over several utterances; `{cvc}`,
 * `{expiry}`, `{iban}` and `{ssn}` are secrets; any name of `harmless` is a number that stays. In talks, `|` parts
 * utterances and `>` begins the agent’s.
 */
export type Templates = Readonly<Record<LanguageName, TemplatesOf>>;
export type TemplatesOf = Readonly<{
  fillers: readonly string[];
  cards: readonly string[];
  withCode: readonly string[];
  talks: readonly string[];
  accounts: readonly string[];
  harmless: readonly string[];
  harmlessTalks: readonly string[];
}>;
