import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settingsOf } from './settings.js';

const page = { base: 'https://vox.example', widgetKey: 'w_1' };

it('the settings of a page that sets nothing are the defaults', () => {
  expect(settingsOf(page)).toEqual({
    settings: {
      ...{ ...page, agentId: undefined, side: 'right', edge: 'bottom', size: 60, layer: '2147483000' },
      ...{ autoOpen: false, greeting: undefined, metadata: undefined, look: {} },
    },
    wrong: [],
  });
});
it('the settings of a page are taken as it wrote them, with a button that a finger can press', () => {
  const look = { locale: 'de-AT', texts: { start: 'Los' }, avatarUrl: 'https://shop.example/a.png', theme: 'dark' };
  const { settings, wrong } = settingsOf(
    /** @type {any} */ ({ ...page, ...look, primaryColor: '#FD0', position: 'top-left', buttonSize: 10, zIndex: 7 }),
  );
  expect(settings).toMatchObject({ side: 'left', edge: 'top', size: 44, layer: '7' });
  expect(settings.look).toEqual({ ...look, primaryColor: '#FD0' });
  expect(wrong).toEqual([]);
  expect(settingsOf({ ...page, buttonSize: 4_000 }).settings.size).toBe(96);
});
it('a setting of a page with a value that it cannot have is named, and its default taken', () => {
  const odd = /** @type {any} */ ({
    ...{ position: 'middle', theme: 'blue', primaryColor: 'red', buttonSize: '60', autoOpen: 'yes', zIndex: 1.5 },
    ...{ locale: 'no_such', texts: { start: 7 }, avatarUrl: 'http://shop.example/a.png', sessionMetadata: 'x' },
  });
  const { settings, wrong } = settingsOf({ ...page, ...odd });
  expect(wrong.sort()).toEqual(Object.keys(odd).sort());
  expect(settings).toEqual(settingsOf(page).settings);
});
it('the settings of a page can be used whatever it set', () => {
  const names = Object.keys(settingsOf(page).settings).concat('position', 'theme', 'zIndex', 'texts', 'buttonSize');
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything()), (odd) => {
      const { settings } = settingsOf(/** @type {any} */ (odd));
      expect([settings.side, settings.edge].join()).toMatch(/^(?:left|right),(?:top|bottom)$/);
      expect(settings.size).toBeGreaterThanOrEqual(44);
      expect(settings.size).toBeLessThanOrEqual(96);
      expect(Number.isInteger(Number(settings.layer))).toBe(true);
      expect(() => structuredClone(settings.look)).not.toThrow();
    }),
  );
});
