import type { Token } from './lex.ts';

const set = (...words: string[]): ReadonlySet<string> => new Set(words.flatMap((each) => each.split(' ')));

/** Words about a payment card, in the four languages, without accents. */
const card = set(
  'card cards visa mastercard amex maestro pan creditcard debitcard',
  'tarjeta tarjetas',
  'carte cartes cb',
  'karte karten kreditkarte kreditkarten kartennummer kreditkartennummer bankkarte debitkarte girocard',
);

/** Paying: a card may follow, or an amount. */
const payment = set(
  'pay paying payment charge debit bill put pagar pago cargue carguelo cargar cobre cobrelo pagare payer paye paiement debitez prelevez',
  'zahlen bezahlen bezahle zahle zahlung buchen abbuchen belasten',
);

/** Words that name a number as something else. They never keep a whole card; they keep what might only have begun one. */
const other = set(
  'phone telephone contact mobile cell cellphone call callback dial fax extension order orders tracking parcel package shipment',
  'invoice reference ref ticket case booking reservation confirmation account customer member membership zip zipcode',
  'postcode postal address street born birth birthday date passport licence license serial model imei vin flight social',
  'policy tax vat sku isbn barcode meter population',
  'contacto confirmacion telefono movil celular llamar llameme llamenme pedido orden seguimiento paquete envio factura referencia reserva cuenta',
  'cliente direccion calle nacimiento nacido nacida fecha pasaporte serie vuelo expediente matricula contador',
  'portable appeler appelez rappelez commande colis facture reservation compte client adresse rue naissance ne nee',
  'passeport vol dossier compteur',
  'telefon telefonnummer handy handynummer mobilnummer anrufen ruckruf bestellung bestellnummer auftrag auftragsnummer sendung',
  'sendungsnummer paket rechnung rechnungsnummer referenz buchung buchungsnummer konto kontonummer kunde kundennummer',
  'postleitzahl plz adresse strasse geburtsdatum geboren datum reisepass seriennummer flug vorgangsnummer zahler zahlerstand',
);

/** Names that only the code of a card has. */
const codeName = set(
  'cvc cvc2 cvv cvv2 csc cryptogramme kartenprufnummer kartenprufziffer prufnummer prufziffer prufcode',
);
const code = set(
  'security verification seguridad verificacion securite verification sicherheitscode sicherheitsnummer sicherheitsziffer back',
  'reverso dorso detras verso ruckseite code',
);
const expiry = set(
  'exp expiry expires expiring expiration expire valid good thru caducidad caduca vence vencimiento expira valida validez',
  'expire validite valable valide ablaufdatum ablauf lauft gultig gueltig gultigkeit verfallsdatum verfall',
);
/** Before a count of digits, which says none: “the last four of it”. */
const order = set(
  'first next last remaining primeros primeras siguientes ultimos ultimas premiers prochains derniers ersten nachsten letzten',
);
/** The same, behind it: “les quatre derniers”. */
const orderBehind = set('primeros primeras siguientes ultimos ultimas premiers suivants derniers');
/** “ending in 1111”: the four digits that may be shown. */
const lastFour = set(
  'ending ends last termina terminada terminado ultimos ultimas finit termine terminant derniers dernieres endet letzten letzte',
);
/** What is counted or paid is no part of a card. */
const measure = set(
  'dollars dollar bucks euros euro pounds pesos cents percent minutes hours days weeks months years items people miles',
  'kilometers pieces minutos horas dias semanas meses anos personas kilometros jours heures mois ans annees personnes',
  'minuten stunden tage wochen monate jahre stuck personen prozent kilometer units kg km',
);

export type Cue =
  | 'payment'
  | 'order'
  | 'orderBehind'
  | 'card'
  | 'other'
  | 'codeName'
  | 'code'
  | 'expiry'
  | 'lastFour'
  | 'measure';
const cues: Readonly<Record<Cue, ReadonlySet<string>>> = {
  payment,
  order,
  orderBehind,
  card,
  other,
  codeName,
  code,
  expiry,
  lastFour,
  measure,
};

/** What a word hints at, looked up once: most hint at nothing. */
const byWord: ReadonlyMap<string, ReadonlySet<Cue>> = (() => {
  const found = new Map<string, Set<Cue>>();
  for (const cue of Object.keys(cues) as Cue[])
    for (const word of cues[cue]) found.set(word, (found.get(word) ?? new Set()).add(cue));
  return found;
})();

export const hints = (token: Token | undefined, cue: Cue): boolean =>
  token?.as === 'word' && (byWord.get(token.text)?.has(cue) ?? false);

/** What numbers are about: a card, its code or expiry, a payment (by card or not), or something else. */
export const topics = ['card', 'detail', 'payment', 'other'] as const;
export type Topic = (typeof topics)[number];

function topicOf(token: Token): Topic | undefined {
  const found = token.as === 'word' ? byWord.get(token.text) : undefined;
  if (found === undefined) return undefined;
  if (found.has('card')) return 'card';
  if (found.has('other')) return 'other';
  if (found.has('payment')) return 'payment';
  return found.has('codeName') || found.has('code') || found.has('expiry') ? 'detail' : undefined;
}

/** Payment by card stays about the card. */
const then = (topic: Topic | undefined, next: Topic | undefined): Topic | undefined =>
  next === undefined || (next === 'payment' && topic === 'card') ? topic : next;

/** What the last word that names a number’s kind says, before a place in the text. */
export function topicBefore(tokens: readonly Token[], before: number): Topic | undefined {
  let topic: Topic | undefined;
  for (const token of tokens) {
    if (token.start >= before) break;
    topic = then(topic, topicOf(token));
  }
  return topic;
}

/** What a text leaves to be spoken of next. “The code on the back of your card” is about the code. */
export function topicAfter(tokens: readonly Token[]): Topic | undefined {
  const topic = topicBefore(tokens, Number.POSITIVE_INFINITY);
  return topic === 'card' && tokens.some((token) => topicOf(token) === 'detail') ? 'detail' : topic;
}
