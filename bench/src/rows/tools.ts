import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seconds } from '../measure.ts';
import type { Table } from '../table.ts';

const run = fileURLToPath(new URL('../tools/run.ts', import.meta.url));
type Cost = Readonly<{ perSecond: number; cpuMs: number }>;

function certificate(folder: string, cert: string): { key: string; cert: string } {
  const key = join(folder, 'key.pem');
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const named = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...made, ...named, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

/** The host's own authority is believed as those of the system are: nobody has to read it anew for each line. */
async function costOf(side: 'ours' | 'bare', url: string, authority: string): Promise<Cost> {
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority };
  const child = fork(run, [side, url, String(seconds)], { env });
  const [cost] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${side} ended with ${code}`))),
  ]);
  return cost as Cost;
}

/** The use of a tool, beside the request that it comes down to. Its host answers at once, over TLS. */
export const tools: Table = {
  name: 'tools',
  title: 'Tools of agents',
  measure: async (_servers, report) => {
    const folder = mkdtempSync(join(tmpdir(), 'vox-bench-tools-'));
    const authority = join(folder, 'cert.pem');
    const keys = certificate(folder, authority);
    const host = createServer(keys, (request, response) => {
      request.resume().on('end', () => {
        response.setHeader('content-type', 'application/json').end('{"order":{"status":"sent"}}');
      });
    });
    try {
      await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
      const url = `https://127.0.0.1:${(host.address() as AddressInfo).port}`;
      const ours = await costOf('ours', url, authority);
      const bare = await costOf('bare', url, authority);
      report({
        ...{ path: 'use of a tool, stores on the twins', floor: 'the same request by undici, a line each', aim: 0.6 },
        ratio: ours.perSecond / bare.perSecond,
        ...{ perSecond: ours.perSecond, floorPerSecond: bare.perSecond },
        ...{ cpuMs: ours.cpuMs, floorCpuMs: bare.cpuMs },
      });
    } finally {
      host.close();
      rmSync(folder, { recursive: true });
    }
  },
};
