import type { RedactionKind, RedactionPolicy } from '../cuts/policy.ts';
import { plainWord } from '../words/words.ts';

/**
 * What the name of a field says about its value. Names are split into words: `cardNumber`, `card_number` and
 * `CARD-NUMBER` are one.
 */
const named: readonly (readonly [RedactionKind, RegExp])[] = [
  [
    'cvc',
    /^(?:.* )?(?:cvv|cvc|csc|cid|cvn|cav|cvv2|cvc2|cryptogramme|prufnummer|prufziffer)(?: (?:code|number|value|nummer))?$/,
  ],
  [
    'cvc',
    /^(?:.* )?(?:(?:card )?(?:security|verification|seguridad|securite|sicherheits|sicurezza|seguranca) ?code|sicherheitscode|beveiligingscode|codigo (?:de )?(?:seguridad|seguranca)|code (?:de )?securite|codice (?:di )?sicurezza)$/,
  ],
  [
    'expiry',
    /^(?:(?:card|cc|credit card) )?(?:exp|expiry|expiration|expire|expires|expiring|valid thru|valid until|ablauf|caducidad|vencimiento|scadenza|validade|vervaldatum)(?: ?(?:month|year|date|mm|yy|yyyy|mmyy|on|at|mes|ano|monat|jahr|mese|anno|maand|jaar))?$/,
  ],
  [
    'card',
    /^(?:(?:customer|payment|billing|my|the) )?(?:(?:credit|debit|bank|payment) ?)?(?:card|cc) ?(?:number|no|num|nr|nummer|pan|digits)$|^(?:cc|pan|primary account number|card ?number|creditcard ?number|numero (?:de )?(?:la )?(?:tarjeta|carte|carta|cartao)|kartennummer|kreditkartennummer|kaartnummer)$/,
  ],
  ['iban', /^(?:.* )?iban(?: (?:number|code|nummer))?$/],
  [
    'ssn',
    /^(?:.* )?(?:ssn|social security(?: (?:number|no))?|sozialversicherungsnummer|cpf|bsn|codice fiscale|burgerservicenummer)$/,
  ],
];
/**
 * Fields that may be kept: the last digits of a card (“4242”, “ending in 4242”), and a token of the payment service.
 */
const lastFour = /last|ending|suffix|token|type|brand|holder|name/;
const sensible: Readonly<Record<string, RegExp>> = {
  cvc: /^\D{0,3}\d{3,4}\D{0,3}$/,
  expiry: /\d/,
  card: /(?:\d\D{0,3}){4,}/,
  iban: /\d/,
  ssn: /\d/,
};

const wordsOf = (key: string): string =>
  plainWord(
    key
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .replace(/[\p{P}\p{Z}\p{S}]+/gu, ' ')
      .trim(),
  );
const longestKey = 64;

/** What a field of this name and value holds that must go, if it does. */
export function kindOfField(key: string, value: string, policy: RedactionPolicy): RedactionKind | undefined {
  if (key.length > longestKey) return undefined;
  const words = wordsOf(key);
  const kind = named.find(([, name]) => name.test(words))?.[0];
  if (kind === undefined || lastFour.test(words) || !sensible[kind]?.test(value)) return undefined;
  if ((kind === 'iban' && !policy.iban) || (kind === 'ssn' && !policy.ssn)) return undefined;
  return value.includes('[REDACTED:') ? undefined : kind;
}
