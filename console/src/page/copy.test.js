import { afterEach, expect, it, vi } from 'vitest';
import { isCopied } from './copy.js';

afterEach(() => vi.unstubAllGlobals());

it('a text is copied only where the browser has a clipboard and allows it', async () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  expect([await isCopied('secret'), writeText.mock.calls]).toEqual([true, [['secret']]]);
  const refuse = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  for (const browser of [{}, { clipboard: undefined }, { clipboard: { writeText: refuse } }]) {
    vi.stubGlobal('navigator', browser);
    expect(await isCopied('secret')).toBe(false);
  }
});
