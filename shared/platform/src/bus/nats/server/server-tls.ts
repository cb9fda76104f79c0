/** Files of the server's certificate and its key, as the server finds them. */
export type NatsTls = Readonly<{ certificate: string; key: string }>;

const quoted = JSON.stringify;

/** TLS of one listener. With an authority, whoever comes must show a certificate that it signed. */
export const tlsBlock = ({ certificate, key }: NatsTls, authority?: string): string => {
  const verified = authority === undefined ? '' : `ca_file: ${quoted(authority)}, verify: true, `;
  return `tls: { cert_file: ${quoted(certificate)}, key_file: ${quoted(key)}, ${verified}min_version: "1.3" }\n`;
};
