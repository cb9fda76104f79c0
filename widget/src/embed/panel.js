import { sheetMedia } from './styles.js';

/** The room of a call until its frame asks for another, in pixels. */
const [width, height] = [360, 480];
/** More than any screen has: a frame that asks for more asks for everything. */
const most = 10_000;

/**
 * What the call is shown in: a panel beside the button or, in a small window, all of it. Then the page behind takes no
 * input, and the focus stays in the call.
 * @param {HTMLElement} place
 * @param {{ signal: AbortSignal, onLeave: () => void }} wanted `onLeave` runs when the visitor wants the call off the
 *   screen, by the keyboard or its phone's way back
 */
export function panelOf(place, { signal, onLeave }) {
  const dialog = document.createElement('dialog');
  const leave = document.createElement('button');
  leave.type = 'button';
  leave.className = 'leave';
  leave.textContent = '✕';
  dialog.append(leave);
  place.append(dialog);
  const small = matchMedia(sheetMedia);
  let isShown = false;

  const open = () => (small.matches ? dialog.showModal() : dialog.show());
  /** @param {Event} event */
  function onCancel(event) {
    event.preventDefault();
    onLeave();
  }
  small.addEventListener(
    'change',
    () => {
      if (!isShown) return;
      dialog.close();
      open();
    },
    { signal },
  );
  dialog.addEventListener('cancel', onCancel);
  // A browser lets nobody keep a dialog open for ever, and closes it then without asking.
  dialog.addEventListener('close', () => isShown && !dialog.open && onLeave());
  leave.addEventListener('click', onLeave);

  /** @param {number} wide @param {number} high */
  function size(wide, high) {
    for (const [name, value] of /** @type {const} */ ([
      ['--width', wide],
      ['--height', high],
    ]))
      if (value > 0 && value <= most) dialog.style.setProperty(name, `${value}px`);
  }

  return {
    isShown: () => isShown,
    size,
    /** Puts a frame in, to be shown when it is ready. @param {HTMLIFrameElement} frame @param {string} closeLabel */
    fill(frame, closeLabel) {
      size(width, height);
      dialog.setAttribute('aria-label', frame.title);
      leave.setAttribute('aria-label', closeLabel);
      dialog.classList.add('loading');
      dialog.append(frame);
    },
    ready: () => dialog.classList.remove('loading'),
    show() {
      if (isShown) return;
      isShown = true;
      open();
    },
    hide() {
      isShown = false;
      dialog.close();
    },
  };
}
