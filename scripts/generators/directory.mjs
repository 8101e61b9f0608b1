// deploy/directory.json: the invented organisations of the demonstration, as the file that a coordinator keeps.
import { DEMONSTRATION_DIRECTORY } from '#mechanism';

export default () => ({ 'deploy/directory.json': JSON.stringify(DEMONSTRATION_DIRECTORY) });
