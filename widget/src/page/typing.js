import { words } from './words.js';

/**
 * Sends what the visitor types. What could not be sent stays, so that it is not typed twice.
 * @param {{ form: HTMLElement, field: HTMLInputElement }} places
 * @param {{ say: (text: string) => Promise<unknown> | undefined, notice: (sentence: string | undefined) => void }} does
 */
export function typingIn({ form, field }, { say, notice }) {
  let isSending = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '' || isSending) return;
    isSending = true;
    try {
      await say(text);
      if (field.value.trim() === text) field.value = '';
      notice(undefined);
    } catch (error) {
      const { code, message } = /** @type {import('./api.js').Refusal} */ (error);
      notice(code === undefined ? words.notSent : message);
    } finally {
      isSending = false;
    }
  });
  // Escape leaves the call; with words on their way to be typed it takes back those first.
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || field.value === '') return;
    field.value = '';
    event.stopPropagation();
  });
}
