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
const months: ReadonlySet<string> = new Set(names.flatMap((each) => each.split(' ')));

/** Whether a word, without accents and in lower case, names a month. */
export const isMonth = (word: string): boolean => months.has(word);
