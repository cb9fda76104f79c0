import { words } from '../words.js';

/**
 * So long, in milliseconds, a new question takes no answer. It comes whenever the agent wants it, and moves what stands
 * below it: a press that was on its way to something else, or the second of a double click, is no answer.
 */
const deafMs = 500;

/**
 * Shows a question of the agent in a place of the page, with the two answers to it, or none.
 * @param {HTMLElement} place
 * @returns {import('../call/request.js').View['ask']}
 */
export const questionIn = (place) => (asked) => {
  if (asked === undefined) return place.replaceChildren();
  const text = document.createElement('p');
  text.textContent = asked.text;
  text.dir = 'auto';
  const buttons = document.createElement('div');
  buttons.className = 'buttons';
  // Neither answer looks like the one that is expected.
  for (const given of [true, false]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.disabled = true;
    setTimeout(() => {
      button.disabled = false;
    }, deafMs);
    button.textContent = given ? words.agree : words.decline;
    button.addEventListener('click', () => asked.answer(given));
    buttons.append(button);
  }
  place.replaceChildren(text, buttons);
};
