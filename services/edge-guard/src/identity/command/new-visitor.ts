export type VisitorDependencies = Readonly<{ random: (size: number) => Uint8Array }>;

const visitorBytes = 16;

/** An anonymous person, behind a token of ours. */
export const newVisitor = ({ random }: VisitorDependencies): string =>
  `v_${Buffer.from(random(visitorBytes)).toString('base64url')}`;
