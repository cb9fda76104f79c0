const names = [
  'january february march april may june july august september october november december',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre',
  'januar februar marz april mai juni juli august september oktober november dezember',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'jan feb mar apr jun jul aug sept oct nov dec maerz setiembre janner jaenner',
];
/** “neunter achtundzwanzig”: English, German and Dutch say the month of an expiry by its place too. */
const places = [
  ...[
    'erst',
    'zweit',
    'dritt',
    'viert',
    'funft',
    'sechst',
    'siebt',
    'acht',
    'neunt',
    'zehnt',
    'elft',
    'zwolft',
  ].flatMap((stem) => [`${stem}er`, `${stem}en`]),
  ...'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' '),
  ...'eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde'.split(' '),
];
const ordinals: ReadonlySet<string> = new Set(places);
const months: ReadonlySet<string> = new Set(names.flatMap((each) => each.split(' ')));

/** Whether a word, without accents and in lower case, names a month. */
export const isMonth = (word: string): boolean => months.has(word);

/** Whether a word may say a month by its place in the year. */
export const isMonthOrdinal = (word: string): boolean => ordinals.has(word);
