import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someTool } from '../tool.fixture.ts';
import { holdsKnown, holdsRandom } from './credentials.ts';
import { lintTool } from './lint.ts';

const finds = (http: object): boolean => lintTool(someTool({ http })).some(({ rule }) => rule === 'hard-coded-secret');

/** Texts as descriptors really hold them, none of them a credential. */
const harmless = [
  ...['application/json; charset=utf-8', 'application/vnd.github.v3+json', 'text/plain', 'gzip, deflate, br'],
  ...['2022-11-28', '2023-06-01', 'v62.0', 'v1beta3', 'en-US,en;q=0.9', 'vox-voice-agent/1.4 (+https://shop.com/bot)'],
  ...['f47ac10b-58cc-4372-a567-0e02b2c3d479', 'projects/my-shop-eu/locations/europe-west1/agents', 'public', 'true'],
  ...['respond-async, wait=10', 'max-age=0', 'ShippingAddressConfirmationRequested', 'customer_support_ticket_created'],
  ...[
    'https://hooks.shop.com/services/orders/created',
    'SELECT Id, Name FROM Account LIMIT 10',
    'urn:ietf:params:oauth',
  ],
  ...['Europe/Amsterdam', 'iVBORw', 'order-2024-11-05-000012', 'https://api.shop.com/v2/customers/addresses/default'],
  ...[
    'ticket_form_1234567',
    'department-of-motor-vehicles-2024',
    'A very long description of what this request is for',
  ],
];
const names = ['X-Note', 'Accept', 'X-Client', 'Prefer', 'Content-Language'];

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const textOf = (file: string): string => readFileSync(`${root}${file}`, 'utf8');

/** Every text and every name of a member in JSON. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [name, ...textsOf(each)]);
}
/** What is written about APIs, by us and by the makers of the packages that are installed. Some of it is random. */
const corpus: Readonly<Record<string, readonly string[]>> = {
  'the documents of VOX’s own API': ['openapi', 'asyncapi'].flatMap((name) =>
    textsOf(JSON.parse(textOf(`docs/generated/${name}.json`))),
  ),
  'lines of other packages’ READMEs': globSync('node_modules/*/README.md', { cwd: root }).flatMap((file) =>
    textOf(file).split('\n'),
  ),
};
const shareTaken = (texts: readonly string[]): number => {
  const distinct = [...new Set(texts)];
  return distinct.filter((text) => holdsKnown(text) || holdsRandom(text)).length / distinct.length;
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const alphabets = {
  hexadecimal: 'abcdef0123456789',
  'base 36': `${letters.toLowerCase()}0123456789`,
  'base 62': `${letters}${letters.toLowerCase()}0123456789`,
  'base 32': `${letters}234567`,
  'base 64': `${letters}${letters.toLowerCase()}0123456789-_`,
};
const drawn = (alphabet: string, minLength: number, maxLength = minLength): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const samples = (of: fc.Arbitrary<string>): string[] => fc.sample(of, { numRuns: 500, seed: 7 });

const forms = {
  sk_live_: drawn(alphabets['base 62'], 24),
  'sk-proj-': drawn(alphabets['base 64'], 48),
  'sk-ant-api03-': drawn(alphabets['base 64'], 93),
  ghp_: drawn(alphabets['base 62'], 36),
  'glpat-': drawn(alphabets['base 64'], 20),
  'xoxb-': drawn('0123456789', 12),
  AKIA: drawn(alphabets['base 32'], 16),
  AIza: drawn(alphabets['base 64'], 35),
  shpat_: drawn(alphabets.hexadecimal, 32),
  'key-': drawn(alphabets.hexadecimal, 32),
  hf_: drawn(alphabets['base 62'], 34),
  npm_: drawn(alphabets['base 62'], 36),
};

describe('the search for credentials', () => {
  it('takes none of the texts of ordinary descriptors for one', () => {
    const taken = harmless.filter((text) =>
      names.some(
        (name) => finds({ headers: { [name]: text } }) || finds({ jsonBodyTemplate: { a: ['{{args.note}}', text] } }),
      ),
    );
    expect(taken).toEqual([]);
  });
  it.each(Object.entries(corpus))('takes fewer than one in 300 texts of %s for one', (_of, texts) => {
    expect(texts.length).toBeGreaterThan(3_000);
    expect(shareTaken(texts)).toBeLessThan(1 / 300);
  });
  it.each(Object.entries(alphabets))(
    'finds at least 98 of 100 random keys of 32 characters and more in %s',
    (_of, alphabet) => {
      const keys = samples(drawn(alphabet, 32, 64));
      expect(keys.filter((key) => holdsRandom(`id=${key}`)).length).toBeGreaterThanOrEqual(0.98 * keys.length);
    },
  );
  it.each(Object.entries(forms))('finds keys of the well-known form %s…, wherever they stand', (prefix, rest) => {
    const keys = samples(rest).map((end) => prefix + end);
    expect(keys.filter((key) => !holdsKnown(`use ${key}.`) && !holdsRandom(`use ${key}.`)).length).toBeLessThan(5);
    const [key = ''] = keys;
    expect(finds({ jsonBodyTemplate: { n: '{{args.note}}', value: key } })).toBe(true);
  });
  it('finds whatever stands in a header or member that is named for a credential', () => {
    for (const name of ['Authorization', 'X-Api-Key', 'apikey', 'X-Auth-Token', 'X-Shop-Access-Token', 'client-secret'])
      expect([name, finds({ headers: { [name]: 'letmein-please' } })]).toEqual([name, true]);
    expect(finds({ headers: { Authorization: 'Token {{secrets.KEY}}' } })).toBe(false);
    expect(finds({ headers: { 'X-Api-Key': '{{secrets.KEY}}' } })).toBe(false);
  });
  it('only doubts a random word in an address, for ids of things stand there, and refuses a known form', () => {
    const levels = (urlTemplate: string) =>
      lintTool(someTool({ http: { urlTemplate } })).map(({ rule, level }) => `${level} ${rule}`);
    const table = 'https://api.shop.com/tables/q8Zk2LxV0pTn7RwYb3HsJf6Dd9MgAc5E/{{args.number}}';
    expect(levels(table)).toEqual(['warning hard-coded-secret']);
    const hook = 'https://hooks.slack.com/services/T00000000/B00000000/{{args.number}}';
    expect(levels(hook)).toEqual(['error hard-coded-secret']);
  });
});
