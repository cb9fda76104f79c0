import type { Language } from './language.ts';

const units = [
  ['cero'],
  ['uno', 'un', 'una'],
  ['dos'],
  ['tres'],
  ['cuatro'],
  ['cinco'],
  ['seis'],
  ['siete'],
  ['ocho'],
  ['nueve'],
];

const tens = {
  diez: 10,
  veinte: 20,
  treinta: 30,
  cuarenta: 40,
  cincuenta: 50,
  sesenta: 60,
  setenta: 70,
  ochenta: 80,
  noventa: 90,
};
/** treintaicinco, cuarentaydos: tens and units as one word, as some write them. */
const joined = Object.fromEntries(
  Object.entries(tens).flatMap(([ten, value]) =>
    value < 30
      ? []
      : units.flatMap((names, unit) =>
          unit === 0
            ? []
            : names.flatMap((name) =>
                [`${ten}i${name}`, `${ten}y${name}`].map((word) => [word, value + unit] as const),
              ),
        ),
  ),
);

export const spanish: Language = {
  units,
  alsoFiller: [],
  teens: {
    once: 11,
    doce: 12,
    trece: 13,
    catorce: 14,
    quince: 15,
    dieciseis: 16,
    diecisiete: 17,
    dieciocho: 18,
    diecinueve: 19,
    veintiuno: 21,
    veintiun: 21,
    veintiuna: 21,
    veintidos: 22,
    veintitres: 23,
    veinticuatro: 24,
    veinticinco: 25,
    veintiseis: 26,
    veintisiete: 27,
    veintiocho: 28,
    veintinueve: 29,
    ...joined,
  },
  tens,
  hundreds: {},
  hundredsAlone: {
    cien: 100,
    ciento: 100,
    doscientos: 200,
    trescientos: 300,
    cuatrocientos: 400,
    quinientos: 500,
    seiscientos: 600,
    setecientos: 700,
    ochocientos: 800,
    novecientos: 900,
  },
  thousand: ['mil'],
  times: { doble: 2, triple: 3, cuadruple: 4 },
  fold: ['veces'],
  plurals: { ceros: 0, unos: 1, doses: 2, treses: 3, cuatros: 4, cincos: 5, seises: 6, sietes: 7, ochos: 8, nueves: 9 },
  and: ['y'],
  fillers:
    'eh este pues bueno vale si luego entonces ahora el la los las es son nuevo guion coma espacio punto barra ver perdon otra vez sigue siga adelante claro ya y seguido finalmente'.split(
      ' ',
    ),
  digitNouns: ['digito', 'digitos', 'cifras', 'numeros', 'numeritos'],
};
