import type { TenantDraft } from '@vox/contracts';
import type { z } from 'zod';
import { shopHost } from '../shop/shop.ts';

type Tools = z.input<typeof TenantDraft>['agents'][number]['tools'];

/** The name of the secret that the shop wants to see. */
export const shopSecret = 'SHOP_KEY';

/** What the demo tenant's agent can do: it finds an order in the pretended shop, and has all that VOX brings. */
export const demoTools: Tools = [
  {
    kind: 'http_tool',
    name: 'find_order',
    description: 'Finds an order by its number, such as AB123456.',
    parameters: {
      type: 'object',
      properties: { number: { type: 'string', pattern: '^[A-Z]{2}[0-9]{6}$' } },
      required: ['number'],
      additionalProperties: false,
    },
    http: {
      method: 'GET',
      urlTemplate: `https://${shopHost}/orders/{{args.number}}`,
      headers: { Authorization: `Bearer {{secrets.${shopSecret}}}` },
      okField: 'order.found',
      timeoutMs: 5_000,
    },
    ui: { kind: 'card', title: 'Your order', fields: ['order.number', 'order.status', 'order.arrives', 'order.items'] },
  },
  {
    kind: 'built_in',
    name: 'transfer_to_link',
    link: { urlTemplate: `https://${shopHost}/pay/{{session.sessionId}}`, label: 'Pay at the shop' },
  },
  { kind: 'built_in', name: 'collect_consent', purpose: 'transcripts' },
  { kind: 'built_in', name: 'end_call' },
];

/** What the visitor and the simulated agent say, so that each tool is used once. */
export const demoScript = {
  heard: [
    'Hello, can you hear me?',
    'Where is my order AB123456?',
    'I would like to pay.',
    'May you write this down?',
    'Goodbye.',
  ],
  said: ['Yes, loud and clear.', 'One moment.', 'Of course.', 'If you agree.', 'Goodbye.'],
  calls: [
    {
      ...{ on: 'my order', name: 'find_order', arguments: { number: 'AB123456' } },
      says: 'It is on its way. You can see it on your screen.',
    },
    { on: 'pay', name: 'transfer_to_link', arguments: {}, says: 'Please follow the link. I do not hear any numbers.' },
    { on: 'write this down', name: 'collect_consent', arguments: {}, says: 'Thank you for your answer.' },
    { on: 'goodbye', name: 'end_call', arguments: {}, says: 'Goodbye, and thank you.' },
  ],
};
