import { createHash, timingSafeEqual } from 'node:crypto';
import type { Egress } from '@vox/platform/egress';
import express, { type Express } from 'express';

/** The name of the pretended shop on the internet. Nobody has it there (RFC 2606 §3). */
export const shopHost = 'orders.shop.example';

const orders: Readonly<Record<string, object>> = {
  AB123456: { status: 'on its way', arrives: 'tomorrow', items: ['a tea pot', 'two cups'] },
  CD234567: { status: 'packed', arrives: 'on Friday', items: ['a lamp'] },
};

const same = (one: string, other: string): boolean => {
  const [left, right] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
};

/** What a tool of the demo tenant's agent asks: the orders of a pretended shop, for whoever shows its key. */
export function shopServer(key: string): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/orders/:number', (request, response) => {
    if (!same(request.get('authorization') ?? '', `Bearer ${key}`)) return void response.status(401).json({});
    const { number } = request.params;
    const found = Object.hasOwn(orders, number) ? orders[number] : undefined;
    response.status(found === undefined ? 404 : 200).json({ order: { number, found: found !== undefined, ...found } });
  });
  return app;
}

/** A way out on which the name of the shop leads to this machine, as a name server would lead it to another one. */
export const withShop = (wayOut: Egress, url: string): Egress => ({
  ...wayOut,
  async send(request) {
    const asked = new URL(request.url);
    if (asked.origin !== `https://${shopHost}`) return wayOut.send(request);
    return wayOut.send({ ...request, url: `${url}${asked.pathname}${asked.search}` });
  },
});
