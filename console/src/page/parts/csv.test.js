import { expect, it } from 'vitest';
import { separatorFor, wholeCsv } from './csv.js';

it('a file of many pages has the names of its columns once, and each row of each page', async () => {
  /** @type {Record<string, {text: string, next: string | null}>} */
  const pages = {
    '': { text: 'a;b\r\n1;2\r\n', next: 'two' },
    two: { text: 'a;b\r\n', next: 'three' },
    three: { text: 'a;b\r\n3;"4\r\n5"\r\n', next: null },
  };
  const asked = await wholeCsv(async (cursor) => ({ kind: 'answered', body: pages[cursor ?? ''] }));
  expect(asked).toEqual({ kind: 'answered', body: 'a;b\r\n1;2\r\n3;"4\r\n5"\r\n' });
});

it('a file whose second page is refused is no file', async () => {
  const refused = /** @type {const} */ ({ kind: 'offline' });
  const asked = await wholeCsv(async (cursor) =>
    cursor === undefined ? { kind: 'answered', body: { text: 'a\r\n1\r\n', next: 'two' } } : refused,
  );
  expect(asked).toBe(refused);
});

it('a file is split where spreadsheets of its language split it', () => {
  expect(['en', 'de', 'fr', 'es', 'es-MX'].map(separatorFor)).toEqual([',', ';', ';', ';', ',']);
});
