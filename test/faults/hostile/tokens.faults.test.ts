import { LeaseSigningKey, type LentUse } from '@vox/contracts';
import { natsBus } from '@vox/platform/bus';
import { SessionToken, tokenSigner, WidgetToken } from '@vox/platform/crypto';
import { systemClock as clock } from '@vox/platform/time';
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Shop, shopOn } from '../../stack/visitor.ts';
import { hostileStack, wide } from './harness.ts';

const { isOpen, stack } = await hostileStack();

/** The signing key of the edge or a broker, which only that service gets: it signs false tokens rightly. */
async function lease(service: string, use: LentUse) {
  const seed = stack.services.find(({ name }) => name.startsWith(service))?.env.NATS_NKEY_SEED;
  const bus = await natsBus({
    servers: [stack.operatorEnv.NATS_URL ?? ''],
    service,
    nkeySeed: seed,
    clock,
    onThrow: () => undefined,
  });
  const key = await bus.ask(LeaseSigningKey[use], {});
  await bus.close();
  return key;
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (part = ''): Record<string, never> => JSON.parse(Buffer.from(part, 'base64url').toString());
const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1_000);

describe.skipIf(!isOpen)('a token', () => {
  let shop: Shop;
  let other: Shop;
  let widget: string;
  let session: string;
  let sessionId: string;
  beforeAll(async () => {
    [shop, other] = [await shopOn(stack, wide), await shopOn(stack, wide)];
    widget = String((await shop.bootstrap()).body.widgetSessionToken);
    const granted = await shop.start();
    [session, sessionId] = [String(granted.body.session_token), String(granted.body.id)];
  });
  const start = (token: string) => shop.post('/api/session', {}, shop.bearer(token));
  const beat = (token: string, id = sessionId) =>
    shop.post('/api/heartbeat', { sm_session_id: id }, shop.bearer(token));
  const renew = (token: string) => shop.post('/api/public/widget/renew', {}, shop.bearer(token));
  const stranger = { status: 401, body: { code: 'AUTH_REQUIRED' } };

  it('that was altered, cut, lengthened or left unsigned opens nothing', async () => {
    for (const token of [widget, session]) {
      const [head = '', body = '', signature = ''] = token.split('.');
      const claims = decoded(body);
      const flipped = `${signature.slice(0, 10)}${signature[10] === 'A' ? 'B' : 'A'}${signature.slice(11)}`;
      const forgeries = [
        `${head}.${encoded({ ...claims, tenantId: other.tenantId })}.${signature}`,
        `${head}.${encoded({ ...claims, exp: Number(claims.exp) + 9_999 })}.${signature}`,
        `${head}.${body}.${flipped}`,
        `${head}.${body}.`,
        `${head}.${body}`,
        `${head}..${signature}`,
        `${token}x`,
        `${token}.${signature}`,
        token.slice(0, -2),
        new UnsecuredJWT(claims).encode(),
        'x'.repeat(5_000),
        'a.b.c',
      ];
      for (const forged of forgeries) {
        expect(await start(forged)).toMatchObject(stranger);
        expect(await beat(forged)).toMatchObject(stranger);
        expect(await renew(forged)).toMatchObject(stranger);
      }
    }
  });

  it('with another alg, kid, key or header opens nothing', async () => {
    const [head = '', body = '', signature = ''] = widget.split('.');
    const kid = String(decoded(head).kid);
    const typ = 'vox-widget+jwt';
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    const { x } = await exportJWK(publicKey);
    const claims = decoded(body);
    const by = (header: object) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ, ...header }).sign(privateKey);
    const publicHalf = new TextEncoder().encode((await lease('edge-guard', 'widget')).x);
    const forgeries = [
      ...['none', 'None', 'nOnE', 'HS256', 'RS256', 'ES256', ''].map(
        (alg) => `${encoded({ alg, typ, kid })}.${body}.${alg.toLowerCase() === 'none' ? '' : signature}`,
      ),
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ, kid }).sign(publicHalf),
      await by({ kid }),
      await by({}),
      await by({ kid, jwk: { kty: 'OKP', crv: 'Ed25519', x } }),
      await by({ kid, jku: 'http://127.0.0.1:1/keys', x5u: 'http://127.0.0.1:1/' }),
      ...['../../etc/passwd', '', '__proto__', 'constructor', `${kid}\u0000`, '*', 'x'.repeat(3_000)].map(
        (wrong) => `${encoded({ alg: 'EdDSA', typ, kid: wrong })}.${body}.${signature}`,
      ),
      ...[[kid], { kid }, 7, null, true].map(
        (wrong) => `${encoded({ alg: 'EdDSA', typ, kid: wrong })}.${body}.${signature}`,
      ),
      `${encoded({ alg: 'EdDSA', typ, kid, crit: ['b64'], b64: false })}.${body}.${signature}`,
      `${encoded({ alg: 'EdDSA', kid })}.${body}.${signature}`,
    ];
    for (const forged of forgeries) expect(await start(forged), forged.slice(0, 80)).toMatchObject(stranger);
  });

  it('of one kind is worthless as another, in a header, a body, a query or a cookie', async () => {
    expect(await start(session)).toMatchObject(stranger);
    expect(await renew(session)).toMatchObject(stranger);
    expect(await beat(widget)).toMatchObject(stranger);
    expect(await shop.post('/api/heartbeat', { sm_session_id: sessionId, authToken: widget })).toMatchObject(stranger);
    expect((await fetch(`${stack.url}/widget?token=${session}`)).status).toBe(401);
    for (const token of [widget, session])
      expect(await shop.post('/api/session', {}, { cookie: `tenant_session=${token}` })).toMatchObject(stranger);
  });

  it('of one kind is worthless as another even when the right key signed it', async () => {
    const [forWidgets, forSessions] = [await lease('edge-guard', 'widget'), await lease('session-broker', 'session')];
    const signed = async ({ kid, x, d }: typeof forWidgets, claims: object, typ: string) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'EdDSA', typ, kid })
        .sign(await importJWK({ kty: 'OKP', crv: 'Ed25519', x, d }, 'EdDSA'));
    const [ofWidget, ofSession] = [decoded(widget.split('.')[1]), decoded(session.split('.')[1])];
    expect((await start(await signed(forWidgets, ofWidget, WidgetToken.typ))).status).toBe(200);
    for (const forged of [
      await signed(forSessions, ofWidget, WidgetToken.typ),
      await signed(forWidgets, ofWidget, SessionToken.typ),
      await signed(forWidgets, ofWidget, 'JWT'),
      await signed(forWidgets, { ...ofWidget, aud: SessionToken.audience }, WidgetToken.typ),
      await signed(forWidgets, { ...ofWidget, aud: undefined }, WidgetToken.typ),
      await signed(forWidgets, { ...ofWidget, iss: 'evil' }, WidgetToken.typ),
      await signed(forWidgets, { ...ofWidget, exp: undefined }, WidgetToken.typ),
      await signed(forWidgets, { ...ofWidget, sub: undefined }, WidgetToken.typ),
      await signed(forWidgets, { ...ofWidget, nbf: Math.floor(Date.now() / 1_000) + 600 }, WidgetToken.typ),
    ])
      expect(await start(forged)).toMatchObject(stranger);
    expect(await beat(await signed(forWidgets, ofSession, SessionToken.typ))).toMatchObject(stranger);
    expect((await beat(await signed(forSessions, ofSession, SessionToken.typ))).status).toBe(200);
  });

  it('is worthless before its time and after it, except for ten minutes in which it can be renewed', async () => {
    const sign = await tokenSigner(WidgetToken, await lease('edge-guard', 'widget'));
    const { tenantId, widgetKey } = shop;
    const claims = { tenantId, widgetKey, origin: 'https://shop.example', agentId: 'guide' };
    const made = (now: Date) => sign(claims, { id: 'j', subject: `v_${'A'.repeat(22)}`, now, lifeSeconds: 300 });
    expect((await start(await made(ago(10)))).status).toBe(200);
    for (const now of [ago(310), ago(86_400), ago(-60), ago(-86_400)])
      expect(await start(await made(now))).toMatchObject(stranger);
    expect((await renew(await made(ago(600)))).status).toBe(200);
    for (const now of [ago(920), ago(86_400), ago(-60)]) expect(await renew(await made(now))).toMatchObject(stranger);
  });

  it('of one tenant or call opens nothing of another, which looks as if it did not exist', async () => {
    const theirs = await other.start();
    const named = await shop.post('/api/session', { tenantId: other.tenantId }, shop.bearer(widget));
    expect(named).toMatchObject({ status: 401, body: { code: 'INVALID_WIDGET_KEY' } });
    const bare = ({ body }: { body: object }) => ({ ...body, requestId: undefined });
    const [real, none] = [await beat(session, String(theirs.body.id)), await beat(session, crypto.randomUUID())];
    expect(real.status).toBe(404);
    expect(bare(real)).toEqual(bare(none));
    expect(JSON.stringify([named.body, real.body])).not.toContain(other.tenantId);
  });
});
