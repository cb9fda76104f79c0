import { ToolMistake, ToolRule } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { someTool } from '../tool.fixture.ts';
import { lintTool, lintTools, sameNames } from './lint.ts';

type Over = Parameters<typeof someTool>[0];
const rulesOf = (over: Over): string[] => [...new Set(lintTool(someTool(over)).map(({ rule }) => rule))];
const url = (urlTemplate: string): Over => ({ http: { urlTemplate } });
const body = (jsonBodyTemplate: unknown): Over => ({ http: { jsonBodyTemplate } });
const parameters = (over: object): Over => ({
  parameters: { type: 'object', properties: { number: {}, note: {} }, required: ['number'], ...over },
});

const nested = (depth: number): object => (depth === 0 ? {} : { items: nested(depth - 1), type: 'array' });
const badPatterns = ['(?=a)b', '(.)\\1', '[', 'a{1001}', 'x'.repeat(300)];

/** For each rule, descriptors that break it alone. */
const broken: Record<Exclude<ToolRule, 'same-name'>, readonly Over[]> = {
  'bad-placeholder': ['{{args}}', '{{args.a b}}', '{{ }}', '{{args.a', 'a }} b', '{{args..a}}', '{{{{args.a}}}}'].map(
    (said) => body({ note: '{{args.note}}', said }),
  ),
  'unknown-root': ['{{env.HOME}}', '{{process.env}}', '{{argsx.a}}'].map((said) => body({ n: '{{args.note}}', said })),
  'unknown-argument': [body({ n: '{{args.note}}', other: '{{args.other}}' })],
  'unknown-session-field': [body({ n: '{{args.note}}', of: '{{session.visitor}}' })],
  'bad-secret-name': [
    body({ n: '{{args.note}}', of: '{{secrets.my-key}}' }),
    body({ n: '{{args.note}}', of: '{{secrets.A.b}}' }),
  ],
  'too-many-secrets': [
    body({ n: '{{args.note}}', keys: Array.from({ length: 16 }, (_, n) => `{{secrets.KEY_${n}}}`) }),
    { http: { headers: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`X-${n}`, `{{secrets.KEY_${n}}}`])) } },
  ],
  'optional-argument-in-path': [url('https://api.shop.com/{{args.number}}/{{args.note}}')],
  'unused-argument': [body({})],
  'hard-coded-secret': [
    { http: { headers: { Authorization: 'Bearer sk_live_4eC39HqLyjWDarjtT1zdp7dc' } } },
    { http: { headers: { 'X-Api-Key': 'correct-horse' } } },
    { http: { headers: { Authorization: 'Basic dXNlcjpwYXNz' } } },
    { http: { headers: { 'X-Trace': 'ghp_16C7e42F292c6912E7710c838347Ae178B4a' } } },
    body({ n: '{{args.note}}', password: 'hunter2hunter2' }),
    body({ n: '{{args.note}}', deep: [{ value: 'q8Zk2LxV0pTn7RwYb3HsJf6Dd9MgAc5E' }] }),
    { description: 'Uses AKIAIOSFODNN7EXAMPLE to sign.' },
  ],
  'insecure-url': [url('http://api.shop.com/{{args.number}}'), url('ftp://api.shop.com/{{args.number}}')],
  'bad-url': [
    url('api.shop.com/{{args.number}}'),
    url('https://api.shop.com:22/{{args.number}}'),
    url('https://api.shop.com\\@evil.com/{{args.number}}'),
    url('https://api.shop.com/ {{args.number}}'),
  ],
  'private-host': [
    ...['127.0.0.1', '10.1.2.3', '169.254.169.254', '[::1]', '[fd00::1]', '[64:ff9b::a00:1]', '0x7f.1', '0177.0.0.1'],
    ...[
      '2130706433',
      'localhost',
      'db.internal',
      'printer',
      'metadata.google.internal',
      'shop.local.',
      '[::ffff:10.0.0.1]',
    ],
  ].map((host) => url(`https://${host}/{{args.number}}`)),
  'argument-in-host': [
    'https://{{args.number}}.shop.com/',
    'https://{{args.number}}/',
    '{{args.number}}://a.com/',
    'https://a.com{{args.number}}',
    'https://a.com:{{args.number}}/',
  ].map(url),
  'secret-in-url': [
    url('https://api.shop.com/{{args.number}}?key={{secrets.SHOP_KEY}}'),
    url('https://user:pass@api.shop.com/{{args.number}}'),
    url('https://api.shop.com/{{args.number}}?api_key=abc'),
  ],
  'forbidden-header': ['Host', 'content-length', 'Transfer-Encoding', 'Cookie', 'X-Forwarded-For'].map((name) => ({
    http: { headers: { [name]: 'a' } },
  })),
  'body-with-get': [{ http: { method: 'GET' } }],
  'reserved-name': [{ name: 'end_call' }],
  'bad-schema': [
    parameters({ type: 'array' }),
    parameters({ properties: { number: { type: 'text' }, note: {} } }),
    parameters({ properties: { number: { $ref: 'https://evil.example/schema' }, note: {} } }),
    ...['#/$defs/n/enum/0', '#/properties/note/const', '#/$defs', '#/$defs/n%'].map(($ref) =>
      parameters({ properties: { number: { $ref }, note: {} }, $defs: { n: {} } }),
    ),
    parameters({ $comment: 'x'.repeat(70_000) }),
    ...badPatterns.flatMap((pattern) =>
      [{ pattern }, { patternProperties: { [pattern]: {} } }].flatMap((bad) =>
        [bad, { unevaluatedItems: bad }, { unevaluatedProperties: bad }, { dependencies: { a: bad } }].map((number) =>
          parameters({ properties: { number, note: {} } }),
        ),
      ),
    ),
  ],
  'schema-matches-nothing': [
    ...[{ minimum: 2, maximum: 1 }, { type: 'string', enum: [1] }, { not: {} }, { type: 'integer', const: 'a' }].map(
      (number) => parameters({ properties: { number, note: {} } }),
    ),
    parameters({ required: ['number', 'lost'], additionalProperties: false }),
  ],
  'provider-refuses': [
    ...['anyOf', 'oneOf', 'allOf'].map((key) => parameters({ [key]: [{ required: ['note'] }] })),
    parameters({ not: { required: ['note'] } }),
    ...['array', ['string', 'array']].map((type) => parameters({ properties: { number: { type }, note: {} } })),
  ],
};

describe('the linter of tools', () => {
  it('finds nothing in a sound descriptor', () => {
    expect(lintTool(someTool())).toEqual([]);
    expect(rulesOf(parameters({ properties: { number: { pattern: '^[A-Z]{2}\\d+$' }, note: {} } }))).toEqual([]);
  });
  it.each(Object.entries(broken).flatMap(([rule, tools]) => tools.map((over) => [rule, over] as const)))(
    'says %s of %j, and nothing else',
    (rule, over) => {
      expect(rulesOf(over)).toEqual([rule]);
    },
  );
  it('has a case for each of its rules', () => {
    expect([...Object.keys(broken), 'same-name'].sort()).toEqual([...ToolRule.options].sort());
  });
  it('says every mistake of its list, each under a code that stays whatever it says in English', () => {
    const further = [
      url('https://api.shop.com/{{args.number|comma}}'),
      url('https://hooks.slack.com/services/T00000000/B00000000/{{args.number}}'),
      url('https://api.shop.com/tables/q8Zk2LxV0pTn7RwYb3HsJf6Dd9MgAc5E/{{args.number}}'),
      parameters({ $schema: 'http://json-schema.org/draft-07/schema#' }),
      parameters({ properties: { number: { required: 'a' }, note: {} } }),
      parameters({ required: ['number', 'number'] }),
      parameters({ properties: { number: { minLength: -1 }, note: {} } }),
      parameters({ properties: { number: { $id: '#' }, note: {} } }),
      parameters({ properties: { number: nested(20), note: {} } }),
      parameters({ properties: { number: { pattern: '((a{99}){99}){99}' }, note: {} } }),
    ];
    const said = [...Object.values(broken).flat(), ...further].flatMap((over) =>
      lintTool(someTool(over)).map(({ mistake }) => mistake),
    );
    const twice = lintTools([someTool(), someTool()]).map(({ mistake }) => mistake);
    expect([...new Set([...said, ...twice])].sort()).toEqual([...ToolMistake.options].sort());
  });
  it('takes as many secrets as are lent at once, each as often as it is named', () => {
    const keys = Array.from({ length: 31 }, (_, n) => `{{secrets.KEY_${n % 15}}}`);
    expect(rulesOf(body({ n: '{{args.note}}', keys }))).toEqual([]);
  });
  it('names the second tool of a name', () => {
    expect(sameNames(['a', 'b', 'a'])).toMatchObject([{ at: 2, finding: { rule: 'same-name' } }]);
  });
  it('names the place and never repeats what it took for a credential', () => {
    const [finding] = lintTool(someTool({ http: { headers: { 'X-Api-Key': 'hunter2hunter2' } } }));
    expect(finding?.place).toBe('http.headers.X-Api-Key');
    expect(JSON.stringify(finding)).not.toContain('hunter2');
  });
});
