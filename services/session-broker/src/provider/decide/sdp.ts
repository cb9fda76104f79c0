/** One section of SDP (RFC 8866 §5): its lines, the first of which is its media line. */
type Section = readonly string[];
type Description = Readonly<{ head: readonly string[]; media: readonly Section[] }>;

function parsed(sdp: string): Description {
  const head: string[] = [];
  const media: string[][] = [];
  for (const line of sdp.split(/\r?\n/).filter((each) => each !== '')) {
    if (line.startsWith('m=')) media.push([line]);
    else (media.at(-1) ?? head).push(line);
  }
  return { head, media };
}

const written = ({ head, media }: Description): string => [...head, ...media.flat(), ''].join('\r\n');
const attributeOf = (lines: readonly string[], name: string): string | undefined =>
  lines.find((line) => line.startsWith(`a=${name}:`))?.slice(name.length + 3);
const isChannel = ([line = '']: Section): boolean => line.startsWith('m=application ');

/** What the section of a bundle that carries the transport says of it (RFC 8829 §5.2.1). */
const ofTransport = /^a=(ice-ufrag|ice-pwd|ice-options|fingerprint|setup|candidate|end-of-candidates)\b/;

/** A section that another one of its bundle carried, with the transport of that one. */
function carrying([media = '', ...lines]: Section, carrier: Section): Section {
  if (attributeOf(lines, 'ice-ufrag') !== undefined) return [media, ...lines];
  return [
    media.replace(/^(m=\w+) 0 /, '$1 9 '),
    ...lines.filter((line) => line !== 'a=bundle-only'),
    ...carrier.filter((line) => ofTransport.test(line)),
  ];
}

/** An offer without its data channel, and what must be put back into the answer to it. */
export type CutOffer = Readonly<{
  offer: string;
  cut?: Readonly<{ place: number; media: string; mid?: string | undefined }>;
}>;

/** Takes the data channel out of an offer. Without one it stays as it is. */
export function withoutChannel(offer: string): CutOffer {
  const { head, media } = parsed(offer);
  const place = media.findIndex(isChannel);
  const channel = media[place];
  if (channel === undefined) return { offer };
  const mid = attributeOf(channel, 'mid');
  const isSessionWide = attributeOf(head, 'ice-ufrag') !== undefined;
  const others = media.filter((each) => each !== channel);
  return {
    offer: written({
      head: head.map((line) => (line.startsWith('a=group:BUNDLE') ? withoutMid(line, mid) : line)),
      media: isSessionWide ? others : others.map((each) => carrying(each, channel)),
    }),
    cut: { place, media: (channel[0] ?? '').replace(/^(m=application) \d+/, '$1 0'), mid },
  };
}

const withoutMid = (line: string, mid: string | undefined): string =>
  line
    .split(' ')
    .filter((each) => each !== mid)
    .join(' ');

/** The answer to an offer as the browser knows it: the data channel stands in its place, refused (RFC 8829 §5.3.1). */
export function withRefusedChannel(answer: string, { cut }: Pick<CutOffer, 'cut'>): string {
  if (cut === undefined) return answer;
  const { head, media } = parsed(answer);
  const refused = [cut.media, 'c=IN IP4 0.0.0.0', ...(cut.mid === undefined ? [] : [`a=mid:${cut.mid}`])];
  return written({ head, media: media.toSpliced(cut.place, 0, refused) });
}

/** The addresses that an answer names as candidates (RFC 8839 §5.1). */
export const candidatesOf = (sdp: string): string[] =>
  sdp.split(/\r?\n/).flatMap((line) => {
    const address = line.startsWith('a=candidate:') ? line.split(' ')[4] : undefined;
    return address === undefined ? [] : [address];
  });
