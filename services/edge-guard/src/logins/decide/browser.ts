/** What is known of a browser: how a person knows it again, whence it comes, and which cookies of ours it has. */
export type Browser = Readonly<{
  device: string;
  place: string;
  login: string | undefined;
  challengeToken: string | undefined;
  deviceToken: string | undefined;
}>;
