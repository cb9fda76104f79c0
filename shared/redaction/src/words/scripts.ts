const latin = /[a-z]/;
const stranger = /[\u0370-\u03ff\u0400-\u052f\u0561-\u0587]/;
/**
 * Letters of Greek, Cyrillic and Armenian that look like a Latin one (Unicode, UTS #39, confusables), in lower case.
 */
const twins: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from(
    'аaеeоoрpсcхxуyіiѕsјjԁdһhոnνvοoαaιiκkρpτtυuχxеeгrтtкkмmнhвbпnзzеe'.matchAll(/(.)([a-z])/gu),
    ([, from, to]) => [from ?? '', to ?? ''],
  ),
);

/** A word of two scripts is meant in Latin: “fоur” with a Cyrillic о. */
export const sameScript = (lower: string): string =>
  latin.test(lower) && stranger.test(lower) ? Array.from(lower, (sign) => twins[sign] ?? sign).join('') : lower;
