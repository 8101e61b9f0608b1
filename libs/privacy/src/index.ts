export { openAliasRegister } from './aliases.js';
export { canonical, commitmentOf } from './commitment.js';
export { type KeyMaster, openKeyring } from './keyring/keyring.js';
export { KeyringUnusable } from './keyring/secrets.js';
export * from './ports.js';
export { rotateKeys, type Rotation, type RotationPlan } from './rotation.js';
export type { PrivacyDatabase, PrivacyTables } from './vault/tables.js';
export { openVault, type VaultOptions, WrongKeyring } from './vault/vault.js';
