export { type ClientIpDependencies, clientIp, ipOf } from './accept/client-ip.ts';
export { limitKeyOf } from './decide/address.ts';
