import { Refusal } from '../api.js';
import { words } from '../words.js';

/**
 * Sends what the visitor types. What could not be sent stays, so that it is not typed twice.
 * @param {{ form: HTMLElement, field: HTMLInputElement }} places
 * @param {{ say: (text: string) => Promise<unknown> | undefined, notice: (sentence: string | undefined) => void }} does
 */
export function typingIn({ form, field }, { say, notice }) {
  let isSending = false;
  /** Whether the visitor reads that words were not sent. */
  let hasFailed = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '' || isSending) return;
    isSending = true;
    try {
      await say(text);
      if (field.value.trim() === text) field.value = '';
      if (hasFailed) notice(undefined);
      hasFailed = false;
    } catch (error) {
      hasFailed = true;
      notice(error instanceof Refusal ? error.message : words.notSent);
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
