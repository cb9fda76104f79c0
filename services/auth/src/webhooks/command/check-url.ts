import type { Egress } from '@vox/platform/egress';
import { invalidField } from '@vox/platform/fault';

export type CheckUrlDependencies = Readonly<{ egress: Pick<Egress, 'check'> }>;

const messages: Readonly<Record<NonNullable<ReturnType<Egress['check']>>, string>> = {
  url: 'must be a URL',
  scheme: 'must begin with https://',
  credentials: 'must not hold a user or a password',
  port: 'must name no port but those that this installation allows: 443, unless it says otherwise',
  host: 'must name a host of the public internet',
  address: 'must not be an address of a private or special network',
};

/** Throws the fault of a URL that may not be called. Where its name leads is checked each time that it is called. */
export function checkUrl({ egress }: CheckUrlDependencies, url: string): void {
  const refused = egress.check(url);
  if (refused !== undefined) throw invalidField('url', messages[refused]);
}
