import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someTool } from '../tool.fixture.ts';
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

describe('the search for credentials', () => {
  it('takes none of the texts of ordinary descriptors for one', () => {
    const taken = harmless.filter((text) =>
      names.some(
        (name) => finds({ headers: { [name]: text } }) || finds({ jsonBodyTemplate: { a: ['{{args.note}}', text] } }),
      ),
    );
    expect(taken).toEqual([]);
  });
  it('finds random keys of 32 characters and more wherever they stand, in at least 98 of 100', () => {
    const alphabets = [
      'abcdef0123456789',
      'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
    ];
    const keys = fc.sample(
      fc
        .constantFrom(...alphabets)
        .chain((alphabet) => fc.string({ unit: fc.constantFrom(...alphabet), minLength: 32, maxLength: 64 })),
      { numRuns: 500, seed: 7 },
    );
    const found = keys.filter((key) => finds({ jsonBodyTemplate: { n: '{{args.note}}', value: `id=${key}` } }));
    expect(found.length).toBeGreaterThanOrEqual(490);
  });
  it('finds whatever stands in a header or member that is named for a credential', () => {
    for (const name of ['Authorization', 'X-Api-Key', 'apikey', 'X-Auth-Token', 'X-Shop-Access-Token', 'client-secret'])
      expect([name, finds({ headers: { [name]: 'letmein-please' } })]).toEqual([name, true]);
    expect(finds({ headers: { Authorization: 'Token {{secrets.KEY}}' } })).toBe(false);
    expect(finds({ headers: { 'X-Api-Key': '{{secrets.KEY}}' } })).toBe(false);
  });
});
