import { afterEach, expect, it, vi } from 'vitest';
import { mountVoxWidget } from '../mount.js';
import { joinWidget, leaveWidget } from './shared.js';

vi.mock('../mount.js', () => ({ mountVoxWidget: vi.fn() }));
afterEach(() => vi.clearAllMocks());

const config = { base: 'https://vox.example', widgetKey: 'w_acme_site_0123456789abcdef' };

/** What is mounted next, and what it tells. */
function nextWidget() {
  /** @type {Map<string, () => void>} */
  const hearers = new Map();
  const destroy = vi.fn();
  const on = (/** @type {string} */ name, /** @type {() => void} */ hear) => hearers.set(name, hear);
  vi.mocked(mountVoxWidget).mockReturnValueOnce(/** @type {any} */ ({ destroy, on }));
  return { destroy, tell: (/** @type {string} */ name) => hearers.get(name)?.() };
}

it('components of one page show one widget, in the state that it is in, until the last one leaves', () => {
  const first = nextWidget();
  const one = joinWidget(config);
  expect(one.state).toBe('loading');
  first.tell('ready');
  const other = joinWidget({ ...config, theme: 'dark' });
  expect([other.widget, other.state]).toEqual([one.widget, 'ready']);
  expect(mountVoxWidget).toHaveBeenCalledExactlyOnceWith(config);
  leaveWidget(one);
  expect(first.destroy).not.toHaveBeenCalled();
  leaveWidget(other);
  expect(first.destroy).toHaveBeenCalledOnce();
  nextWidget();
  leaveWidget(joinWidget(config));
  expect(mountVoxWidget).toHaveBeenCalledTimes(2);
});

it('a widget has failed when it could not begin, and is as before when a call of it fails', () => {
  const { tell } = nextWidget();
  const shared = joinWidget(config);
  const states = ['error', 'ready', 'session:start', 'error', 'session:end', 'error'].map((name) => {
    tell(name);
    return shared.state;
  });
  expect(states).toEqual(['failed', 'ready', 'live', 'live', 'ready', 'ready']);
  leaveWidget(shared);
});
