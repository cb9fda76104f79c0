import {
  type AccessDecision,
  accessTable,
  apiTable,
  decideAccess,
  type ManagingQuestion,
  operationQuestions,
  type Principal,
  platform,
  questions,
  type Role,
  rights,
  roles,
  scopes,
  statusQuestions,
} from '@vox/contracts';
import { openApiDocument } from '@vox/edge-guard/openapi';
import { asService } from '@vox/platform/bus';
import { LoginToken, ProofToken, SessionToken, WidgetToken } from '@vox/platform/crypto';
import { exampleOf } from '@vox/platform/examples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { someMemberId } from './login-token.ts';
import { knownKey, newKey, type TestKey, type Written, written } from './proofs.ts';

let journey: Journey;
let keys: Record<'login' | 'proof' | 'session' | 'widget', TestKey>;
beforeAll(async () => {
  journey = await openJourney();
  const of = (use: string) => knownKey(journey.bus, use);
  keys = {
    login: await of('login'),
    proof: await of('proof'),
    session: await of('session'),
    widget: await of('widget'),
  };
});
afterAll(() => journey.close());

const rows = new Set<unknown>(apiTable.map(({ question }) => question));
/** Every question that manages something, but for those that the operator alone asks, over the bus alone. */
const managing = questions.filter(
  (question) => question.action !== undefined && (rows.has(question) || !operationQuestions.includes(question)),
) as unknown as readonly ManagingQuestion[];

/** The example of a question, about one tenant where it is about one. */
function requestOf(question: ManagingQuestion, tenantId: string): Record<string, unknown> {
  const request = exampleOf(question.request) as Record<string, unknown> & { draft?: object };
  return {
    ...request,
    ...('tenantId' in request && { tenantId }),
    ...(request.draft !== undefined && { draft: { ...request.draft, tenantId } }),
  };
}
/** The tenant that a question is about: what names none is the platform’s. */
const tenantOf = (question: ManagingQuestion, tenantId: string): string => {
  const { tenantId: named, draft } = requestOf(question, tenantId) as { tenantId?: string; draft?: object };
  return named === undefined && draft === undefined ? platform : tenantId;
};

/** Asks as the edge does: with somebody’s proof and no say of its own. Answers the refusal, or `undefined`. */
async function refusalOf(question: ManagingQuestion, proof: string | undefined, tenantId = 'demo') {
  const asked = requestOf(question, tenantId) as never;
  return asService(journey.bus, 'edge-guard')
    .ask(question, asked, { ...(proof !== undefined && { proof }), timeoutMs: 10_000 })
    .then(
      () => undefined,
      (error: { code?: string; message: string; answer?: { message?: string } }) => error,
    );
}
const refusals: readonly (string | undefined)[] = [
  'AUTH_REQUIRED',
  'FORBIDDEN',
  'STEP_UP_REQUIRED',
  'SIGNATURE_REQUIRED',
];
const nameOf = ({ service, name }: ManagingQuestion): string => `${service}.${name}`;

async function expectDecided(question: ManagingQuestion, who: Principal, proof: string): Promise<void> {
  const decision: AccessDecision = decideAccess(question.action, who, tenantOf(question, 'demo'), Date.now());
  const refusal = await refusalOf(question, proof);
  // Some answers have narrower rules of their own, which say in words what is wrong: those are not of the table.
  const isOfTable = refusals.includes(refusal?.code) && refusal?.answer?.message === undefined;
  const told = decision === 'allowed' && !isOfTable ? 'allowed' : refusal?.code;
  expect([nameOf(question), told]).toEqual([nameOf(question), decision]);
}

function memberOf(role: Role, freshForMs: number, tenantId = role === 'platform-operator' ? platform : 'demo') {
  const memberId = someMemberId();
  const freshUntil = Math.floor((Date.now() + freshForMs) / 1_000);
  const claims = { sub: memberId, tenantId, memberId, role, freshUntil };
  const who: Principal = { kind: 'member', tenantId, memberId, role, freshUntilMs: freshUntil * 1_000 };
  return { who, claims };
}
function machineOf(question: ManagingQuestion, hasScope: boolean, isSigned: boolean, tenantId = 'demo') {
  const { action } = question;
  const held = scopes.filter((scope) => hasScope || scope !== accessTable[action].scope);
  const keyId = 'TestKeyOfMachine';
  const who: Principal = { kind: 'key', tenantId, keyId, scopes: held, signedFor: isSigned ? action : undefined };
  return { who, claims: { sub: keyId, tenantId, scopes: held, ...(isSigned && { signedFor: action }) } };
}
const login = (claims: object, given: Written = {}, key: TestKey | undefined = keys.login): string =>
  written(LoginToken, key, claims, given);

describe('a question that manages something', () => {
  const minute = 60_000;
  it.each(roles.flatMap((role) => [['fresh', role, 5 * minute] as const, ['stale', role, -minute] as const]))(
    'is answered to a %s login of %s as the access table says, whoever carries it',
    async (_fresh, role, freshForMs) => {
      for (const question of managing) {
        const { who, claims } = memberOf(role, freshForMs);
        await expectDecided(question, who, login(claims));
      }
    },
    60_000,
  );
  it.each([
    ['with the scope and a signature for it', true, true],
    ['with the scope and no signature', true, false],
    ['without the scope and signed', false, true],
    ['without the scope and not signed', false, false],
  ])(
    'is answered to an API key %s as the access table says',
    async (_what, hasScope, isSigned) => {
      for (const question of managing) {
        const { who, claims } = machineOf(question, hasScope, isSigned);
        await expectDecided(question, who, written(ProofToken, keys.proof, claims));
      }
    },
    60_000,
  );
  it('takes no signature that was made for another action', async () => {
    for (const question of managing.filter(({ action }) => accessTable[action].isSensitive)) {
      const { claims } = machineOf(question, true, false);
      const proof = written(ProofToken, keys.proof, { ...claims, signedFor: 'webhooks.replay' });
      const mayMachines = accessTable[question.action].scope !== null;
      const isOfPlatform = tenantOf(question, 'demo') === platform;
      const code = isOfPlatform ? 'NOT_FOUND' : mayMachines ? 'SIGNATURE_REQUIRED' : 'FORBIDDEN';
      expect([nameOf(question), (await refusalOf(question, proof))?.code]).toEqual([nameOf(question), code]);
    }
  }, 60_000);
  it('about another tenant is answered as about one that does not exist, byte for byte', async () => {
    const owner = memberOf('owner', 5 * minute, 'rival').claims;
    for (const question of managing) {
      const machine = written(ProofToken, keys.proof, machineOf(question, true, true, 'rival').claims);
      for (const proof of [login(owner), machine]) {
        const [theirs, nobodys] = [await refusalOf(question, proof), await refusalOf(question, proof, 'nobody')];
        const told = (refusal: typeof theirs) => JSON.stringify([refusal?.code, refusal?.message, refusal?.answer]);
        expect([nameOf(question), theirs?.code]).toEqual([nameOf(question), 'NOT_FOUND']);
        expect([nameOf(question), told(theirs)]).toEqual([nameOf(question), told(nobodys)]);
      }
    }
  }, 60_000);
});

describe('what proves nothing', () => {
  const claims = () => memberOf('owner', 300_000).claims;
  const operator = () => memberOf('platform-operator', 300_000).claims;
  const visitor = { sub: 'v_AAAAAAAAAAAAAAAAAAAAAA', tenantId: 'demo', widgetKey: 'w_demo_page_0123456789abcdef' };
  const identity = { kind: 'console', userId: 'm_AAAAAAAAAAAAAAAAAAAAAA' };
  const hour = 3_600_000;
  const foreign = newKey();
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: foreign.x };
  it.each<readonly [string, () => string | undefined]>([
    ['no proof', () => undefined],
    ['an empty one', () => ''],
    ['no token', () => 'owner'],
    ['a widget token', () => written(WidgetToken, keys.widget, { ...visitor, origin: 'https://shop.example' })],
    ['a session token', () => written(SessionToken, keys.session, { sub: 's', tenantId: 'demo', identity })],
    [
      'a login token with alg none',
      () => written(LoginToken, undefined, claims(), { header: { kid: keys.login.kid } }),
    ],
    ['a platform operator’s token with alg none', () => written(LoginToken, undefined, operator())],
    ['an expired login', () => login(claims(), { now: Date.now() - hour })],
    ['a login that is not yet valid', () => login(claims(), { now: Date.now() + hour })],
    ['a login with a later nbf', () => login(claims(), { over: { nbf: Math.floor(Date.now() / 1_000) + 600 } })],
    ['a login for ten years', () => login(claims(), { lifeSeconds: 315_360_000 })],
    ['a login of three megabytes', () => login({ ...claims(), more: 'x'.repeat(3_000_000) })],
    ['a login of a foreign key', () => login(claims(), {}, foreign)],
    ['a login of a foreign key under a known kid', () => login(claims(), {}, { ...foreign, kid: keys.login.kid })],
    ['a login of a foreign key that brings itself', () => login(claims(), { header: { jwk } }, foreign)],
    ['a login with a jku', () => login(claims(), { header: { jku: 'https://evil.example/jwks' } }, foreign)],
    ['a login with a path for a kid', () => login(claims(), { header: { kid: '../../dev/null' } }, foreign)],
    ['a login of a key of sessions', () => login(claims(), {}, keys.session)],
    ['a login of a key of proofs', () => login(claims(), {}, keys.proof)],
    ['a login with the type of a session', () => login(claims(), { header: { typ: SessionToken.typ } })],
    ['a login for another audience', () => login(claims(), { over: { aud: ProofToken.audience } })],
    ['a login of another issuer', () => login(claims(), { over: { iss: 'vax' } })],
    ['a proof of a key of logins', () => written(ProofToken, keys.login, { sub: 'k', tenantId: 'demo', scopes })],
  ])(
    'is %s, for every question that manages something',
    async (_what, proof) => {
      const shown = proof();
      for (const question of managing)
        expect([nameOf(question), (await refusalOf(question, shown))?.code]).toEqual([
          nameOf(question),
          'AUTH_REQUIRED',
        ]);
    },
    60_000,
  );
});

describe('the table of operations', () => {
  it('has a row for every question that manages something, or one that is made of its answers, and the API’s document has its route', () => {
    const asked = new Set<unknown>([...rows, ...statusQuestions]);
    expect(managing.filter((question) => !asked.has(question)).map(nameOf)).toEqual([]);
    const { paths } = openApiDocument() as { paths: object };
    for (const { path } of apiTable) expect(Object.keys(paths)).toContain(path.replaceAll(/:(\w+)/g, '{$1}'));
  });
  it('has every question of the operator’s, which all manage something, but for those about the installation', () => {
    const asked = new Set<unknown>([...managing, ...operationQuestions]);
    expect(rights.operator?.asks.filter((question) => !asked.has(question))).toEqual([]);
  });
});
