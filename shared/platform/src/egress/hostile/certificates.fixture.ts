import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Certificate = Readonly<{ key: string; cert: string }>;
export type Authority = Readonly<{
  /** The certificate of the authority itself, in PEM. */
  ca: string;
  /** Issues a certificate for names such as `DNS:hook.example` and `IP:10.0.0.1`. */
  issue: (names: string, life?: 'now' | 'over') => Certificate;
  /** A certificate that nobody but its holder vouches for. */
  selfSigned: (names: string) => Certificate;
  close: () => void;
}>;

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const settings = (folder: string): string => `[ca]
default_ca = own
[own]
dir = ${folder}
database = ${folder}/index
new_certs_dir = ${folder}
certificate = ${folder}/ca.pem
private_key = ${folder}/ca.key
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
`;

/** An authority of a test's own, made with `openssl`. */
export function authority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'vox-egress-'));
  const at = (file: string): string => join(folder, file);
  const run = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });
  const named = (names: string): string[] => ['-subj', '/CN=test', '-addext', `subjectAltName=${names}`];
  const read = (name: string): Certificate => ({
    key: readFileSync(at(`${name}.key`), 'utf8'),
    cert: readFileSync(at(`${name}.pem`), 'utf8'),
  });
  writeFileSync(at('index'), '');
  writeFileSync(at('settings'), settings(folder));
  const own = ['-subj', '/CN=authority', '-days', '2', '-keyout', at('ca.key'), '-out', at('ca.pem')];
  run('req', '-x509', ...newKey, ...own);
  return {
    ca: readFileSync(at('ca.pem'), 'utf8'),
    issue(names, life = 'now') {
      const days = life === 'now' ? ['-days', '2'] : ['-startdate', '20200101000000Z', '-enddate', '20200201000000Z'];
      run('req', '-new', ...newKey, ...named(names), '-keyout', at('leaf.key'), '-out', at('leaf.csr'));
      run('ca', '-batch', '-config', at('settings'), '-in', at('leaf.csr'), '-out', at('leaf.pem'), '-notext', ...days);
      return read('leaf');
    },
    selfSigned(names) {
      run('req', '-x509', ...newKey, ...named(names), '-days', '2', '-keyout', at('self.key'), '-out', at('self.pem'));
      return read('self');
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
