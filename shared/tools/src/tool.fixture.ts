import { HttpTool } from '@vox/contracts';

type Over = Readonly<{ http?: object; parameters?: object; name?: string; description?: string }>;

/** A descriptor without a fault. */
export const someTool = ({ http, ...over }: Over = {}): HttpTool =>
  HttpTool.parse({
    kind: 'http_tool',
    name: 'find_order',
    description: 'Finds an order by its number.',
    parameters: {
      type: 'object',
      properties: { number: { type: 'string' }, note: { type: 'string' } },
      required: ['number'],
    },
    http: {
      method: 'POST',
      urlTemplate: 'https://api.shop.com/orders/{{args.number}}',
      headers: { Authorization: 'Bearer {{secrets.SHOP_KEY}}' },
      jsonBodyTemplate: { note: '{{args.note}}', call: '{{session.callId}}' },
      ...http,
    },
    ...over,
  });
