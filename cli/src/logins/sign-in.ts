import { Fault } from '@vox/platform/fault';
import { z } from 'zod';
import type { Person } from '../reach/person.ts';
import { Mistake } from '../text/sentences.ts';
import { askCode } from './ask-code.ts';
import type { Post } from './own-page.ts';

export type SignInOptions = Readonly<{
  /** Of several tenants, which. */
  tenant?: string;
  /** What stands behind `#invitation=` in the link of an invitation. */
  invitation?: string;
}>;

const Sent = z.object({ challengeToken: z.string() });
const Verified = z.object({
  session: z.object({ email: z.string() }).optional(),
  next: z.literal('second-factor').optional(),
  methods: z.array(z.string()).default([]),
});

function readBy<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const read = schema.safeParse(value);
  if (!read.success) throw new Fault('UNAVAILABLE', { message: 'the server does not answer as VOX does' });
  return read.data;
}

/** Signs a person in: the address, the code that is mailed to it, and a second factor where one is wanted. */
export async function signIn(
  post: Post,
  person: Person,
  { tenant: tenantId, invitation }: SignInOptions,
): Promise<void> {
  const email = await person.question('Your e-mail address: ');
  const sent = await post('/api/auth/otp/send', { email, ...(tenantId && { tenantId }) });
  const { challengeToken } = readBy(Sent, sent);
  person.note('If this address may sign in, a code is on its way to it.');
  const given = { email, challengeToken, ...(tenantId && { tenantId }), ...(invitation && { invitation }) };
  const verified = readBy(
    Verified,
    await askCode(person, 'The code in the mail: ', (code) => post('/api/auth/otp/verify', { ...given, code })),
  );
  if (verified.next === 'second-factor') await secondFactor(post, person, verified.methods);
}

async function secondFactor(post: Post, person: Person, methods: readonly string[]): Promise<void> {
  if (methods.length === 0)
    throw new Mistake(['your tenant wants a second factor: add one in the console, and then run `vox login` again']);
  if (methods.includes('totp'))
    await askCode(person, 'The code of your app: ', (code) => post('/api/auth/second-factor/totp', { code }));
  else if (methods.includes('recovery'))
    await askCode(person, 'vox cannot use a passkey. A recovery code, which is used up: ', (code) =>
      post('/api/auth/second-factor/recovery', { code }),
    );
  else throw new Mistake(['vox cannot use a passkey: add an app in the console, or use an API key']);
}
