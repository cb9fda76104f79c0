import { signs } from '../words/cue-words.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

export const codes = set('code codes #code codigo codice kode cod digits number numbers');
export const secure = set(
  'security safety secure seguridad seguranca securite sicurezza beveiliging veiligheid cvv cvc ' +
    'dreistellige dreistelliger dreistelligen driecijferige',
);
/** Codes that are not a card's, by the word before them, or behind them with or without “de”. */
export const codeOfOther = set(
  'zip area discount promo promotional postal post country dial dialing gate door booking order voucher coupon referral qr bar source error ' +
    'status sort swift access entry wifi invite confirmation time otp login product part flight dress tax team room building alarm gift ' +
    'descuento area acceso pais promocional barras postal acces promo reduction barre sconto accesso postale promozionale area ' +
    'desconto acesso fiscal fiscale pais state reservation airport branch bank unlock pairing game cheat gym school course class store shop warehouse parking locker network router vendor client event train ticket flight hotel invitation membership loyalty recovery backup two factor authentication sms tracking activation reset ' +
    'department cost conference host participant pickup delivery model color colour paint fault trouble billing currency campaign mailbox lobby elevator safe station',
);
export const numbers = set('number numbers num nr numero numeros id identifier nummer');
/** Before “number”, these leave open whose number it is. */
export const open = set(
  'my mein meine meiner mia mio mi minha sua ihre ihr uw mijn je het de die das dat the a your this that long full whole entire complete correct right wrong new other another digit digits front big same his her our ' +
    'whose its and is was one which whats what first second third next last final actual following real old different main exact ' +
    'credit debit bank payment plastic mastercard visa in on of for with give me read repeat call good sorry have got',
);
export const joints = set(
  'de del di do da d du des della dell la le el il mi mein meine van von vom der den des l sua minha mia',
);
/** Cards that pay for nothing. */
export const otherCards = set(
  'sim loyalty library membership business id identity health insurance boarding green post sd graphics key score punch memory report ' +
    'birthday greeting rewards bonus oyster travel student access smart phone video sound tarot wild fidelite fedelta kunden punkte',
);
/** “social media” is no number of a person; “social security” is read at its end. */
export const publicly = set(
  'media network networks worker workers club distancing care services life security insurance',
);
export const compound =
  /(?:nummer|nummern|nummers|code|kode|zahl|ziffer|kennung|zeichen|konto|(?:zahler|meter|kilometer|km)stand)$/;
/** Hauptstraße, Lindenweg, Herengracht: the numbers behind a street are of its house and its town. */
export const streets = /(?:strasse|gasse|allee|weg|platz|straat|laan|gracht|plein|kade|singel|dreef|steeg)$/;
export const shortestStreet = 8;
export const shortestCompound = 6;
export const letters: Readonly<Record<string, string>> = {
  see: 'c',
  sea: 'c',
  ce: 'c',
  vee: 'v',
  ve: 'v',
  vau: 'v',
  tse: 'c',
  ci: 'c',
  vi: 'v',
  vu: 'v',
  uve: 'v',
  fau: 'v',
  fow: 'v',
};
export const acronyms: Readonly<Record<string, string>> = {
  cvv: signs.cvv,
  cvc: signs.cvv,
  csc: signs.cvv,
  cid: signs.cvv,
  ssn: signs.ssn,
  cpf: signs.ssn,
  bsn: signs.ssn,
  iban: signs.iban,
};
const named = (sign: string, list: string): Record<string, string> =>
  Object.fromEntries(list.split(', ').map((pair) => [pair, sign]));
/** Two words that name what one alone does not. */
export const pairs: Readonly<Record<string, string>> = {
  'social security': signs.ssn,
  'social insurance': signs.ssn,
  'seguridad social': signs.ssn,
  'securite sociale': signs.ssn,
  'codice fiscale': signs.ssn,
  'sicurezza sociale': signs.ssn,
  'seguranca social': signs.ssn,
  'card verification': signs.cvv,
  'long number': signs.card,
  ...named(
    signs.other,
    'ne le, nee le, the door, front door, back door, your door, nota fiscal, partita iva, visa application',
  ),
  ...named(signs.other, 'text me, gran via, am markt, die tan, der tan, ihre tan, eine tan, meine tan, en suite'),
  ...named(
    signs.amount,
    'how much, how many, how old, how long, what time, which time, what day, which day, what date, which date, wie viel, wie viele, wie alt',
  ),
  ...named(
    signs.amount,
    'welche uhrzeit, welchem tag, welcher tag, welchen tag, que hora, que horas, que dia, quelle heure, quel jour, quel age, che ora, che giorno',
  ),
  ...named(signs.amount, 'quale giorno, hoe laat, hoe oud, hoe lang, welke dag'),
  ...named(
    signs.due,
    'valid until, valid through, valid thru, good until, good through, good thru, good till, valid till, gultig bis, geldig tot',
  ),
  ...named(signs.due, 'valida hasta, valable jusqu, valida fino, valido ate, valida ate'),
};
/** Two words of which the second names nothing: “in that case”, “a lot”, “la suite”, “più piano”. */
export const nothing = set(
  'in_case that_case any_case in_order a_lot la_suite piu_piano piano_piano ma_part autre_part',
);
/** A part of a number, behind a word for its place: “the second part”. */
export const shares = set('part teil');
export const places = set(
  'erste erster zweite zweiter zweiten dritte dritter dritten nachste other this premiere deuxieme',
);
/** Codes by which a person is verified too. Three digits are a card’s. */
export const verifying = set('verification validation verificacion verifica verificacao validacion verificatie');

/** Words for where a card’s code stands. English has another “back”. */
export const onFront = set('delante devant vorne vorn davanti frente voorkant voorop');
export const onBack = set(
  'reverse rear reverso dorso detras verso ruckseite hinten retro dietro derriere tras atras achterkant achterop achterzijde signature',
);
