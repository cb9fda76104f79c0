import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { eventsOf } from './events.js';
import { someWindow } from './window.fixture.js';

beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue(undefined));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The events of a widget, and what the window and code hear of errors. */
function heard(metadata = {}) {
  const { window } = someWindow();
  const events = eventsOf(metadata);
  /** @type {any[]} */
  const told = [];
  window.addEventListener('vox:error', (event) => told.push(/** @type {CustomEvent} */ (event).detail));
  const off = events.on('error', (detail) => told.push(detail));
  return { events, told, off };
}

it('an event of a frame is told to the window and to code, with the metadata of the page, while code hears it', () => {
  const { events, told, off } = heard({ cart: 7 });
  const error = { code: 'LINE_LOST', message: 'Lost.', hint: 'Network.' };
  events.pass('error', error);
  off();
  events.pass('error', error);
  expect(told).toEqual(Array.from({ length: 3 }, () => ({ ...error, metadata: { cart: 7 } })));
  expect(console.warn).not.toHaveBeenCalled();
});
it('an error of an older frame gets the hint of its code, and a line on the console', () => {
  const { events, told } = heard();
  events.pass('error', { code: 'DAILY_QUOTA_EXCEEDED', message: 'Used up.' });
  expect(told[0]).toMatchObject({
    ...{ code: 'DAILY_QUOTA_EXCEEDED', message: 'Used up.' },
    hint: expect.stringContaining('budget'),
  });
  expect(console.warn).toHaveBeenCalledTimes(1);
});
