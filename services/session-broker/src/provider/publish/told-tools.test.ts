import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Agent } from '@vox/contracts';
import { type Listening, listen } from '@vox/platform/http';
import { someOffer } from '@vox/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAiProviders } from './openai.ts';

let door: Listening;
const heard: string[] = [];
beforeAll(async () => {
  const app = async (request: IncomingMessage, response: { writeHead: (status: number) => { end: () => void } }) => {
    heard.push(`${request.url} ${JSON.stringify(request.headers)} ${await text(request)}`);
    response.writeHead(400).end();
  };
  door = await listen(app as never, { host: '127.0.0.1', port: 0 });
});
afterAll(() => door.close(0));

/** Stands in every place of a descriptor that is ours alone. */
const mark = 'CANARY';
const inside = fc.stringMatching(/^[a-z]{1,12}$/).map((word) => `${mark}${word}`);
const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const description = fc.string({ maxLength: 60 }).filter((said) => /^[^\p{C}]*$/u.test(said));
const parameters = fc.record({
  type: fc.constant('object'),
  properties: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.constant({ type: 'string' }), { maxKeys: 4 }),
});
const headers = inside.map((word) => ({ [`X-${word}`]: `Bearer {{secrets.${word}}}` }));
const bounds = { limits: fc.constant({ callsPerMinute: 8_317 }), costMicros: fc.constant(83_170_001) };
const told = { name, description, parameters };
const tool = fc.oneof(
  fc.record({ type: fc.constant('function'), ...told }),
  fc.record({
    ...{ kind: fc.constant('http_tool'), ...told, ...bounds },
    http: fc.record({
      method: fc.constantFrom('GET', 'POST'),
      urlTemplate: inside.map((word) => `https://${word}.example/{{args.a}}`),
      headers,
      jsonBodyTemplate: fc.record({ a: inside, secret: inside.map((word) => `{{secrets.${word}}}`) }),
      okField: inside,
    }),
    ui: fc.record({ kind: fc.constant('card'), title: inside, fields: fc.tuple(inside) }),
  }),
  fc.record({
    ...{ kind: fc.constant('mcp_tool'), ...told, ...bounds, tool: inside, headers },
    server: inside.map((word) => `https://a.example/${word}`),
    pin: fc.constant('ca4a'.repeat(16)),
  }),
  fc.record({
    ...{ kind: fc.constant('built_in'), name: fc.constant('transfer_to_link'), description, parameters, ...bounds },
    link: fc.record({ urlTemplate: inside.map((word) => `https://a.example/${word}`), label: inside }),
  }),
);
const drawn = fc.record({ tools: fc.array(tool, { minLength: 1, maxLength: 6 }) });
const base = { agentId: 'guide', displayName: 'Guide', instructions: 'Help.', models: ['gpt-realtime-2.1'] };

describe('a provider', () => {
  it('is told name, description and parameters of a tool, and nothing of how it is run', async () => {
    const providers = openAiProviders({
      ...{ apiKey: 'k', baseUrl: door.url, secretSeconds: 60, hangUpTimeoutMs: 500, transcriptionModel: 'm' },
    });
    const run = async ({ tools }: { tools: Record<string, unknown>[] }): Promise<void> => {
      const all = tools.filter(({ description }) => description !== '');
      const agent = Agent.parse({ ...base, voices: ['marin'], tools: all });
      const wanted = { agent, model: 'gpt-realtime-2.1', voice: 'marin', transcribed: true, timeoutMs: 5_000 };
      const call = { ...wanted, offer: someOffer, channel: 'guarded' as const, safetyIdentifier: 'v' };
      heard.length = 0;
      for (const provider of providers) {
        await provider.makeCall(call).catch(() => undefined);
        await provider.clientSecret(wanted).catch(() => undefined);
      }
      // Live lends no client secrets, and calls no tools.
      expect(heard).toHaveLength(3);
      const said = heard.join('\n');
      expect(said).not.toMatch(/CANARY|callsPerMinute|83170001|ca4aca4a|http_tool|mcp_tool|built_in|jsonBodyTemplate/);
      const expected = all.map(({ name, description, parameters }) => ({
        ...{ type: 'function', name, description, parameters },
      }));
      const sent = heard.filter((each) => each.includes('"tools":'));
      expect(sent).toHaveLength(2);
      for (const each of sent) expect(each).toContain(`"tools":${JSON.stringify(expected)}`);
    };
    await fc.assert(fc.asyncProperty(drawn, run), { numRuns: 40 });
  });
});
