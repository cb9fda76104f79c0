import { describe, expect, it } from 'vitest';
import { componentOf, helm, type Labels, manifestsOf, type Pod, podsOf, textOf, valuesFiles } from './chart.fixture.ts';
import { allows, type End, type Policy } from './network.ts';

const least = valuesFiles.filter(({ name }) => name === 'least').map(({ path }) => path);
const collector = 'telemetry.collector=http://collector.monitoring.svc:4318';
const turnstile = 'services.edge-guard.secretVariables={TURNSTILE_SECRET_KEY}';
const namespace = (name: string): Labels => ({ 'kubernetes.io/metadata.name': name });
const podIn = (where: string, labels: Labels = {}): End => ({ labels, namespace: namespace(where) });
const address = (text: string): End => ({ address: text });

const parts = ['edge-guard', 'auth', 'quota', 'session-broker', 'compliance', 'bus'];

function cluster(...sets: readonly string[]) {
  const manifests = manifestsOf(textOf(least, ...sets));
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec as Policy);
  const pods = new Map(podsOf(manifests).map((pod) => [componentOf(pod.labels), pod]));
  const pod = (part: string) => ({ labels: (pods.get(part) as Pod).labels, namespace: namespace('voice') });
  return {
    pod,
    /** The parts that may speak to an end at a port. */
    speakers: (to: End, port: number, protocol = 'TCP') =>
      parts.filter((part) => allows(policies, pod(part), 'Egress', to, { port, protocol })),
    /** The parts that an end may speak to at a port. */
    listeners: (from: End, port: number) =>
      parts.filter((part) => allows(policies, pod(part), 'Ingress', from, { port })),
  };
}

const keepers = ['auth', 'quota', 'session-broker', 'compliance'];
const dns = podIn('kube-system', { 'k8s-app': 'kube-dns' });
const [internet, internet6] = [address('203.0.113.9'), address('2001:4860::1')];

/** Who may go where. What is in no row, nobody may. */
const ways: readonly [string, End, number, readonly string[]][] = [
  ['the name server', dns, 53, parts],
  ['another port of the name server', dns, 443, []],
  ['a name server of the internet', internet, 53, []],
  ['NATS', podIn('nats'), 4222, parts],
  ['the monitor of NATS', podIn('nats'), 8222, []],
  ['MongoDB', podIn('mongo'), 27_017, keepers],
  ['Redis', podIn('redis'), 6379, ['edge-guard']],
  ['the collector of traces', podIn('monitoring'), 4318, ['edge-guard', ...keepers]],
  ['the internet by https', internet, 443, ['edge-guard', 'auth', 'session-broker']],
  ['the internet by https and IPv6', internet6, 443, ['edge-guard', 'auth', 'session-broker']],
  ['a mail server', internet, 465, ['auth']],
  ['a mail server that goes on in TLS', internet, 587, ['auth']],
  ['the internet by http', internet, 80, []],
  ['a database of the internet', internet, 27_017, []],
  ['a pod by https', podIn('voice', { app: 'other' }), 443, []],
  ['the metadata of a cloud', address('169.254.169.254'), 443, []],
  ['the metadata of a cloud by http', address('169.254.169.254'), 80, []],
  ['the server of Kubernetes', address('10.96.0.1'), 443, []],
  ['a private network', address('192.168.1.1'), 443, []],
  ['a private mail server', address('172.20.0.25'), 587, []],
  ['a private network by IPv6', address('fd00::1'), 443, []],
  ['this machine by IPv6', address('::1'), 443, []],
  ['a private address through a translator', address('64:ff9b::a00:1'), 443, []],
];

describe.skipIf(!helm)('the network policies', () => {
  const { pod, speakers, listeners } =
    helm === undefined ? ({} as ReturnType<typeof cluster>) : cluster(collector, turnstile);

  it.each(ways)('let these and no others speak to %s', (_what, to, port, expected) => {
    expect(speakers(to, port)).toEqual(expected);
  });
  it('let compliance reach AWS KMS or Vault where one holds the master key', () => {
    for (const set of ['env.VAULT_URL=https://vault.example', 'env.AWS_KMS_KEYS=arn:aws:kms:eu-central-1:1:key/a'])
      expect(cluster(`services.compliance.${set}`).speakers(internet, 443)).toContain('compliance');
  });
  it('let everybody ask for names by UDP', () => {
    expect(speakers(dns, 53, 'UDP')).toEqual(parts);
  });

  it('let the public reach edge-guard at its door and nothing else', () => {
    for (const from of [internet, podIn('ingress'), podIn('voice')]) {
      expect(listeners(from, 8080)).toEqual(['edge-guard']);
      expect(listeners(from, 9090)).toEqual([]);
    }
  });
  it('let whoever scrapes reach the private port of each service', () => {
    expect(listeners(podIn('monitoring'), 9090)).toEqual(parts.filter((part) => part !== 'bus'));
  });
  it('let no service reach another', () => {
    for (const from of parts)
      for (const port of [80, 443, 8080, 9090]) expect(speakers(pod(from), port), `${from} at ${port}`).toEqual([]);
  });

  it('let only the ingress in where it is named', () => {
    const named = 'networkPolicy.publicFrom[0].namespaceSelector.matchLabels.kubernetes\\.io/metadata\\.name=ingress';
    const { listeners: heard } = cluster(named);
    expect([heard(podIn('ingress'), 8080), heard(podIn('voice'), 8080), heard(internet, 8080)]).toEqual([
      ['edge-guard'],
      [],
      [],
    ]);
  });
  it('keep edge-guard from the internet while it asks no verifier of bots', () => {
    expect(cluster(collector).speakers(internet, 443)).toEqual(['auth', 'session-broker']);
    expect(cluster('services.edge-guard.env.BOTID_API_URL=https://bots.example').speakers(internet, 443)).toContain(
      'edge-guard',
    );
  });
});
