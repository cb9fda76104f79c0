import { expect, it } from 'vitest';
import { callOf } from './location.ts';

const base = 'https://api.openai.com/v1/';

it.each([
  ['a path', '/v1/realtime/calls/rtc_1', { callId: 'rtc_1', isOwn: true }],
  ['an address of the provider', 'https://api.openai.com/v1/realtime/calls/rtc_1', { callId: 'rtc_1', isOwn: true }],
  ['an address of another', 'https://evil.example/v1/realtime/calls/rtc_1', { callId: 'rtc_1', isOwn: false }],
  ['another scheme', 'http://api.openai.com/v1/realtime/calls/rtc_1', { callId: 'rtc_1', isOwn: false }],
  ['another port', 'https://api.openai.com:444/v1/realtime/calls/rtc_1', { callId: 'rtc_1', isOwn: false }],
  ['a host without a scheme', '//evil.example/rtc_1', { callId: 'rtc_1', isOwn: false }],
  ['a query', '/v1/realtime/calls/rtc_1?x=1', { callId: 'rtc_1', isOwn: true }],
  ['no call', '/v1/realtime/calls/', undefined],
  ['a name that leads elsewhere', '/v1/realtime/calls/..%2f..%2fmodels', undefined],
  ['nothing', null, undefined],
  ['no address', 'http://[', undefined],
])('the place of a call, given as %s, names its call only in its own form', (_what, location, found) => {
  expect(callOf(location, base)).toEqual(found);
});
