/** Digits in seven languages, written for the corpus and not taken from the redactor’s own tables. */
const units = {
  en: 'zero one two three four five six seven eight nine',
  de: 'null eins zwei drei vier fünf sechs sieben acht neun',
  es: 'cero uno dos tres cuatro cinco seis siete ocho nueve',
  fr: 'zéro un deux trois quatre cinq six sept huit neuf',
  it: 'zero uno due tre quattro cinque sei sette otto nove',
  pt: 'zero um dois três quatro cinco seis sete oito nove',
  nl: 'nul één twee drie vier vijf zes zeven acht negen',
} as const;
export type SpokenIn = keyof typeof units;
export const spokenIn = Object.keys(units) as SpokenIn[];

export const digitsIn = (digits: string, language: SpokenIn): string[] => {
  const names = units[language].split(' ');
  return Array.from(digits, (digit) => names[Number(digit)] ?? digit);
};
