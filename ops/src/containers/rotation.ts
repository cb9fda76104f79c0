export { makeStoreUsersIn } from './make-store-users-in.ts';
export { rotateSecrets } from './rotate-secrets.ts';
