import { BlockList, isIPv6 } from 'node:net';

type Labels = Readonly<Record<string, string>>;
type Selector = Readonly<{ matchLabels?: Labels }>;
type Peer = Readonly<{
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: Readonly<{ cidr: string; except?: readonly string[] }>;
}>;
type Port = Readonly<{ port: number; protocol?: string }>;
export type Policy = Readonly<{
  podSelector: Selector;
  policyTypes: readonly string[];
  ingress?: readonly Readonly<{ from?: readonly Peer[]; ports?: readonly Port[] }>[];
  egress?: readonly Readonly<{ to?: readonly Peer[]; ports?: readonly Port[] }>[];
}>;

/** A pod by its labels and those of its namespace, or an address outside the cluster. */
export type End = Readonly<{ labels: Labels; namespace: Labels } | { address: string }>;

const selects = ({ matchLabels = {} }: Selector, labels: Labels): boolean =>
  Object.entries(matchLabels).every(([name, value]) => labels[name] === value);

function isWithin(cidr: string, address: string): boolean {
  const [net = '', bits] = cidr.split('/');
  const family = isIPv6(net) ? 'ipv6' : 'ipv4';
  if (family !== (isIPv6(address) ? 'ipv6' : 'ipv4')) return false;
  const block = new BlockList();
  block.addSubnet(net, Number(bits), family);
  return block.check(address, family);
}

/** Whether a peer means this end. A peer without a selector of namespaces means pods of the namespace of the policy. */
function means({ podSelector = {}, namespaceSelector, ipBlock }: Peer, end: End, ownNamespace: Labels): boolean {
  if (ipBlock !== undefined || 'address' in end) {
    if (ipBlock === undefined || !('address' in end)) return false;
    return isWithin(ipBlock.cidr, end.address) && !ipBlock.except?.some((each) => isWithin(each, end.address));
  }
  const isThere =
    namespaceSelector === undefined
      ? JSON.stringify(end.namespace) === JSON.stringify(ownNamespace)
      : selects(namespaceSelector, end.namespace);
  return isThere && selects(podSelector, end.labels);
}

/**
 * Whether policies of a namespace let one of its pods speak with another end at a port, as the rules of NetworkPolicy
 * say (kubernetes.io/docs/concepts/services-networking/network-policies): a pod that no policy of a direction selects
 * may do all, another one what any of them allows. A rule without peers means everybody, one without ports every port.
 */
export function allows(
  policies: readonly Policy[],
  pod: Readonly<{ labels: Labels; namespace: Labels }>,
  direction: 'Ingress' | 'Egress',
  other: End,
  { port, protocol = 'TCP' }: Port,
): boolean {
  const own = policies.filter(
    ({ podSelector, policyTypes }) => selects(podSelector, pod.labels) && policyTypes.includes(direction),
  );
  if (own.length === 0) return true;
  const rules = own.flatMap(({ ingress = [], egress = [] }) =>
    direction === 'Ingress'
      ? ingress.map(({ from, ports }) => ({ peers: from, ports }))
      : egress.map(({ to, ports }) => ({ peers: to, ports })),
  );
  return rules.some(
    ({ peers = [], ports = [] }) =>
      (peers.length === 0 || peers.some((peer) => means(peer, other, pod.namespace))) &&
      (ports.length === 0 || ports.some((each) => each.port === port && (each.protocol ?? 'TCP') === protocol)),
  );
}
