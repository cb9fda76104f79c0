import { someOffer } from '@vox/testing';
import autocannon from 'autocannon';

export const connections = 32;

export type Load = Readonly<{ url: string; credentials: readonly string[]; oneAddress: boolean }>;

const headers = { 'content-type': 'application/json', origin: 'https://shop.example' };
let visitor = 0;

/** Each request is another visitor's, with the next credential and an address of its own, unless all share one. */
export function next({ credentials, oneAddress }: Load): { headers: Record<string, string>; body: string } {
  visitor += 1;
  const sent = { ...headers, 'x-forwarded-for': oneAddress ? '198.18.0.1' : addressOf(visitor) };
  const credential = credentials[visitor % credentials.length] ?? '';
  return isToken(credential)
    ? { headers: { ...sent, authorization: `Bearer ${credential}` }, body: '{}' }
    : { headers: sent, body: bodyOf(credential) };
}

/** Stands before the key of a visitor that brings an offer. */
export const brokeredMark = 'brokered ';
const bodyOf = (credential: string): string =>
  credential.startsWith(brokeredMark)
    ? JSON.stringify({ widgetKey: credential.slice(brokeredMark.length), offer: someOffer })
    : JSON.stringify({ widgetKey: credential });
const isToken = (credential: string): boolean => credential.includes('.');

/** The addresses set aside for benchmarks (RFC 2544). */
const addressOf = (count: number): string => `198.${18 + ((count >> 16) & 1)}.${(count >> 8) & 255}.${count & 255}`;

/** A closed loop: each connection asks again as soon as it has its answer. */
export const load = (to: Load, { seconds }: Readonly<{ seconds: number }>): Promise<autocannon.Result> =>
  autocannon({
    url: `${to.url}/api/session`,
    method: 'POST',
    connections,
    requests: [{ setupRequest: (request) => ({ ...request, ...next(to) }) }],
    duration: seconds,
  });
