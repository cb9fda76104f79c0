import { byWord, type Cue, signs } from '../words/cue-words.ts';
import type { Token } from './token.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const codes = set('code codes #code codigo codice kode cod digits number numbers');
const secure = set('security safety secure seguridad seguranca securite sicurezza beveiliging veiligheid cvv cvc');
/** Codes that are not a card's, by the word before them, or behind them with or without “de”. */
const codeOfOther = set(
  'zip area discount promo promotional postal post country dial dialing gate door booking order voucher coupon referral qr bar source error ' +
    'status sort swift access entry wifi invite confirmation time otp login product part flight dress tax team room building alarm gift ' +
    'descuento area acceso pais promocional barras postal acces promo reduction barre sconto accesso postale promozionale area ' +
    'desconto acesso fiscal fiscale pais state reservation airport branch bank unlock pairing game cheat gym school course class store shop warehouse parking locker network router vendor client event train ticket flight hotel invitation membership loyalty recovery backup two factor authentication sms tracking activation reset',
);
const numbers = set('number numbers num nr numero numeros id identifier nummer');
/** Before “number”, these leave open whose number it is. */
const open = set(
  'my mein meine meiner mia mio mi minha sua ihre ihr uw mijn je het de die das dat the a your this that long full whole entire complete correct right wrong new other another digit digits front big same his her our ' +
    'whose its and is was one which whats what first second third next last final actual following real old different main exact ' +
    'credit debit bank payment plastic mastercard visa in on of for with give me read repeat call good sorry have got',
);
const joints = set(
  'de del di do da d du des della dell la le el il mi mein meine van von vom der den des l sua minha mia',
);
/** Cards that pay for nothing. */
const otherCards = set(
  'sim loyalty library membership business id identity health insurance boarding green post sd graphics key score punch memory report ' +
    'birthday greeting rewards bonus oyster travel student access smart phone video sound tarot wild fidelite fedelta kunden punkte',
);
/** “social media” is no number of a person; “social security” is read at its end. */
const publicly = set('media network networks worker workers club distancing care services life security insurance');
const compound = /(?:nummer|nummern|nummers|code|kode|zahl|ziffer|kennung|kennzeichen)$/;
const shortestCompound = 6;
const letters: Readonly<Record<string, string>> = {
  see: 'c',
  sea: 'c',
  ce: 'c',
  vee: 'v',
  ve: 'v',
  vau: 'v',
  tse: 'c',
  ci: 'c',
  vi: 'v',
  fau: 'v',
  fow: 'v',
};
const acronyms: Readonly<Record<string, string>> = {
  cvv: signs.cvv,
  cvc: signs.cvv,
  csc: signs.cvv,
  cid: signs.cvv,
  ssn: signs.ssn,
  cpf: signs.ssn,
  bsn: signs.ssn,
  iban: signs.iban,
};
/** Two words that name what one alone does not. */
const pairs: Readonly<Record<string, string>> = {
  'social security': signs.ssn,
  'social insurance': signs.ssn,
  'seguridad social': signs.ssn,
  'securite sociale': signs.ssn,
  'codice fiscale': signs.ssn,
  'sicurezza sociale': signs.ssn,
  'seguranca social': signs.ssn,
  'card verification': signs.cvv,
  'long number': signs.card,
};

const has = (word: string | undefined, cue: Cue): boolean =>
  word !== undefined && (byWord.get(word)?.has(cue) ?? false);
const textOf = (token: Token | undefined): string | undefined => (token?.as === 'word' ? token.text : undefined);

/** The next words behind a place, past “of the”. */
function behind(tokens: readonly Token[], at: number): { noun: string | undefined; jointed: boolean } {
  let next = at + 1;
  while (next <= at + 3 && joints.has(textOf(tokens[next]) ?? '')) next += 1;
  return { noun: textOf(tokens[next]), jointed: next > at + 1 };
}
/** The last word before a place that is no mere filler. */
const before = (tokens: readonly Token[], at: number): string | undefined => textOf(tokens[at - 1]);

/** A letter by itself, also by its name. */
const letterOf = (token: Token | undefined): string | undefined => {
  const word = textOf(token);
  if (word === undefined || word.length > longestLetter) return undefined;
  return word.length === 1 ? word : letters[word];
};

function acronymAt(tokens: readonly Token[], at: number): { sign: string; size: number } | undefined {
  let spelled = '';
  for (let size = 1; size <= 4; size += 1) {
    const letter = letterOf(tokens[at + size - 1]);
    if (letter === undefined) return undefined;
    spelled += letter;
    const sign = acronyms[spelled];
    if (sign !== undefined) return { sign, size };
  }
  return undefined;
}

/** Words for where a card’s code stands. English has another “back”. */
const onBack = set(
  'reverse rear reverso dorso detras verso ruckseite hinten retro tras atras achterkant achterop achterzijde signature',
);
const isBack = (tokens: readonly Token[], at: number): boolean => {
  const word = textOf(tokens[at]) ?? '';
  return onBack.has(word) || (word === 'back' && before(tokens, at) === 'the');
};
const [backBehind, backBefore] = [7, 4];
const hasBack = (tokens: readonly Token[], at: number): boolean => {
  for (let near = Math.max(0, at - backBefore); near < at + backBehind; near += 1)
    if (isBack(tokens, near)) return true;
  return false;
};

function signOfCode(tokens: readonly Token[], at: number): string | undefined {
  const [previous, { noun, jointed }] = [before(tokens, at), behind(tokens, at)];
  if (previous === 'security' && before(tokens, at - 1) === 'social') return undefined;
  if (secure.has(previous ?? '') || (jointed && secure.has(noun ?? '')) || hasBack(tokens, at)) return signs.cvv;
  if (codeOfOther.has(previous ?? '') || codeOfOther.has(noun ?? '')) return signs.other;
  const isOfElse = jointed && noun !== undefined && noun.length > 2 && !byWord.has(noun) && !open.has(noun);
  return isOfElse && !numbers.has(textOf(tokens[at]) ?? '') ? signs.other : undefined;
}

function signOfNumber(tokens: readonly Token[], at: number): string | undefined {
  const token = tokens[at];
  const [previous, { noun, jointed }] = [tokens[at - 1], behind(tokens, at)];
  const named = textOf(previous);
  if (jointed && noun !== undefined) {
    const known = byWord.get(noun);
    return known !== undefined || (previous?.as === 'word' && !previous.filler && has(named, 'card'))
      ? undefined
      : signs.other;
  }
  if (previous?.as !== 'word' || previous.filler || named === undefined || named === '') return undefined;
  if (open.has(named) || byWord.has(named) || token === undefined) return undefined;
  return signs.other;
}

/** Words whose meaning depends on the words before or behind them. */
const read: ReadonlySet<string> = new Set([
  ...codes,
  ...numbers,
  'social',
  ...Object.keys(pairs).flatMap((pair) => pair.split(' ').slice(1)),
  ...[...byWord].flatMap(([word, hinted]) => (hinted.has('card') ? [word] : [])),
]);
const longestLetter = 3;

/** Prüfzahl, Kontrollziffer, controlecijfer; Visakartennummer; and any other number or code: Teilenummer. */
const ofCode = /^(?:karten|kredit|kaart)?(?:pruf|sicherheits|kontroll|controle|veiligheids|beveiligings)/;
const ofCard = /^(?:kredit|debit|giro|bank|visa|mastercard|credit)?(?:karten|kaart|pas)/;
function signOfCompound(word: string): string | undefined {
  if (word.length < shortestCompound || !compound.test(word) || byWord.has(word)) return undefined;
  return ofCode.test(word) ? signs.cvv : ofCard.test(word) ? signs.card : signs.other;
}

function signAt(tokens: readonly Token[], at: number): string | undefined {
  const word = textOf(tokens[at]) ?? '';
  if (!read.has(word)) return signOfCompound(word);
  const previous = before(tokens, at) ?? '';
  const pair = pairs[`${previous} ${word}`];
  if (pair !== undefined) return pair;
  if (codes.has(word)) {
    const sign = signOfCode(tokens, at);
    if (sign !== undefined) return sign;
  }
  if (word === 'social' && !publicly.has(textOf(tokens[at + 1]) ?? '')) return signs.ssn;
  if (numbers.has(word)) return hasBack(tokens, at) ? signs.cvv : signOfNumber(tokens, at);
  if (has(word, 'card') && otherCards.has(previous)) return signs.other;
  return undefined;
}

/** Joins words that only mean something together into one token, at the place of the last. */
export function withNames(tokens: readonly Token[]): readonly Token[] {
  let found: Token[] | undefined;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.as !== 'word') continue;
    const acronym = letterOf(token) === undefined ? undefined : acronymAt(tokens, at);
    const sign = acronym?.sign ?? signAt(tokens, at);
    if (sign === undefined) continue;
    found ??= [...tokens];
    const size = acronym?.size ?? 1;
    for (let part = at; part < at + size; part += 1) {
      const { start, end } = tokens[part] as Token;
      const last = part === at + size - 1;
      found[part] = { as: 'word', start, end, text: last ? sign : '', filler: !last, and: false };
    }
    at += size - 1;
  }
  return found ?? tokens;
}
