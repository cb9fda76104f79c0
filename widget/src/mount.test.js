import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { someWindow } from './embed/window.fixture.js';
import { mountVoxWidget } from './mount.js';

beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue(undefined));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
const warnings = () => vi.mocked(console.warn).mock.calls.map(([line]) => String(line).split('.')[0]);

it('the module of the widget is imported where there is no page, and says that it cannot be mounted there', () => {
  expect(() => mountVoxWidget({ widgetKey: 'w_1', base: 'https://vox.example' })).toThrow(/in a browser/);
});
it.each([
  ['KEY_MISSING', { widgetKey: '', base: 'https://vox.example' }],
  ['BASE_UNKNOWN', { widgetKey: 'w_1', base: '/vox' }],
  ['BASE_UNKNOWN', { widgetKey: 'w_1', base: 'javascript:alert(1)' }],
])('a widget that cannot be made tells %s, and shows a visitor nothing', async (code, config) => {
  const { window, frames } = someWindow();
  /** @type {any[]} */
  const told = [];
  window.addEventListener('vox:error', (event) => told.push(/** @type {CustomEvent} */ (event).detail));
  const widget = mountVoxWidget(config);
  const off = widget.on('error', (detail) => told.push(detail));
  await Promise.resolve();
  expect(told).toEqual(Array.from({ length: 2 }, () => ({ code, message: '', hint: expect.any(String) })));
  off();
  await widget.open();
  widget.close();
  widget.destroy();
  expect([told.length, frames.length]).toEqual([3, 0]);
  expect(warnings()).toEqual([`vox: ${code}`, `vox: ${code}`]);
});
it('a page that has a widget keeps it, and is told that a second one was mounted', () => {
  const { window } = someWindow();
  const there = { open() {} };
  Object.assign(window, { voxWidget: there });
  expect(mountVoxWidget({ widgetKey: 'w_1', base: 'https://vox.example' })).toBe(there);
  expect(warnings()).toEqual(['vox: TWO_COPIES']);
});
it('a page with a wrong setting is told its name', () => {
  someWindow();
  mountVoxWidget(/** @type {any} */ ({ widgetKey: '', base: '', position: 'middle' }));
  expect(console.warn).toHaveBeenCalledWith(expect.stringMatching(/^vox: CONFIG_INVALID\..*position/));
});
