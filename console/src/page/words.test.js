import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const refuse = () => {
  throw new DOMException('no', 'SecurityError');
};
/** @type {Map<string, string>} */
let store = new Map();
/** @type {typeof import('./words.js')} */
let words;

beforeEach(async () => {
  store = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (/** @type {string} */ key) => store.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => store.set(key, value),
  });
  vi.stubGlobal('navigator', { languages: ['es-MX', 'en'] });
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  vi.resetModules();
  words = await import('./words.js');
});
afterEach(() => {
  vi.doUnmock('./messages/es.js');
  vi.unstubAllGlobals();
});

describe('the language of the page', () => {
  it('is the one that was chosen, else the browser’s, also where the browser keeps nothing', async () => {
    store.set('vox-console-language', 'en');
    await words.speakAsBefore();
    expect(words.locale()).toBe('en');
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    await words.speakAsBefore();
    expect([words.locale(), document.documentElement.lang]).toEqual(['es-MX', 'es']);
    await words.choose('en');
    expect(words.locale()).toBe('en');
  });
  it('is English where the words of another do not arrive, and that one is not kept', async () => {
    vi.doMock('./messages/es.js', refuse);
    await words.speakAsBefore();
    expect([words.locale(), words.t('shell.signOut')]).toEqual(['en', 'Sign out']);
    await expect(words.choose('es')).rejects.toThrow();
    expect([words.locale(), [...store]]).toEqual(['en', []]);
  });
  it('is each of the four, with words of its own', async () => {
    const said = new Map();
    for (const language of words.languages) {
      await words.choose(language);
      said.set(document.documentElement.lang, words.t('shell.signOut'));
    }
    expect([...said]).toEqual([
      ['en', 'Sign out'],
      ['es', 'Salir'],
      ['fr', 'Se déconnecter'],
      ['de', 'Abmelden'],
    ]);
  });
  it('has the words of each screen that was shown, also of one that arrives while another is chosen', async () => {
    const of = (/** @type {string} */ language) => ({ palette: {}, words: { 'keys.create': `create in ${language}` } });
    for (const language of ['en', 'fr', 'de']) vi.doMock(`./messages/${language}/palette.js`, () => of(language));
    await words.learn('palette');
    expect(words.t('keys.create')).toBe('create in en');
    await words.choose('fr');
    expect(words.t('keys.create')).toBe('create in fr');
    const learning = words.learn('limits').catch((error) => error);
    await words.choose('de');
    expect(await learning).toBeInstanceOf(Error);
    expect([words.t('keys.create'), words.t('shell.signOut')]).toEqual(['create in de', 'Abmelden']);
    for (const language of ['en', 'fr', 'de']) vi.doUnmock(`./messages/${language}/palette.js`);
  });
  it('says what a server said by its code, and as the server wrote it where a code or a place is not known', async () => {
    await words.choose('de');
    const said = (/** @type {string | undefined} */ code, /** @type {Record<string, number>} */ values) =>
      words.worded('checklistFound', code, 'As written.', values);
    expect(said('keys-over-age', { count: 3 })).toBe('Schlüssel, die erneuert werden sollten: 3.');
    expect([said('keys-over-age', {}), said('of-tomorrow', { count: 3 }), said(undefined, {})]).toEqual([
      'As written.',
      'As written.',
      'As written.',
    ]);
  });
  it('is never one that there are no words in, whatever was kept', async () => {
    store.set('vox-console-language', 'xx');
    await words.speakAsBefore();
    expect([words.locale(), document.documentElement.lang]).toEqual(['en', 'en']);
  });
});
