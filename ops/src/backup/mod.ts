export { drillBackup } from './drill.ts';
export { keyIdOf } from './format/header.ts';
export type { Manifest } from './format/records.ts';
export { type LastBackups, lastBackups, noteBackup } from './records.ts';
export { type OpenFile, restoreBackup } from './restore.ts';
export {
  backupKeySettings,
  backupSettings,
  drillSettings,
  installationOf,
  operatorSettings,
  restoreSettings,
  scratchOf,
} from './settings.ts';
export { withStreams } from './streams/link.ts';
export { type Taken, takeBackup } from './take.ts';
export { type Verified, verifyBackup } from './verify.ts';
