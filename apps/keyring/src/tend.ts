/** The commands of an operator on the keyring, with the settings of a service. */
import { moveKeyringIntoDatabase, prepareRootKey, renewKeys, renewRootKey } from '#engines';
import type { Config } from '#platform';

interface Tending {
  readonly usage: string;
  /** What was done, in words. */
  run(config: Config, file: string): Promise<string>;
}

const TENDINGS: Readonly<Record<string, Tending>> = {
  'renew': {
    usage: 'renew                 wraps the keys of every organisation anew, under keys made now',
    run: async (config) => `${String(await renewKeys(config))} keys lie under the newest epoch; the house destroys those before in time`,
  },
  'prepare-root': {
    usage: 'prepare-root          puts the next root key beside the one in KEYRING_FILE: copy the file to every machine',
    run: (config) => {
      prepareRootKey(config);
      return Promise.resolve('prepared: copy KEYRING_FILE to every machine, then renew-root');
    },
  },
  'renew-root': {
    usage: 'renew-root            seals the keyring at KEYRING_URL under the next root key, and drops the one before',
    run: async (config) => {
      await renewRootKey(config);
      return 'sealed under the next root key, which is the only one in KEYRING_FILE now: copy the file to every machine';
    },
  },
  'move': {
    usage: 'move <keyring file>   takes a keyring that lay in a file into the database at KEYRING_URL',
    run: async (config, file) => {
      await moveKeyringIntoDatabase(config, file);
      return `moved: start the services with KEYRING_URL and KEYRING_FILE, and destroy ${file}`;
    },
  },
};

/** What there is to ask for. */
export const USAGE = `usage: keyring <command>\n${Object.values(TENDINGS).map(({ usage }) => `  ${usage}`).join('\n')}`;

/** `undefined` when nothing that there is was asked for. */
export function tend([command = '', file = '']: readonly string[], config: () => Config): Promise<string> | undefined {
  const tending = Object.hasOwn(TENDINGS, command) && (command === 'move') === (file !== '') ? TENDINGS[command] : undefined;
  return tending?.run(config(), file);
}
