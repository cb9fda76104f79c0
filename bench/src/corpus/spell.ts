import type { Draw } from './draw.ts';

export const languages = ['en', 'es', 'fr', 'de'] as const;
export type LanguageName = (typeof languages)[number];

const words = (...lines: readonly string[]): string[] => lines.join(' ').split(' ');

// Written from grammars and not from the redactor’s own tables, so that a word which those lack shows.
const english = {
  small: words(
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen',
    'seventeen eighteen nineteen',
  ),
  tens: ',,twenty,thirty,forty,fifty,sixty,seventy,eighty,ninety'.split(','),
};
const spanish = {
  small: words(
    'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis',
    'diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis',
    'veintisiete veintiocho veintinueve',
  ),
  tens: ',,,treinta,cuarenta,cincuenta,sesenta,setenta,ochenta,noventa'.split(','),
  hundreds:
    ',ciento,doscientos,trescientos,cuatrocientos,quinientos,seiscientos,setecientos,ochocientos,novecientos'.split(
      ',',
    ),
};
const french = {
  small: words(
    'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept',
    'dix-huit dix-neuf',
  ),
  tens: ',,vingt,trente,quarante,cinquante,soixante'.split(','),
};
const german = {
  small: words(
    'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn',
    'siebzehn achtzehn neunzehn',
  ),
  tens: ',,zwanzig,dreißig,vierzig,fünfzig,sechzig,siebzig,achtzig,neunzig'.split(','),
};

const join = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(' ');
const at = (list: readonly string[], place: number): string => list[place] ?? '';

function inEnglish(value: number): string {
  if (value < 20) return at(english.small, value);
  if (value < 100)
    return at(english.tens, Math.floor(value / 10)) + (value % 10 ? `-${at(english.small, value % 10)}` : '');
  const [size, name] = value < 1000 ? [100, 'hundred'] : [1000, 'thousand'];
  return join(inEnglish(Math.floor(value / size)), name, value % size ? inEnglish(value % size) : '');
}

function inSpanish(value: number): string {
  if (value < 30) return at(spanish.small, value);
  if (value < 100)
    return join(at(spanish.tens, Math.floor(value / 10)), value % 10 ? `y ${at(spanish.small, value % 10)}` : '');
  if (value === 100) return 'cien';
  if (value < 1000)
    return join(at(spanish.hundreds, Math.floor(value / 100)), value % 100 ? inSpanish(value % 100) : '');
  const thousands = Math.floor(value / 1000);
  return join(thousands > 1 ? inSpanish(thousands) : '', 'mil', value % 1000 ? inSpanish(value % 1000) : '');
}

function inFrench(value: number): string {
  if (value < 20) return at(french.small, value);
  if (value < 100) {
    const base = value < 70 ? Math.floor(value / 10) * 10 : value < 80 ? 60 : 80;
    const rest = value - base;
    const ten = base === 80 ? `quatre-vingt${rest === 0 ? 's' : ''}` : at(french.tens, base / 10);
    if (rest === 0) return ten;
    return base !== 80 && (rest === 1 || rest === 11)
      ? `${ten} et ${at(french.small, rest)}`
      : `${ten}-${at(french.small, rest)}`;
  }
  const [size, name] = value < 1000 ? [100, 'cent'] : [1000, 'mille'];
  const many = Math.floor(value / size);
  return join(many > 1 ? inFrench(many) : '', name, value % size ? inFrench(value % size) : '');
}

function inGerman(value: number): string {
  if (value < 20) return at(german.small, value);
  const unit = (one: number): string => (one === 1 ? 'ein' : inGerman(one));
  if (value < 100) return (value % 10 ? `${unit(value % 10)}und` : '') + at(german.tens, Math.floor(value / 10));
  const [size, name] = value < 1000 ? [100, 'hundert'] : [1000, 'tausend'];
  return unit(Math.floor(value / size)) + name + (value % size ? inGerman(value % size) : '');
}

const cardinal: Record<LanguageName, (value: number) => string> = {
  en: inEnglish,
  es: inSpanish,
  fr: inFrench,
  de: inGerman,
};
const doubles: Record<LanguageName, readonly [string, string] | undefined> = {
  en: ['double', 'triple'],
  es: ['doble', 'triple'],
  fr: undefined,
  de: ['doppel', 'dreimal'],
};

/** A digit by itself, as people say it. */
function digit(value: number, language: LanguageName, by: Draw): string {
  if (language === 'en' && value === 0) return by.of(['zero', 'oh', 'o']);
  if (language === 'de' && value === 2) return by.of(['zwei', 'zwo']);
  return cardinal[language](value);
}

function digitByDigit(digits: string, language: LanguageName, by: Draw): string[] {
  const said: string[] = [];
  for (let from = 0; from < digits.length; ) {
    const same = /^(\d)\1*/.exec(digits.slice(from))?.[0].length ?? 1;
    const names = doubles[language];
    const many = names !== undefined && same >= 2 && by.chance(0.6) ? Math.min(same, 3) : 1;
    const name = digit(Number(digits[from]), language, by);
    said.push(many === 1 ? name : `${names?.[many - 2]} ${name}`);
    from += many;
  }
  return said;
}

/** A pair is one number, unless it begins with zero. */
const pair = (digits: string, language: LanguageName, by: Draw): string =>
  digits.startsWith('0') || digits.length < 2
    ? digitByDigit(digits, language, by).join(' ')
    : cardinal[language](Number(digits));

const inPieces = (digits: string, size: number): string[] => digits.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];

export const stylesOfSpeech = ['digits', 'pairs', 'fours', 'mixed'] as const;
export type Style = (typeof stylesOfSpeech)[number];

/** Digits as they are said, a string for each breath: one by one, in pairs, in thousands, or mixed. */
export function spell(digits: string, style: Style, language: LanguageName, by: Draw): string[] {
  if (style === 'digits') return digitByDigit(digits, language, by);
  if (style === 'pairs') return inPieces(digits, 2).map((each) => pair(each, language, by));
  return inPieces(digits, 4).map((group) => {
    const way = style === 'fours' ? 'four' : by.of(['four', 'pairs', 'digits', 'figures'] as const);
    if (way === 'figures') return group;
    if (way === 'four' && !group.startsWith('0')) return inFour(group, language);
    return way === 'digits'
      ? digitByDigit(group, language, by).join(' ')
      : inPieces(group, 2)
          .map((each) => pair(each, language, by))
          .join(' ');
  });
}

/** Some say 4100 as forty-one hundred. */
const inFour = (group: string, language: LanguageName): string =>
  language === 'en' && group.length === 4 && group[1] !== '0' && group.endsWith('00')
    ? `${cardinal.en(Number(group.slice(0, 2)))} hundred`
    : cardinal[language](Number(group));
