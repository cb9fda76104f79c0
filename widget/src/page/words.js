import { words as english } from './words/en.js';
import { filled } from './words/filled.js';

/** What a visitor reads, apart from the sentences of the server, in the language of the page. */
export let words = english;
let language = 'en';

/** From now on the page speaks this language. @param {import('./words/languages.js').Spoken} spoken */
export function speak(spoken) {
  ({ words, language } = spoken);
}

/** Why a call ended, by the server's reason. @param {string | undefined} reason */
export const endedBecause = (reason) =>
  Object.entries(words.ends).find(([each]) => each === reason)?.[1] ?? words.ended;

/** Minutes and seconds for eyes. @param {number} seconds */
export function timeLeft(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const time = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
  return filled(words.timeLeft, { time });
}

/** @param {number} amount @param {'second' | 'minute'} unit */
const lasting = (amount, unit) =>
  new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);

/** When to try again, after a sentence. @param {number | undefined} seconds */
export function tryAgainIn(seconds) {
  if (seconds === undefined || seconds <= 0 || seconds >= 5_400) return '';
  if (seconds < 90) return ` ${filled(words.tryAgainIn, { time: lasting(seconds, 'second') })}`;
  return ` ${filled(words.tryAgainInAbout, { time: lasting(Math.round(seconds / 60), 'minute') })}`;
}
