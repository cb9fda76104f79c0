import type { SpokenIn } from './digits.ts';

/**
 * Kinds of talk by what they try, in seven languages. `|` parts utterances, `>` begins the agent’s, `kinds.ts` fills
 * `{…}`.
 */
export type Kinds = Readonly<Record<string, Readonly<Record<SpokenIn, readonly string[]>>>>;

/** Kinds of talk in which a secret must go. */
export const mustGo: Kinds = {
  'a card in words': {
    en: ['my credit card says {said}', '> Card number please? | {said}'],
    de: ['auf meiner Kreditkarte steht {said}', '> Ihre Kartennummer bitte? | {said}'],
    es: ['en mi tarjeta pone {said}', '> ¿Me dice el número de la tarjeta? | {said}'],
    fr: ['sur ma carte il y a {said}', '> Votre numéro de carte ? | {said}'],
    it: ['sulla mia carta c’è scritto {said}', '> Mi dice il numero della carta? | {said}'],
    pt: ['no meu cartão está {said}', '> Pode dizer o número do cartão? | {said}'],
    nl: ['op mijn creditcard staat {said}', '> Wat is uw kaartnummer? | {said}'],
  },
  'a digit was misheard': {
    en: ['> What is the long number on your card? | {misheard}', 'my card is {misheard}'],
    de: ['> Wie lautet Ihre Kartennummer? | Das ist die {misheard}', 'meine Karte hat die Nummer {misheard}'],
    es: ['> ¿Cuál es el número de su tarjeta? | Es el {misheard}', 'mi tarjeta es la {misheard}'],
    fr: ['> Quel est le numéro de votre carte ? | C’est le {misheard}', 'ma carte est la {misheard}'],
    it: ['> Qual è il numero della sua carta? | È {misheard}', 'la mia carta è {misheard}'],
    pt: ['> Qual é o número do cartão? | É {misheard}', 'o meu cartão é {misheard}'],
    nl: ['> Wat is het nummer van uw kaart? | Het is {misheard}', 'mijn kaart is {misheard}'],
  },
  'a correction': {
    en: ['It is {begun}, no wait, sorry, {card}', 'card number {misheard}, oh that’s wrong, it is {card}'],
    de: ['Das ist {begun}, nein Moment, Entschuldigung, {card}', '{misheard}, falsch, richtig ist {card}'],
    es: ['Es {begun}, no, perdón, espera, {card}', '{misheard}, me equivoqué, es {card}'],
    fr: ['C’est {begun}, non attendez, pardon, {card}', '{misheard}, je me suis trompé, c’est {card}'],
    it: ['È {begun}, no aspetti, scusi, {card}', '{misheard}, ho sbagliato, è {card}'],
    pt: ['É {begun}, não, espere, desculpe, {card}', '{misheard}, está errado, é {card}'],
    nl: ['Het is {begun}, nee wacht, sorry, {card}', '{misheard}, dat is fout, het is {card}'],
  },
  'a code by its own name': {
    en: [
      'My security code is {cvc}.',
      'C V V {cvcSaid}',
      '> And the CVV? | {cvc}',
      '> Security code? | it’s {cvcSaid}',
      'the three digits on the back are {cvc}',
    ],
    de: [
      'Mein Sicherheitscode ist {cvc}.',
      'die Prüfziffer ist {cvcSaid}',
      '> Und die Prüfnummer? | {cvc}',
      'die drei Ziffern auf der Rückseite sind {cvc}',
    ],
    es: [
      'Mi código de seguridad es {cvc}.',
      'C V V {cvcSaid}',
      '> ¿Y el CVV? | {cvc}',
      'los tres dígitos del reverso son {cvc}',
    ],
    fr: [
      'Mon code de sécurité est {cvc}.',
      'le cryptogramme est {cvcSaid}',
      '> Et le cryptogramme ? | {cvc}',
      'les trois chiffres au dos sont {cvc}',
    ],
    it: [
      'Il mio codice di sicurezza è {cvc}.',
      'C V V {cvcSaid}',
      '> E il CVV? | {cvc}',
      'le tre cifre sul retro sono {cvc}',
    ],
    pt: [
      'O meu código de segurança é {cvc}.',
      'C V V {cvcSaid}',
      '> E o CVV? | {cvc}',
      'os três dígitos no verso são {cvc}',
    ],
    nl: [
      'Mijn beveiligingscode is {cvc}.',
      'C V C {cvcSaid}',
      '> En de CVC? | {cvc}',
      'de drie cijfers op de achterkant zijn {cvc}',
    ],
  },
  'an account': {
    en: ['{ibanDashed}', 'the IBAN is {ibanSaid}', 'my iban: {ibanOdd}', '> Your IBAN? | {ibanSaid}'],
    de: ['{ibanDashed}', 'die IBAN ist {ibanSaid}', 'meine IBAN: {ibanOdd}', '> Ihre IBAN? | {ibanSaid}'],
    es: ['{ibanDashed}', 'el IBAN es {ibanSaid}', 'mi iban: {ibanOdd}', '> ¿Su IBAN? | {ibanSaid}'],
    fr: ['{ibanDashed}', 'mon IBAN est {ibanSaid}', 'mon iban : {ibanOdd}', '> Votre IBAN ? | {ibanSaid}'],
    it: ['{ibanDashed}', 'il mio IBAN è {ibanSaid}', 'iban: {ibanOdd}', '> Il suo IBAN? | {ibanSaid}'],
    pt: ['{ibanDashed}', 'o IBAN é {ibanSaid}', 'iban: {ibanOdd}', '> O seu IBAN? | {ibanSaid}'],
    nl: ['{ibanDashed}', 'mijn IBAN is {ibanSaid}', 'iban: {ibanOdd}', '> Uw IBAN? | {ibanSaid}'],
  },
  'a person’s number': {
    en: ['my social security number is {ssnSaid}', '> What is your social? | {ssnSaid}', 'SSN {ssn}'],
    de: ['meine Sozialversicherungsnummer ist {ssnSaid}', '> Ihre Sozialversicherungsnummer? | {ssnSaid}'],
    es: ['mi número de la seguridad social es {ssnSaid}', '> ¿Su número de seguridad social? | {ssnSaid}'],
    fr: ['mon numéro de sécurité sociale est le {ssnSaid}', '> Votre numéro de sécurité sociale ? | {ssnSaid}'],
    it: ['il mio codice fiscale è RSSMRA85T10A562S', '> Il numero di sicurezza sociale? | {ssnSaid}'],
    pt: ['o meu CPF é {ssnSaid}', '> O seu CPF? | {ssnSaid}'],
    nl: ['mijn BSN is {ssnSaid}', '> Uw burgerservicenummer? | {ssnSaid}'],
  },
};
