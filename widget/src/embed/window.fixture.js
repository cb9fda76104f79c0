import { vi } from 'vitest';

/** A frame that keeps what it is told, and says what a test makes it say. */
class Frame extends EventTarget {
  /** @type {any[]} */
  told = [];
  hidden = false;
  isThere = true;
  contentWindow = {
    postMessage: (/** @type {any} */ message, /** @type {string} */ to) => void this.told.push([message, to]),
  };
  remove() {
    this.isThere = false;
  }
}

/** An event with fields. @param {string} type @param {object} fields */
export const eventWith = (type, fields) => Object.assign(new Event(type), fields);

/**
 * As much of a window as the embed script needs that shows nothing: it hears messages and violations of a policy, and
 * makes frames. `asked` are the addresses that it fetched; `answers` what comes of each.
 */
export function someWindow() {
  const [window, document] = [new EventTarget(), new EventTarget()];
  /** @type {Frame[]} */
  const frames = [];
  /** @type {string[]} */
  const asked = [];
  /** @type {(() => any)[]} */
  const answers = [];
  const createElement = () => {
    const made = new Frame();
    frames.push(made);
    return made;
  };
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', Object.assign(document, { createElement }));
  vi.stubGlobal('fetch', async (/** @type {string} */ address) => {
    asked.push(address);
    return Response.json(await answers.shift()?.());
  });
  return {
    ...{ window, document, frames, asked, answers },
    /** The policy of the page blocks something. @param {string} effectiveDirective @param {object} [fields] */
    blocks: (effectiveDirective, fields = {}) =>
      document.dispatchEvent(
        eventWith('securitypolicyviolation', {
          ...{ disposition: 'enforce', effectiveDirective, blockedURI: 'https://vox.example/x', ...fields },
        }),
      ),
    /** A frame says something. @param {Frame | undefined} frame @param {object} data @param {string} [origin] */
    say: (frame, data, origin = 'https://vox.example') =>
      window.dispatchEvent(eventWith('message', { source: frame?.contentWindow, origin, data })),
  };
}
