import { InviteMember, type Role, SendCode, SignIn } from '@vox/contracts';
import { unseal } from '@vox/platform/crypto';
import { type AuthOnTwins, authOnTwins } from './auth.fixture.ts';

type Sealed = Readonly<{ to: string; content: { template: string; values: Record<string, string> } }>;

/** Where the browser of a test is. */
export const from = { device: 'Firefox on Linux', place: 'this machine' };

/**
 * Auth in a test whose mail server takes nothing: every mail stays in the queue, where a test reads it. `operator` acts
 * as whoever runs the installation.
 */
export async function membersOnTwins(): Promise<MembersOnTwins> {
  const send = async () => {
    throw new Error('takes nothing');
  };
  const auth = await authOnTwins({ mailServer: { address: 'nowhere', send } });
  await auth.putTenant();
  const sealKey = Buffer.alloc(32, 1);
  const { bus, mails } = auth;

  async function mailsTo(to: string, template: string): Promise<Record<string, string>[]> {
    const queued = [...(await mails.all(1_000))].sort((a, b) => a.state.queuedAtMs - b.state.queuedAtMs);
    return queued.flatMap(({ key, state }) => {
      const sealed = JSON.parse(unseal(sealKey, `mail:${key}`, state.sealed) ?? '{}') as Sealed;
      return sealed.to === to && sealed.content.template === template ? [sealed.content.values] : [];
    });
  }
  async function invite(email: string, role: Role = 'viewer', tenantId = 'acme') {
    const { memberId } = await bus.ask(InviteMember, { tenantId, email, role, actor: 'operator:test' });
    const link = (await mailsTo(email, 'invitation')).at(-1)?.link ?? '';
    return { memberId, invitation: link.split('#invitation=')[1] ?? '' };
  }
  async function codeFor(email: string, login?: string) {
    // The newest mail is told from the others by its moment.
    auth.clock.advanceMs(1_000);
    const asked = login === undefined ? { purpose: 'login' as const, email } : { purpose: 'step-up' as const, login };
    const { challengeToken } = await bus.ask(SendCode, asked);
    const [mail] = (await mailsTo(email, 'code')).slice(-1);
    return { challengeToken, code: mail?.code ?? '' };
  }
  async function signIn(email: string, over: object = {}) {
    const signedIn = await bus.ask(SignIn, { email, ...(await codeFor(email)), ...from, ...over });
    if ('pending' in signedIn) throw new Error('a second factor is wanted');
    return signedIn;
  }
  async function join(email: string, role: Role = 'viewer', tenantId = 'acme') {
    const { memberId, invitation } = await invite(email, role, tenantId);
    return { memberId, ...(await signIn(email, { invitation })) };
  }
  return { ...auth, mailsTo, invite, codeFor, signIn, join };
}

export type MembersOnTwins = AuthOnTwins &
  Readonly<{
    mailsTo: (to: string, template: string) => Promise<Record<string, string>[]>;
    invite: (email: string, role?: Role, tenantId?: string) => Promise<{ memberId: string; invitation: string }>;
    codeFor: (email: string, login?: string) => Promise<{ challengeToken: string; code: string }>;
    signIn: (email: string, over?: object) => Promise<SignedIn>;
    join: (email: string, role?: Role, tenantId?: string) => Promise<SignedIn & { memberId: string }>;
  }>;
type SignedIn = Readonly<{
  token: string;
  deviceToken: string | null;
  session: Readonly<{ loginId: string; memberId: string; tenantId: string; role: Role; expiresAt: string }>;
}>;
