import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { redisAcl, redisHash, redisUser } from '@vox/edge-guard/redis-rights';
import { newAuthority, newServerCertificate } from '@vox/ops/certificates';
import { storeUsers } from '@vox/ops/store-users';
import type { CertificateFiles, Credentials } from '@vox/testing';

/** What the servers of a stack and their users prove themselves by. Each start makes all of it anew. */
export type Identities = Readonly<{
  files: CertificateFiles;
  /** Users of the servers, Redis in `aclFile`; the administrator is for whoever started the stack. */
  admin: Credentials;
  passwords: Readonly<Record<string, string>>;
  aclFile: string;
}>;

const newPassword = (): string => randomBytes(24).toString('base64url');

/** Makes an authority, a certificate for loopback, and a password for every user. The authority's key is not kept. */
export async function newIdentities(folder: string, nowMs: number): Promise<Identities> {
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    // A file that was there keeps its mode otherwise.
    chmodSync(file, 0o600);
    return file;
  };
  const authority = await newAuthority('authority of a stack', nowMs);
  const { certificate, key } = await newServerCertificate(authority, ['localhost', '127.0.0.1'], nowMs);
  const admin = { user: 'stack-admin', password: newPassword() };
  const passwords = Object.fromEntries([...Object.keys(storeUsers), redisUser].map((name) => [name, newPassword()]));
  const adminLine = `user ${admin.user} on #${redisHash(admin.password)} ~* &* +@all\n`;
  return {
    files: {
      certificate: write('server.crt', certificate),
      key: write('server.key', key),
      both: write('server.pem', certificate + key),
      authority: write('authority.crt', authority.certificate),
    },
    admin,
    passwords,
    aclFile: write('users.acl', redisAcl(passwords[redisUser] ?? '') + adminLine),
  };
}

/**
 * Whoever starts a stack also asks its servers, with drivers of his own: this process trusts the authority from now on.
 * Answers its certificate.
 */
export function trustHere({ files }: Identities): string {
  const authority = readFileSync(files.authority, 'utf8');
  setDefaultCACertificates([...getCACertificates('default'), authority]);
  return authority;
}
